"""Which answers travel compressed."""

import pytest
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse

from core.middleware import SqueezedPages

LONG = b"<p>one and the same</p>" * 50


def answered(rf, answer):
    return SqueezedPages(lambda request: answer)(rf.get("/", headers={"accept-encoding": "gzip"}))


def test_a_page_travels_compressed(rf):
    answer = answered(rf, HttpResponse(LONG))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(LONG) / 2
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: HttpResponse(LONG, content_type="application/pdf"),
        lambda: JsonResponse({"x": "y" * 900}),
        lambda: StreamingHttpResponse([LONG], content_type="text/html"),
        lambda: HttpResponse(LONG, headers={"Cache-Control": "private, no-store"}),
    ],
    ids=["a file", "the API", "a stream", "what nobody may keep"],
)
def test_nothing_else_does(rf, answer):
    assert "Content-Encoding" not in answered(rf, answer()).headers


@pytest.mark.django_db
def test_a_form_has_a_new_token_each_time(client):
    """What keeps its length from telling: the same secret is never written twice alike."""
    pages = [client.get("/no/such/page/").content.decode() for _ in range(2)]
    tokens = [page.partition('name="csrfmiddlewaretoken" value="')[2][:64] for page in pages]
    assert len(tokens[0]) == 64
    assert tokens[0] != tokens[1]
