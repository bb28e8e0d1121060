"""What the office's proposals put on the workbench: to answer, to adopt, to sign for issue, to deploy."""


from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import local_date
from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import LEADERS, Role
from departments.models import Department, User
from meetings import rules, rules_proposals
from meetings.actions.deployments import hand_in_tasks
from meetings.actions.quarter import MEMBERS
from meetings.enums import ProposalStatus, ResolutionStatus
from meetings.models import Opinion, Proposal, Resolution
from meetings.notices import DESK
from meetings.reading_proposals import clocks_of, lamps
from meetings.workbench import of_signers


def to_answer(user: User) -> QuerySet[Proposal]:
    """Proposals one's department is asked about and has not answered in the round."""
    if not rules.can_list(user) or not user.has_role(*LEADERS) or user.department.function not in MEMBERS:
        return Proposal.objects.none()
    said = Opinion.objects.filter(
        proposal=OuterRef("pk"), round=OuterRef("round"), department=user.department
    )
    return Proposal.objects.visible_to(user).filter(~Exists(said), status=ProposalStatus.CONSULTING)


def to_sign(user: User) -> QuerySet[Proposal]:
    """Adopted ones with tasks that wait for their 签发人; who wrote one or its tasks does not sign it."""
    if not rules.can_list(user) or not user.has_role(Role.DEPUTY_HEAD, Role.HEAD):
        return Proposal.objects.none()
    found = Proposal.objects.visible_to(user).filter(status=ProposalStatus.ADOPTED, signed_at=None)
    own_tasks = hand_in_tasks(user).filter(target_id=OuterRef("pk"))
    found = (
        found.filter(Exists(_drafted()), ~Exists(own_tasks)).exclude(drafted_by=user).exclude(texts__by=user)
    )
    return of_signers(found, user)


def to_take_on(user: User) -> QuerySet[Proposal]:
    """What the office does next: consult, enter written replies, adopt, add or mend tasks, number what is signed."""
    if not rules.convenes(user):
        return Proposal.objects.none()
    proposal, turn = OuterRef(OuterRef("pk")), OuterRef(OuterRef("round"))
    said = Opinion.objects.filter(proposal=proposal, round=turn, department=OuterRef("pk"))
    left = Department.objects.active().filter(~Exists(said), region=user.region, function__in=MEMBERS)
    on_paper = left.filter(has_account=False)
    adopted = Q(status=ProposalStatus.ADOPTED)
    return Proposal.objects.visible_to(user).filter(
        Q(status__in=(ProposalStatus.DRAFT, ProposalStatus.RETURNED))
        | (Q(status=ProposalStatus.CONSULTING) & (~Exists(left) | Exists(on_paper)))
        | adopted & (Q(signed_at__isnull=False) | ~Exists(_drafted())),
        office=user.department,
    )  # fmt: skip


def _drafted() -> QuerySet[Resolution]:
    return Resolution.objects.filter(deployment=OuterRef("pk"), status=ResolutionStatus.DRAFT)


def _phrase(user: User, proposal: Proposal) -> tuple[str, str, str]:
    """(phrase, label, step) of one row."""
    if rules_proposals.can_give_opinion(user, proposal):
        return _("Give an opinion on: %(title)s"), _("Answer"), "opinion"
    if rules_proposals.can_sign(user, proposal):
        return _("Sign the deployment: %(title)s"), _("Open"), ""
    if proposal.status == ProposalStatus.DRAFT:
        return _("Consult the departments on: %(title)s"), _("Open"), ""
    if proposal.status == ProposalStatus.RETURNED:
        return _("Mend the deployment and submit it anew: %(title)s"), _("Open"), ""
    if rules_proposals.can_enter_opinion(user, proposal):
        return _("Enter the written replies to: %(title)s"), _("Open"), ""
    if proposal.status == ProposalStatus.CONSULTING:
        return _("Every member has answered: %(title)s"), _("Open"), ""
    if proposal.signed_at is None:
        return _("Say who does what: %(title)s"), _("Open"), ""
    return _("Deploy: %(title)s"), _("Open"), ""


def mine(user: User) -> Q:
    """Everything above, as one condition."""
    return Q(pk__in=to_answer(user)) | Q(pk__in=to_sign(user)) | Q(pk__in=to_take_on(user))


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    if not rules.can_list(user):
        return []
    found = Proposal.objects.visible_to(user).filter(mine(user)).select_related("office", "region")
    shown = asked.rows(found.order_by("consult_until", "pk")[:limit])
    yield
    clocks = asked.rows(clocks_of(shown, user))
    yield
    lit, rows = lamps(shown, user, clocks), []
    for proposal in shown:
        phrase, label, step = _phrase(user, proposal)
        lamp = lit.get(proposal.pk) if step else None
        page = proposal.get_absolute_url()
        url = reverse(f"meetings:{step}", args=[proposal.pk]) if step else page
        rows.append(
            TaskRow(
                phrase=phrase % {"title": proposal}, url=page, source=str(proposal.office),
                lamp=lamp.color if lamp else "n", days=lamp.days if lamp else None,
                due=proposal.consult_until if step else None, action_label=label, action_url=url,
                sort=proposal.updated_at, target=(proposal.kind_code, proposal.pk),
            )
        )  # fmt: skip
    return rows


def waiting(user: User) -> Countable:
    """What the side navigation counts."""
    return [to_answer(user), to_sign(user), to_take_on(user)]


def told_when_late(deadline, stage, at):
    """Beside handlers and section heads: the registrar and the leaders of the department that owes its opinion."""
    return User.objects.acting_for(deadline.department, *DESK, on=local_date(at))
