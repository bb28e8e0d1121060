"""Choosing the subjects of a lead by search: what is found, what stays ticked, and that nothing typed is lost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.enums import SubjectKind
from cases.models import Case, Subject
from cases.picking import MOST, picks
from core.forms import new_form_key
from departments.models import Category, Region
from tests.factories.cases import make_case, make_subject, pdf, resident_id
from workspace.models import Draft

URL, FIND = "cases:register", "cases:find_subjects"


@pytest.fixture(autouse=True)
def _morning(now):
    import time_machine

    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def hospital(county, now):
    return make_subject(county, name="青禾县仁和医院", at=now)


@pytest.fixture
def pharmacy(county, now):
    return make_subject(county, name="康泰大药房", kind=SubjectKind.PHARMACY, at=now)


def names(subjects):
    return [subject.name for subject in subjects]


def typed(**more):
    return {
        "form_key": new_form_key(), "source": "monitoring", "source_number": "监〔2026〕7号", "found_on": "2026-11-15",
        "categories": [Category.objects.first().pk], "suspected": "86,240.00", "summary": "多次出入院。",
        "new_kind": "insured", "new_name": "李四", "new_id_number": resident_id(7), "major": "on", **more,
    }  # fmt: skip


# -- what is found --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["仁和", " 仁和医院 ", "qhxrh", "QHXRH", "仁和\x00"])
def test_by_name_and_by_initials(hospital, pharmacy, insurance_handler, text):
    assert names(picks(insurance_handler, text, []).matches) == ["青禾县仁和医院"]


def test_by_code_in_either_case(hospital, pharmacy, insurance_handler):
    assert names(picks(insurance_handler, pharmacy.uscc[4:].lower(), []).matches) == ["康泰大药房"]
    assert picks(insurance_handler, "没有这一家", []).matches == []


def test_only_what_one_may_see(hospital, now, insurance_handler, health_handler):
    elsewhere = Region.objects.create(code="439927", name="邻县")
    foreign = make_subject(elsewhere, name="邻县仁和医院", at=now)
    person = make_subject(hospital.region, name="仁和患者", kind=SubjectKind.INSURED, at=now)
    make_case(by=insurance_handler, at=now, subject=person)
    found = picks(health_handler, "仁和", [foreign.pk, person.pk, "0", "x", "²", "9" * 30])
    assert (names(found.chosen), names(found.matches)) == ([], ["青禾县仁和医院"])
    assert names(picks(insurance_handler, "仁和", [person.pk]).chosen) == ["仁和患者"]


def test_at_most_twenty_and_the_chosen_ones_apart(county, pharmacy, now, insurance_handler):
    for number in range(MOST):
        make_subject(county, name=f"仁和诊所{number:02}", at=now)
    exact = picks(insurance_handler, "仁和", [])
    assert (len(exact.matches), exact.more) == (MOST, False)
    make_subject(county, name="仁和诊所20", at=now)
    over = picks(insurance_handler, "仁和", [])
    assert (len(over.matches), over.more) == (MOST, True)
    one = over.matches[0]
    chosen = picks(insurance_handler, "仁和", [str(pharmacy.pk), str(one.pk), str(pharmacy.pk)])
    assert chosen.chosen == [pharmacy, one]
    assert one not in chosen.matches and len(chosen.matches) == MOST


def test_as_many_statements_for_three_hundred_as_for_one(
    as_user, county, hospital, now, insurance_handler, django_assert_num_queries
):
    client = as_user(insurance_handler)
    values = {"subject_q": "医院", "subjects": [hospital.pk]}

    def statements():
        counts = []
        for ask in (
            lambda: client.get(reverse(URL), {"clean": "1"}),
            lambda: client.post(reverse(URL), typed(**values, find="1")),
            lambda: client.get(reverse(FIND), values),
        ):
            with CaptureQueriesContext(connection) as asked:
                assert ask().status_code == 200
            counts.append(len(asked))
        return counts

    statements()  # what is remembered between requests is remembered now
    few = statements()
    Subject.objects.bulk_create(
        Subject(
            region=county, kind="institution", name=f"第{n:03}医院", uscc=f"X{n:017}", created_at=now, updated_at=now
        )
        for n in range(300)
    )
    assert statements() == few
    picks(insurance_handler, "", [])  # the department of the one who asks is known from now on
    with django_assert_num_queries(2):
        picks(insurance_handler, "医院", [hospital.pk])


# -- the form -------------------------------------------------------------------------------------------------


def test_the_form_lists_a_first_twenty_and_says_so(as_user, county, now, insurance_handler):
    for number in range(MOST + 2):
        make_subject(county, name=f"诊所{number:02}", at=now)
    page = as_user(insurance_handler).get(reverse(URL)).content.decode()
    assert page.count('name="subjects"') == MOST
    assert "仅列出前 20 个" in page
    assert 'name="find"' in page and "查找" in page


def test_a_search_redraws_the_form_and_keeps_everything(as_user, hospital, pharmacy, insurance_handler):
    client, values = as_user(insurance_handler), typed()
    answer = client.post(
        reverse(URL),
        {**values, "subjects": [hospital.pk], "subject_q": "kt", "find": "1", "files": [pdf("一.pdf")]},
    )
    page = answer.content.decode()
    assert answer.status_code == 200 and not Case.objects.exists()
    assert answer.context["picks"].chosen == [hospital]
    assert answer.context["picks"].matches == [pharmacy]
    assert f'id="id_subjects_{hospital.pk}" checked' in page
    assert f'id="id_subjects_{pharmacy.pk}" checked' not in page
    assert 'value="kt"' in page
    for name in ("source_number", "found_on", "suspected", "new_name", "new_id_number", "form_key"):
        assert f'value="{values[name]}"' in page
    assert "多次出入院。" in page
    assert answer.context["form"]["major"].value() is True
    assert [each["name"] for each in answer.context["kept"]] == ["一.pdf"] and "一.pdf" in page
    # a second search keeps the tick of the first, and the form then registers with all of it
    kept = answer.context["form"].data["kept"]
    both = {**values, "subjects": [pharmacy.pk, hospital.pk], "kept": kept}
    again = client.post(reverse(URL), {**both, "subject_q": "不存在", "find": "1"})
    assert again.context["picks"].chosen == [pharmacy, hospital]
    assert "没有其他符合条件的对象" in again.content.decode()
    assert client.post(reverse(URL), both).status_code == 302
    case = Case.objects.get()
    links = case.case_subjects.all()
    assert [link.subject.name for link in links] == ["康泰大药房", "青禾县仁和医院", "李四"]
    assert [link.subject for link in links if link.principal] == [pharmacy]
    assert case.evidence.get().name == "一.pdf"


def test_a_search_complains_of_nothing_yet_but_of_a_bad_file(as_user, hospital, insurance_handler):
    client = as_user(insurance_handler)
    empty = client.post(reverse(URL), {"form_key": new_form_key(), "subject_q": "仁和", "find": "1"})
    page = empty.content.decode()
    assert not empty.context["form"].errors
    assert "errsum" not in page and "is-invalid" not in page
    bad = client.post(
        reverse(URL), {"form_key": new_form_key(), "find": "1", "found_on": "昨天", "files": [pdf("一.docx")]}
    )
    assert list(bad.context["form"].errors) == ["files"]
    assert 'value="昨天"' in bad.content.decode()


def test_a_search_shows_the_duplicates_of_what_is_ticked(as_user, hospital, now, insurance_handler):
    case = make_case(by=insurance_handler, at=now, subject=hospital)
    answer = as_user(insurance_handler).post(reverse(URL), typed(subjects=[hospital.pk], find="1"))
    assert answer.context["duplicates"] == [case]
    assert not answer.context["form"].errors


def test_without_a_subject_the_sentence_stands_beside_the_search(as_user, hospital, insurance_handler):
    answer = as_user(insurance_handler).post(
        reverse(URL), typed(new_name="", new_kind="", new_id_number="", subject_q="仁和")
    )
    page = answer.content.decode()
    assert answer.context["form"].has_error("subjects")
    assert 'id="id_subjects_error"' in page and 'href="#f-subjects"' in page
    assert answer.context["picks"].matches == [hospital]


def test_a_subject_one_may_not_see_is_refused(as_user, now, insurance_handler):
    foreign = make_subject(Region.objects.create(code="439927", name="邻县"), name="邻县医院", at=now)
    answer = as_user(insurance_handler).post(reverse(URL), typed(subjects=[foreign.pk]))
    assert answer.context["form"].has_error("subjects")
    assert "邻县医院" not in answer.content.decode()


def test_what_is_ticked_comes_back_with_a_draft_and_by_an_address(
    as_user, hospital, pharmacy, insurance_handler
):
    client = as_user(insurance_handler)
    named = client.get(reverse(URL), {"subject": pharmacy.pk})
    assert named.context["picks"].chosen == [pharmacy]
    client.post(reverse(URL), typed(subjects=[pharmacy.pk, hospital.pk], subject_q="rh", draft="1"))
    assert "subject_q" not in Draft.objects.get().values
    assert client.get(reverse(URL), {"draft": "take"}).context["picks"].chosen == [pharmacy, hospital]


# -- while typing ---------------------------------------------------------------------------------------------


def test_the_results_alone(as_user, hospital, pharmacy, insurance_handler):
    answer = as_user(insurance_handler).get(
        reverse(FIND), {"subject_q": "rhyy", "subjects": [pharmacy.pk]}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert "<html" not in page and "<form" not in page
    assert page.index("康泰大药房") < page.index("青禾县仁和医院")
    assert page.count(" checked") == 1 and page.count("主要对象") == 1


def test_a_name_not_found_points_to_entering_it(as_user, hospital, insurance_handler):
    client = as_user(insurance_handler)
    nothing = client.get(reverse(FIND), {"subject_q": "不存在"}).content.decode()
    assert "没有符合条件的对象，可在下方新增。" in nothing
    other = client.get(reverse(FIND), {"subject_q": "仁和", "subjects": [hospital.pk]}).content.decode()
    assert "没有其他符合条件的对象" in other and "可在下方新增" not in other


def test_the_results_are_for_those_who_register(as_user, hospital, insurance_registrar):
    client = as_user(insurance_registrar)
    assert client.get(reverse(FIND)).status_code == 403
    assert client.post(reverse(FIND)).status_code == 405
