"""Reports for tests, built through the actions of the room, sealed to custodians whose keys the test holds."""

import datetime as dt
import uuid
from contextlib import closing
from itertools import count

from core.dates import local_date
from departments.enums import Role
from departments.models import Category, User
from rewards import vault
from rewards.actions.custodians import name_custodian
from rewards.actions.report_progress import accept_report, join_report
from rewards.actions.reports import register_report
from rewards.enums import Channel, Naming
from rewards.identities import Identity
from rewards.models import Custodian
from tests.cast import person
from tests.factories.cases import make_subject
from tests.harness import connect

FACTS = "该院多次以小病大治、重复收取护理费的方式结算，我有费用清单。"
_serial = count(1)
KEYS = {}  # key id → private key, of the keys made here


def identity(**more):
    """丁家宁, a natural person with everything a reward needs."""
    given = {
        "name": "丁家宁", "phone": "13907990011", "id_number": "439926198001010019",
        "bank": "青禾农商银行", "account": "6217990011223344556",
    }  # fmt: skip
    from core.identifiers import resident_id_check

    given["id_number"] = given["id_number"][:17] + resident_id_check(given["id_number"][:17])
    return Identity(**(given | more))


def make_custodians(department, *, at):
    """Two custodians with keys: those named already, else a head and a legal reviewer engaged for it.

    Keys are written as the opener does, by its own connection: they stay when the test's transaction is undone,
    and belong to a region nobody has any more.
    """
    region = department.region
    people = [custodian.user for custodian in Custodian.objects.in_force().filter(region=region)]
    for role, name in ((Role.HEAD, "孟守正"), (Role.LEGAL, "康执衡")):
        if len(people) < 2:
            user = person(f"bg{next(_serial):04d}", name, department, role, at=at - dt.timedelta(days=30))
            name_custodian(region=region, user=user, by=None, at=at)
            people.append(user)
    having = {key.epoch for key in vault.keys_in_force(region)}
    if len(having) >= 2:
        return people
    with closing(connect("opener")) as line, line, line.cursor() as cursor:
        for epoch, user in enumerate(people, 1):
            private, public = vault.new_private_key()
            pk = uuid.uuid4()
            KEYS[pk] = private
            cursor.execute(
                "INSERT INTO vault.public_key (id, region_id, slot, user_id, epoch, algorithm, public, made_at)"
                " VALUES (%s, %s, 'custodian', %s, %s, %s, %s, %s)",
                [str(pk), region.pk, user.pk, epoch, vault.WRAP, public, at],
            )
    return people


def report_officer(department, *, at):
    """The report officer of a department, engaged if there is none."""
    found = User.objects.acting_for(department, Role.REPORT_OFFICER, on=local_date(at)).first()
    return found or person(
        f"jb{next(_serial):04d}", "纪守言", department, Role.REPORT_OFFICER, at=at - dt.timedelta(days=30)
    )


def register(department, *, at, reporters=None, naming=Naming.REAL_NAME, by=None, **more):
    """A report as it came in: (report, receipt code). By real name of one person unless said otherwise."""
    if naming == Naming.REAL_NAME:
        make_custodians(department, at=at)
        reporters = [identity()] if reporters is None else reporters
    given = {
        "channel": Channel.WEB if by is None else Channel.PHONE,
        "subject_name": "青禾县仁和医院",
        "facts": FACTS,
        "wants_reward": naming != Naming.ANONYMOUS,
        "wants_answer": True,
        "token": "柳絮-4711" if naming == Naming.TOKEN else "",
    }
    done = register_report(
        department=department, naming=naming, reporters=reporters or (), by=by, at=at, **(given | more)
    )
    return done.report, done.code


def accept(report, *, at, by=None, case=None, **more):
    """The report taken on: into `case`, or into a new lead about a hospital."""
    by = by or report_officer(report.department, at=at)
    summary = more.pop("summary", "群众反映一家定点医疗机构重复收取费用，待核查。")
    if case is not None:
        return join_report(report=report, case=case, summary=summary, by=by, at=at)
    given = {
        "subjects": [make_subject(report.region, at=at)],
        "categories": [Category.objects.order_by("order", "code").first()],
        "suspected": "86240.00",
    }
    return accept_report(report=report, summary=summary, by=by, at=at, **(given | more))


def make_report(
    department, *, at, status="accepted", case=None, reporters=None, naming=Naming.REAL_NAME, **more
):
    """A report brought to `status` (received, accepted) through the actions: accepted into `case` or a new lead."""
    report, _code = register(department, at=at, reporters=reporters, naming=naming, **more)
    if status != "received":
        accept(report, at=at, case=case)
    return report
