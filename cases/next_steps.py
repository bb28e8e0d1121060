"""What this room proposes to do next about a case (`registry.next_steps`)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import rules
from cases.enums import CaseStatus, StrandStatus
from cases.models import Case, CaseSubject, Strand, Subject
from cases.tabs import address_of
from core.gathering import Gathering, Steps, stepwise

# state of a strand → (order, verb, who may)
_STEPS = {
    StrandStatus.VERIFYING: (30, "file", rules.can_decide_strand),
    StrandStatus.FILED: (40, "investigate", rules.can_work_strand),
    StrandStatus.INVESTIGATING: (50, "decide", rules.can_decide_strand),
    StrandStatus.DECIDED: (60, "perform", rules.can_work_strand),
}


def _words(verb: str) -> tuple[str, str, str]:
    return {
        "file": (
            _("Decide whether the department files the case"),
            _("Verification ends with filing or not filing."),
            _("File"),
        ),
        "investigate": (
            _("Begin the investigation"),
            _("The department filed the case; its 90 days run."),
            _("Begin"),
        ),
        "decide": (
            _("Decide on the findings"),
            _("A written opinion may be the basis of the decision."),
            _("Decide"),
        ),
        "perform": (
            _("Record how the decision was performed"),
            _("A case closes only when every decision is performed."),
            _("Performed"),
        ),
    }[verb]


@stepwise
def strand_actions(user: Any, ids: Iterable[int], asked: Gathering) -> Steps:
    """What this person does next about each strand whose clock they watch: id → (label, url). Two queries."""
    strands = asked.rows(Strand.objects.visible_to(user).filter(pk__in=list(ids)).select_related("department"))
    yield
    whole = Case.objects.for_page(user).filter(strands__in=[strand.pk for strand in strands]).distinct()
    cases = asked.rows(whole)
    yield
    known = {case.pk: case for case in cases}
    found = {}
    for strand in strands:
        case = strand.case = known[strand.case_id]
        case.loaded_for = user.pk
        found[strand.pk] = _action(case, strand, user)
    return found


@stepwise
def strand_objects(user: Any, ids: Iterable[int], asked: Gathering) -> Steps:
    """Whom each of these strands is about: id → the principal subject's name. One query."""
    links = CaseSubject.objects.visible_to(user).filter(principal=True, case__strands__in=list(ids))
    told = links.annotate(strand_id=F("case__strands")).filter(strand_id__in=list(ids)).select_related("subject")
    found = asked.rows(told)
    yield
    return {link.strand_id: subject_words(link.subject) for link in found}


def subject_words(subject: Subject) -> str:
    """A subject in a list: a body by its name, a person by the surname only (FACTS T10)."""
    return subject.name if subject.is_body else f"{subject.name[:1]}某某"


def _action(case: Case, strand: Strand, user: Any) -> tuple[str, str]:
    """The step of the procedure this person may take, else the work itself on the case page."""

    def step(verb: str) -> str:
        return reverse("cases:strand", args=[strand.pk, verb])

    if strand.handler_id is None and rules.can_assign_strand(user, strand):
        return _("Assign"), step("assign")
    if case.status == CaseStatus.REGISTERED and rules.can_decide(user, case):
        return _("Begin work"), reverse("cases:begin", args=[case.pk])
    _order, verb, allowed = _STEPS.get(StrandStatus(strand.status), (0, "", None))
    if allowed is not None and allowed(user, strand):
        return _words(verb)[2], step(verb)
    label = _("Verify") if strand.status == StrandStatus.VERIFYING else _("Work on it")
    return label, address_of(case.pk, "strands")


def next_step(case: Case, user: Any) -> dict | None:
    """The most urgent thing this person can do about the case itself, or None."""
    if case.status == CaseStatus.CLOSED:
        return None
    strands = list(case.strands.all())
    for strand in strands:
        if strand.handler_id is None and not strand.over and rules.can_assign_strand(user, strand):
            return {
                "text": _("Name who handles the part of %(department)s") % {"department": strand.department},
                "why": _("Every matter needs a person."),
                "url": reverse("cases:strand", args=[strand.pk, "assign"]),
                "label": _("Assign"),
                "lamp": "y",
                "order": 20,
            }
    if case.status == CaseStatus.REGISTERED and rules.can_decide(user, case):
        return {
            "text": _("Take the lead up"),
            "why": _("It is registered; nobody works on it yet."),
            "url": reverse("cases:begin", args=[case.pk]),
            "label": _("Begin work"),
            "lamp": "n",
            "order": 25,
        }
    for strand in strands:
        order, verb, allowed = _STEPS.get(StrandStatus(strand.status), (0, "", None))
        if allowed is not None and allowed(user, strand):
            text, why, label = _words(verb)
            return {
                "text": text,
                "why": why,
                "url": reverse("cases:strand", args=[strand.pk, verb]),
                "label": label,
                "lamp": "n",
                "order": order,
            }
    if strands and all(strand.over for strand in strands) and rules.can_close(user, case):
        return {
            "text": _("Close the case"),
            "why": _("Every department has finished its part."),
            "url": reverse("cases:close", args=[case.pk]),
            "label": _("Close the case"),
            "lamp": "g",
            "order": 70,
        }
    return None
