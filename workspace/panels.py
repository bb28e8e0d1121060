"""A person's drafts on the workbench."""

from django.utils.translation import gettext as _

from core.registry import TaskRow, draft_forms, kinds
from core.wording import moment
from workspace.drafting import seen_by, taking
from workspace.models import Draft


def draft_rows(user, limit):
    """The forms somebody has begun, newest first, with the case's lamp; what one no longer sees is left out."""
    drafts = seen_by(user, Draft.objects.visible_to(user).defer("values").order_by("-saved_at"))[:limit]
    ids = {draft.case_id for draft in drafts} - {None}
    kind = kinds.get("case")
    cases = {case.pk: case for case in kind.visible(user).filter(pk__in=ids)} if kind and ids else {}
    for draft in drafts:
        label, case = draft_forms[draft.form].label, cases.get(draft.case_id)
        yield TaskRow(
            phrase=f"{label} · {draft.title}" if draft.title else str(label),
            url=taking(draft.url),
            case_title=kind.title(case) if case else "",
            case_url=kind.url(case) if case else "",
            source=_("kept %(moment)s") % {"moment": moment(draft.saved_at)},
            lamp=case.lamp if case else "n",
            due=case.next_due_on if case else None,
            action_label=_("Go on"),
            action_url=taking(draft.url),
            sort=draft.saved_at,
        )


def draft_count(user):
    return Draft.objects.visible_to(user)
