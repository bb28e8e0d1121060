"""How people prove who they are, what they used as a password before, and where they are signed in."""

from django.db import models

from core.scopes import Classification, Retention, Scope
from departments.models import User


class Authenticator(models.Model):
    """A person's second factor: an authenticator app that says six digits every 30 seconds (RFC 6238).

    `last_step` is the latest step whose digits were used, so that none is used twice. `failures` in a row lock it
    until `locked_until`.
    """

    scope = Scope.PERSON
    retention = Retention.SHORT
    classification = {"secret": Classification.SEALED}

    user = models.OneToOneField(User, models.CASCADE, related_name="authenticator")
    secret = models.BinaryField()
    made_at = models.DateTimeField()
    last_step = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """One of ten codes on paper, for a lost authenticator; kept as a keyed digest and used once."""

    scope = Scope.PERSON
    retention = Retention.SHORT
    classification = {"digest": Classification.SEALED}

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]


class UsedPassword(models.Model):
    """A password a person has or had, as Django keeps passwords: none of the last ones is taken again."""

    scope = Scope.PERSON
    retention = Retention.SHORT
    classification = {"password": Classification.SEALED}

    user = models.ForeignKey(User, models.CASCADE, related_name="used_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("-set_at", "-id")


class SignIn(models.Model):
    """A session of a person: from which desk, since when. Goes when the session ends; the record stays."""

    scope = Scope.PERSON
    retention = Retention.SHORT
    classification = {"session_key": Classification.SEALED, "address": Classification.PERSONAL}

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-seen_at", "-id")
