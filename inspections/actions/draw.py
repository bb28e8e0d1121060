"""双随机抽取: commit to a list and a seed, draw once another department brings the public number, or give it up openly."""

import datetime as dt
import secrets

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, Refused, WrongState
from core.sealing import seal, unseal
from core.states import move
from departments.models import Region, User
from inspections import draw_notices as notices
from inspections.actions.changes import cancel_inspection
from inspections.actions.common import lock
from inspections.actions.draw_ends import asked_to, check_end, left_out, lock_row
from inspections.actions.draw_lists import checked_list, locked_pools
from inspections.actions.draw_plan import into_plan, out_of_plan
from inspections.draw_algorithm import commitment_of, digest_of, key_of, run
from inspections.draw_check import SOONEST
from inspections.draw_enums import STANDING, AskedFor, DrawStatus
from inspections.draw_numbers import plain_number
from inspections.draw_record import listed_of, text_of
from inspections.enums import InspectionKind, InspectionStatus
from inspections.models import Annulment, Draw, DrawnOfficer, DrawnTarget, DrawSecret, Inspection, Pool
from inspections.models.draw_rows import rows_of

PURPOSE = "draw.seed"
LATEST = dt.timedelta(days=31)
MOST_OFFICERS = 9


class SeedChanged(Refused):
    """The stored seed or list is not what was committed to: somebody was at the database."""

    record = True


def lock_planned(inspection: Inspection) -> None:
    """The inspection's row for this transaction, and `inspection` as it is now.

    :raises WrongState: its plan is no draft any more
    """
    lock(inspection)
    if inspection.status != InspectionStatus.DRAFT:
        raise WrongState(_("The plan is agreed: what is drawn does not change any more."))


def _lock(draw: Draw, *allowed: str) -> None:
    lock_planned(draw.inspection)
    lock_row(draw, *allowed)


def _next_number(region: Region, at: dt.datetime) -> str:
    """Such as 439926-2026-001; the region's row stays locked, so that none is given twice or left out."""
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    year = local_date(at).year
    given = Draw.objects.filter(region=region, number__startswith=f"{region.code}-{year}-").count()
    return f"{region.code}-{year}-{given + 1:03d}"


def _checked_words(what: str, public_from: dt.datetime, at: dt.datetime) -> dict[str, str]:
    faults = {}
    if not what.strip():
        faults["public_what"] = _("Say which number it is, so that anybody can look it up.")
    if public_from < at + SOONEST:
        faults["public_from"] = _(
            "The number must be one that nobody can know yet: at least an hour from now."
        )
    elif public_from > at + LATEST:
        faults["public_from"] = _("Choose a number that is published within 31 days.")
    return faults


