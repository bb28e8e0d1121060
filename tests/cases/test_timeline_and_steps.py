"""What the case page tells of the past, and what the steps of a strand offer and say."""

from itertools import count

import pytest
from django.urls import reverse

from cases.actions import access, strands
from cases.enums import GrantCause
from cases.forms.strand import DecideForm, OpenStrandForm
from cases.models import GrantRecord
from core import registry
from core.forms import new_form_key
from documents.enums import Layout
from documents.models import IssuedDocument, Series
from journal.actions import record
from journal.models import Event

_serial = count(1)


@pytest.fixture
def page(client, insurance_handler):
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")

    def get(case, **query):
        answer = client.get(reverse("cases:detail", args=[case.pk]), {"tab": "timeline", **query})
        return answer, answer.content.decode()

    return get


# -- the record of access -------------------------------------------------------------------------------------


def access_verbs(case):
    events = Event.objects.of_case(case).filter(verb__contains="access_") | Event.objects.of_case(
        case
    ).filter(verb__contains="person_")
    return list(events.order_by("id").values_list("verb", flat=True))


def test_registering_says_once_who_was_let_in(case, insurance):
    assert access_verbs(case) == ["case.access_granted", "case.person_named"]
    assert (
        GrantRecord.objects.filter(case=case, department=insurance).count() == 2
    )  # owner and strand, both kept
    assert GrantRecord.objects.filter(case=case, user__isnull=False).count() == 2


def test_the_end_of_one_of_two_causes_is_no_end_of_access(case, strand, health, insurance_handler, now):
    before = len(access_verbs(case))
    given = {"case": case, "department": health, "by": insurance_handler, "at": now}
    access.grant_department(cause=GrantCause.REFERRAL, **given)
    access.grant_department(cause=GrantCause.STRAND, cause_target=strand, **given)
    access.revoke(cause=GrantCause.REFERRAL, **given)
    assert access_verbs(case)[before:] == ["case.access_granted"]
    access.revoke(cause=GrantCause.STRAND, cause_target=strand, **given)
    assert access_verbs(case)[before:] == ["case.access_granted", "case.access_ended"]
    access.grant_department(cause=GrantCause.REFERRAL, **given)
    assert access_verbs(case)[before:].count("case.access_granted") == 2


# -- the timeline ---------------------------------------------------------------------------------------------


def test_every_event_stands_in_exactly_one_tab(page, case, insurance_handler, now, monkeypatch):
    monkeypatch.setitem(registry.verbs, "room.new", registry.Verb("room.new", "something", group="elsewhere"))
    record(
        "room.new", target=case, case=case, by=insurance_handler, at=now
    )  # of a group the page does not know
    answer, _html = page(case)
    tabs = {code: n for code, _label, n in answer.context["groups"]}
    assert sum(tabs.values()) == answer.context["total"] == Event.objects.of_case(case).count()
    assert tabs["system"] >= 1
    seen = []
    for code, number in tabs.items():
        lines = [line.pk for _day, rows in page(case, group=code)[0].context["days"] for line in rows]
        assert len(lines) == number
        seen += lines
    assert len(seen) == len(set(seen)) == answer.context["total"]


def test_access_is_one_line_among_all_and_whole_in_its_tab(page, case):
    answer, html = page(case)
    shown = [line.group for _day, rows in answer.context["days"] for line in rows]
    assert "access" not in shown and "flow" in shown
    assert "访问记录 2 条" in html and 'href="?tab=timeline&amp;group=access"' in html
    answer, html = page(case, group="access")
    assert [line.group for _day, rows in answer.context["days"] for line in rows] == ["access", "access"]
    assert "访问记录 2 条" not in html


# -- what a decision may rest on -------------------------------------------------------------------------------


def paper(case, department, by, at, *, kind, layout=Layout.LETTER):
    n = next(_serial)
    series, _made = Series.objects.get_or_create(region=department.region, mark=department.mark, year=2026)
    return IssuedDocument.objects.create(
        kind=kind, layout=layout, department=department, series=series, sequence=n, number=f"{department.mark}{n}号",
        title=kind, context={}, template_version=1, file=f"{n}.pdf", sha256=f"{n:064x}", size=1,
        verification_code=f"{n:012d}", issued_at=at, issued_by=by, case_id=case.pk, region_id=case.region_id,
        target_kind="case", target_id=case.pk,
    )  # fmt: skip


def test_opinions_and_answers_come_first_own_letters_last_receipts_never(
    case, strand, health, insurance, insurance_handler, now
):
    def made(department, kind, layout=Layout.LETTER):
        return paper(case, department, insurance_handler, now, kind=kind, layout=layout)

    own = made(insurance, "transfer_letter")
    made(health, "referral_receipt", Layout.FORM)
    other, answer, opinion = (made(health, kind) for kind in ("support_letter", "answer", "opinion"))
    form = DecideForm(strand=strand, user=insurance_handler)
    assert list(form.fields["documents"].queryset) == [opinion, answer, other, own]


def test_without_papers_the_form_does_not_ask_for_any(strand, insurance_handler):
    assert "documents" not in DecideForm(strand=strand, user=insurance_handler).fields


# -- another department ---------------------------------------------------------------------------------------


def test_the_office_is_not_offered_as_a_handling_department(
    case, office, health, procuratorate, insurance_handler
):
    offered = OpenStrandForm(case=case, user=insurance_handler).fields["department"].queryset
    assert list(offered) == [health]


def test_bringing_a_department_in_says_what_its_button_does_and_that_it_was_done(
    page, client, case, health, insurance_handler
):
    url = reverse("cases:open_strand", args=[case.pk])
    form = page(case) and client.get(url).content.decode()
    assert ">增加办理部门</button>" in form and ">查看</button>" not in form
    answer = client.post(url, {"form_key": new_form_key(), "department": health.pk}, follow=True)
    assert "已增加办理部门" in answer.content.decode()
    answer = client.post(reverse("cases:begin", args=[case.pk]), {"form_key": new_form_key()}, follow=True)
    assert "已开始办理。" in answer.content.decode()


def test_a_step_of_a_strand_says_that_it_was_done(
    page, client, case, strand, insurance_head, insurance_handler, now
):
    strands.file_strand(strand=strand, filing_number="1号", by=insurance_head, at=now)
    page(case)
    url = reverse("cases:strand", args=[strand.pk, "investigate"])
    answer = client.post(url, {"form_key": new_form_key()}, follow=True)
    assert "已办理：" in answer.content.decode()
