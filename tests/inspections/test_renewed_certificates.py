"""A renewed certificate takes the place of the old one in plans and pools; a printed record names the one shown."""

import datetime as dt

import pytest

from core.dates import local_date
from inspections import contexts
from inspections.actions import approval, changes, draw, pools_officers, records, visits
from inspections.models import EnforcementCertificate, Member
from journal.models import Event
from tests.factories import draws as drawing
from tests.factories import inspections as make
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db


def _renew(inspection, now, number="执法新证号001"):
    """The first inspector of the lead gets a new certificate; the department has two officers in all."""
    member = make.inspectors(inspection)[0]
    made = make.certificate(member.user, member.partner.department, at=now, number=number)
    member.refresh_from_db()
    return member, made


def test_the_holder_goes_on_with_the_new_certificate(going, insurance_handler, now):
    version = going.version
    member, made = _renew(going, now)
    assert (member.certificate, member.certificate_number) == (made, made.number)
    begun = make.visit(going, by=insurance_handler, at=now)
    records.print_record(
        visit=make.written(begun, by=insurance_handler, at=now), by=insurance_handler, at=now
    )
    changes.postpone_inspection(
        inspection=going, starts_on=going.starts_on, ends_on=going.ends_on + DAY, reason="延长", by=insurance_handler, at=now
    )  # fmt: skip
    going.refresh_from_db()
    assert going.version > version + 1
    event = Event.objects.filter(verb="inspection.certificate_replaced").latest("pk")
    assert (event.target_id, event.params["number"]) == (going.pk, made.number)


def test_a_submitted_plan_can_be_signed_after_a_renewal(submitted, now):
    _renew(submitted, now)
    signed = approval.approve_inspection(inspection=submitted, by=make.signer_of(submitted.lead), at=now)
    assert signed.approved_at == now


def test_a_lost_certificate_is_replaced_likewise(going, insurance_handler, now):
    from inspections.actions.certificates import withdraw_certificate

    member = make.inspectors(going)[0]
    withdraw_certificate(certificate=member.certificate, reason="遗失", by=insurance_handler, at=now)
    member, made = _renew(going, now)
    assert member.certificate == made


def test_a_visit_before_the_renewal_names_the_certificate_shown(going, insurance_handler, now):
    old = make.inspectors(going)[0].certificate_number
    begun = make.visit(going, by=insurance_handler, at=now)
    later = now + DAY
    _member, made = _renew(going, later)
    said = "".join(contexts.of_record(begun, at=later)["officers"])
    assert old in said and made.number not in said
    visits.change_officers(visit=begun, officers=make.inspectors(going), by=insurance_handler, at=later)
    records.print_record(
        visit=make.written(begun, by=insurance_handler, at=later), by=insurance_handler, at=later
    )
    second = make.visit(going, by=insurance_handler, at=later, on=local_date(later))
    assert made.number in "".join(contexts.of_record(second, at=later)["officers"])


def test_inspections_that_are_over_keep_the_old_number(going, insurance_handler, now):
    changes.cancel_inspection(inspection=going, reason="停止", by=insurance_handler, at=now)
    old = make.inspectors(going)[0].certificate_number
    member, _made = _renew(going, now)
    assert member.certificate_number == old


def test_the_pool_keeps_what_was_declared_and_draws_the_holder(
    insurance, health, insurance_handler, health_section_head, now
):
    place = drawing.setting(insurance, health, by=insurance_handler, witness=health_section_head, at=now)
    pool = place.officer_pool
    officer = (
        pool.officers.select_related("certificate__user", "certificate__department", "pool")
        .order_by("pk")
        .first()
    )
    recusal = pools_officers.declare_recusal(
        officer=officer, subject=None, reason="亲属任职", by=insurance_handler, at=now
    )
    pool.refresh_from_db()
    version = pool.version
    made = make.certificate(
        officer.certificate.user, officer.certificate.department, at=now, number="执法新证号002"
    )
    officer.refresh_from_db()
    recusal.refresh_from_db()
    pool.refresh_from_db()
    assert officer.certificate == made and recusal.officer == officer and pool.version == version + 1


def test_who_was_renewed_between_list_and_draw_is_named(
    insurance, health, insurance_handler, health_section_head, now
):
    before = now - dt.timedelta(days=2)
    place = drawing.setting(insurance, health, by=insurance_handler, witness=health_section_head, at=before)
    committed = drawing.commit(
        place.inspection, place.target_pool, place.officer_pool, by=insurance_handler, at=before
    )
    for row in place.officer_pool.officers.select_related("certificate__user", "certificate__department"):
        make.certificate(
            row.certificate.user, row.certificate.department, at=now, number=f"新{row.certificate.number}"
        )
    draw.make_draw(draw=committed, public_number="123456", by=health_section_head, at=now)
    there = Member.objects.filter(inspection=place.inspection, left_at=None, role="inspector")
    assert there.count() >= 2 and not there.filter(certificate__withdrawn_at__isnull=False).exists()
    assert EnforcementCertificate.objects.filter(withdrawn_at__isnull=False).exists()
