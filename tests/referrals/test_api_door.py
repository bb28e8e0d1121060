"""Every changing call of this room's API comes through one door: one transaction, one time under a key, one version."""

import datetime as dt
import json
import secrets
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request

from config.api import router
from core.api import NewestFirst, Pages
from core.locking import check_version
from core.refusals import Stale
from departments.actions.structure import allow_links
from journal.models import Event
from referrals.actions.handling import assign_referral
from referrals.models import Dispatch, FollowUp, Referral, Reply
from tests.factories.above import make_task
from tests.factories.cases import PDF
from tests.factories.comparisons import make_comparison
from tests.factories.referrals import bring_paper, make_dispatch
from workspace.actions import first_answer, keep_answer
from workspace.api_steps import Once
from workspace.models import FormKey
from workspace.once import digest_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"
SEEN_TO_BY_THEMSELVES = {"comparison-download", "criminaltransfer-list", "crimethreshold-list", "crimethreshold-edit"}


def posts():
    """(name of the address, whether it is of one thing) of every POST of the viewsets of this room."""
    for _prefix, viewset, name in router.registry:
        if not viewset.__module__.startswith("referrals."):
            continue
        if hasattr(viewset, "create"):
            yield f"{name}-list", False
        for step in viewset.get_extra_actions():
            if "post" in step.mapping:
                yield f"{name}-{step.url_name}", step.detail


POSTS = sorted(posts())
KEYED = [each for each in POSTS if each[0] not in SEEN_TO_BY_THEMSELVES]


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return of


def fresh():
    return secrets.token_urlsafe(24)


def test_the_list_of_calls_is_the_whole_room():
    assert len(POSTS) > 120 and {name for name, _detail in POSTS} > SEEN_TO_BY_THEMSELVES


def send(client, url, body, key, kind):
    headers = {"Idempotency-Key": key, "If-Match": '"1"'}
    if kind == "form":
        return client.post(url, body, headers=headers)
    return client.post(url, json.dumps(body), content_type="application/json", headers=headers)


def digest(user, url, body, kind):
    made = RequestFactory()
    plain = made.post(url, body) if kind == "form" else made.post(url, json.dumps(body), content_type="application/json")
    request = Request(plain, parsers=[JSONParser(), MultiPartParser()])
    request.user = user
    return digest_of(request)


@pytest.mark.parametrize(("name", "detail"), KEYED)
def test_every_call_is_answered_again_with_its_first_answer(name, detail, insurance_handler, seat):
    """Whatever became of the thing: here there is none any more, and a call without its key finds nothing."""
    client, url, key = seat(insurance_handler), reverse(name, args=[10**9] if detail else []), fresh()
    body = {"remark": "第一次"}
    kind = "json" if send(client, url, body, fresh(), "json").status_code != 415 else "form"
    given = {"user": insurance_handler, "key": key}
    first_answer(digest=digest(insurance_handler, url, body, kind), at=timezone.now(), **given)
    keep_answer(code=201, text=json.dumps({"id": 7, "version": 3}), **given)
    again = send(client, url, body, key, kind)
    assert (again.status_code, again.json(), again.headers["ETag"]) == (201, {"id": 7, "version": 3}, '"3"')
    other = send(client, url, {"remark": "另一次"}, key, kind)
    assert other.status_code == 409 and "其他请求" in other.json()["non_field_errors"][0]
    short = send(client, url, body, "short", kind)
    assert (short.status_code, list(short.json())) == (400, ["Idempotency-Key"])
    new = fresh()
    refused = send(client, url, {}, new, kind)
    if detail:
        assert refused.status_code == 404
    if refused.status_code >= 400:  # a refused call leaves its key unused
        assert not FormKey.objects.filter(key=new).exists()


def call(client, thing, step, body=None, *, key="", version=None, base="referral"):
    headers = {"If-Match": f'"{version or type(thing).objects.get(pk=thing.pk).version}"'}
    if key:
        headers["Idempotency-Key"] = key
    url = reverse(f"{base}-{step}", args=[thing.pk])
    return client.post(url, json.dumps(body or {}), content_type="application/json", headers=headers)


