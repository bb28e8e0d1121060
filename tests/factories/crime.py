"""Transfers of suspected crime for tests, brought to any state through the actions of the room."""

from django.core.files.uploadedfile import SimpleUploadedFile

from core.dates import local_date
from departments.actions.structure import create_department, create_region
from departments.enums import Function, Role
from departments.models import Department, Region, User
from referrals.actions.crime_common import OnPaper
from referrals.actions.crime_drafts import (
    draft_correction,
    draft_forward,
    draft_incomplete,
    draft_reconsider,
    draft_reconsidered,
    draft_revoke,
    draft_supervise,
)
from referrals.actions.crime_forwarding import forward_file
from referrals.actions.crime_handover import hand_over, record_receipt, sign_receipt
from referrals.actions.crime_intake import ask_completion
from referrals.actions.crime_police import decide_filing, revoke_case
from referrals.actions.crime_proposal import assign_officers, discard_transfer, propose_transfer
from referrals.actions.crime_remedies import (
    answer_reconsideration,
    answer_supervision,
    hand_over_property,
    resume_administrative,
)
from referrals.actions.crime_report import Attachments, Item, decide_transfer, report_transfer
from referrals.actions.drafting import Line
from referrals.actions.serving import prove_service
from referrals.crime_enums import CrimeStatus
from referrals.models import CrimeThreshold
from tests.cast import WHEN, person
from tests.factories.cases import PDF
from tests.factories.follow_ups import decide_here, write_here
from tests.factories.referrals import acting

ITEMS = (Item(name="出院记录原件", quantity="37份", pages=37, source="青禾县仁和医院"),)

# the way to each state: the state before it
BEFORE = {
    "verifying": "proposed", "discarded": "proposed", "reported": "verifying", "declined": "reported",
    "approved": "reported", "sent": "approved", "received": "sent", "incomplete": "received", "forwarded": "received",
    "filed": "received", "refused": "received", "reconsidering": "refused", "upheld": "reconsidering",
    "supervising": "upheld", "not_ordered": "supervising", "resumed": "refused", "closed": "filed", "revoked": "closed",
}  # fmt: skip


def scan(name="公安回执.pdf"):
    return SimpleUploadedFile(name, PDF + name.encode(), content_type="application/pdf")


def on_paper(at, *, number="青公（经）立字〔2026〕88号", signed_name="秦卫东", **more):
    """What came on paper at `at`."""
    return OnPaper(number=number, happened_at=at, upload=scan(), signed_name=signed_name, **more)


def all_attachments(case, **more):
    """The investigation report and items; expert conclusion and other material declared to be none."""
    given = {
        "report": [case.evidence.order_by("pk").first()],
        "items": ITEMS,
        "no_expert": "本案不涉及需鉴定的事项",
        "no_other": "无其他材料",
    } | more
    return Attachments(**given)


def make_transfer(case, *, by, at, status="proposed", **more):
    """A proposal for 诈骗罪 against every subject of the case, brought to `status`."""
    given = {
        "found_on": at.date(),
        "facts": "以虚构住院的方式骗取医疗保障基金。",
        "threshold": CrimeThreshold.objects.get(crime="诈骗罪"),
        "persons": list(case.subjects.all()),
    } | more
    return bring_transfer(propose_transfer(case=case, by=by, at=at, **given), status, at=at)


def bring_transfer(transfer, status, *, at):
    """Bring a transfer on to `status`, everything at the instant `at`."""
    way = [status]
    while way[0] in BEFORE and way[0] != transfer.status:
        way.insert(0, BEFORE[way[0]])
    for state in way[1:]:
        step(transfer, state, at=at)
        transfer.refresh_from_db()
        assert transfer.status == state
    return transfer


def elsewhere(transfer, *, has_account=False):
    """云溪县公安局, to which a file may be forwarded; where it works here it has people of its own."""
    body = Department.objects.filter(name="云溪县公安局").first()
    if body is None:
        city = transfer.department.region.parent
        region = Region.objects.filter(code="439927").first() or create_region(
            code="439927", name="云溪县", short_name="云", parent=city, by=None, at=WHEN
        )
        body = create_department(
            region=region, function=Function.POLICE, name="云溪县公安局", short_name="云溪公安局", mark="云公",
            has_account=False, by=None, at=WHEN,
        )  # fmt: skip
    if has_account and not body.has_account:
        Department.objects.filter(pk=body.pk).update(has_account=True)
        body.refresh_from_db()
        for number, (name, role) in enumerate(_ELSEWHERE, 1):
            person(f"yx{number:02d}", name, body, role)
    return body


