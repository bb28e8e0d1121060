"""Who answers or signs does so on the plan the page showed; who wrote in a plan does not sign it."""

import re

import pytest
import time_machine
from django.urls import reverse

from core.refusals import FourEyes
from departments.enums import Role
from inspections import rules, workbench
from inspections.actions import approval, planning, team
from journal.models import Notification
from tests.cast import person
from tests.factories import inspections as make
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db


def _edit(inspection, by, now, **more):
    plan = {name: getattr(inspection, name) for name in planning.PLAN}
    return planning.edit_plan(
        inspection=inspection, version=inspection.version, by=by, at=now, **(plan | more)
    )


# -- who signs (拟稿人 ≠ 签发人) -------------------------------------------------------------------------------------


@pytest.fixture
def head(insurance, now):
    return person("zf90001", "局长一", insurance, Role.HEAD, at=now)


def _rewrite(asked, leader, now):
    _edit(asked, leader, now, content="另查药品。")


def _more_targets(asked, leader, now):
    make.with_target(asked, by=leader, at=now, name="青禾县康宁医院")


def _another_department(asked, leader, now):
    team.edit_division(
        partner=asked.partners.get(leads=False), task="查药品", version=asked.partners.get(leads=False).version,
        by=leader, at=now,
    )  # fmt: skip


@pytest.mark.parametrize("write", [_rewrite, _more_targets, _another_department])
def test_who_wrote_in_the_plan_does_not_sign_it(
    asked, health, health_section_head, insurance_handler, insurance_deputy_head, head, now, write
):
    write(asked, insurance_deputy_head, now)
    asked.refresh_from_db()
    make.confirm(asked, health, by=health_section_head, at=now)
    approval.submit_inspection(inspection=asked, by=insurance_handler, at=now)
    told = Notification.objects.filter(verb="inspection.to_approve")
    assert [row.recipient for row in told] == [head]
    assert not rules.can_approve(insurance_deputy_head, asked) and rules.can_approve(head, asked)
    assert not workbench.to_sign(insurance_deputy_head).exists() and workbench.to_sign(head).exists()
    with pytest.raises(FourEyes):
        approval.approve_inspection(inspection=asked, by=insurance_deputy_head, at=now)
    assert approval.approve_inspection(inspection=asked, by=head, at=now).approved_by == head


# -- what was answered to ---------------------------------------------------------------------------------------------


def _add(asked, by, now):
    make.with_target(asked, by=by, at=now, name="青禾县康宁医院")


def _drop(asked, by, now):
    planning.drop_target(target=asked.targets.order_by("pk").first(), reason="停业", by=by, at=now)


def _divide(asked, by, now):
    row = asked.partners.get(leads=False)
    team.edit_division(partner=row, task="查药品", version=row.version, by=by, at=now)


def _one_more(asked, by, now):
    from departments.models import Department

    other = (
        Department.objects.fillable(asked.region)
        .exclude(function__in=("office", "insurance", "health"))
        .first()
    )
    planning.add_partner(inspection=asked, department=other, role="supporting", by=by, at=now)


@pytest.fixture
def others(police, office):
    """Departments that may join."""


@pytest.mark.parametrize("change", [_add, _drop, _divide, _one_more])
def test_whatever_changes_the_plan_asks_anew(
    asked, part, others, health, health_section_head, insurance_handler, now, change
):
    make.confirm(asked, health, by=health_section_head, at=now)
    asked.refresh_from_db()
    version, plan = asked.version, asked.plan_version
    change(asked, insurance_handler, now)
    asked.refresh_from_db()
    part.refresh_from_db()
    assert (asked.plan_version, part.answer, part.plan_version) == (plan + 1, "none", None)
    assert asked.version > version
    assert (
        Notification.objects.filter(verb="inspection.asked_again", recipient=health_section_head).count() == 1
    )


def test_thirty_targets_more_are_one_question(
    asked, part, health, health_section_head, insurance_handler, now
):
    make.confirm(asked, health, by=health_section_head, at=now)
    for n in range(3):
        make.with_target(asked, by=insurance_handler, at=now, name=f"青禾县第{n}医院")
    assert (
        Notification.objects.filter(verb="inspection.asked_again", recipient=health_section_head).count() == 1
    )


@pytest.mark.parametrize(
    ("step", "more"), [("confirm", {"declared": "on"}), ("decline", {"reason": "人手不足"})]
)
@pytest.mark.parametrize("change", [_add, lambda asked, by, now: _edit(asked, by, now, content="另查药品。")])
def test_an_answer_to_the_old_plan_is_none_to_the_new_one(
    client, asked, part, health, health_section_head, insurance_handler, now, step, more, change
):
    held = make.officers(health, at=now)
    client.force_login(health_section_head, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(now, tick=False):
        at = reverse(f"inspections:{step}", args=[part.pk])
        hidden = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', client.get(at).content.decode())
        )
        asked.refresh_from_db()
        change(asked, insurance_handler, now)
        answer = client.post(at, {**hidden, "officers": [each.pk for each in held], **more})
        assert answer.status_code in (200, 302)
        part.refresh_from_db()
        assert part.answer == "none"
        hidden = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', client.get(at).content.decode())
        )
        client.post(at, {**hidden, "officers": [each.pk for each in held], **more})
    part.refresh_from_db()
    assert part.answer == {"confirm": "confirmed", "decline": "declined"}[step]


# -- what is signed ---------------------------------------------------------------------------------------------------


def _somebody_more(submitted, by, now):
    part = submitted.partners.get(leads=True)
    (held,) = make.officers(part.department, at=now, n=1)
    team.name_officer(partner=part, certificate=held, declared=True, by=by, at=now)


def _somebody_less(submitted, by, now):
    _somebody_more(submitted, by, now)
    team.leave(member=make.inspectors(submitted)[0], reason="生病", by=by, at=now)


def _expert(submitted, by, now):
    team.add_expert(inspection=submitted, name="王专家", unit="市医学会", declared=True, by=by, at=now)


@pytest.mark.parametrize("change", [_drop, _somebody_more, _somebody_less, _expert])
def test_the_signer_signs_the_targets_and_people_the_page_showed(
    client, parties, insurance_handler, insurance_deputy_head, now, change
):
    plan = make.asked(parties["lead"], parties["partner"], by=parties["by"], at=now)
    make.with_target(plan, by=insurance_handler, at=now, name="青禾县康宁医院")
    make.confirm(plan, parties["partner"], by=parties["answering"], at=now)
    approval.submit_inspection(inspection=plan, by=insurance_handler, at=now)
    client.force_login(insurance_deputy_head, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(now, tick=False):
        at = reverse("inspections:approve", args=[plan.pk])
        hidden = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', client.get(at).content.decode())
        )
        change(plan, insurance_handler, now)
        client.post(at, hidden)
        plan.refresh_from_db()
        assert plan.approved_at is None
        assert plan.version > int(hidden["version"])


def test_what_is_carried_out_with_one_target_less_keeps_its_answers(going, health, insurance_handler, now):
    planning.drop_target(target=going.targets.get(), reason="停业", by=insurance_handler, at=now + DAY)
    assert set(going.partners.values_list("answer", flat=True)) == {"confirmed"}
