"""Three hands on every paper: who wrote in a draft neither reviews nor signs it, and who reviewed it does not sign it."""

import pytest
from django.db import transaction

from core.refusals import FourEyes
from departments.enums import Role
from departments.models import Department
from referrals import rules, rules_comparison, stage, workbench, workbench_comparison
from referrals.actions import comparisons
from referrals.actions.drafting import edit_dispatch
from referrals.actions.papers import approve_paper, review_paper, submit_paper
from referrals.actions.replies import edit_reply
from referrals.models import Dispatch, Reply
from tests.cast import person
from tests.factories.comparisons import make_comparison
from tests.factories.referrals import make_dispatch, make_reply

pytestmark = pytest.mark.django_db


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def refused(action, words, **given):
    with pytest.raises(FourEyes, match=words), transaction.atomic():
        action(**given)


def test_a_leader_who_rewrites_a_letter_does_not_sign_it(
    dispatch, receiver, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_head, now
):
    edit_dispatch(
        dispatch=dispatch, version=1, receivers=[receiver], subject="改过的函", facts="改过", limit_on=dispatch.limit_on,
        by=insurance_deputy_head, at=now,
    )  # fmt: skip
    submit_paper(paper=again(dispatch), by=insurance_deputy_head, at=now)
    paper = again(dispatch)
    assert not rules.can_review(insurance_deputy_head, paper)
    refused(review_paper, "修改过", paper=paper, by=insurance_deputy_head, at=now)
    assert not workbench.waiting_papers(insurance_deputy_head, Dispatch).exists()
    assert list(workbench.waiting_papers(insurance_section_head, Dispatch)) == [paper]
    review_paper(paper=paper, by=insurance_section_head, at=now)
    paper = again(dispatch)
    assert not rules.can_approve(insurance_deputy_head, paper)
    refused(approve_paper, "修改过", paper=paper, by=insurance_deputy_head, at=now)
    refused(approve_paper, "拟稿人", paper=paper, by=insurance_handler, at=now)
    assert rules.can_approve(insurance_head, paper)
    assert approve_paper(paper=paper, by=insurance_head, at=now).approved_by == insurance_head


def test_who_reviewed_a_letter_does_not_sign_it(dispatch, insurance_handler, insurance_deputy_head, insurance_head, now):
    submit_paper(paper=dispatch, by=insurance_handler, at=now)
    review_paper(paper=dispatch, by=insurance_deputy_head, at=now)
    paper = again(dispatch)
    assert not rules.can_approve(insurance_deputy_head, paper)
    refused(approve_paper, "审核人", paper=paper, by=insurance_deputy_head, at=now)
    assert not workbench.waiting_papers(insurance_deputy_head, Dispatch).exists()
    assert list(workbench.waiting_papers(insurance_head, Dispatch)) == [paper]
    approve_paper(paper=paper, by=insurance_head, at=now)


def test_nobody_of_another_department_reviews_or_signs(dispatch, insurance_handler, health_head, now):
    submit_paper(paper=dispatch, by=insurance_handler, at=now)
    paper = again(dispatch)
    assert not rules.can_review(health_head, paper) and not rules.can_approve(health_head, paper)


def test_it_holds_for_an_answer(letter, health_handler, health_section_head, health_deputy_head, now):
    reply = make_reply(letter("accepted"), at=now)
    edit_reply(reply=reply, version=1, text="改过", by=health_section_head, at=now)
    submit_paper(paper=again(reply), by=health_handler, at=now)
    paper = again(reply)
    assert not rules.can_approve(health_section_head, paper)
    assert not workbench.waiting_papers(health_section_head, Reply).exists()
    refused(approve_paper, "修改过", paper=paper, by=health_section_head, at=now)
    assert rules.can_approve(health_deputy_head, paper)


def test_it_holds_for_a_comparison(insurance_handler, insurance_section_head, insurance, police, county, office, now):
    thing = make_comparison(police, by=insurance_handler, at=now)
    comparisons.edit_comparison(
        comparison=thing, version=1, receiver=police, kind="household", purpose="核查", basis="机制",
        limit_on=thing.limit_on, people=None, by=insurance_section_head, at=now,
    )  # fmt: skip
    comparisons.submit_comparison(comparison=again(thing), by=insurance_handler, at=now)
    thing = again(thing)
    assert not rules_comparison.can_approve(insurance_section_head, thing)
    assert not workbench_comparison.to_do(insurance_section_head).exists()
    refused(comparisons.approve_comparison, "修改过", comparison=thing, by=insurance_section_head, at=now)
    other = person("yb33", "另股长", insurance, Role.SECTION_HEAD)
    assert list(workbench_comparison.to_do(other)) == [thing]
    comparisons.approve_comparison(comparison=thing, by=other, at=now)


def test_the_stage_bar_counts_no_letter_that_only_named_persons_see(
    case, receiver, procuratorate, insurance_handler, now
):
    make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent")
    sealed = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent")
    assert "2" in stage.transferred(case)[1]
    Department.objects.filter(pk=procuratorate.pk).update(named_only=True)
    assert "2" not in stage.transferred(case)[1] and "1" in stage.transferred(case)[1]
    assert sealed.referrals.count() == 1
