"""Who holds the keys to reporters' identities is named here; the keys themselves are made in the opener."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, WrongState
from departments.enums import Function, Role
from departments.models import Department, Post, Region, User
from journal.actions import notify, record
from rewards.models import Custodian
from rewards.querysets import barring_posts

# the defaults of DESIGN (rewards): the head of the medical-insurance department, a legal or discipline officer
DEFAULT_ROLES = (Role.HEAD, Role.LEGAL)


def candidates(region: Region, day: dt.date) -> list[User]:
    """Who could be named, the defaults first: people of the region's departments, never the leading group's office,
    never who works on reports, pays rewards or administers the house. Each acts in their first post of the day."""
    held = Post.objects.current(day)
    defaults = held.filter(department__function=Function.INSURANCE, role__in=DEFAULT_ROLES)
    people = (
        User.objects.filter(is_active=True, pk__in=held.filter(department__region=region).values("user"))
        .exclude(pk__in=barring_posts(day).values("user"))
        .exclude(pk__in=Custodian.objects.in_force().filter(region=region).values("user"))
        .annotate(by_default=Exists(defaults.filter(user=OuterRef("pk"), department__region=region)))
        .prefetch_related(
            Prefetch("posts", held.select_related("department__region").order_by("id"), to_attr="held")
        )
    )
    for user in people:
        user.post = user.held[0]
    return sorted(people, key=lambda user: (not user.by_default, user.name, user.pk))


@transaction.atomic
def name_custodian(*, region: Region, user: User, by: User | None, at: dt.datetime) -> Custodian:
    """Name a custodian; they make their key afterwards, with a passphrase nobody else knows.

    :raises BadInput: the person works for the leading group's office, on reports, on payment or administers
    :raises AlreadyDone: named already
    """
    if Custodian.objects.in_force().filter(region=region, user=user).exists():
        raise AlreadyDone(_("This person is a custodian already."))
    if user.pk not in {one.pk for one in candidates(region, local_date(at))}:
        raise BadInput(
            _("A custodian belongs to a department, and neither to the leading group's office nor to those who"
              " work on reports, pay rewards or administer the house."),
            field="user",
        )  # fmt: skip
    custodian = Custodian.objects.create(
        region=region, user=user, appointer=by, named_at=at, created_at=at, updated_at=at
    )
    record("custodian.named", target=custodian, by=by, at=at, user=user.pk)
    notify([user], "custodian.named", target=custodian, at=at, tone="y", user=user.pk)
    # who keeps the other keys, and who asks for openings, learns of every new hand
    keeping = Custodian.objects.keeping().filter(region=region).values("user")
    people = User.objects.filter(pk__in=keeping)
    for department in Department.objects.of(region, Function.INSURANCE):
        people |= User.objects.filter(
            pk__in=User.objects.acting_for(department, Role.REPORT_OFFICER, on=local_date(at)).values("pk")
        )
    notify(people.exclude(pk=user.pk), "custodian.named", target=custodian, at=at, user=user.pk)
    return custodian


@transaction.atomic
def end_custody(*, custodian: Custodian, by: User, at: dt.datetime) -> Custodian:
    """From now on nothing more is sealed to this person's key. What is sealed already stays so until the opener's
    `--rewrap` gives it to those in force.

    :raises WrongState: ended before
    """
    custodian = Custodian.objects.select_for_update().get(pk=custodian.pk)
    if custodian.ended_at is not None:
        raise WrongState(_("This person is no custodian any more."))
    custodian.ended_by, custodian.ended_at, custodian.updated_at = by, at, at
    custodian.version += 1
    custodian.save(update_fields=["ended_by", "ended_at", "updated_at", "version"])
    record("custodian.ended", target=custodian, by=by, at=at, user=custodian.user_id)
    return custodian
