"""What an answer says, in words: for the page, the API and the paper, from the frozen facts."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from cases.models import Case
from core.dates import SHANGHAI, chinese_date
from documents.letter import Form, Table
from sanctions.masking import masked_name
from sanctions.models import EligibilityAnswer
from sanctions.querysets_credit import scores
from sanctions.rules_credit import can_look_up_person

KINDS = {
    "bar": pgettext_lazy("reason", "bar after the cancellation of the designation"),
    "person_bar": pgettext_lazy("reason", "bar of a responsible person (Regulations, article 43)"),
    "penalty": pgettext_lazy("reason", "administrative penalty not performed"),
    "points": pgettext_lazy("reason", "eligibility for payment ended at twelve points"),
    "suspension": pgettext_lazy("reason", "eligibility for payment suspended for points"),
    "black": pgettext_lazy("reason", "on the blacklist"),
    "serious": pgettext_lazy("reason", "on the list of serious breaches of trust"),
    "permanent": pgettext_lazy("reason", "on the permanent blacklist"),
    "merged": pgettext_lazy("reason", "merged into another: ask for its successor"),
    "deregistered": pgettext_lazy("reason", "deregistered"),
    "died": pgettext_lazy("reason", "died: the dead do not apply"),
}
WAYS = {
    "own": gettext_lazy("its own"),
    "predecessor": gettext_lazy("of a predecessor it took over"),
    "parent": gettext_lazy("of the institution it belongs to"),
    "person": gettext_lazy("of a person who answers for it"),
}


def _told(answer: EligibilityAnswer, user: Any) -> set[int]:
    """The cases whose decisions may be named to this reader now: those he reads, and nobody's that are restricted."""
    cases = {reason.get("case") for reason in answer.facts.get("reasons", ()) if reason["kind"] == "penalty"} - {None}
    cases |= set(answer.facts.get("alongside", ()))
    if not cases:
        return set()
    return set(Case.objects.readable_by(user).filter(pk__in=cases, restricted=False).values_list("pk", flat=True))


def lines(answer: EligibilityAnswer, user: Any) -> list[dict[str, Any]]:
    """Every reason as {what, whose, who, first, last, number, department, basis}; days as dates or None.

    A penalty is named as the reader may know it now: its case may have been restricted since the answer was given. Natural
    persons who answer for a body are named in full to who may look persons up.
    """
    found, told, full = [], _told(answer, user), can_look_up_person(user)
    for reason in answer.facts.get("reasons", ()):
        named = reason["kind"] != "penalty" or reason.get("case") in told
        ended = reason["kind"] in ("merged", "deregistered", "died")
        found.append(
            {
                "what": str(KINDS[reason["kind"]]),
                "whose": "" if ended else str(WAYS[reason["way"]]),
                "who": _who(reason, full=full or reason["way"] != "person"),
                "first": dt.date.fromisoformat(reason["first"]),
                "last": dt.date.fromisoformat(reason["last"]) if reason["last"] else None,
                "ended": ended,
                "number": reason["number"] if named else "",
                "department": reason["department"] if named else "",
                "basis": reason["basis"],
            }
        )
    return found


def _who(reason: dict[str, Any], *, full: bool) -> str:
    who = str(reason["successor"] or reason["who"])
    return who if full else masked_name(who)


def notes(answer: EligibilityAnswer, user: Any) -> list[str]:
    """What stands beside the verdict and does not count: suspended, terminated for a score, penalties of another."""
    found = [said] if (said := suspended(answer)) else []
    if scores(user):
        for number, day in answer.facts.get("terminated", ()):
            found.append(
                _(
                    "The service agreement was terminated for its yearly score on %(day)s (%(number)s). That bars nobody by "
                    "itself: a bar follows from a cancellation, proposed as a joint sanction from a case."
                )
                % {"day": day, "number": number}
            )
    if _told(answer, user) & set(answer.facts.get("alongside", ())):
        found.append(
            _(
                "A penalty that is not performed was decided in a case this subject takes part in without being its "
                "principal. Check whether it is against this subject."
            )
        )
    return found


def verdict(answer: EligibilityAnswer) -> str:
    """The answer in one sentence."""
    if answer.eligible and answer.subject_id is None:
        return _("May apply: nothing stands on record against this code or number.")
    if answer.eligible:
        return _("May apply: nothing on record is in the way on this day.")
    if answer.free_from is not None:
        return _("May not apply. As the record stands, it may from %(day)s on.") % {
            "day": answer.free_from.isoformat()
        }
    return _("May not apply, and the record names no day from which it may.")


def suspended(answer: EligibilityAnswer) -> str:
    """What stands on record but is suspended while its ground is reviewed; "" where there is nothing."""
    numbers = [number or "—" for number in answer.facts.get("suspended", ())]
    if not numbers:
        return ""
    return _("Suspended while what it rests on is reviewed, and not counted: %(numbers)s.") % {
        "numbers": "、".join(numbers)
    }


def paper(answer: EligibilityAnswer, user: Any) -> Form:
    """资格查询结果: an internal form, always in Chinese, as `user` may read it."""
    with override("zh-hans"):
        rows = tuple(
            (
                str(number), f"{line['what']}{'（' + line['whose'] + '）' if line['whose'] else ''}", line["who"] or "—",
                line["number"] or "—", line["first"].isoformat(), line["last"].isoformat() if line["last"] else "未定",
            )
            for number, line in enumerate(lines(answer, user), 1)
        )  # fmt: skip
        fields = [
            ("查询对象", answer.name or answer.asked), ("代码", answer.asked), ("申请日期", chinese_date(answer.on)),
            ("结论", verdict(answer)),
            ("记录截至", f"{answer.asked_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"), ("查询人", answer.asked_by.name),
        ]  # fmt: skip
        if answer.purpose:
            fields.append(("用途", answer.purpose))
        if said := notes(answer, user):
            fields.append(("备注", "".join(said)))
    head = ("序号", "原因", "涉及主体", "文书号", "起", "止")
    tables = (Table(head=head, rows=rows, widths=(7, 27, 18, 20, 14, 14)),) if rows else ()
    return Form(
        issuer=answer.department.name, title="医保定点和医保支付资格申请查询结果",
        date=answer.asked_at.astimezone(SHANGHAI).date(),
        number=f"查询编号{answer.pk}", fields=tuple(fields), tables=tables,
    )  # fmt: skip
