"""What rewards put on the workbench and beside the navigation."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import LEADERS, Role
from departments.models import Post, User
from rewards import rules
from rewards.actions import deciding
from rewards.enums_money import BankFileStatus, PaperKind, PaperStatus, RewardStatus
from rewards.models import BankFile, Eligibility, Repetition, Reporter, Reward, RewardPaper
from rewards.querysets_money import TO_RECOVER, TO_RETURN


def to_do(user: User) -> QuerySet[Reward]:
    """Rewards whose next step is this person's."""
    if not rules.can_list(user):
        return Reward.objects.none()
    here = Q(department=user.department)
    mine = Q(pk__in=())
    if user.has_role(Role.REPORT_OFFICER):
        mine |= here & Q(status=RewardStatus.COMPUTED) & deciding.decided()
        mine |= here & Q(status=RewardStatus.FUNDED, notified_on=None)
        open_papers = RewardPaper.objects.filter(reward=OuterRef("pk"), kind=PaperKind.CERTIFICATE).exclude(
            status=PaperStatus.DISCARDED
        )
        mine |= here & Q(status=RewardStatus.APPROVED, honorary=True) & ~Exists(open_papers)
    if user.has_role(*rules.APPROVING):
        others = ~Q(proposed_by=user) & ~deciding.by_own_hand(user)
        mine |= here & Q(status=RewardStatus.PROPOSED) & others & deciding.decided()
    waiting = RewardPaper.objects.filter(reward=OuterRef("pk")).exclude(kind=PaperKind.APPROVAL)
    if user.has_role(*LEADERS):
        mine |= here & Exists(waiting.filter(status=PaperStatus.DRAFT).exclude(drafted_by=user))
    if user.has_role(Role.REGISTRAR):
        mine |= here & Exists(waiting.filter(status=PaperStatus.APPROVED))
    if rules.is_payer(user):
        asks = Q(status=RewardStatus.APPROVED, honorary=False) | TO_RECOVER
        asks |= TO_RETURN & ~Q(proposed_by=user) & ~Q(approved_by=user)
        mine |= Q(region=user.region) & asks
    return Reward.objects.visible_to(user).filter(mine)


def to_ask(user: User) -> QuerySet[Reporter]:
    """Reporters whose report led to a verified amount, itself or through one that repeats it, and whom nobody has
    asked yet. Who told the same later earns nothing: the first in time does."""
    if not user.has_role(Role.REPORT_OFFICER):
        return Reporter.objects.none()
    verified = deciding.carrying(OuterRef("report"), OuterRef("report__case"))
    found = Reporter.objects.visible_to(user).filter(Exists(verified))
    found = found.exclude(Exists(Repetition.objects.filter(report=OuterRef("report"))))
    return found.filter(~Exists(Eligibility.objects.filter(reporter=OuterRef("pk"))))


_PHRASES = {
    RewardStatus.COMPUTED: lambda: _("Propose the reward"),
    RewardStatus.PROPOSED: lambda: _("Approve the reward"),
    RewardStatus.APPROVED: lambda: _("Allocate the reward"),
    RewardStatus.FUNDED: lambda: _("Hand over notice and claim code"),
}


def _phrase(user: User, reward: Reward) -> str:
    if rules.can_recover(user, reward):
        return _("Recover what was paid too much")
    if rules.can_give_back(user, reward):
        return _("Give back what was recovered too much")
    if reward.status == RewardStatus.APPROVED and reward.honorary:
        return _("Honour the reporter")
    status = RewardStatus(reward.status)
    if status not in _PHRASES or (status == RewardStatus.FUNDED and not rules.is_officer(user, reward)):
        return _("Sign or number a paper of the reward")  # which may wait longer than the reward is paid
    return _PHRASES[status]()


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    waiting = asked.rows(to_do(user).for_list().order_by("pk")[:limit])
    silent = to_ask(user).select_related("report__department").defer("report__facts")
    reporters = asked.rows(silent.order_by("pk")[:limit])
    to_agree = asked.rows(BankFile.objects.to_agree(user).select_related("department").order_by("pk")[:limit])
    next_steps = BankFile.objects.next_steps(user) if rules.is_payer(user) else BankFile.objects.none()
    files = asked.rows(next_steps.select_related("department").order_by("pk")[:limit])
    yield
    rows = [
        TaskRow(
            phrase=f"{_phrase(user, reward)}：{reward.number}", url=reward.get_absolute_url(), source=str(reward.department),
            action_label=_("Open"), action_url=reward.get_absolute_url(), sort=reward.updated_at,
        )
        for reward in waiting
    ]  # fmt: skip
    for reporter in reporters:
        url = reverse("rewards:eligibility", args=[reporter.pk])
        rows.append(
            TaskRow(
                phrase=_("Ask whether %(number)s may be rewarded") % {"number": reporter}, url=url,
                source=str(reporter.report.department), action_label=_("Ask"), action_url=url,
                sort=reporter.report.received_at,
            )
        )  # fmt: skip
    for file in to_agree:
        url = reverse("rewards:bank_file_key", args=[file.pk])
        rows.append(
            TaskRow(
                phrase=_("Agree to the bank file of %(n)d payments") % {"n": file.count}, url=url,
                source=str(file.department),
                action_label=_("Agree to the bank file"), action_url=url, sort=file.requested_at,
            )
        )  # fmt: skip
    rows += [_file_row(file) for file in files]
    return rows[:limit]


def _file_row(file: BankFile) -> TaskRow:
    """A payer's bank file: agreed to by two, made and not closed, or never to be made."""
    here = file.get_absolute_url()
    step, address = _("Open"), here
    if file.status == BankFileStatus.MADE:
        phrase = _("Download the bank file of %(n)d payments, and close it when the bank has paid")
    elif file.refused:
        phrase = _("The bank file of %(n)d payments cannot be made: close it")
    else:
        phrase = _("Make the bank file of %(n)d payments")
        step, address = _("Make the bank file"), reverse("rewards:make_bank_file", args=[file.pk])
    return TaskRow(
        phrase=phrase % {"n": file.count}, url=here, source=str(file.department), action_label=step,
        action_url=address, sort=file.made_at or file.requested_at,
    )  # fmt: skip


def waiting(user: User) -> Countable:
    """What the side navigation counts: only what this person must do."""
    found = [to_do(user), to_ask(user), BankFile.objects.to_agree(user)]
    return [*found, BankFile.objects.next_steps(user)] if rules.is_payer(user) else found


def in_hand(post: Post) -> list[str]:
    """Papers a leaving person has drafted and nobody has numbered."""
    open_ones = RewardPaper.objects.filter(
        drafted_by=post.user,
        reward__department=post.department,
        status__in=(PaperStatus.DRAFT, PaperStatus.APPROVED),
    ).exclude(kind=PaperKind.APPROVAL)
    return [
        _("Finish or give up the paper “%(title)s”.") % {"title": paper}
        for paper in open_ones.select_related("reward")
    ]
