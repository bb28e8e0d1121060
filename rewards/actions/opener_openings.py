"""Actions of the opener process: an opening is agreed to by two, and shown once. They run as the role `opener`."""

import datetime as dt
from typing import Any

from django.db import transaction

from core.refusals import Refused
from core.states import move
from journal.actions import record
from rewards.actions.opener_keys import custodian_in_force, give_halves, somebody
from rewards.enums import OpeningStatus
from rewards.models import Opening, Report, Reporter
from rewards.opener import records
from rewards.opener.ceremonies import Ceremonies
from rewards.opener.keys import House
from rewards.refusals_opening import (
    Lapsed,
    NotCustodian,
    NotReady,
    NotThere,
    NotYours,
    OwnRequest,
    SameCustodian,
)


def purpose_of(opening: Opening) -> str:
    return f"opening:{opening.pk}"


def said(opening: Opening) -> dict[str, Any]:
    """What the record says of an opening: a number and a place in it."""
    number = Report.objects.filter(pk=opening.report_id).values_list("number", flat=True).get()
    position = Reporter.objects.filter(pk=opening.reporter_id).values_list("position", flat=True).get()
    return {"number": number, "position": position, "opened_fields": str(opening.fields)}


def actor(opening: Opening, user_id: int) -> Any:
    post = opening.post_id_of_request if user_id == opening.requested_by_id else None
    return somebody(user_id, region_id=opening.region_id, department_id=opening.department_id, post_id=post)


def check_may_give(opening: Opening, user_id: int, at: dt.datetime) -> None:
    """:raises Refused: not waiting, lapsed, no custodian, the asker, or the same custodian a second time"""
    if opening.status != OpeningStatus.REQUESTED:
        raise NotReady
    if at >= opening.expires_at:
        raise Lapsed
    if user_id == opening.requested_by_id:
        raise OwnRequest
    if user_id == opening.first_by_id:
        raise SameCustodian
    custodian_in_force(user_id, opening.region_id)


def give_key(
    *,
    house: House,
    ceremonies: Ceremonies,
    opening_id: int,
    user_id: int,
    passphrase: str,
    code: str,
    at: dt.datetime,
) -> Opening:
    """A custodian agrees and gives the halves for this one record. The second one makes it ready to be shown.

    :raises Refused: see `check_may_give`, `opener_keys.unlock`, `records.halves_of`
    """
    opening = Opening.objects.get(pk=opening_id)
    check_may_give(opening, user_id, at)
    found = give_halves(
        house=house, user_id=user_id, region_id=opening.region_id, reporters=[opening.reporter_id],
        fields=opening.fields, passphrase=passphrase, code=code, at=at,
    )  # fmt: skip
    if found.missing:
        raise NotThere
    if found.closed:
        raise NotCustodian
    halves = found.halves
    with transaction.atomic():
        opening = Opening.objects.select_for_update().get(pk=opening_id)
        check_may_give(opening, user_id, at)  # another may have come first while the passphrase was tried
        if opening.first_by_id is None:
            opening.first_by_id, opening.first_at = user_id, at
            opening.updated_at, opening.version = at, opening.version + 1
            opening.save(update_fields=["first_by", "first_at", "updated_at", "version"])
        else:
            given = ceremonies.halves(purpose_of(opening)) | halves
            records.open_all(
                records.envelopes([opening.reporter_id], opening.fields), given
            )  # what cannot be opened is never called ready
            move(opening, OpeningStatus.READY, at=at, second_by_id=user_id, second_at=at)
        record(
            "opening.key_given",
            target=opening,
            by=actor(opening, user_id),
            at=at,
            user=user_id,
            **said(opening),
        )
    ceremonies.give(purpose_of(opening), user_id, halves, until=opening.expires_at)
    return opening


def show(*, ceremonies: Ceremonies, opening_id: int, user_id: int, at: dt.datetime) -> dict[str, str]:
    """What is sealed, to whoever asked, this once. It is on the record before it is said.

    :raises NotYours, NotReady, Lapsed, Tampered: as said
    """
    with transaction.atomic():
        opening = Opening.objects.select_for_update().get(pk=opening_id)
        if opening.requested_by_id != user_id:
            raise NotYours
        if opening.status != OpeningStatus.READY:
            raise NotReady
        if at >= opening.expires_at:
            raise Lapsed
        envelopes = records.envelopes([opening.reporter_id], opening.fields)
        found = records.open_all(envelopes, ceremonies.halves(purpose_of(opening)))
        move(opening, OpeningStatus.SHOWN, at=at, shown_at=at)
        record(
            "opening.shown", target=opening, by=actor(opening, user_id), at=at,
            users=[opening.first_by_id, opening.second_by_id], **said(opening),
        )  # fmt: skip
    ceremonies.forget(purpose_of(opening))
    return found[opening.reporter_id]


@transaction.atomic
def note_failure(*, opening_id: int, user_id: int, refusal: Refused, at: dt.datetime) -> None:
    """Write down, after the refused step was undone, who failed at what; the opener writes it, not the web."""
    opening = Opening.objects.filter(pk=opening_id).first()
    if opening is not None:
        record("opening.failed", target=opening, by=actor(opening, user_id), at=at,
               attempt_reason=type(refusal).__name__, **said(opening))  # fmt: skip


@transaction.atomic
def forget_lost(*, ceremonies: Ceremonies, at: dt.datetime) -> int:
    """After a new start no half is there any more: what was half agreed waits for both again, what was ready lapses."""
    lost = 0
    for opening in Opening.objects.select_for_update().filter(
        status=OpeningStatus.REQUESTED, first_by__isnull=False
    ):
        if not ceremonies.has(purpose_of(opening), opening.first_by_id):
            opening.first_by_id, opening.first_at = None, None
            opening.updated_at, opening.version = at, opening.version + 1
            opening.save(update_fields=["first_by", "first_at", "updated_at", "version"])
            lost += 1
    for opening in Opening.objects.select_for_update().filter(status=OpeningStatus.READY):
        if at >= opening.expires_at or not ceremonies.has(purpose_of(opening), opening.second_by_id):
            move(opening, OpeningStatus.EXPIRED, at=at)
            record("opening.expired", target=opening, by=None, at=at, case=None, **said(opening))
            lost += 1
    for opening in Opening.objects.select_for_update().filter(
        status=OpeningStatus.REQUESTED, expires_at__lte=at
    ):
        move(opening, OpeningStatus.EXPIRED, at=at)
        record("opening.expired", target=opening, by=None, at=at, case=None, **said(opening))
        ceremonies.forget(purpose_of(opening))
    return lost
