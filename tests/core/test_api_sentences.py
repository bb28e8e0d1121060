"""What is missing in a call of the API is said as on the pages, never in the machine's words."""

import pytest
from rest_framework.exceptions import ErrorDetail, ValidationError

from core.api import UNKNOWN, answer_exception
from referrals.api_papers import PaperDraft

GIVEN = {"case": 1, "kind": "transfer", "subject": "函", "facts": "事实", "receivers": [1]}


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"subject": None}, {"subject": ["此项须填写。"]}),
        ({"subject": ""}, {"subject": ["此项须填写。"]}),
        ({"facts": ...}, {"facts": ["此项须填写。"]}),
        (
            {"receivers": None, "manifest": [{}]},
            {"receivers": ["此项须填写。"], "manifest": {0: {"evidence": ["此项须填写。"]}}},
        ),
        ({"receivers": 3}, {"receivers": ["此项应以列表形式提供。"]}),
    ],
)
def test_null_blank_and_missing_are_said_in_our_words(wrong, expected):
    given = {name: value for name, value in (GIVEN | wrong).items() if value is not ...}
    form = PaperDraft(data=given)
    with pytest.raises(ValidationError) as refusal:
        form.is_valid(raise_exception=True)
    answer = answer_exception(refusal.value, {})
    assert (answer.status_code, answer.data) == (400, expected)


def test_our_own_sentences_stay_as_they_are():
    own = ValidationError({"case": [UNKNOWN], "list": [ErrorDetail("空", "empty")]})
    assert answer_exception(own, {}).data == {"case": [str(UNKNOWN)], "list": ["至少列明一项。"]}
