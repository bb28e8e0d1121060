"""The kinds of thing of sanctions that rows of lower rooms point to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registry import Kind
from sanctions.models import AppliedMeasure, Bar, Hearing, ListEntry, Measure, MeasureTask, Repair, Sanction


def _url(thing):
    return thing.get_absolute_url()


def _kind(model, label, *related):
    return Kind(
        model.kind_code,
        lambda user: model.objects.visible_to(user).select_related(*related),
        str,
        _url,
        label=label,
    )


KINDS = (
    Kind(
        "sanction",
        lambda user: Sanction.objects.visible_to(user).select_related("subject"),
        str,
        _url,
        label=_("joint sanction"),
        readable=lambda user: Sanction.objects.readable_by(user),
    ),
    _kind(Hearing, _("hearing of the subject"), "sanction__subject", "department", "task"),
    _kind(MeasureTask, _("task of a sanction"), "sanction__subject", "department"),
    _kind(AppliedMeasure, _("measure taken"), "measure", "task"),
    _kind(Bar, _("bar of application"), "subject", "sanction"),
    _kind(ListEntry, _("list entry"), "subject"),
    _kind(Repair, _("credit repair"), "subject"),
    Kind(
        "measure",
        lambda user: Measure.objects.visible_to(user),
        str,
        lambda thing: reverse("sanctions:measures"),
        label=_("sanction measure"),
    ),
)
