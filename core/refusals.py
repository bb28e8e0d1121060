"""What an action says when it does not do what was asked: a sentence for the person, never silence."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An action was refused. `str()` is the sentence for the person; `field` names the form field it is about.

    `faults` are all its sentences by field, one unless it was made by `BadInput.several`.

    `record` asks the edge to write the refusal to the journal in a transaction of its own.
    """

    sentence = _("This cannot be done.")
    record = False

    def __init__(self, sentence=None, *, field=None, record=None, **details):
        super().__init__(sentence or self.sentence)
        self.field = field
        self.faults = {field: sentence or self.sentence}
        self.details = details
        if record is not None:
            self.record = record

    def __str__(self):
        return str(self.args[0])


class MovedOn(Refused):
    """Somebody else was first: the thing is no longer in the state the person saw."""

    sentence = _("Somebody has already dealt with this. The page now shows the current state.")


class WrongState(Refused):
    """The thing is not in a state from which this can be done."""

    sentence = _("This is not possible in the current state.")


class Stale(Refused):
    """The form was opened on an older version of the thing."""

    sentence = _("This was changed since you opened it. Compare the differences and submit again.")


class FourEyes(Refused):
    """The same person may not do both steps."""

    sentence = _("Another person has to do this step.")
    record = True


class AlreadyDone(Refused):
    """The same form was already submitted (idempotency key)."""

    sentence = _("This form was already submitted. Nothing was done twice.")


class StillOpen(Refused):
    """Vetoed because other things are open; `details["items"]` lists their sentences."""

    sentence = _("Other matters are still open.")


class BadInput(Refused):
    """What was entered cannot be right; `field` names where."""

    sentence = _("Check the entry.")

    @classmethod
    def several(cls, faults):
        """Everything that cannot be right at once: {field: sentence}, at least one; the first speaks for all."""
        field, sentence = next(iter(faults.items()))
        refusal = cls(sentence, field=field)
        refusal.faults = dict(faults)
        return refusal