def twice(client, thing, step, body=None, **more):
    """The same call twice under one key: both answers, and how many events the second wrote."""
    key, version = fresh(), type(thing).objects.get(pk=thing.pk).version
    first = call(client, thing, step, body, key=key, version=version, **more)
    before = Event.objects.count()
    again = call(client, thing, step, body, key=key, version=version, **more)
    return first, again, Event.objects.count() - before


def test_a_step_is_done_once_though_the_thing_has_moved_on(
    letter, seat, insurance_handler, health_registrar, health_section_head, health_handler, case
):
    referral = letter("sent")
    for user, step, body in (
        (health_registrar, "sign", {}), (health_section_head, "assign", {"person": health_handler.pk}),
        (health_handler, "accept", {}), (insurance_handler, "chase", {"remark": "请尽快"}),
    ):  # fmt: skip
        first, again, written = twice(seat(user), referral, step, body)
        assert first.status_code == 200, first.content.decode()
        assert (again.status_code, again.json(), written) == (200, first.json(), 0)
        assert again.headers["ETag"] == first.headers["ETag"]


@pytest.fixture
def assigned(letter, health_handler, health_section_head, now):
    return assign_referral(referral=letter("received"), person=health_handler, by=health_section_head, at=now)


def test_a_thing_that_left_ones_sight_is_answered_again(assigned, seat, health_handler):
    """退回 ends the department's access to the case; the second call gets what the first one got."""
    first, again, written = twice(seat(health_handler), assigned, "return", {"category": "other", "reason": "非本局职责"})
    assert (first.status_code, again.status_code, written) == (200, 200, 0) and first.json() == again.json()


def test_an_answer_without_a_body_is_given_again(seat, insurance, insurance_handler, office_coordinator, now):
    """退回分办: the task is out of the department's sight, and the second call finds nothing but its first answer."""
    given = {"status": "assigned", "department": insurance, "handler": insurance_handler}
    task = make_task(by=office_coordinator, at=now, **given)
    first, again, written = twice(seat(insurance_handler), task, "hand-back", {"reason": "误分"}, base="task")
    assert (first.status_code, again.status_code, again.content, written) == (204, 204, b"", 0)


def test_the_answer_is_sealed_and_of_one_department(letter, seat, health_registrar, market):
    referral = letter("sent")
    key, version = fresh(), referral.version
    call(seat(health_registrar), referral, "sign", key=key, version=version)
    used = FormKey.objects.get(key=key)
    assert used.code == 200 and referral.number.encode() not in bytes(used.answer)
    health_registrar.posts.update(department=market)  # who acts for another department is not told
    moved = type(health_registrar).objects.get(pk=health_registrar.pk)
    again = call(seat(moved), referral, "sign", key=key, version=version)
    assert again.status_code == 409


def test_a_draft_step_names_what_it_made(assigned, seat, health_handler):
    given = {"missing": "缺清单", "due_on": (timezone.localdate() + 5 * DAY).isoformat()}
    made = call(seat(health_handler), assigned, "ask-completion", given)
    draft = FollowUp.objects.get()
    url = f"/api/v1/follow-ups/{draft.pk}/"
    assert (made.status_code, made.json()) == (
        201, {"id": draft.pk, "status": "draft", "version": draft.version, "url": url},
    )  # fmt: skip
    assert (made.headers["Location"], made.headers["ETag"]) == (url, f'"{draft.version}"')
    assert seat(health_handler).get(url).json()["id"] == draft.pk


def test_a_reply_is_named(letter, seat, health_handler):
    taken = call(seat(health_handler), letter("accepted"), "answer", {"text": "属实。"}, key=fresh())
    reply = Reply.objects.get()
    assert (taken.status_code, taken.json()["url"]) == (201, f"/api/v1/replies/{reply.pk}/")


def test_a_forward_names_its_paper(assigned, seat, health_handler, market):
    given = {"receiver": market.pk, "reason": "属药品经营环节。", "limit_on": (timezone.localdate() + 20 * DAY).isoformat()}
    made = call(seat(health_handler), assigned, "forward", given)
    paper = Dispatch.objects.latest("pk")
    assert (made.status_code, made.json()["url"]) == (201, f"/api/v1/papers/{paper.pk}/")