@transaction.atomic
def commit_draw(
    *,
    inspection: Inspection,
    target_pool: Pool,
    officer_pool: Pool,
    target_version: int,
    officer_version: int,
    targets_wanted: int,
    officers_wanted: int,
    public_what: str,
    public_from: dt.datetime,
    declared: bool,
    by: User,
    at: dt.datetime,
) -> Draw:
    """Freeze both pools as they are, choose the secret seed, and write down the commitment to the two of them.

    target_version, officer_version: of the pools as the page showed them. public_what, public_from: the number that
    will be combined with the seed, and when somebody else publishes it. officers_wanted: for each target and each
    inspecting department. declared: every officer of the pool was asked for grounds to stand aside.

    :raises WrongState: no random inspection whose partners were asked, or its plan is no draft any more
    :raises AlreadyDone: a draw of it stands already
    :raises Stale: a pool was changed since the page was opened
    :raises BadInput: too few to draw from, an officer who may not be drawn, or a number people may know already
    """
    lock_planned(inspection)
    if inspection.kind != InspectionKind.RANDOM:
        raise WrongState(_("Only for a random inspection (双随机) targets and officers are drawn."))
    if inspection.asked_at is None:
        raise WrongState(_("Ask the departments first: the draw is witnessed by one of them."))
    if (standing := inspection.draws.standing().first()) is not None:
        raise AlreadyDone(
            _("%(number)s stands already: an inspection is drawn once. Ask a second person to annul it, with the reason.")
            % {"number": standing.number}
        )  # fmt: skip
    locked_pools(target_pool, officer_pool, target_version, officer_version)
    number = _next_number(inspection.region, at)
    listed, faults = checked_list(
        inspection=inspection, target_pool=target_pool, officer_pool=officer_pool, number=number,
        targets_wanted=targets_wanted, officers_wanted=officers_wanted, public_what=public_what.strip(),
        public_from=public_from, at=at,
    )  # fmt: skip
    faults |= _checked_words(public_what, public_from, at)
    if not declared:
        faults["declared"] = _(
            "Ask each officer of the pool for grounds to stand aside, and enter what they say there."
        )
    if not 2 <= officers_wanted <= MOST_OFFICERS:
        faults["officers_wanted"] = _("From %(least)d to %(most)d.") % {"least": 2, "most": MOST_OFFICERS}
    if faults:
        raise BadInput.several(faults)
    text, seed = text_of(listed), secrets.token_hex(32)
    digest = digest_of(text)
    draw = Draw.objects.create(
        region=inspection.region, inspection=inspection, number=number, attempt=inspection.draws.count() + 1,
        listed=text, list_digest=digest, commitment=commitment_of(seed, digest), public_what=public_what.strip(),
        public_from=public_from, committed_by=by, committed_for=by.department, committed_at=at,
    )  # fmt: skip
    DrawSecret.objects.create(draw=draw, sealed=seal(seed, purpose=PURPOSE))
    notices.of_draw(
        "committed", draw, by=by, at=at, attempt=draw.attempt, commitment=draw.commitment, digest=digest,
        targets=len(listed["targets"]), officers=len(listed["officers"]), what=draw.public_what,
    )  # fmt: skip
    notices.tell_others(draw, "to_make", at=at, day=local_date(public_from))
    return draw


def _seed_of(draw: Draw) -> str:
    """:raises SeedChanged: the list or the seed stored is not the one committed to"""
    try:
        seed = unseal(bytes(draw.secret.sealed), purpose=PURPOSE)
    except InvalidTag:
        seed = ""
    if digest_of(draw.listed) != draw.list_digest or commitment_of(seed, draw.list_digest) != draw.commitment:
        raise SeedChanged(
            _("What is stored is not what was committed to: nothing is drawn. Tell the system administrator.")
        )  # fmt: skip
    return seed


@transaction.atomic
def make_draw(*, draw: Draw, public_number: str, by: User, at: dt.datetime) -> Draw:
    """Reveal the seed, combine it with the number as published, and write down what comes out; once.

    public_number: digits, as published; blanks and signs between them are left out. Targets and officers join the plan.

    :raises WrongState: the number is not out yet, or the plan is no draft any more
    :raises AlreadyDone: it was drawn or ended before
    :raises FourEyes: the person or department that committed to it
    :raises BadInput: no number of 6 to 40 digits (field `public_number`)
    :raises SeedChanged: what is stored does not match the commitment
    """
    _lock(draw, DrawStatus.COMMITTED)
    if at < draw.public_from:
        raise WrongState(
            _("The number is published later: %(when)s.") % {"when": notices.hour(draw.public_from)}
        )
    if by.pk == draw.committed_by_id or by.department.pk == draw.committed_for_id:
        raise FourEyes(_("Somebody of another department draws: not who committed to the list."))
    number = plain_number(public_number)
    seed = _seed_of(draw)
    listed = listed_of(draw)
    outcome = run(listed, key_of(seed, draw.list_digest, number))
    targets, officers = rows_of(draw, listed, outcome)
    DrawnTarget.objects.bulk_create(targets)
    DrawnOfficer.objects.bulk_create(officers)
    move(
        draw, DrawStatus.DRAWN, at=at, seed=seed, public_number=number, drawn_by=by, drawn_at=at,
        drawn_for=by.department,
    )  # fmt: skip
    left_out = into_plan(draw, by=by, at=at)
    notices.of_draw(
        "drawn", draw, by=by, at=at, public_number=number, seed=seed, targets=len(targets),
        codes=[each.code for each in targets], officers=len(officers), left_out=left_out,
    )  # fmt: skip
    notices.tell_others(draw, "was_drawn", at=at, tone="g", than=by.department)
    return draw


