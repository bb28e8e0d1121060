"""A character no paper can show is refused beside its field, in a form and in the body of a call."""

import io
import json

import pytest
from django import forms
from django.core.exceptions import ValidationError
from rest_framework import exceptions

from core import parsers
from core.forms import HouseForm
from core.texts import check_text, shown

REFUSED = ["\x00", "\x02", "\x0b", "\x1f", "\ud800", "\uffff"]


@pytest.mark.parametrize("sign", REFUSED)
def test_what_cannot_be_shown_is_refused_and_left_out(sign):
    with pytest.raises(ValidationError):
        check_text(f"住院{sign}清单")
    assert shown(f"住院{sign}清单") == "住院清单"


def test_tabs_and_lines_are_text():
    check_text("住院\t清单\r\n第二行 😀")
    assert shown("住院\t清单\r\n第二行 😀") == "住院\t清单\r\n第二行 😀"


class Lead(HouseForm):
    title = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "A")])


def test_a_form_says_it_beside_the_field():
    form = Lead({"title": "住院\x0b清单", "kind": "a"})
    assert not form.is_valid()
    assert form.errors == {"title": ["内容中有系统不能保存的字符，请删除后重新提交。"]}


@pytest.mark.parametrize(
    ("body", "field"),
    [({"title": "a\x0b"}, "title"), ({"items": [{"name": "a\x02"}]}, "items"), ({"a\x02": 1}, "a"),
     (["\x02"], "non_field_errors")],
)  # fmt: skip
def test_a_call_is_told_the_field(body, field):
    with pytest.raises(exceptions.ValidationError) as refused:
        parsers.JSONParser().parse(io.BytesIO(json.dumps(body).encode()), parser_context={})
    assert list(refused.value.detail) == [field]


def test_a_body_that_lies_too_deep_is_no_error_of_the_server():
    with pytest.raises(exceptions.ParseError):
        parsers.JSONParser().parse(io.BytesIO(b"[" * 200_000), parser_context={})


def test_a_body_of_plain_texts_passes():
    body = {"title": "住院\n清单", "n": 1, "list": [None, {"a": ["b"]}]}
    assert parsers.JSONParser().parse(io.BytesIO(json.dumps(body).encode()), parser_context={}) == body


def test_a_form_and_a_form_with_files_are_read_alike(rf):
    from rest_framework.request import Request

    for data in ({"title": "a\x0b"}, {"title": "a\x0b", "file": io.BytesIO(b"x")}):
        for content_type in ({"content_type": "application/x-www-form-urlencoded"}, {}):
            given = data if not content_type else "title=a%0b"
            request = Request(rf.post("/", given, **content_type), parsers=[parsers.FormParser(), parsers.MultiPartParser()])
            with pytest.raises(exceptions.ValidationError) as refused:
                _ = request.data
            assert list(refused.value.detail) == ["title"]