def test_a_secret_is_told_once(case, procuratorate, seat, insurance_handler, insurance_registrar, office_coordinator, now):
    allow_links(department=procuratorate, allowed=True, by=office_coordinator, at=now)
    referral = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent").referrals.get()
    first, again, written = twice(seat(insurance_registrar), referral, "issue-link", {"days": 3})
    assert first.status_code == 200 and "path" in first.json()
    assert (again.status_code, written) == (409, 0) and "path" not in again.json()
    assert FormKey.objects.latest("pk").answer is None


def test_a_batch_is_done_once_and_a_key_of_a_failed_one_is_free(letter, seat, health_registrar, monkeypatch):
    referral, client, key = letter("sent"), seat(health_registrar), fresh()
    url, body = reverse("referral-batch-sign"), json.dumps({"ids": [referral.pk]})
    headers = {"content_type": "application/json", "headers": {"Idempotency-Key": key}}
    wrong = client.post(url, json.dumps({"ids": []}), **headers)
    assert wrong.status_code == 400 and not FormKey.objects.filter(key=key).exists()
    first, again = client.post(url, body, **headers), client.post(url, body, **headers)
    assert first.json() == again.json() and first.json()[0]["done"]
    assert client.post(url, body, content_type="application/json").json()[0]["done"] is False
    FormKey.objects.filter(key=key).update(code=None, answer=None)  # as if the first were under way
    busy = client.post(url, body, **headers)
    assert (busy.status_code, "尚未完成" in busy.content.decode()) == (409, True)


def test_files_are_part_of_the_call(letter, seat, insurance_registrar, now):
    client, key = seat(insurance_registrar), fresh()
    referral = letter("sent")
    url = reverse("referral-deliver", args=[referral.pk])
    headers = {"Idempotency-Key": key, "If-Match": f'"{referral.version}"'}

    def deliver(content):
        given = {"delivered_on": timezone.localdate().isoformat(), "received_by_name": "收发室", "method": "专人送达"}
        return client.post(url, {**given, "upload": SimpleUploadedFile("回证.pdf", content)}, headers=headers)

    first, again, other = deliver(PDF), deliver(PDF), deliver(PDF + b"1")
    assert first.status_code == 200, first.content.decode()
    assert (again.status_code, again.json(), other.status_code) == (200, first.json(), 409)


def test_what_did_not_match_is_written_down_though_all_is_taken_back(letter, seat, health_registrar):
    from django.core.files.storage import default_storage

    referral = letter("sent")
    piece = referral.dispatch.manifest.first().evidence
    default_storage.delete(piece.file.name)
    refused = call(seat(health_registrar), referral, "sign", key=fresh())
    assert refused.status_code == 409
    assert Event.objects.filter(verb="referral.mismatch").count() == 1 and not FormKey.objects.exists()


# --- one version ---------------------------------------------------------------------------------------------
def race(work):
    """`work()` at two desks at once, each with a connection of its own; what both got."""
    got, start = [], threading.Barrier(2)

    def desk():
        try:
            start.wait()
            got.append(work())
        except Stale:
            got.append("stale")
        finally:
            connection.close()

    desks = [threading.Thread(target=desk) for _ in range(2)]
    for each in desks:
        each.start()
    for each in desks:
        each.join()
    return got


@pytest.mark.django_db(transaction=True)
def test_of_two_calls_on_one_version_one_is_refused(letter, seat, health_section_head, health_handler, health_handler_2):
    """Both read the same version; the second waits for the first one's lock and then finds another version."""
    referral = letter("received")
    version, people = referral.version, [health_handler.pk, health_handler_2.pk]

    def assign():
        client = seat(health_section_head)
        return call(client, referral, "assign", {"person": people.pop()}, version=version).status_code

    assert sorted(race(assign)) == [200, 412]