_ELSEWHERE = (
    ("严守一", Role.HANDLER), ("易长风", Role.SECTION_HEAD), ("尤大勇", Role.DEPUTY_HEAD), ("岳红旗", Role.HEAD),
    ("于静", Role.REGISTRAR),
)  # fmt: skip


def step(transfer, state, *, at):
    """The one step that leads to `state`."""
    sender, police = transfer.department, transfer.police
    paper = {"paper": on_paper(at)} if transfer.on_paper else {}
    clerk = acting(sender, Role.REGISTRAR) if transfer.on_paper else acting(police, Role.SECTION_HEAD)
    common = {"transfer": transfer, "at": at}

    def officer():
        return transfer.officers.order_by("pk").first().user

    def write(entered, drafted, **said):
        """Entered from paper where the police do not work here; else drafted, signed and sent."""
        if transfer.on_paper:
            entered(**common, **said, by=clerk, **paper)
        else:
            write_here(drafted, **common, **said, by=clerk)

    match CrimeStatus(state):
        case CrimeStatus.VERIFYING:
            officers = list(User.objects.acting_for(sender, Role.HANDLER).order_by("pk")[:2])
            assign_officers(**common, officers=officers, by=acting(sender, Role.SECTION_HEAD))
        case CrimeStatus.DISCARDED:
            discard_transfer(**common, reason="事实不清", by=transfer.proposed_by)
        case CrimeStatus.REPORTED:
            officer = transfer.officers.first().user
            report_transfer(**common, report="建议移送。", attachments=all_attachments(transfer.case), by=officer)
        case CrimeStatus.DECLINED | CrimeStatus.APPROVED:
            approved = state == CrimeStatus.APPROVED
            decide_transfer(**common, approved=approved, reason="符合移送标准。", by=acting(sender, Role.HEAD))
        case CrimeStatus.SENT:
            hand_over(**common, by=acting(sender, Role.REGISTRAR))
        case CrimeStatus.RECEIVED if transfer.on_paper:
            record_receipt(**common, paper=on_paper(at), by=clerk)
        case CrimeStatus.RECEIVED:
            sign_receipt(**common, by=acting(police, Role.REGISTRAR))
        case CrimeStatus.INCOMPLETE:
            write(ask_completion, draft_incomplete, missing="缺少住院病历原件。")
        case CrimeStatus.FORWARDED:
            body = elsewhere(transfer)
            write(forward_file, draft_forward, to=body.name, reason="犯罪地在云溪县")
        case CrimeStatus.FILED | CrimeStatus.REFUSED:
            decide = decide_filing if transfer.on_paper else decide_here
            decide(**common, filed=state == CrimeStatus.FILED, reason="经审查的理由", by=clerk, **paper)
        case CrimeStatus.RECONSIDERING:
            write_here(draft_reconsider, **common, reason="有犯罪事实。", by=officer())
        case CrimeStatus.UPHELD:
            if transfer.on_paper:
                serve_request(transfer, at=at)
            write(answer_reconsideration, draft_reconsidered, filed=False, reason="证据不足。")
        case CrimeStatus.SUPERVISING:
            write_here(draft_supervise, **common, reason="应当立案。", by=officer())
        case CrimeStatus.REVOKED:
            write(revoke_case, draft_revoke, reason="经侦查没有犯罪事实。")
        case CrimeStatus.NOT_ORDERED:
            answer_of_supervision(transfer, filed=False, at=at)
        case CrimeStatus.RESUMED:
            resume_administrative(**common, reason="公安机关不予立案。", by=acting(sender, Role.HEAD))
        case CrimeStatus.CLOSED:
            hand_over_property(**common, taken_by="秦卫东", by=transfer.officers.first().user)


def serve_request(transfer, *, at):
    """送达回证 of 提请复议 to police on paper, where none is there yet."""
    letter = transfer.referral.follow_ups.get(kind="reconsider", status="sent")
    if not hasattr(letter, "delivery"):
        prove_service(
            letter=letter, delivered_on=local_date(at), received_by_name="收发室", method="专人送达",
            upload=scan("回证.pdf"), by=acting(transfer.department, Role.REGISTRAR), at=at,
        )  # fmt: skip


def answer_of_supervision(transfer, *, filed, at):
    """The registrar enters what the procuratorate brought about."""
    return answer_supervision(
        transfer=transfer, filed=filed, reason="经监督的结果", paper=on_paper(at, number="青检监〔2026〕3号"),
        by=acting(transfer.department, Role.REGISTRAR), at=at,
    )  # fmt: skip


def correct(transfer, *, at, files, **more):
    """The officer completes the file."""
    lines = [Line(evidence=piece) for piece in files]
    return write_here(
        draft_correction, transfer=transfer, lines=lines, by=transfer.officers.first().user, at=at, **more
    )
