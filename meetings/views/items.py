"""One topic: its page, its steps, and its material."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.dates import local_date
from core.forms import new_form_key
from core.refusals import Refused
from documents.downloads import attachment
from journal.actions import note_refusal
from meetings import choices, reading, rules
from meetings.actions import agenda, holding, topics
from meetings.actions.bringing import about_adopted
from meetings.actions.merged import group_of
from meetings.enums import ItemKind
from meetings.forms import DecideForm, DeferForm, EditItemForm, MaterialForm, MergeForm, NoteForm, ReasonForm
from meetings.models import AgendaItem, Material, Resolution
from meetings.views.steps import ItemStep

LINES = 3
LINE = re.compile(r"line([0-9]{1,2})_")


@require_GET
@login_required
def item_page(request, pk):
    """One topic: what it is about, its material with every version, what was decided."""
    user = request.user
    found = AgendaItem.objects.visible_to(user).select_related(
        "meeting__office", "meeting__region", "department", "merged_into", "proposed_by", "outcome_by"
    )
    item = get_object_or_404(found, pk=pk)
    row = reading.agenda([item], user, numbers=False)[0]
    return render(
        request,
        "meetings/item.html",
        {
            "item": item, "row": row, "offers": reading.item_offers(user, item),
            "materials": [(material, rules.can_pin(user, material), new_form_key()) for material in row.materials],
            "tasks": Resolution.objects.visible_to(user).filter(item=item).for_list().order_by("number"),
            "merged": AgendaItem.objects.visible_to(user).filter(merged_into=item),
            "into": AgendaItem.objects.visible_to(user).filter(pk=item.merged_into_id).first(),
        },
    )  # fmt: skip


class Edit(ItemStep):
    rule, verb, form_class = rules.can_edit, "meeting.item_edited", EditItemForm
    title = label = _("Edit the topic")
    done = _("Changed.")

    def initial(self, thing):
        return {"title": thing.title, "text": thing.text, "expected_version": thing.version}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("title", "text", "expected_version")}
        agenda.edit_item(item=thing, by=self.request.user, at=at, **given)


class Up(ItemStep):
    rule, verb, direct = rules.can_move, "meeting.item_moved", True
    done = _("Moved.")
    up = True

    def act(self, thing, form, at):
        agenda.move_item(item=thing, up=self.up, by=self.request.user, at=at)


class Down(Up):
    up = False


class Merge(ItemStep):
    rule, verb, form_class = rules.can_merge, "meeting.item_merged", MergeForm
    title = label = _("Merge into another topic")
    done = _("Merged.")

    def keywords(self, thing):
        items = AgendaItem.objects.visible_to(self.request.user).undecided().filter(meeting=thing.meeting)
        return {"items": items.exclude(pk=thing.pk)}

    def act(self, thing, form, at):
        agenda.merge_item(
            item=thing,
            into=form.cleaned_data["into"],
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            at=at,
        )


class Drop(ItemStep):
    rule, verb, form_class, danger = rules.can_drop, "meeting.item_dropped", ReasonForm, True
    title = label = _("Take the topic off")
    done = _("It is off the agenda; who proposed it reads why.")

    def act(self, thing, form, at):
        agenda.drop_item(item=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Take(ItemStep):
    rule, verb, direct = rules.can_take, "meeting.item_listed", True
    done = _("It stands on the agenda.")

    def act(self, thing, form, at):
        agenda.list_item(item=thing, by=self.request.user, at=at)


class HandIn(ItemStep):
    rule, verb, form_class = rules.can_hand_in, "meeting.material_added", MaterialForm
    title = label = _("Hand in material")
    done = _("Handed in.")

    def back_url(self, thing):
        return thing.get_absolute_url()

    def act(self, thing, form, at):
        topics.add_material(item=thing, upload=form.cleaned_data["upload"], by=self.request.user, at=at)


class PinThing(ItemStep):
    rule, verb, direct = rules.can_pin_thing, "meeting.thing_pinned", True
    done = _("The topic is about its present state.")

    def act(self, thing, form, at):
        topics.pin_thing(item=thing, by=self.request.user, at=at)


class Decide(ItemStep):
    rule, verb, form_class, template = (
        rules.can_decide,
        "meeting.item_decided",
        DecideForm,
        "meetings/decide.html",
    )
    title = label = _("Decide the topic")
    done = _("Decided.")

    def lines(self) -> int:
        """As many as are asked for, or as were sent."""
        asked = self.request.POST.get("more") or self.request.GET.get("lines", "")
        if asked.isdecimal() and len(asked) < 3:
            return int(asked)
        sent = [number for name in self.request.POST if (number := LINE.match(name))]
        return max([LINES, *(int(number[1]) + 1 for number in sent)])

    def post(self, request, pk):
        """`more`: the page again with further lines, and everything that was typed."""
        thing = self.load(pk)
        if "more" not in request.POST or not self.allowed(thing):
            return super().post(request, pk)
        form = self.form(thing)
        form.initial |= {name: value for name, value in request.POST.items() if name in form.fields}
        return self.show(thing, form)

    def keywords(self, thing):
        posts = choices.posts(thing.meeting, local_date(timezone.now()))
        follow_up, merged = thing.kind == ItemKind.FOLLOW_UP, group_of(thing)[1:]
        return {
            "posts": posts, "lines": self.lines(), "follow_up": follow_up, "topic": thing, "merged": merged,
            "adopted": about_adopted(thing), "bodies": choices.bodies(thing.meeting),
        }  # fmt: skip

    def context(self, thing):
        return {"more": self.lines() + LINES}

    def act(self, thing, form, at):
        given = form.cleaned_data
        holding.decide_item(
            item=thing, text=given["outcome_text"], lines=form.lines(), merged=form.words(), by=self.request.user,
            at=at, withdraws=given.get("withdraws", False), new_due_on=given.get("new_due_on"),
        )  # fmt: skip


class Defer(ItemStep):
    rule, verb, form_class = rules.can_decide, "meeting.item_deferred", DeferForm
    title = label = _("Defer the topic")
    done = _("Deferred: the next agenda on that day or later has it again.")

    def act(self, thing, form, at):
        holding.defer_item(
            item=thing,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            at=at,
        )


class Note(ItemStep):
    rule, verb, form_class = rules.can_decide, "meeting.item_noted", NoteForm
    title = label = _("Note the topic")
    done = _("Noted.")

    def act(self, thing, form, at):
        holding.note_item(item=thing, text=form.cleaned_data["text"], by=self.request.user, at=at)


class Reopen(ItemStep):
    rule, verb, template, danger = rules.can_reopen, "meeting.item_reopened", "partials/confirm.html", True
    title = label = _("Take the outcome back")
    effect = _("The tasks that came with it never begin; the topic waits for its outcome again.")
    done = _("Taken back.")

    def act(self, thing, form, at):
        holding.reopen_item(item=thing, by=self.request.user, at=at)


STEPS = {
    "edit_item": Edit, "up": Up, "down": Down, "merge": Merge, "drop": Drop, "take": Take, "hand_in": HandIn,
    "pin_thing": PinThing, "decide": Decide, "defer": Defer, "note": Note, "reopen": Reopen,
}  # fmt: skip


class Pin(ItemStep):
    model, rule, verb, direct = Material, rules.can_pin, "meeting.material_pinned", True
    done = _("This version lies on the table.")

    def found(self):
        found = Material.objects.visible_to(self.request.user)
        return found.select_related("item__meeting__office", "item__meeting__region")

    def back_url(self, thing):
        return thing.item.get_absolute_url()

    def act(self, thing, form, at):
        topics.pin_material(material=thing, by=self.request.user, at=at)


@require_GET
@login_required
def material_file(request, pk):
    """One version of a file; who took it is on the record."""
    found = Material.objects.visible_to(request.user).select_related("item__meeting")
    material = get_object_or_404(found, pk=pk)
    at = timezone.now()
    try:
        data = topics.take_material(material=material, by=request.user, at=at)
    except Refused as refusal:
        note_refusal(
            user=request.user,
            verb="meeting.material_taken",
            target=material.item.meeting,
            sentence=refusal,
            at=at,
        )
        messages.error(request, str(refusal))
        return redirect(material.item.get_absolute_url())
    return attachment(data, name=material.name, content_type=material.media_type)
