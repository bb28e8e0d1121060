"""Who may do what with a reward. Proposer, approver and payer are three persons; the database says it too."""

from departments.enums import LEADERS, Function, Role
from departments.models import User
from rewards.enums_money import TIMES, BankFileStatus, PaperKind, PaperStatus, PaymentKind, RewardStatus
from rewards.models import BankFile, Payment, Report, Reward, RewardPaper
from rewards.querysets import holds_key
from rewards.querysets_money import in_finance

APPROVING = (Role.DEPUTY_HEAD, Role.HEAD)


def of_department(user: User, reward: Reward) -> bool:
    return user.department is not None and user.department.pk == reward.department_id


def is_officer(user: User, reward: Reward) -> bool:
    """The report officer of the department that received the report."""
    return of_department(user, reward) and user.has_role(Role.REPORT_OFFICER)


def is_payer(user: User) -> bool:
    """A finance clerk of the county's finance department."""
    return (
        user.is_authenticated and user.has_role(Role.FINANCE) and user.department.function == Function.FINANCE
    )


def can_list(user: User) -> bool:
    """Who has to do with rewards at all: the departments that receive reports, and the one that pays."""
    if not user.is_authenticated or user.department is None:
        return False
    return in_finance(user) or user.has_role(Role.REPORT_OFFICER, Role.FINANCE, Role.REGISTRAR, *LEADERS)


def can_ask(user: User, report: Report) -> bool:
    """Ask a reporter's eligibility: the report officer of the department, while the report is in a case."""
    return (
        user.has_role(Role.REPORT_OFFICER)
        and user.department.pk == report.department_id
        and report.case_id is not None
    )


def can_propose(user: User, reward: Reward) -> bool:
    return reward.status == RewardStatus.COMPUTED and is_officer(user, reward)


def can_approve(user: User, reward: Reward) -> bool:
    """分管领导 or 主要负责人. One's own proposal shows the button no longer; the action refuses it by name."""
    return (
        reward.status == RewardStatus.PROPOSED and of_department(user, reward) and user.has_role(*APPROVING)
    )


def can_send_back(user: User, reward: Reward) -> bool:
    return reward.status == RewardStatus.PROPOSED and of_department(user, reward) and user.has_role(*LEADERS)


def can_fund(user: User, reward: Reward) -> bool:
    return (
        reward.status == RewardStatus.APPROVED
        and not reward.honorary
        and is_payer(user)
        and _here(user, reward)
    )


def can_issue_code(user: User, reward: Reward) -> bool:
    """The code goes out with the notice; a new one replaces a lost one, also for what is to be given back."""
    return is_officer(user, reward) and reward.takes_code


def can_notify(user: User, reward: Reward) -> bool:
    return (
        reward.status == RewardStatus.FUNDED and reward.notified_on is None and bool(reward.claim_digest)
        and is_officer(user, reward)
    )  # fmt: skip


def can_waive(user: User, reward: Reward) -> bool:
    """The reporter gives it up (放弃声明)."""
    open_ones = (RewardStatus.COMPUTED, RewardStatus.PROPOSED, RewardStatus.APPROVED, RewardStatus.FUNDED)
    return reward.status in open_ones and is_officer(user, reward)


def can_pay(user: User) -> bool:
    return is_payer(user)


def can_recover(user: User, reward: Reward) -> bool:
    return reward.to_recover > 0 and is_payer(user) and _here(user, reward)


def can_give_back(user: User, reward: Reward) -> bool:
    return reward.to_return > 0 and is_payer(user) and _here(user, reward)


def can_reverse(user: User, payment: Payment) -> bool:
    """A leader of the finance department; the action refuses who paid it."""
    return (
        payment.kind == PaymentKind.PAYMENT
        and not hasattr(payment, "reversal")
        and payment.reward.status == RewardStatus.PAID
        and in_finance(user)
        and user.has_role(*LEADERS)
        and _here(user, payment.reward)
    )


def can_keep_budget(user: User) -> bool:
    """The year's money is entered by a leader of the finance department."""
    return in_finance(user) and user.has_role(*LEADERS)


def can_see_budget(user: User) -> bool:
    """Also the office: counts and amounts, nothing of a reward (FACTS §4)."""
    return can_list(user) or (user.is_authenticated and user.has_role(Role.COORDINATOR, Role.OBSERVER))


def can_draft_paper(user: User, reward: Reward, kind: str) -> bool:
    """Notice and voucher once there is money for it, the certificate once honour was approved."""
    timely = reward.status in TIMES.get(kind, ()) and reward.honorary == (kind == PaperKind.CERTIFICATE)
    return timely and is_officer(user, reward)


def can_sign_paper(user: User, paper: RewardPaper) -> bool:
    drafted = paper.status == PaperStatus.DRAFT and paper.kind != PaperKind.APPROVAL
    return drafted and of_department(user, paper.reward) and user.has_role(*LEADERS)


def can_issue_paper(user: User, paper: RewardPaper) -> bool:
    return (
        paper.status == PaperStatus.APPROVED
        and of_department(user, paper.reward)
        and user.has_role(Role.REGISTRAR)
    )


def can_discard_paper(user: User, paper: RewardPaper) -> bool:
    draft = paper.status in (PaperStatus.DRAFT, PaperStatus.APPROVED) and paper.kind != PaperKind.APPROVAL
    return draft and is_officer(user, paper.reward)


def can_request_file(user: User) -> bool:
    """Payment by bank: a payer who neither opens reports, in any department, nor holds a key to them."""
    if not is_payer(user) or holds_key(user):
        return False
    return not user.posts.current().filter(role=Role.REPORT_OFFICER).exists()


def can_make_file(user: User, file: BankFile) -> bool:
    return (
        file.status == BankFileStatus.REQUESTED and file.requested_by_id == user.pk and can_request_file(user)
    )


def can_download_file(user: User, file: BankFile) -> bool:
    return bool(file.file) and can_request_file(user)


def can_close_file(user: User, file: BankFile) -> bool:
    return file.status != BankFileStatus.CLOSED and can_request_file(user)


def _here(user: User, reward: Reward) -> bool:
    return user.region is not None and user.region.pk == reward.region_id
