"""Regions and departments: whose county this is, and who takes part."""

from __future__ import annotations

import datetime as dt
import re

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.dictionaries import check_version
from core.refusals import BadInput, Stale
from departments.dictionaries import region_values
from departments.enums import Function, Level
from departments.models import Department, Region, User
from departments.record import record


@transaction.atomic
def create_region(
    *,
    code: str,
    name: str,
    short_name: str,
    level: str = Level.COUNTY,
    parent: Region | None = None,
    by: User | None,
    at: dt.datetime,
) -> Region:
    """Open a region. `code`: six digits of GB/T 2260; `short_name`: its character in document marks (青).

    :raises BadInput: for a code that is not six digits, or one already used
    """
    if not re.fullmatch(r"\d{6}", code, re.ASCII):
        raise BadInput(_("A region code has six digits (GB/T 2260)."), field="code")
    if Region.objects.filter(code=code).exists():
        raise BadInput(_("This region already exists."), field="code")
    region = Region.objects.create(code=code, name=name, short_name=short_name, level=level, parent=parent)
    record("region.created", target=region, by=by, at=at, code=code)
    return region


@transaction.atomic
def edit_region(
    *, region: Region, version: int, name: str, short_name: str, by: User, at: dt.datetime
) -> Region:
    """Correct the name of the county and its character in document marks. Paper that was issued keeps the old ones.

    version: of its values as the form showed them (`core.dictionaries`).

    :raises Stale: somebody changed it meanwhile
    :raises BadInput: an empty entry, or another region's name
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    old = region_values(region)
    check_version(version, old)
    new = {"name": name.strip(), "short_name": short_name.strip()}
    faults = {field: _("This may not be empty.") for field, value in new.items() if not value}
    if Region.objects.filter(name=new["name"]).exclude(pk=region.pk).exists():
        faults["name"] = _("This region already exists.")
    if faults:
        raise BadInput.several(faults)
    changes = {field: [old[field], new[field]] for field in new if new[field] != old[field]}
    if changes:
        region.name, region.short_name = new["name"], new["short_name"]
        region.save(update_fields=["name", "short_name"])
        record("region.edited", target=region, by=by, at=at, code=region.code, field_changes=changes)
    return region


@transaction.atomic
def create_department(
    *,
    region: Region,
    function: str,
    name: str,
    short_name: str,
    mark: str,
    hotline: str = "",
    address: str = "",
    postcode: str = "",
    has_account: bool = True,
    named_only: bool = False,
    parent: Department | None = None,
    by: User | None,
    at: dt.datetime,
) -> Department:
    """Add a department to a region and make its permission group. `has_account=False`: served on paper.

    :raises BadInput: where the region has this name, or a department of this function, already; or letters that only
        named persons see go to a body whose people work in this system
    """
    _check_named_only(named_only, has_account)
    if Department.objects.filter(region=region, name=name).exists():
        raise BadInput(_("A department of this name already exists in the region."), field="name")
    once = function not in (Function.OTHER, Function.AGENCY)
    if once and Department.objects.of(region, function).exists():
        raise BadInput(_("The region already has a department with this function."), field="function")
    try:
        with transaction.atomic():
            group = Group.objects.create(name=f"{region.code} {name}")
            department = Department.objects.create(
                region=region,
                function=function,
                parent=parent,
                name=name,
                short_name=short_name,
                mark=mark,
                hotline=hotline,
                address=address,
                postcode=postcode,
                has_account=has_account,
                named_only=named_only,
                group=group,
            )
    except IntegrityError:  # somebody added the same one between the question and the row
        raise BadInput(_("A department of this name already exists in the region."), field="name") from None
    record("department.created", target=department, by=by, at=at, function=str(function))
    return department


def _check_named_only(named_only: object, has_account: object) -> None:
    if named_only and has_account:
        raise BadInput(
            _("Everybody of a body that works in this system would see its letters: mark it as served on paper."),
            field="named_only",
        )


EDITABLE = ("name", "short_name", "mark", "hotline", "address", "postcode", "has_account", "named_only")


@transaction.atomic
def edit_department(
    *, department: Department, version: int, by: User | None, at: dt.datetime, **fields: object
) -> Department:
    """Change what the directory and the letters say of a department. Takes any of `EDITABLE`.

    version: the row version the form was opened on.

    :raises Stale: somebody changed the department meanwhile
    :raises BadInput: the region has another department of this name; or see `create_department`
    """
    unknown = fields.keys() - set(EDITABLE)
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    department = Department.objects.select_for_update().get(pk=department.pk)
    if department.version != version:
        raise Stale
    changed = {name: value for name, value in fields.items() if getattr(department, name) != value}
    if not changed:
        return department
    _check_named_only(
        changed.get("named_only", department.named_only), changed.get("has_account", department.has_account)
    )
    others = Department.objects.filter(region=department.region).exclude(pk=department.pk)
    if others.filter(name=changed.get("name", "")).exists():
        raise BadInput(_("A department of this name already exists in the region."), field="name")
    Department.objects.filter(pk=department.pk).update(**changed, version=F("version") + 1)
    fields_changed = sorted(changed)
    old = [getattr(department, name) for name in fields_changed]
    new = [changed[name] for name in fields_changed]
    department.refresh_from_db()
    record("department.edited", target=department, by=by, at=at, fields=fields_changed, old=old, new=new)
    return department


@transaction.atomic
def allow_links(*, department: Department, allowed: bool, by: User, at: dt.datetime) -> Department:
    """The office lets a body without an account answer by one-time links, or stops it.

    :raises BadInput: the department works in this system itself
    """
    department = Department.objects.select_for_update().get(pk=department.pk)
    if department.has_account:
        raise BadInput(_("%(department)s answers in this system itself.") % {"department": department})
    if department.answer_links != allowed:
        Department.objects.filter(pk=department.pk).update(answer_links=allowed, version=F("version") + 1)
        department.refresh_from_db()
        verb = "department.links_allowed" if allowed else "department.links_stopped"
        record(verb, target=department, by=by, at=at)
    return department
