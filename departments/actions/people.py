"""People and posts: who works here, as what, and since when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import registry
from core.dates import local_date
from core.pinyin import initials
from core.refusals import AlreadyDone, BadInput, FourEyes, StillOpen, WrongState
from departments.actions import passwords
from departments.actions.sessions import end_sessions
from departments.enums import ADMINISTRATORS, LEADERS, OUTSIDE_CASES, Function, Role
from departments.models import Department, Post, User
from departments.record import notify, record

OFFICE_ROLES = frozenset({Role.COORDINATOR, Role.OBSERVER})


@transaction.atomic
def engage(
    *,
    staff_number: str,
    name: str,
    job_title: str = "",
    phone: str = "",
    email: str = "",
    password: str | None,
    by: User | None,
    at: dt.datetime,
) -> User:
    """Give a person an account. It can do nothing before a post is filled.

    A password chosen by an administrator must be changed at the first sign-in. With None nobody can sign in
    by password (the demonstration's one-click accounts) until one is set.

    :raises BadInput: for a staff number that is malformed or taken, or a weak password
    """
    staff_number = staff_number.strip()
    if not re.fullmatch(r"[A-Za-z0-9._-]{2,20}", staff_number):
        raise BadInput(
            _("A staff number has 2 to 20 letters, digits, dots, dashes or underscores."),
            field="staff_number",
        )
    if User.objects.filter(staff_number__iexact=staff_number).exists():
        raise BadInput(_("This staff number is already used."), field="staff_number")
    user = User(
        staff_number=staff_number,
        name=name,
        pinyin=initials(name, 30),
        job_title=job_title,
        phone=phone,
        email=email,
        must_change_password=by is not None,
    )
    if password is not None:
        passwords.check_words(password, user)
    user.set_password(password)
    user.save()
    if password is not None:
        passwords.remember(user, at)
    record("user.engaged", target=user, by=by, at=at, staff_number=staff_number)
    return user


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


@transaction.atomic
def fill_post(
    *,
    user: User,
    department: Department,
    role: str,
    section: str = "",
    certificate: str = "",
    until: dt.date | None = None,
    by: User | None,
    at: dt.datetime,
) -> Post:
    """Put a person into a post of a department from today, and into the department's group.

    until: the first day on which the post is no longer held; an outside expert's must be given.
    Administrators and experts stay outside the group, which is what cases are opened to.

    :raises AlreadyDone: the person holds this post
    :raises FourEyes: an administrator holds no second post, and nobody with a post becomes administrator
    :raises WrongState: the person is blocked
    :raises BadInput: a department without account, a post of the office elsewhere, an expert without an end
    """
    today = local_date(at)
    user = _locked(user)
    if not user.is_active:
        raise WrongState(_("This person is blocked."))
    if not (department.active and department.has_account):
        raise BadInput(
            _("This department does not work in the system; it is served on paper."), field="department"
        )
    if role in OFFICE_ROLES and department.function != Function.OFFICE:
        raise BadInput(_("Only the leading group's office has this post."), field="role")
    if role == Role.EXPERT and until is None:
        raise BadInput(_("An outside expert is appointed until a day."), field="until")
    if role != Role.EXPERT and until is not None:
        raise BadInput(
            _("Only an outside expert is appointed until a day; other posts are ended."), field="until"
        )
    if until is not None and until <= today:
        raise BadInput(_("The end lies in the past."), field="until")
    held = list(user.posts.current(today))
    if any(post.department_id == department.pk and post.role == role for post in held):
        raise AlreadyDone(_("This person already holds this post."))
    if held and (role in ADMINISTRATORS or any(post.role in ADMINISTRATORS for post in held)):
        raise FourEyes(
            _("An administrator holds no other post, and the three administrators are three people."),
            field="role",
        )
    post = Post.objects.create(
        user=user,
        department=department,
        role=role,
        section=section,
        certificate=certificate,
        since=today,
        until=until,
    )
    if role not in OUTSIDE_CASES:
        user.groups.add(department.group_id)
    record(
        "post.filled", target=post, by=by, at=at,
        user=user.pk, department=department.pk, role=str(role),
        until=until.isoformat() if until else None,
    )  # fmt: skip
    return post


def _leave_group(post: Post, today: dt.date) -> None:
    """Take the person out of the department's group unless another post keeps them in."""
    others = post.user.posts.current(today).exclude(pk=post.pk).exclude(role__in=OUTSIDE_CASES)
    if not others.filter(department=post.department_id).exists():
        post.user.groups.remove(post.department.group_id)


def _last_system_administrator(user: User, today: dt.date) -> bool:
    """Whether nobody else could engage people any more. Locks every system administrator's row."""
    posts = Post.objects.current(today).filter(role=Role.SYSTEM_ADMIN)
    holders = list(
        User.objects.select_for_update().filter(pk__in=posts.values("user")).order_by("pk").values_list(
            "pk", "is_active"
        )
    )  # fmt: skip
    active = {pk for pk, is_active in holders if is_active}
    return active == {user.pk}


LAST_ADMINISTRATOR = _("This is the last system administrator. Appoint another one first.")


@transaction.atomic
def end_post(*, post: Post, by: User | None, at: dt.datetime) -> Post:
    """End a post today: its rights end at once. Refused until everything open is handed over (DESIGN §3).

    :raises StillOpen: rooms name open matters (`details["items"]`)
    :raises WrongState: it has ended, or it is the last system administrator's
    """
    today = local_date(at)
    user = _locked(post.user)
    post = Post.objects.select_for_update(of=("self",)).select_related("department").get(pk=post.pk)
    post.user = user
    if not Post.objects.current(today).filter(pk=post.pk).exists():
        raise WrongState(_("This post has already ended."))
    if post.role == Role.SYSTEM_ADMIN and _last_system_administrator(user, today):
        raise WrongState(LAST_ADMINISTRATOR)
    items = open_matters([post])
    if items:
        raise StillOpen(_("This person still has open matters to hand over."), items=items)
    post.until = today
    post.save(update_fields=["until"])
    _leave_group(post, today)
    end_sessions(user=user, by=by, at=at)
    record(
        "post.ended", target=post, by=by, at=at, user=user.pk, department=post.department_id, role=post.role
    )
    return post


def open_matters(posts: Iterable[Post]) -> list[str]:
    """The sentences with which the rooms name what these posts still have to hand over."""
    return [sentence for post in posts for veto in registry.leave_vetoes for sentence in veto(post)]


@transaction.atomic
def block(*, user: User, reason: str, by: User, at: dt.datetime) -> User:
    """Shut a person out at once, in an emergency: open matters do not hold it up, their leaders are told.

    :raises BadInput: without a reason
    :raises FourEyes: nobody blocks their own account
    :raises WrongState: blocked already, or the last system administrator
    """
    reason = reason.strip()
    if not reason:
        raise BadInput(_("Give a reason."), field="reason")
    if user.pk == by.pk:
        raise FourEyes(_("Nobody blocks their own account."))
    today = local_date(at)
    posts = list(user.posts.current(today).select_related("department"))
    if any(post.role == Role.SYSTEM_ADMIN for post in posts) and _last_system_administrator(user, today):
        raise WrongState(LAST_ADMINISTRATOR)
    user = _locked(user)
    if not user.is_active:
        raise WrongState(_("This person is blocked."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user=user, by=by, at=at)
    left = len(open_matters(posts))
    record("user.blocked", target=user, by=by, at=at, reason=reason, open=left)
    for department in {post.department for post in posts}:
        leaders = User.objects.acting_for(department, *LEADERS, on=today)
        notify(
            leaders,
            "user.blocked",
            target=user,
            at=at,
            department=department,
            tone="r",
            user=user.pk,
            open=left,
        )
    return user


@transaction.atomic
def unblock(*, user: User, by: User, at: dt.datetime) -> User:
    """Let a blocked person in again, with the posts they still hold.

    :raises WrongState: the person is not blocked
    """
    user = _locked(user)
    if user.is_active:
        raise WrongState(_("This person is not blocked."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("user.unblocked", target=user, by=by, at=at)
    return user


@transaction.atomic
def set_new_password(*, user: User, password: str, by: User, at: dt.datetime) -> User:
    """An administrator gives a person a new password, to be changed at the next sign-in. Ends their sessions.

    :raises BadInput: the password is too weak
    """
    user = _locked(user)
    passwords.check_new(password, user)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    passwords.remember(user, at)
    end_sessions(user=user, by=by, at=at)
    record("user.password_given", target=user, by=by, at=at)
    return user


@transaction.atomic
def change_own_password(*, by: User, old: str, new: str, session_key: str = "", at: dt.datetime) -> User:
    """Change one's own password. Sessions of the person other than this one end.

    :raises BadInput: the old password is wrong, the new one too weak or the same
    """
    user = _locked(by)
    if not user.check_password(old):
        raise BadInput(_("This is not your present password."), field="old")
    if old == new:
        raise BadInput(_("The new password is the old one."), field="new")
    passwords.check_new(new, user, field="new")
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    passwords.remember(user, at)
    end_sessions(user=user, but=session_key, by=user, at=at)
    record("user.password_changed", target=user, by=by, at=at)
    return user
