"""The pages of pools, draws and coverage as people click them; the command; what each person is let do."""

import datetime as dt
import io
import json
import re

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.urls import reverse

from departments.models import User
from inspections import draw_reading, draw_rules, draw_workbench
from inspections.actions.draw import answer_annulment, ask_annulment
from inspections.actions.pools import make_pool
from inspections.draw_algorithm import canonical, commitment_of, digest_of, key_of, run
from inspections.draw_check import agrees, check, same_here
from inspections.draw_check import drawn as worked_out
from inspections.models import Draw, DrawSecret, Pool, PoolOfficer, PoolRecusal, PoolTarget
from journal.models import Event
from tests.factories.cases import make_subject
from tests.factories.draws import (
    HOUR,
    NUMBER,
    certified,
    committed,
    drawn,
    inspection_of,
    pools,
    setting,
    visited,
)
from tests.inspections.test_pools import csv_of, line


@pytest.fixture
def place(insurance, health, office, office_coordinator, insurance_handler, health_registrar, now):
    return setting(insurance, health, by=insurance_handler, witness=health_registrar, at=now)


@pytest.fixture
def clock(now):
    with time_machine.travel(now + dt.timedelta(minutes=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in(client, clock):
    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_user


HIDDEN = re.compile(
    r'<input type="hidden" name="(form_key|seen|expected_version|version|versions|mark)" value="([^"]*)"'
)


def send(client, url, **fields):
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return client.post(url, {**dict(HIDDEN.findall(page.content.decode())), **fields})


def url(name, thing):
    return reverse(f"inspections:{name}", args=[thing.pk])


def text(client, address):
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return page.content.decode()


def wrong(answer):
    assert answer.status_code == 200
    return set(answer.context["form"].errors)


def test_pools_are_kept_through_the_pages(insurance, county, insurance_handler, health, sign_in, now):
    client = sign_in(insurance_handler)
    hospital = make_subject(county, name="仁和医院", at=now)
    twins = [make_subject(county, name="同名药房", kind="pharmacy", at=now) for _ in range(2)]
    certificate = certified(insurance, "A", at=now)[0]
    assert "名录库" in text(client, reverse("inspections:pools"))
    new = reverse("inspections:new_pool")
    assert wrong(send(client, new, kind="targets", name="")) == {"name"}
    assert send(client, new, kind="targets", name="机构库").status_code == 302
    assert wrong(send(client, new, kind="targets", name="机构库")) == {"name"}
    pool = Pool.objects.get()
    assert "名录库为空" in text(client, pool.get_absolute_url())
    add = url("add_pool_target", pool)
    given = {"area": "城关镇", "risk": "high", "weight": "3", "reason": "投诉多"}
    assert wrong(send(client, add, subject="没有的医院", **given)) == {"subject"}
    assert wrong(send(client, add, subject="同名药房", **given)) == {"subject"}
    assert wrong(send(client, add, subject="仁和医院", **(given | {"reason": ""}))) == {"reason"}
    assert send(client, add, subject="仁和医院", **given).status_code == 302
    assert send(client, add, subject=twins[0].uscc.lower(), **given).status_code == 302
    assert send(client, add, subject="仁和医院", **given).status_code == 200  # a target twice
    page = text(client, pool.get_absolute_url())
    assert "仁和医院" in page and "投诉多" in page and "0 / 2" in page
    row = PoolTarget.objects.get(subject=hospital)
    assert wrong(send(client, url("change_target", row), **(given | {"weight": "0"}))) == {"weight"}
    assert send(client, url("change_target", row), **(given | {"weight": "5"})).status_code == 302
    opened = client.get(url("change_target", row))
    hidden = dict(HIDDEN.findall(opened.content.decode()))
    PoolTarget.objects.filter(pk=row.pk).update(weight=7)  # somebody else, meanwhile
    late = client.post(url("change_target", row), {**given, **hidden, "weight": "2"})
    row.refresh_from_db()
    assert late.status_code == 200 and row.weight == 7
    imported = url("import_targets", pool)
    assert wrong(send(client, imported, upload=csv_of(",".join(line("1"))))) == {"upload"}
    assert send(client, imported, upload=csv_of(",".join(line(hospital.uscc)))).status_code == 302
    row.refresh_from_db()
    assert row.weight == 3
    answer = client.get(url("pool_file", pool))
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(verb="pool.read").latest("pk").target_id == pool.pk
    assert send(client, url("remove_target", row), reason="停业").status_code == 302
    version = Pool.objects.get(pk=pool.pk).version
    assert send(client, url("rename_pool", pool), name="医药机构库").status_code == 302
    stale = client.get(url("rename_pool", pool))
    Pool.objects.filter(pk=pool.pk).update(version=version + 9)
    hidden = dict(HIDDEN.findall(stale.content.decode()))
    assert client.post(url("rename_pool", pool), {**hidden, "name": "别名"}).status_code == 200

    people = make_pool(kind="officers", name="人员库", by=insurance_handler, at=now)
    assert send(client, url("add_pool_officer", people), certificate=str(certificate.pk)).status_code == 302
    officer = PoolOfficer.objects.get()
    assert wrong(send(client, url("recuse", officer), subject="", reason="")) == {"ground"}
    assert wrong(send(client, url("recuse", officer), subject="", ground="other", reason="")) == {"reason"}
    assert send(client, url("recuse", officer), subject="仁和医院", ground="relative", reason="亲属任职").status_code == 302
    page = text(client, people.get_absolute_url())
    assert "亲属任职" in page and certificate.number in page
    assert send(client, url("end_recusal", PoolRecusal.objects.get())).status_code == 302
    assert send(client, url("remove_officer", officer), reason="调离").status_code == 302
    assert client.get(url("pool_file", people)).status_code == 403
    assert client.get(url("add_pool_target", people)).status_code == 403
    assert send(client, url("retire_pool", people)).status_code == 302
    assert client.get(url("retire_pool", people)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_a_pool_costs_the_same_whatever_it_holds(
    rows, insurance_handler, insurance, now, client, django_assert_max_num_queries
):
    certificates = certified(insurance, "A", at=now, count=rows)
    targets, people = pools(by=insurance_handler, at=now, targets=rows, certificates=certificates)
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    for pool in (targets, people):
        with django_assert_max_num_queries(24):
            assert client.get(pool.get_absolute_url()).status_code == 200


def test_ended_and_withdrawn_certificates_are_marked(insurance_handler, insurance, now, sign_in, clock):
    certificate = certified(insurance, "A", at=now, until=now.date())[0]
    _targets, people = pools(by=insurance_handler, at=now, targets=1, certificates=[certificate])
    client = sign_in(insurance_handler)
    assert "tag-r" not in text(client, people.get_absolute_url())
    clock.move_to(now + dt.timedelta(days=2))
    sign_in(insurance_handler)
    assert "已到期" in text(client, people.get_absolute_url())
    type(certificate).objects.update(withdrawn_by=insurance_handler, withdrawn_at=now, withdraw_reason="遗失")
    assert "tag-r" in text(client, people.get_absolute_url())


def test_a_draw_goes_its_way_through_the_pages(
    place, sign_in, clock, insurance_section_head, office_coordinator, media
):
    client = sign_in(place.by)
    form_url = url("commit_draw", place.inspection)
    page = client.get(form_url)
    assert "双色球" in page.content.decode()
    out = (place.at + 2 * HOUR).astimezone(dt.timezone(dt.timedelta(hours=8))).strftime("%Y-%m-%dT%H:%M")
    given = {
        "target_pool": str(place.target_pool.pk), "targets_wanted": "2", "officer_pool": str(place.officer_pool.pk),
        "officers_wanted": "2", "public_what": "双色球第2026135期", "public_from": out, "declared": "on",
    }  # fmt: skip
    assert wrong(send(client, form_url, **(given | {"targets_wanted": "9"}))) == {"targets_wanted"}
    assert wrong(send(client, form_url, **{name: given[name] for name in given if name != "declared"})) == {
        "declared"
    }
    bad = {**dict(HIDDEN.findall(page.content.decode())), **given, "versions": "x 1:x"}
    assert client.post(form_url, bad).status_code == 200  # a pool the page did not show
    sent = send(client, form_url, **given)
    draw = Draw.objects.get()
    assert sent.status_code == 302 and sent["Location"] == draw.get_absolute_url()
    assert client.get(form_url).status_code == 403  # one stands
    page = text(client, draw.get_absolute_url())
    assert draw.commitment in page and url("make_draw", draw) not in page
    assert client.get(url("draw_paper", draw)).status_code == 404
    assert client.get(url("make_draw", draw)).status_code == 403

    sign_in(place.witness)
    assert draw.get_absolute_url() not in text(client, "/")
    early = send(client, url("make_draw", draw), public_number=NUMBER)
    assert early.status_code == 200
    clock.move_to(place.out)
    assert url("make_draw", draw) in text(client, "/")
    assert wrong(send(client, url("make_draw", draw), public_number="12")) == {"public_number"}
    assert send(client, url("make_draw", draw), public_number=NUMBER).status_code == 302
    draw.refresh_from_db()
    page = text(client, draw.get_absolute_url())
    assert draw.seed in page and "tag tag-g" in page and "不一致" not in page
    assert client.get(url("draw_paper", draw)).content.startswith(b"%PDF")
    assert Event.objects.filter(verb="draw.read").count() == 1  # a copy of the paper, too, is on the record
    record = client.get(url("draw_record", draw))
    assert json.loads(record.content)["seed"] == draw.seed
    assert Event.objects.filter(verb="draw.read").latest("pk").params["number"] == draw.number

    assert wrong(send(client, url("annul_draw", draw), reason="")) == {"reason"}
    assert send(client, url("annul_draw", draw), reason="号码录错").status_code == 302
    assert client.get(url("answer_annulment", draw)).status_code == 403  # the department that asked
    sign_in(insurance_section_head)
    assert url("answer_annulment", draw) in text(client, "/")
    answer = url("answer_annulment", draw)
    assert wrong(send(client, answer, answer="no", words="")) == {"words"}
    assert send(client, answer, answer="yes", words="核对无误，确系录错").status_code == 302
    page = text(client, draw.get_absolute_url())
    assert "号码录错" in page and "已作废" in page
    assert client.get(url("draw_paper", draw)).status_code == 200  # printed with its mark
    assert url("commit_draw", place.inspection) and draw_rules.can_commit(place.by, draw.inspection)
    sign_in(office_coordinator)
    assert draw.number in text(client, reverse("inspections:draws") + "?tab=annulled")
    assert draw.number not in text(client, reverse("inspections:draws") + "?tab=drawn")
    assert draw.number in text(client, reverse("inspections:draws") + "?tab=nonsense&after=x")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_draws_costs_the_same(
    rows, insurance, health, place, client, django_assert_max_num_queries
):
    for _ in range(rows):
        place.inspection = inspection_of(insurance, by=place.by, at=place.at, partners=[health])
        committed(place)
    client.force_login(place.by, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(place.at, tick=False), django_assert_max_num_queries(16):
        page = client.get(reverse("inspections:draws"))
    assert len(page.context["rows"]) == rows


def test_a_record_that_was_tampered_with_shows_red(place, sign_in, monkeypatch):
    draw = drawn(place)
    client = sign_in(place.by)
    monkeypatch.setattr(
        "inspections.views.draw.published", lambda it: {**_published(it), "public_number": "999999"}
    )
    page = text(client, draw.get_absolute_url())
    assert "不一致" in page and "重新计算为" in page


def test_a_large_draw_is_paged_and_not_worked_out_each_time(place, sign_in, monkeypatch):
    monkeypatch.setattr("inspections.views.draw.PAGE", 2)
    draw = drawn(place, targets_wanted=3)
    client = sign_in(place.by)
    listed = [each["code"] for each in json.loads(draw.listed)["targets"]]
    out = list(draw.drawn_targets.order_by("place").values_list("code", flat=True))
    page = client.get(draw.get_absolute_url())
    assert [each["code"] for each in page.context["list_rows"]] == listed[:2]
    assert [row.code for row, _line, _teams in page.context["targets"]] == out[:2] and page.context["sound"]

    def again(*_given):
        raise AssertionError("the whole draw was run again")

    monkeypatch.setattr("inspections.draw_check.run", again)
    page = client.get(draw.get_absolute_url(), {"list": "2", "out": "2"})
    assert [each["code"] for each in page.context["list_rows"]] == listed[2:4]
    assert [row.code for row, _line, _teams in page.context["targets"]] == out[2:] and page.context["sound"]
    assert page.context["out_page"]["has_previous"] and not page.context["out_page"]["has_next"]
    assert page.context["list_page"]["previous_query"] == "list=0&out=2"
    monkeypatch.setattr(
        "inspections.views.draw.published", lambda it: {**_published(it), "public_number": "999999"}
    )
    with pytest.raises(AssertionError, match="run again"):  # another record is worked out at once
        client.get(draw.get_absolute_url())


def _published(draw):
    from inspections.draw_record import published

    return published(draw)


def test_who_may_do_what_with_a_draw(
    place, insurance_section_head, insurance_registrar, health_handler, office_coordinator, county_leader, office_head,
    market_handler, outsider, system_admin,
):  # fmt: skip
    everybody = (
        place.by, insurance_section_head, insurance_registrar, health_handler, place.witness, office_coordinator,
        county_leader, office_head, market_handler, outsider, system_admin, AnonymousUser(),
    )  # fmt: skip

    def may(rule, thing):
        return [user.name for user in everybody if user.is_authenticated and rule(user, thing)]

    assert may(draw_rules.can_commit, place.inspection) == [place.by.name, insurance_section_head.name]
    draw = committed(place)
    assert may(draw_rules.can_commit, place.inspection) == []
    witnesses = [health_handler.name, place.witness.name, office_coordinator.name]
    assert may(draw_rules.can_draw, draw) == witnesses
    own = [place.by.name, insurance_section_head.name, insurance_registrar.name]
    assert may(draw_rules.can_ask_annulment, draw) == own + witnesses
    ask_annulment(draw=draw, reason="误", by=place.by, at=place.out)
    assert may(draw_rules.can_ask_annulment, draw) == []
    assert may(draw_rules.can_answer_annulment, draw) == witnesses
    assert not draw_rules.can_draw(AnonymousUser(), draw) and not draw_rules.can_ask_annulment(
        AnonymousUser(), draw
    )
    assert not draw_rules.can_answer_annulment(AnonymousUser(), draw)
    answer_annulment(draw=draw, agreed=True, words="", by=place.witness, at=place.out)
    assert may(draw_rules.can_answer_annulment, draw) == []
    sees = [user for user in everybody if Draw.objects.visible_to(user).exists()]
    assert {user.name for user in sees} == {*own, *witnesses, county_leader.name, office_head.name}
    assert not DrawSecret.objects.visible_to(place.by).exists()


def test_what_waits_stands_on_the_workbench_of_those_who_can_do_it(
    place, office_coordinator, county_leader, market_handler, now
):
    draw = committed(place)

    def rows(user):
        return [
            (row.action_url, row.lamp) for row in draw_workbench.todo_rows(User.objects.get(pk=user.pk), 10)
        ]

    with time_machine.travel(place.at, tick=False):
        assert rows(place.witness) == [] == rows(place.by)
    with time_machine.travel(place.out, tick=False):
        for user in (place.witness, office_coordinator):
            assert rows(user) == [(url("make_draw", draw), "y")]
        assert rows(county_leader) == rows(market_handler) == rows(place.by) == []
    with time_machine.travel(draw.public_from + draw_workbench.OVERDUE + HOUR, tick=False):
        assert rows(place.by) == [(url("draw", draw), "r")]
        assert draw_reading.never_made(draw, draw.public_from + draw_workbench.OVERDUE + HOUR)
    ask_annulment(draw=draw, reason="误", by=place.by, at=place.out)
    with time_machine.travel(place.out, tick=False):
        assert (url("answer_annulment", draw), "y") in rows(place.witness)


def test_the_panel_of_an_inspection_counts_every_attempt(place, insurance, now):
    assert draw_reading.panel(place.by, place.inspection)["may_commit"]
    special = inspection_of(insurance, by=place.by, at=now, kind="special", asked=False)
    assert draw_reading.panel(place.by, special) is None
    draw = committed(place)
    ask_annulment(draw=draw, reason="误", by=place.by, at=place.out)
    answer_annulment(draw=draw, agreed=True, words="", by=place.witness, at=place.out)
    committed(place)
    found = draw_reading.panel(place.by, place.inspection)
    assert [row.attempt for row, _late in found["rows"]] == [1, 2] and not found["may_commit"]


def _verify(*args, **more):
    out = io.StringIO()
    call_command("verify_draw", *args, stdout=out, **more)
    return out.getvalue()


def test_anyone_works_a_draw_out_again_by_command(place, tmp_path):
    draw = committed(place)
    assert draw.number in _verify(draw.number)
    made = drawn_of(draw, place)
    assert _verify(made.number).count("ok") == 5
    file = tmp_path / "record.json"
    record = _published(made)
    file.write_text(json.dumps(record), encoding="utf-8")
    assert "ok" in _verify(file=file)
    file.write_text(json.dumps({**record, "seed": "0" * 64}), encoding="utf-8")
    with pytest.raises(CommandError):
        _verify(file=file)
    for args, more in ((("nothing",), {}), ((), {}), ((made.number,), {"file": file})):
        with pytest.raises(CommandError):
            _verify(*args, **more)
    for content in ("{", "[]"):
        file.write_text(content)
        with pytest.raises(CommandError):
            _verify(file=file)
    with pytest.raises(CommandError):
        _verify(file=tmp_path / "missing.json")


def test_a_record_made_up_as_a_whole_agrees_with_itself_and_not_with_what_is_kept_here(place, tmp_path):
    made = drawn(place)
    record = _published(made)
    seed = "ab" * 32
    for number in range(100):  # ground until something else comes out
        forged = {**record, "seed": seed, "public_number": f"{number:08d}"}
        forged["commitment"] = commitment_of(seed, record["list_digest"])
        outcome = run(json.loads(record["list"]), key_of(seed, record["list_digest"], forged["public_number"]))
        forged |= worked_out(outcome)
        if forged["targets"] != record["targets"]:
            break
    assert agrees(check(forged)) and forged["targets"] != record["targets"]
    file = tmp_path / "record.json"
    file.write_text(json.dumps(forged), encoding="utf-8")
    with pytest.raises(CommandError):
        _verify(file=file)
    elsewhere = {**record, "number": "110101-2026-001"}
    assert same_here(elsewhere, record, {})[-1].agrees is False  # no word of it in the journal
    listed = json.loads(record["list"]) | {"draw": "110101-2026-001"}
    text = canonical(listed)
    elsewhere |= {"list": text, "list_digest": digest_of(text)}
    elsewhere["commitment"] = commitment_of(record["seed"], elsewhere["list_digest"])
    key = key_of(record["seed"], elsewhere["list_digest"], record["public_number"])
    elsewhere |= worked_out(run(listed, key))
    file.write_text(json.dumps(elsewhere), encoding="utf-8")
    assert "本机没有此编号的抽取" in _verify(file=file)


def drawn_of(draw, place):
    from inspections.actions.draw import make_draw

    return make_draw(draw=draw, public_number=NUMBER, by=place.witness, at=place.out)


def test_an_abandoned_draw_says_so_by_command(place):
    draw = committed(place)
    ask_annulment(draw=draw, reason="误", by=place.by, at=place.out)
    answer_annulment(draw=draw, agreed=True, words="", by=place.witness, at=place.out)
    assert _verify(draw.number).count("ok") == 3


def test_coverage_and_frequency_have_pages_and_a_file(
    insurance, county, insurance_handler, now, sign_in, system_admin, office_head
):
    client = sign_in(insurance_handler)
    page = reverse("inspections:coverage")
    assert "机构库中还没有医疗机构和零售药店" in text(client, page)
    hospital, other = (
        make_subject(county, name="仁和医院", at=now),
        make_subject(county, name="康宁医院", at=now),
    )
    plan = inspection_of(insurance, by=insurance_handler, at=now, kind="special", asked=False)
    visited(plan, hospital, dt.date(2026, 11, 2), by=insurance_handler, at=now)
    from inspections.actions.coverage import run_coverage

    run_coverage(at=now)
    shown = text(client, page)
    assert "50.00" in shown and "康宁医院" in shown and "仁和医院" not in shown
    assert "2025" in text(client, page + "?year=2025") and text(client, page + "?year=1900&after=50")
    visited(plan, other, dt.date(2026, 11, 2), by=insurance_handler, at=now)
    assert "全部检查完毕" in text(client, page)
    answer = client.get(reverse("inspections:coverage_file"))
    assert answer.status_code == 200 and Event.objects.filter(verb="coverage.read").exists()
    look = reverse("inspections:frequency")
    shown = text(client, look + "?q=仁和")
    assert "1 / 2" in shown and plan.number in shown and "康宁医院" not in shown
    assert "没有找到" in text(client, look + "?q=不存在")

    sign_in(system_admin)
    for name in ("coverage", "coverage_file", "frequency", "draws", "pools"):
        assert client.get(reverse(f"inspections:{name}")).status_code == 403
    caps = reverse("inspections:caps")
    form = client.get(caps)
    given = {
        "version": form.context["form"].initial["version"],
        "institution": "3",
        "pharmacy": "2",
        "supplier": "1",
    }
    assert client.post(caps, {**given, "institution": "99"}).status_code == 200
    assert client.post(caps, given).status_code == 302
    stale = client.post(caps, {**given, "institution": "4"})
    assert stale.status_code == 200 and len(stale.context["form"].differences) == 1
    sign_in(office_head)
    assert client.get(caps).status_code == 200 and caps in text(client, look)
    sign_in(insurance_handler)
    assert client.get(caps).status_code == 403
