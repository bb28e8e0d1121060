"""Who may do what with a case, asked outside any page."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cases import rules
from cases.models import Note, Subject
from cases.querysets import may_hold_cases


@pytest.fixture
def people(request):
    names = (
        "insurance_handler", "insurance_handler_2", "insurance_section_head", "insurance_deputy_head",
        "finance_handler", "office_coordinator", "system_admin", "outsider",
    )  # fmt: skip
    return {name: request.getfixturevalue(name) for name in names}


@pytest.mark.parametrize(
    ("rule", "may"),
    [
        (
            rules.can_view,
            {"insurance_handler", "insurance_handler_2", "insurance_section_head", "insurance_deputy_head",
             "office_coordinator"},
        ),
        (
            rules.can_read,
            {"insurance_handler", "insurance_handler_2", "insurance_section_head", "insurance_deputy_head"},
        ),
        (rules.can_work, {"insurance_handler", "insurance_section_head", "insurance_deputy_head"}),
        (rules.can_decide, {"insurance_handler", "insurance_section_head", "insurance_deputy_head"}),
        (rules.can_close, {"insurance_section_head", "insurance_deputy_head"}),
        (rules.can_open_strand, {"insurance_handler", "insurance_section_head", "insurance_deputy_head"}),
        (rules.can_name_persons, {"insurance_handler", "insurance_deputy_head"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)  # fmt: skip
def test_who_may_do_what_with_a_case(people, office, case, rule, may):
    from tests.factories.cases import make_case

    watched = make_case(by=people["insurance_handler"], at=case.opened_at)  # after the office exists
    assert {name for name, user in people.items() if rule(user, watched)} == may


def test_administrators_hold_no_notes_and_no_subjects(case, system_admin):
    assert not may_hold_cases(system_admin)
    assert list(Note.objects.visible_to(system_admin)) == []
    assert list(Subject.objects.visible_to(system_admin)) == []
    assert Subject.objects.exists()


def test_somebody_signed_out_sees_nothing(case):
    assert not may_hold_cases(AnonymousUser())
