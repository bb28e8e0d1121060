"""How a paper travels in the demo county: drafted, reviewed, signed, sent, signed for, worked, answered."""

import datetime as dt

from config.demo.diary import Diary
from config.demo.world import World, scan
from departments.enums import Role
from departments.models import Department, User
from documents.actions.keeping import attach_sealed_scan
from documents.workbench import unsealed
from referrals.actions.follow_ups import send_follow_up, submit_follow_up
from referrals.actions.handling import accept_referral, assign_referral
from referrals.actions.papers import approve_paper, review_paper, submit_paper
from referrals.actions.receipt import sign_for
from referrals.actions.sending import send_dispatch
from referrals.models import Dispatch, FollowUp, Paper, Referral
from referrals.rules import signing_rule

LATEST_OPEN = 2  # scans a registrar has yet to file


def somebody(world: World, department: Department, role: str, index: int = 0) -> User:
    return world.one(department.function, role, index)


def sign(world: World, diary: Diary, paper: Paper) -> None:
    """Submit, review where the rule wants it, and sign; whoever the signing rule names."""
    submit_paper(paper=paper, by=paper.drafted_by, at=diary.then())
    rule = signing_rule(paper)
    if rule.reviewer:
        review_paper(
            paper=paper, by=somebody(world, paper.department, rule.reviewer), at=diary.then(minutes=90)
        )
    approve_paper(paper=paper, by=somebody(world, paper.department, rule.signer), at=diary.then(minutes=120))


def follow_up(world: World, diary: Diary, letter: FollowUp, *, sender: str = Role.REGISTRAR) -> None:
    """A letter about a letter: submitted, signed by whom the rule names, numbered and sent."""
    submit_follow_up(letter=letter, by=letter.drafted_by, at=diary.then(minutes=20))
    rule = signing_rule(letter)
    if rule.reviewer:
        review_paper(paper=letter, by=somebody(world, letter.department, rule.reviewer), at=diary.then(minutes=30))
    approve_paper(paper=letter, by=somebody(world, letter.department, rule.signer), at=diary.then(minutes=30))
    send_follow_up(letter=letter, by=somebody(world, letter.department, sender), at=diary.then(minutes=20))


def send(
    world: World, diary: Diary, dispatch: Dispatch, *, seal: bool = True, late_reason: str = ""
) -> list[Referral]:
    """Number, print and send; the scan of every sealed copy is filed, unless the story leaves it open."""
    registrar = somebody(world, dispatch.department, Role.REGISTRAR)
    sent = send_dispatch(dispatch=dispatch, by=registrar, at=diary.then(), late_reason=late_reason)
    at = diary.then(minutes=20) if seal else None
    for referral in sent if seal else ():
        attach_sealed_scan(document=referral.document, upload=scan(world, "用印件扫描"), by=registrar, at=at)
    return sent


def file_scans(world: World, *, now: dt.datetime) -> None:
    """The registrars have filed the scan of every sealed letter but their latest ones."""
    for department in world.departments.values():
        if (department.function, Role.REGISTRAR) not in world.posts:
            continue
        registrar = somebody(world, department, Role.REGISTRAR)
        letters = unsealed(registrar).filter(issued_at__lt=now - dt.timedelta(days=1)).order_by("-issued_at")
        for document in letters[LATEST_OPEN:]:
            at = document.issued_at + dt.timedelta(minutes=25)
            attach_sealed_scan(document=document, upload=scan(world, "用印件扫描"), by=registrar, at=at)


def receive(world: World, diary: Diary, referral: Referral, *, days: int = 1) -> None:
    """The receiver's registrar signs for it."""
    registrar = somebody(world, referral.receiver, Role.REGISTRAR)
    sign_for(referral=referral, by=registrar, at=diary.then(days=days))


def take_on(world: World, diary: Diary, referral: Referral, index: int = 0) -> User:
    """The receiver's section head names a person, who accepts."""
    person = somebody(world, referral.receiver, Role.HANDLER, index)
    head = somebody(world, referral.receiver, Role.SECTION_HEAD)
    assign_referral(referral=referral, person=person, by=head, at=diary.then(minutes=60))
    accept_referral(referral=referral, by=person, at=diary.then(days=1))
    return person


def later(diary: Diary, days: int) -> dt.date:
    """A working day some days on from where the story stands."""
    from core.dates import local_date

    return diary.calendar.add_working_days(local_date(diary.at), days)
