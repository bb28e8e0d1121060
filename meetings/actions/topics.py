"""Topics and material of the departments, and which version of it lies on the table."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cases.models import Case
from cases.uploads import check_upload
from core import registry
from core.refusals import WrongState
from departments.models import Department, User
from documents import storage
from meetings import notices
from meetings.actions.agenda import check_topic, next_position
from meetings.actions.common import fitting, lock_item, lock_open
from meetings.discretion import said_title
from meetings.enums import LONGEST_TOPIC, ItemStatus, Outcome
from meetings.models import AgendaItem, Material, Meeting, Proposal
from meetings.sources import version_of


@transaction.atomic
def propose_item(
    *, meeting: Meeting, department: Department, kind: str, title: str, text: str = "", case: Case | None = None,
    files: Any = (), by: User, at: dt.datetime,
) -> AgendaItem:  # fmt: skip
    """A department asks for a topic, with its material; the office takes it onto the agenda or refuses it.

    :raises BadInput: see `check_topic`, `fitting` and `check_upload`
    :raises WrongState: the meeting is over
    """
    lock_open(meeting)
    item = AgendaItem.objects.create(
        meeting=meeting, kind=kind, title=check_topic(kind, title), text=fitting(text, LONGEST_TOPIC), case=case,
        department=department, position=next_position(meeting), status=ItemStatus.PROPOSED, proposed_by=by,
        proposed_at=at, edited_by=by, edited_at=at, target_kind=case.kind_code if case else "",
        target_id=case.pk if case else None, pinned_version=case.version if case else None, created_at=at,
        updated_at=at,
    )  # fmt: skip
    for upload in files:
        keep_material(item, upload, by=by, at=at)
    _answered(meeting, department, by, at)
    notices.note("item_proposed", meeting, by=by, at=at, department=department.pk, topic=said_title(item))
    notices.tell_office(meeting, "topics_in", at=at, from_department=department.pk, topic=said_title(item))
    return item


@transaction.atomic
def no_topic(*, meeting: Meeting, department: Department, by: User, at: dt.datetime) -> Meeting:
    """A department has nothing to bring up; it is not reminded any more. Said twice is said once.

    :raises WrongState: the meeting is over
    """
    lock_open(meeting)
    if _answered(meeting, department, by, at):
        notices.note("topics_none", meeting, by=by, at=at, department=department.pk)
    return meeting


def _answered(meeting: Meeting, department: Department, by: User, at: dt.datetime) -> int:
    waiting = meeting.attendances.filter(department=department, topics_answered_at=None)
    return waiting.update(topics_answered_by=by, topics_answered_at=at, updated_at=at)


def keep_material(item: AgendaItem, upload: Any, *, by: User, at: dt.datetime) -> Material:
    """One file; a newer one of the same name is its next version, and lies on the table only when it is pinned."""
    checked = check_upload(upload)
    number = (item.materials.filter(name=checked.name).aggregate(last=Max("number"))["last"] or 0) + 1
    name, digest = storage.keep(checked.content, "." + checked.name.rpartition(".")[2].lower())
    first = not item.materials.filter(name=checked.name, pinned=True).exists()
    return Material.objects.create(
        item=item, name=checked.name, number=number, pinned=first and item.status == ItemStatus.LISTED, file=name,
        media_type=checked.media_type, size=len(checked.content), sha256=digest, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def add_material(*, item: AgendaItem, upload: Any, by: User, at: dt.datetime) -> Material:
    """Hand in a file for a topic, or a newer version of one.

    :raises BadInput: see `check_upload`
    :raises WrongState: the topic has its outcome, or the meeting is over
    """
    lock_item(item)
    if item.outcome != Outcome.OPEN or item.status not in (ItemStatus.PROPOSED, ItemStatus.LISTED):
        raise WrongState(_("Material is handed in for topics that are to be dealt with."))
    material = keep_material(item, upload, by=by, at=at)
    notices.note("material_added", item.meeting, by=by, at=at, name=material.name, number=material.number)
    return material


@transaction.atomic
def take_material(*, material: Material, by: User, at: dt.datetime) -> bytes:
    """The bytes of a file, and the event that somebody took them.

    :raises Tampered: they are not what was handed in
    """
    data = storage.fetch(material.file, material.sha256)
    notices.note(
        "material_taken", material.item.meeting, by=by, at=at, name=material.name, number=material.number
    )
    return data


@transaction.atomic
def pin_material(*, material: Material, by: User, at: dt.datetime) -> Material:
    """Lay this version on the table instead of the one that lies there.

    :raises WrongState: the topic is not on the agenda or has its outcome, or the meeting is over
    """
    item = material.item
    lock_item(item)
    if item.status != ItemStatus.LISTED or item.outcome != Outcome.OPEN:
        raise WrongState(_("Only what is to be dealt with lies on the table."))
    item.materials.filter(name=material.name, pinned=True).update(pinned=False)
    Material.objects.filter(pk=material.pk).update(pinned=True)
    material.pinned = True
    notices.note("material_pinned", item.meeting, by=by, at=at, name=material.name, number=material.number)
    return material


@transaction.atomic
def pin_thing(*, item: AgendaItem, by: User, at: dt.datetime) -> AgendaItem:
    """The topic is about the present state of its thing, whatever it was when it was put on the agenda.

    :raises WrongState: it is about nothing this person sees, it has its outcome, or the meeting is over
    """
    lock_item(item)
    if item.outcome != Outcome.OPEN:
        raise WrongState(_("The meeting has dealt with this topic. Take its outcome back first."))
    thing = _present(item, by)
    now = version_of(thing)
    if now is None:
        raise WrongState(_("This topic is about nothing that changes."))
    if isinstance(thing, Proposal):  # the table has its words, not only its version
        item.title, item.text = thing.as_topic
    item.pinned_version, item.updated_at, item.version = now, at, item.version + 1
    item.save(update_fields=["title", "text", "pinned_version", "updated_at", "version"])
    notices.note("thing_pinned", item.meeting, by=by, at=at, topic=said_title(item))
    return item


def _present(item: AgendaItem, user: User) -> Any:
    """The item's thing as it is now; None where there is none, or the person does not see it."""
    kind = registry.kinds.get(item.target_kind)
    return kind.visible(user).filter(pk=item.target_id).first() if kind else None