@pytest.mark.django_db(transaction=True)
def test_of_two_calls_under_one_key_one_is_done(letter, seat, health_section_head, health_handler_2, health_handler):
    referral, key = letter("received"), fresh()
    version = referral.version

    def assign():
        body = {"person": health_handler_2.pk}
        answer = call(seat(health_section_head), referral, "assign", body, key=key, version=version)
        return answer.status_code, answer.content

    before = Event.objects.filter(verb="referral.assigned").count()
    first, again = race(assign)
    assert first[0] == 200 and json.loads(first[1]) == json.loads(again[1])
    assert Event.objects.filter(verb="referral.assigned").count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_the_version_is_compared_on_the_locked_row(letter):
    """Both hold the row as it was; whoever comes second waits, and is refused."""
    pk = letter("received").pk

    def change():
        mine = Referral.objects.get(pk=pk)
        with transaction.atomic():
            check_version(mine, mine.version)
            Referral.objects.filter(pk=pk).update(version=mine.version + 1)
        return "changed"

    stale = Referral.objects.get(pk=pk)
    assert "changed" in race(change)
    with pytest.raises(Stale), transaction.atomic():
        check_version(stale, stale.version)
    with transaction.atomic():
        now = Referral.objects.get(pk=pk).version
        check_version(stale, now)  # named by somebody who read it later than we did
        assert stale.version == now


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_nothing_is_compared(police, insurance_handler, now):
    thing = make_comparison(police, by=insurance_handler, at=now)
    with pytest.raises(transaction.TransactionManagementError):
        check_version(thing, thing.version)
    with transaction.atomic():
        check_version(thing, thing.version)
    with pytest.raises(Stale), transaction.atomic():
        check_version(thing, thing.version + 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_signers_of_one_page_version_one_signs(dispatch, seat, insurance_section_head, insurance_deputy_head, now):
    """`Step.versioned`: the page of a paper that was changed meanwhile signs nothing."""
    paper = bring_paper(dispatch, "reviewed", at=now)
    url = reverse("referrals:dispatch_approve", args=[paper.pk])
    form = {"seen": "reviewed", "version": paper.version, "form_key": fresh()}
    Dispatch.objects.filter(pk=paper.pk).update(version=paper.version + 1)
    page = seat(insurance_deputy_head).post(url, form, follow=True)
    assert Dispatch.objects.get(pk=paper.pk).status == "reviewed"
    assert "打开页面后内容已有变动" in page.content.decode()
    again = {**form, "version": paper.version + 1}  # the key was given back
    seat(insurance_deputy_head).post(url, again)
    assert Dispatch.objects.get(pk=paper.pk).status == "approved"


def test_every_viewset_of_the_room_has_the_door():
    found = {viewset for _prefix, viewset, _name in router.registry if viewset.__module__.startswith("referrals.")}
    steps = {each: [step for step in each.get_extra_actions() if "post" in step.mapping] for each in found}
    posting = {each for each in found if hasattr(each, "create") or steps[each]}
    assert {each.__name__ for each in posting if not issubclass(each, Once)} == {"CrimeThresholdViewSet"}


def test_every_list_takes_the_same_limit(case, receiver, seat, insurance_handler, now):
    """50 rows a page, or as many as asked for up to 200; the lists of this room all read alike."""
    pages = {viewset.pagination_class for _prefix, viewset, _name in router.registry if hasattr(viewset, "pagination_class")
             and viewset.__module__.startswith("referrals.")}  # fmt: skip
    assert pages == {NewestFirst}
    assert (Pages.page_size, Pages.page_size_query_param, Pages.max_page_size) == (50, "limit", 200)
    for _ in range(3):
        make_dispatch(case, [receiver], by=insurance_handler, at=now)
    client, url = seat(insurance_handler), reverse("dispatch-list")
    first = client.get(f"{url}?limit=2").json()
    rest = client.get(first["next"]).json()
    assert (len(first["results"]), len(rest["results"]), rest["next"]) == (2, 1, None)
    assert len(client.get(f"{url}?limit=999").json()["results"]) == 3


def test_an_address_that_is_only_read_takes_no_post(letter, seat, insurance_handler):
    address = f"/api/v1/referrals/{letter('sent').pk}/"
    assert seat(insurance_handler).get(address).status_code == 200
    assert seat(insurance_handler).post(address, {}, content_type="application/json").status_code == 405