@transaction.atomic
def ask_annulment(*, draw: Draw, reason: str, by: User, at: dt.datetime) -> Annulment:
    """Ask that a draw be annulled, or one given up that was never made. Nothing ends before a second person agrees.

    Once the plan was signed, the inspection is cancelled with it.

    :raises BadInput: no reason, or a long one (field `reason`)
    :raises AlreadyDone: it has ended, or somebody has asked already
    :raises WrongState: the plan waits for its signature, somebody was visited, or the inspection is over
    """
    lock(draw.inspection)
    lock_row(draw, *STANDING)
    check_end(draw.inspection)
    asked = asked_to(draw, None, reason, by, at)
    notices.of_draw("annulment_asked", draw, by=by, at=at, reason=asked.reason)
    notices.tell_others(draw, "to_answer", at=at, than=by.department, reason=asked.reason)
    return asked


@transaction.atomic
def answer_annulment(*, draw: Draw, agreed: bool, words: str, by: User, at: dt.datetime) -> Draw:
    """The second person's word. Agreed, the draw ends: annulled if it was made, given up with its seed shown if not.
    A signed inspection is cancelled with it. Where one target was asked about, that one is left out and the draw stands.

    :raises BadInput: a refusal without words (field `words`)
    :raises FourEyes: the person or department that asked
    :raises WrongState: nobody has asked; or see `ask_annulment` and `ask_leave_out`
    :raises SeedChanged: the stored seed does not match: the database would not take it for an end
    """
    lock(draw.inspection)
    lock_row(draw, *STANDING)
    asked = draw.annulments.select_for_update(of=("self",)).filter(status=AskedFor.OPEN).first()
    if asked is None:
        raise WrongState(_("Nobody has asked to annul this draw."))
    if by.pk == asked.asked_by_id or by.department.pk == asked.asked_for_id:
        raise FourEyes(_("Somebody of another department answers: not who asked."))
    words = words.strip()[:300]
    if not agreed and not words:
        raise BadInput(_("Say why not."), field="words")
    if agreed and asked.target is None:
        check_end(draw.inspection)
    move(
        asked, AskedFor.AGREED if agreed else AskedFor.REFUSED, at=at, answered_by=by, answered_at=at,
        answered_for=by.department, words=words,
    )  # fmt: skip
    if asked.target is not None:
        return left_out(draw, asked, asked.target, agreed=agreed, by=by, at=at)
    if not agreed:
        notices.of_draw("annulment_refused", draw, by=by, at=at, reason=words)
    elif draw.status == DrawStatus.DRAWN:
        move(draw, DrawStatus.ANNULLED, at=at, ended_by=by, ended_at=at)
        if draw.inspection.status == InspectionStatus.DRAFT:
            out_of_plan(draw, by=by, at=at)
        else:
            cancel_inspection(inspection=draw.inspection, reason=asked.reason, by=by, at=at)
        notices.of_draw("annulled", draw, by=by, at=at, reason=asked.reason)
    else:
        move(draw, DrawStatus.ABANDONED, at=at, seed=_seed_of(draw), ended_by=by, ended_at=at)
        notices.of_draw("abandoned", draw, by=by, at=at, reason=asked.reason, seed=draw.seed)
    notices.tell_others(draw, "was_answered", at=at, than=by.department, draw_state=draw.status)
    return draw
