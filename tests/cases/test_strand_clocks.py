"""Clocks of strands: told apart in the rail and the diary, and leading to what their owner may do."""

import time_machine
from django.template.loader import render_to_string
from django.urls import reverse

from cases.actions.progress import begin_work
from cases.actions.strands import assign_strand, file_strand, investigate, open_strand
from cases.next_steps import strand_actions
from deadlines import panels
from deadlines.actions import clocks
from tests.factories.cases import make_case


def test_the_diary_and_the_rail_tell_like_clocks_apart(insurance_handler, health, now):
    case = make_case(by=insurance_handler, at=now, title="仁和医院涉嫌分解住院线索")
    other = open_strand(case=case, department=health, by=insurance_handler, at=now)
    with time_machine.travel(now, tick=False):
        (mine,) = panels.due_soon(insurance_handler)
        shown = panels.clocks_panel(case, insurance_handler)
    assert mine["text"] == f"线索核查（{case.number.partition('〕')[2]}）"
    assert mine["title"] == "线索核查 · 仁和医院涉嫌分解住院线索"
    html = render_to_string("deadlines/panel.html", shown)
    for department in ("县医保局", "县卫健局"):
        assert f'线索核查</a></b> <span class="muted">{department}</span>' in html
    clocks.meet_clock(deadline=clocks.open_clock(other, "verification"), at=now)
    html = render_to_string("deadlines/panel.html", panels.clocks_panel(case, insurance_handler))
    assert '线索核查</a> <span class="muted">县卫健局</span>' in html


def test_a_clock_of_a_strand_leads_to_what_its_owner_may_do(
    insurance_handler,
    insurance_section_head,
    insurance_head,
    health,
    health_section_head,
    health_handler,
    now,
):
    case = make_case(by=insurance_handler, at=now)
    (mine,) = case.strands.all()
    (row,) = panels.task_rows(insurance_handler, 10)
    assert (row.action_label, row.action_url) == ("开始办理", reverse("cases:begin", args=[case.pk]))
    begin_work(case=case, by=insurance_handler, at=now)
    (row,) = panels.task_rows(insurance_handler, 10)
    assert (row.action_label, row.action_url) == (
        "核查",
        reverse("cases:detail", args=[case.pk]) + "?tab=handling#strands",
    )
    assert strand_actions(insurance_head, [mine.pk])[mine.pk] == (
        "立案",
        reverse("cases:strand", args=[mine.pk, "file"]),
    )
    other = open_strand(case=case, department=health, by=insurance_handler, at=now)
    (row,) = panels.task_rows(health_section_head, 10)
    assert (row.action_label, row.action_url) == (
        "分办",
        reverse("cases:strand", args=[other.pk, "assign"]),
    )
    assign_strand(strand=other, handler=health_handler, by=health_section_head, at=now)
    assert strand_actions(health_handler, [other.pk, mine.pk])[other.pk][0] == "核查"
    file_strand(strand=mine, filing_number="1", by=insurance_head, at=now)
    assert [row.action_label for row in panels.task_rows(insurance_handler, 10)] == ["开始"]
    mine.refresh_from_db()
    investigate(strand=mine, by=insurance_handler, at=now)
    (row,) = panels.task_rows(insurance_handler, 10)
    assert (row.action_label, row.action_url) == (
        "办理",
        reverse("cases:detail", args=[case.pk]) + "?tab=handling#strands",
    )
    assert strand_actions(insurance_head, [mine.pk])[mine.pk][0] == "作出决定"
