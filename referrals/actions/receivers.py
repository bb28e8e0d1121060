"""Who a letter may go to: a route, not oneself, not back, not twice; and who may have a copy."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from core.refusals import BadInput
from departments.enums import ReferralKind
from departments.models import Department, Route, User
from referrals.models import Dispatch, Referral
from referrals.receiving_enums import STANDING


def check_receivers(
    dispatch: Dispatch, receivers: Iterable[Department], *, by: User
) -> None:
    """:raises BadInput: none, oneself, one to whom this kind has no route, or who has the matter already"""
    chosen = list(receivers)
    if not chosen:
        raise BadInput(_("Choose at least one department."), field="receivers")
    sender = dispatch.department
    allowed = set(
        Route.objects.filter(kind=dispatch.kind, sender=sender.function).values_list("receiver", flat=True)
    )
    for receiver in chosen:
        if receiver.pk == sender.pk or receiver.region_id != sender.region_id or not receiver.active:
            raise BadInput(
                _("%(department)s cannot receive this letter.") % {"department": receiver}, field="receivers"
            )
        if receiver.function not in allowed:
            raise BadInput(
                _("There is no route for this kind of letter to %(department)s.") % {"department": receiver},
                field="receivers",
            )
    if len(chosen) > 1 and dispatch.kind == ReferralKind.SUPPORT:
        raise BadInput(_("Technical support is asked of one department; write to each of them."), field="receivers")
    if len(chosen) > 1:
        _check_alone(chosen)
    _check_not_back(dispatch, chosen)
    _check_not_there_already(dispatch, chosen, by=by)


def _check_alone(chosen: Iterable[Department]) -> None:
    """:raises BadInput: a body whose letters only named persons see is written to beside others, who would learn of it"""
    for receiver in chosen:
        if receiver.named_only:
            said = _("%(department)s gets a letter of its own: only named persons may know of it.")
            raise BadInput(said % {"department": receiver}, field="receivers")


def _check_not_back(dispatch: Dispatch, chosen: Sequence[Department]) -> None:
    """:raises BadInput: a letter that is forwarded goes back to a department it came through, or to several"""
    been, letter = set(), dispatch.forwards
    if letter is None:
        return
    if len(chosen) > 1:
        raise BadInput(_("A letter is forwarded to one department."), field="receivers")
    while letter is not None:
        been |= {letter.sender_id, letter.receiver_id}
        letter = letter.earlier
    for receiver in chosen:
        if receiver.pk in been:
            raise BadInput(
                _("%(department)s had this letter already: return it instead of forwarding it.")
                % {"department": receiver},
                field="receivers",
            )


def _check_not_there_already(dispatch: Dispatch, chosen: Sequence[Department], *, by: User) -> None:
    """By its number only for who may read it. Of a sealed letter nobody else learns, not by a refusal either: the
    second one goes out beside it (`sealed_beside`), and who is named on the first is told. Its drafter counts, not
    who sends it: a department's one registrar sent the first too, and a letter held back would tell the drafter.

    :raises BadInput: a transfer of the same case to one of them still stands
    """
    if dispatch.kind != ReferralKind.TRANSFER:
        return
    standing = Referral.objects.filter(
        case=dispatch.case, kind=ReferralKind.TRANSFER, receiver__in=chosen, status__in=STANDING
    )
    for letter in standing.exclude(dispatch=dispatch.pk).select_related("receiver").order_by("pk"):
        reader = dispatch.drafted_by if letter.receiver.named_only else by
        if Referral.objects.readable_by(reader).filter(pk=letter.pk).exists():
            said = _("%(department)s already has this matter by %(number)s, which is not closed yet.")
        elif not letter.receiver.named_only:
            said = _("%(department)s already has this matter by a letter that is not closed yet.")
        else:
            continue
        raise BadInput(said % {"department": letter.receiver, "number": letter.number}, field="receivers")


def sealed_beside(dispatch: Dispatch, receiver: Department) -> list[Referral]:
    """Standing letters about the same matter at a body whose letters only named persons see; a paper being sent."""
    if dispatch.kind != ReferralKind.TRANSFER or not receiver.named_only:
        return []
    standing = Referral.objects.filter(
        case=dispatch.case, kind=ReferralKind.TRANSFER, receiver=receiver, status__in=STANDING
    )
    return list(standing.exclude(dispatch=dispatch.pk).select_related("author", "receiver", "sender", "case"))


def check_copied(dispatch: Dispatch, receivers: Iterable[Department], copied: Iterable[Department]) -> None:
    """:raises BadInput: a copy to oneself, to a receiver, to another region or to a department that is no more, or of a
    letter only named persons may know of"""
    written_to = list(receivers)
    chosen = {receiver.pk for receiver in written_to}
    sealed = any(receiver.named_only for receiver in written_to)
    for department in copied:
        if sealed or department.named_only:
            raise BadInput(
                _("Only named persons may know of letters to such a body: nothing is copied."), field="copied"
            )
        if department.pk in chosen:
            raise BadInput(
                _("%(department)s receives the letter itself and needs no copy.")
                % {"department": department},
                field="copied",
            )
        own = department.pk == dispatch.department_id
        if own or department.region_id != dispatch.department.region_id or not department.active:
            raise BadInput(
                _("%(department)s cannot receive a copy.") % {"department": department}, field="copied"
            )
