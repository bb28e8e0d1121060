"""Whom cases are about: entered once, found again by code or by blind index."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cases.enums import BODIES
from cases.models import Subject
from core.identifiers import masked, validate_resident_id, validate_uscc
from core.pinyin import initials
from core.refusals import BadInput, Stale
from core.sealing import blind_index, seal
from departments.models import Region, User
from journal.actions import record

PURPOSE = "subject.id"
EDITABLE = ("name", "level", "public", "address", "agreement_number")


def find_person(region: Region, number: str) -> Subject | None:
    """The person with this identity number, found by blind index."""
    return Subject.objects.filter(region=region, id_index=blind_index(number, purpose=PURPOSE)).first()


@transaction.atomic
def add_subject(
    *,
    region: Region,
    kind: str,
    name: str,
    uscc: str = "",
    id_number: str = "",
    level: str = "",
    public: bool | None = None,
    address: str = "",
    agreement_number: str = "",
    by: User | None,
    at: dt.datetime,
) -> Subject:
    """Enter a body with its 统一社会信用代码, or a person with an identity number (sealed at once).

    :raises BadInput: no name, a code or number that cannot be right, or one entered already
    """
    name, uscc, id_number = name.strip(), uscc.strip().upper(), id_number.strip().upper()
    if faults := faults_of(region=region, kind=kind, name=name, uscc=uscc, id_number=id_number):
        raise BadInput.several(faults)
    fields: dict[str, Any] = {}
    if kind in BODIES:
        fields["uscc"] = uscc
    elif id_number:
        fields = {
            "id_sealed": seal(id_number, purpose=PURPOSE),
            "id_index": blind_index(id_number, purpose=PURPOSE),
            "id_masked": masked(id_number),
        }
    try:
        with transaction.atomic():
            subject = Subject.objects.create(
                region=region, kind=kind, name=name, pinyin=initials(name), level=level, public=public, address=address,
                agreement_number=agreement_number, created_at=at, updated_at=at, **fields,
            )  # fmt: skip
    except IntegrityError as clash:  # entered at another desk at the same moment
        if "subject_uscc_once" in str(clash):
            raise BadInput(_("This code has been entered already."), field="uscc") from clash
        if "subject_person_once" in str(clash):
            raise BadInput(_("This person has been entered already."), field="id_number") from clash
        raise
    record("subject.added", target=subject, by=by, at=at, kind=str(kind), subject=subject.pk)
    return subject


def subject_for_lead(
    *, region: Region, kind: str, name: str, id_number: str = "", by: User, at: dt.datetime, **more: Any
) -> Subject:
    """The subject entered together with a lead.

    A person is known by the number, whoever entered it and whether or not the caller reads that case: the same
    person is not entered twice, and the duplicates of the lead are found. Entered by two desks at the same moment, it is
    the first one's. Else as `add_subject`.

    :raises BadInput: see `add_subject`; or the number is that of a person of another name
    """
    name, id_number = name.strip(), id_number.strip().upper()
    if faults := faults_of(region=region, kind=kind, name=name, uscc=more.get("uscc", ""), id_number=id_number, known=True):
        raise BadInput.several(faults)
    numbered = kind not in BODIES and bool(id_number)
    known = find_person(region, id_number) if numbered else None
    if known is not None:
        return known
    try:
        return add_subject(region=region, kind=kind, name=name, id_number=id_number, by=by, at=at, **more)
    except BadInput:
        known = find_person(region, id_number) if numbered else None
        if known is None:
            raise
        if known.name != name:
            raise BadInput(_("This number belongs to somebody of another name."), field="name") from None
        return known


def faults_of(
    *, region: Region, kind: str, name: str, uscc: str, id_number: str, known: bool = False
) -> dict[str, Any]:
    """What keeps a subject from being entered, as field → sentence. `known`: a person entered before is taken as is."""
    faults: dict[str, Any] = {}
    if not name.strip():
        faults["name"] = _("Enter the name.")
    uscc, id_number = uscc.strip().upper(), id_number.strip().upper()
    if kind in BODIES:
        if wrong := _wrong(validate_uscc, uscc):
            faults["uscc"] = wrong
        elif Subject.objects.filter(region=region, uscc=uscc).exists():
            faults["uscc"] = _("This code has been entered already.")
    elif id_number:
        if wrong := _wrong(validate_resident_id, id_number):
            faults["id_number"] = wrong
        elif (person := find_person(region, id_number)) is not None:
            if not known:
                faults["id_number"] = _("This person has been entered already.")
            elif name.strip() and person.name != name.strip():
                faults["name"] = _("This number belongs to somebody of another name.")
    return faults


def _wrong(validate: Any, code: str) -> str:
    try:
        validate(code)
    except ValidationError as error:
        return error.messages[0]
    return ""


@transaction.atomic
def edit_subject(*, subject: Subject, version: int, by: User, at: dt.datetime, **fields: Any) -> Subject:
    """Change what is said of a subject (`EDITABLE`); codes and numbers are never edited.

    :raises Stale: the form was opened on an older version
    :raises BadInput: the name is empty
    """
    locked = Subject.objects.select_for_update().get(pk=subject.pk)
    if locked.version != version:
        raise Stale
    changed = {
        name: fields[name] for name in EDITABLE if name in fields and fields[name] != getattr(locked, name)
    }
    if not changed.get("name", locked.name).strip():
        raise BadInput(_("Enter the name."), field="name")
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.pinyin = initials(locked.name)
    locked.updated_at, locked.version = at, locked.version + 1
    locked.save(update_fields=[*changed, "pinyin", "updated_at", "version"])
    record("subject.edited", target=locked, by=by, at=at, subject=locked.pk, fields=sorted(changed))
    return locked
