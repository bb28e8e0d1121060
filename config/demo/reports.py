"""Reports of the demo county, told through the actions; their keys are made in an opener of their own."""

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cases.models import Case
from config.demo.world import World, scan
from deadlines.actions.clocks import open_clock
from departments.enums import Function, Role
from rewards import openers
from rewards.actions.custodians import name_custodian
from rewards.actions.openings import request_opening
from rewards.actions.report_progress import CLOCK, answer_report, join_report, refuse_report, tell_reporter
from rewards.actions.reports import add_to_report, register_report, withdraw_report
from rewards.actions.supervisors import add_supervisor
from rewards.enums import Channel, Naming
from rewards.identities import Identity
from rewards.models import Custodian, Report
from rewards.refusals_opening import OpenerAway

PASSPHRASES = ("演示县密钥口令甲一二三", "演示县密钥口令乙四五六")
PEOPLE = (
    Identity("郝明理", "13900000011", bank="演示农商银行", account="6217000000000000011"),
    Identity("尤敬之", "13900000012", bank="演示农商银行", account="6217000000000000012"),
    Identity("冉青竹", "13900000013"),
    Identity("闻正平", "13900000014", bank="演示农商银行", account="6217000000000000014"),
)
TOKEN = "青山绿水一二"  # noqa: S105 (what the demo's reporter chose)
WORDS = (
    "我母亲今年在这家医院住院，出院清单上每天都有两次护理费，我们问过护士，实际只做了一次。我有出院清单照片。",
    "我是附近居民，这家药店让人拿医保卡换米和油，周末上午最多，店里有本子记着谁换了什么。",
    "同病房的人说没有住院，只是把卡押在医院，月底再来签字，床位白天一直空着。",
    "做了一次检查，清单上写了三次，问收费窗口说是系统自动带出来的，不给改。",
)


@contextmanager
def opener() -> Iterator[None]:
    """The opener while the demo is built; where one serves already, that one."""
    process = None
    try:
        openers.ask("ping")
    except OpenerAway:
        process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "opener"],
            env={**os.environ, "HOUSE_ROLE": "opener"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 60
        while True:
            try:
                openers.ask("ping")
                break
            except OpenerAway:
                if process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.1)
    try:
        yield
    finally:
        if process is not None:
            process.terminate()
            process.wait(20)


def make_keys(world: World, now: dt.datetime) -> None:
    """The head and the legal reviewer hold the keys; passphrases and codes are laid out for whoever tries."""
    at = now - dt.timedelta(days=200)
    lines = ["Demo custodians: passphrase, then one-time codes (each works once)"]
    keepers = (world.one(Function.INSURANCE, Role.HEAD), world.one(Function.INSURANCE, Role.LEGAL))
    for user, passphrase in zip(keepers, PASSPHRASES, strict=True):
        if not Custodian.objects.filter(user=user).exists():  # a start that was interrupted may have named them
            name_custodian(region=world.county, user=user, by=None, at=at)
        made = openers.ask("enrol", user_id=user.pk, region_id=world.county.pk, passphrase=passphrase)
        lines += ["", f"{user.name} ({user.staff_number})", passphrase, "openings:", *made["codes"]]
        lines += ["bank files:", *made["file_codes"]]
    path = Path(settings.VAR_DIR) / "demo-custodians.txt"
    path.write_text("\n".join(lines) + "\n")
    path.chmod(0o600)


def tell_reports(world: World, now: dt.datetime) -> None:
    """Reports at every stage; told once."""
    if Report.objects.exists():
        return
    with opener():
        make_keys(world, now)
    with transaction.atomic():
        _tell(world, now)


def _tell(world: World, now: dt.datetime) -> None:
    department = world.departments[Function.INSURANCE]
    officer = world.one(Function.INSURANCE, Role.REPORT_OFFICER)
    cases = list(
        Case.objects.filter(owner=department).exclude(status="closed").order_by("-filed", "opened_at")[:4]
    )
    supervisor = add_supervisor(
        region=world.county, name="单存义", body="政协委员", number="青医监聘〔2026〕2号",
        term_from=dt.date(now.year, 1, 1), term_to=dt.date(now.year + 1, 12, 31), by=officer,
        at=now - dt.timedelta(days=150),
    )  # fmt: skip

    def came(
        days: int, words: int, *, channel: str = Channel.WEB, naming: str = Naming.REAL_NAME, **more: object
    ) -> Report:
        at = now - dt.timedelta(days=days, hours=2)
        given = {
            "subject_name": "青禾县某定点医药机构",
            "wants_answer": True,
            "wants_reward": naming != Naming.ANONYMOUS,
        }
        if words < len(cases):
            given["subject_name"] = str(cases[words].subjects.first() or given["subject_name"])
        return register_report(
            department=department, channel=channel, naming=naming, facts=WORDS[words % len(WORDS)],
            by=None if channel == Channel.WEB else officer, at=at, **(given | more),
        ).report  # fmt: skip

    def joined(report: Report, case: Case, days: int) -> Report:
        at = now - dt.timedelta(days=days)
        return join_report(
            report=report,
            case=case,
            summary="群众反映一家定点医药机构收费不实，提供了清单。",
            by=officer,
            at=at,
        )

    together = came(40, 0, reporters=PEOPLE[:2], files=[scan(world, "费用清单")])
    waiting = came(20, 1, reporters=[PEOPLE[2]])
    by_token = came(15, 2, naming=Naming.TOKEN, token=TOKEN, channel=Channel.PHONE)
    for number, (report, days) in enumerate(((together, 38), (waiting, 3), (by_token, 12))):
        if number < len(cases):
            joined(report, cases[number], days)
    if open_clock(together, CLOCK) is not None:  # its case was filed in this telling
        tell_reporter(
            report=together, via="phone", late_reason="", by=officer, at=now - dt.timedelta(days=36)
        )
        answer_report(
            report=together, text="您反映的重复收费问题已立案查处，感谢您对医保基金监督工作的支持。", by=officer,
            at=now - dt.timedelta(days=4),
        )  # fmt: skip
    refuse_report(
        report=came(9, 3, naming=Naming.ANONYMOUS, channel=Channel.HOTLINE), by=officer, at=now - dt.timedelta(days=8),
        reason="没有具体对象和线索，无法核查。",
    )  # fmt: skip
    withdraw_report(report=came(6, 3, reporters=[PEOPLE[3]]), by=None, at=now - dt.timedelta(days=5))
    fresh = came(1, 3, reporters=[PEOPLE[3]], channel=Channel.SUPERVISOR, supervisor=supervisor)
    add_to_report(report=fresh, text="补充：收费窗口在一楼东侧。", by=officer, at=now - dt.timedelta(hours=5))
    request_opening(
        reporter=fresh.reporters.get(), fields="contact", reason="需与举报人核对清单时间", by=officer,
        at=now - dt.timedelta(hours=3),
    )  # fmt: skip
