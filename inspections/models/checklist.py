"""What each department looks at: an editable dictionary, copied into every visit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.enums import Function
from departments.models import Category, Department
from inspections.querysets import ChecklistQuerySet, OfChecklistQuerySet


class Checklist(Versioned):
    """检查清单 of a function. `department` NULL is what ships; a department's own takes its place."""

    kind_code = "checklist"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    function = models.CharField(_("function"), max_length=12, choices=Function)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="checklists"
    )
    title = models.CharField(_("name"), max_length=80)
    active = models.BooleanField(_("active"), default=True)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = _("checklist")
        ordering = ("function", "department", "id")
        constraints = [
            models.UniqueConstraint(
                models.F("function"), models.functions.Coalesce("department", 0), models.F("title"),
                name="checklist_title_once",
            ),
            models.CheckConstraint(condition=~Q(function="office"), name="checklist_of_who_inspects"),
        ]  # fmt: skip

    def __str__(self):
        return self.title


class ChecklistItem(models.Model):
    """One line of a checklist, with what it rests on and the category a problem there belongs to."""

    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("what is looked at"), max_length=200)
    basis = models.CharField(_("basis"), max_length=200, blank=True, default="")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a checklist")
        ordering = ("checklist", "position")
        constraints = [
            models.UniqueConstraint(fields=["checklist", "position"], name="checklist_item_position_once")
        ]

    def __str__(self):
        return self.text
