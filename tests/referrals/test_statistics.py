"""Insured persons and cases sent to justice, as the statistics report counts them (E48)."""

import datetime as dt

import pytest

from referrals import statistics
from referrals.models import CrimeStep
from tests.factories.cases import make_case, make_subject
from tests.factories.crime import make_transfer

NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
OCTOBER = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))


def handed(transfer, at):
    """As `hand_over` writes it, without its papers."""
    return CrimeStep.objects.create(
        transfer=transfer, kind="handed_over", happened_at=at, department=transfer.department, by=transfer.proposed_by, at=at
    )


@pytest.fixture
def transfers(office, crime_sides, insurance_handler, insurance_head, county, now):
    """A hospital with a patient beside it, two insured persons in two cases, one of them twice, one proposal, one secret."""
    hospital = make_subject(county, name="仁和医院", at=now)
    people = {name: make_subject(county, name=name, kind="insured", at=now) for name in ("周甲", "周乙", "周丙")}

    def case(*subjects, suspects, at=now, title="某案"):
        made = make_case(by=insurance_handler, at=now, subjects=list(subjects), title=title)
        transfer = make_transfer(made, by=insurance_handler, at=now, persons=list(suspects))
        if at is not None:
            handed(transfer, at)
        return made

    return {
        "hospital": case(hospital, people["周丙"], suspects=[hospital]),
        "one": case(people["周甲"], suspects=[people["周甲"]], title="参保人案"),
        "both": case(people["周甲"], people["周乙"], suspects=[people["周甲"], people["周乙"]]),
        "before": case(people["周丙"], suspects=[people["周丙"]], at=now - dt.timedelta(days=20)),
        "proposed": case(people["周丙"], suspects=[people["周丙"]], at=None),
    }


def test_only_suspects_who_are_insured_persons_are_counted(transfers, county, other_county):
    assert statistics.numbers(county, [OCTOBER, NOVEMBER]) == [
        {"justice_persons": 1, "justice_cases": 1},
        {"justice_persons": 2, "justice_cases": 3},  # the hospital's patient is no suspect
    ]
    assert statistics.numbers(other_county, [NOVEMBER]) == [{"justice_persons": 0, "justice_cases": 0}]


def test_a_restricted_case_is_in_no_number(transfers, county, insurance_head, now):
    from cases.actions.restriction import restrict_case

    restrict_case(case=transfers["both"], reason="避免泄露", by=insurance_head, at=now)
    assert statistics.numbers(county, [NOVEMBER]) == [{"justice_persons": 1, "justice_cases": 2}]
    assert statistics.listed("justice_cases", county, NOVEMBER, insurance_head, 0, 9).total == 2


def test_the_rows_are_those_counted_and_name_who_may_be_named(
    transfers, county, insurance_handler, office_coordinator
):
    found = statistics.listed("justice_persons", county, NOVEMBER, insurance_handler, 0, 9)
    assert (found.total, sorted(row.cells[0] for row in found.rows)) == (2, ["周乙", "周甲"])
    found = statistics.listed("justice_persons", county, NOVEMBER, office_coordinator, 0, 9)
    assert {row.cells[0] for row in found.rows} == {"参保人"}
    found = statistics.listed("justice_cases", county, NOVEMBER, office_coordinator, 0, 9)
    assert (found.total, len(found.rows)) == (3, 3)
    assert {row.cells[2:] for row in found.rows} == {("县医保局", "2026-11-16")} and all(row.url for row in found.rows)
    assert statistics.listed("justice_cases", county, NOVEMBER, office_coordinator, 2, 9).rows == found.rows[2:]


def test_the_hand_over_of_the_room_is_what_is_counted(crime, county):
    crime("sent")
    assert statistics.numbers(county, [NOVEMBER]) == [{"justice_persons": 0, "justice_cases": 1}]
