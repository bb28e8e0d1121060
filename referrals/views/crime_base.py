"""The bases of the steps of a transfer of suspected crime."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from core.dates import SHANGHAI
from referrals.crime_reading import LABELS
from referrals.crime_rules import CAN
from referrals.models import CriminalTransfer
from referrals.views.steps import Step

_WORDS = {code: label for code, label, _danger in LABELS}


class CrimeStepView(Step):
    """`code` names the step; rule, title and label follow from it."""

    model = CriminalTransfer
    code = ""

    def load(self, pk):
        return get_object_or_404(CriminalTransfer.objects.visible_to(self.request.user).for_list(), pk=pk)

    def allowed(self, thing) -> bool:
        return CAN[self.code](self.request.user, thing)

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.code:
            cls.verb = f"crime.{cls.code}"
            cls.title = cls.label = _WORDS[cls.code]

    def form(self, thing, data=None, files=None):
        return self.form_class(data, files, initial={"seen": thing.status}, **self.options(thing))

    def options(self, thing) -> dict:
        """What the form needs beside the data."""
        return {}


class PaperStep(CrimeStepView):
    """A step of the other side: theirs here, or entered from their paper."""

    def on_paper(self, thing) -> bool:
        return thing.on_paper

    def options(self, thing):
        return {"on_paper": self.on_paper(thing)}

    def form(self, thing, data=None, files=None):
        initial = {"seen": thing.status, "happened_at": timezone.now().astimezone(SHANGHAI)}
        return self.form_class(data, files, initial=initial, **self.options(thing))
