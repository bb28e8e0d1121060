"""Who was asked to a meeting, as its tab shows them: with what came on paper, and what the office may enter of it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from departments.models import User
from meetings import rules_on_paper
from meetings.models import Attendance, PaperProof
from meetings.reading import Offer, offer


@dataclass
class Guest:
    """A department that was asked, as the tab shows it. papers: what came from it on paper, for the office."""

    row: Attendance
    papers: list[PaperProof] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)


def guests(rows: list[Attendance], user: User) -> list[Guest]:
    """Who was asked, with the papers of those without an account and what the office may enter of them."""
    papers: dict[int, list[PaperProof]] = {}
    for paper in PaperProof.objects.visible_to(user).filter(attendance__in=rows).order_by("pk"):
        papers.setdefault(paper.attendance_id, []).append(paper)
    table = (
        (rules_on_paper.can_enter_answer, _("Enter the answer"), "enter_answer"),
        (rules_on_paper.can_enter_notice, _("Served"), "enter_notice"),
        (rules_on_paper.can_enter_topics, _("Enter a topic"), "enter_topics"),
    )
    return [
        Guest(
            row, papers.get(row.pk, []),
            [each for rule, label, step in table for each in offer(rule, user, row, label, step)],
        )
        for row in rows
    ]  # fmt: skip
