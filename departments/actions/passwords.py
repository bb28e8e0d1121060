"""Passwords of the profile 等保三级: kinds of characters, none of the last ones, a new one every quarter (FACTS §2.10)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import BadInput
from departments.models import UsedPassword, User
from departments.record import record


def check_words(password: str, user: User, *, field: str = "password") -> None:
    """:raises BadInput: with the sentences of the validators, where the password is too weak"""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), field=field) from None


def check_new(password: str, user: User, *, field: str = "password") -> None:
    """:raises BadInput: the password is too weak, or one of the last ones of this person"""
    check_words(password, user, field=field)
    last = UsedPassword.objects.filter(user=user)[: settings.PASSWORDS_REMEMBERED]
    if any(check_password(password, each.password) for each in last):
        raise BadInput(
            _("This is one of your last %(n)d passwords. Choose another.") % {"n": settings.PASSWORDS_REMEMBERED},
            field=field,
        )


def remember(user: User, at: dt.datetime) -> None:
    """Keep the password just set among the last ones."""
    UsedPassword.objects.create(user=user, password=user.password, set_at=at)
    kept = UsedPassword.objects.filter(user=user).values("pk")[: max(settings.PASSWORDS_REMEMBERED, 1)]
    UsedPassword.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()


@transaction.atomic
def expire_password(*, user: User, at: dt.datetime) -> bool:
    """Have a password changed that is older than the profile allows; whether it is. Asked at each sign-in."""
    if settings.PASSWORD_DAYS is None or not user.has_usable_password():
        return False
    newest = UsedPassword.objects.filter(user=user).first()
    if newest is None or at - newest.set_at < dt.timedelta(days=settings.PASSWORD_DAYS):
        return False
    if not user.must_change_password:
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])
        record("user.password_expired", target=user, by=user, at=at)
    return True
