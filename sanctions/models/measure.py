"""The catalogue of measures: what which department may do against which kind of subject (C17–C22, E32, E38)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import SubjectKind
from core.scopes import Retention, Scope
from core.seeded import seeded
from departments.enums import Function
from sanctions.enums import Effect, TermUnit
from sanctions.querysets import MeasureQuerySet


class Measure(models.Model):
    """One measure of one department. `amount` `unit`: the term offered; none where it is done once or without end.

    basis: what allows it, shown to the subject. source: where the mechanism names it. proof: what has to be shown.
    own_hearing: the law asks the department for its own notice and hearing before it (行政处罚法 art. 44–45, 63).
    """

    kind_code = "measure"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    code = models.SlugField(_("code"), max_length=40, unique=True)
    function = models.CharField(_("department"), max_length=12, choices=Function)
    kinds = ArrayField(models.CharField(max_length=12, choices=SubjectKind), verbose_name=_("against"))
    name = models.CharField(_("measure"), max_length=60)
    source = models.CharField(_("named in"), max_length=120, blank=True, default="")
    basis = models.CharField(_("legal basis"), max_length=300)
    amount = models.PositiveSmallIntegerField(_("usual term"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=5, choices=TermUnit, blank=True, default="")
    proof = models.CharField(_("proof of execution"), max_length=120)
    own_hearing = models.BooleanField(_("needs the department's own notice and hearing"), default=False)
    effect = models.CharField(_("what follows"), max_length=10, choices=Effect, default=Effect.PLAIN)
    active = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction measure")
        ordering = ("order", "code")
        constraints = [
            models.CheckConstraint(condition=Q(kinds__len__gte=1), name="measure_against_somebody"),
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(name="") & ~Q(proof=""), name="measure_said_whole"
            ),
            models.CheckConstraint(
                condition=Q(amount=None, unit="") | (Q(amount__gte=1) & ~Q(unit="")),
                name="measure_term_whole",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language; papers print `name`."""
        return seeded(self.name)
