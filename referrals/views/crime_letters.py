"""The steps that are letters, of the police and of who transferred: drafted here, or entered from paper."""

from django.utils.translation import gettext_lazy as _

from referrals import crime_forms, reading_follow_up
from referrals.actions.crime_drafts import (
    draft_correction,
    draft_filing,
    draft_forward,
    draft_incomplete,
    draft_reconsider,
    draft_reconsidered,
    draft_revoke,
    draft_supervise,
)
from referrals.actions.crime_forwarding import bodies_with_power, forward_file
from referrals.actions.crime_intake import ask_completion
from referrals.actions.crime_police import decide_filing, revoke_case
from referrals.actions.crime_remedies import answer_reconsideration
from referrals.actions.drafting import Line
from referrals.views.crime_base import CrimeStepView, PaperStep


class _Letter(PaperStep):
    """A letter: drafted here, to be signed and sent; or entered from the paper of a body that does not work here.

    Why it is late is said when a letter is sent.
    """

    done = _("The draft was saved. It takes effect when it is signed and sent.")

    def form(self, thing, data=None, files=None):
        form = super().form(thing, data, files)
        if self.on_paper(thing):
            self.done = _("Entered.")
        else:
            form.fields.pop("late_reason", None)
        return form

    def after(self, thing, result):
        return result.get_absolute_url()  # the letter that is to be signed, or the file


class Incomplete(_Letter):
    code, form_class = "incomplete", crime_forms.MissingForm

    def act(self, thing, form, at):
        said = {"transfer": thing, "missing": form.cleaned_data["missing"], "by": self.request.user, "at": at}
        return ask_completion(paper=form.paper(), **said) if thing.on_paper else draft_incomplete(**said)


class Forward(_Letter):
    code, form_class = "forward", crime_forms.ForwardForm

    def options(self, thing):
        return super().options(thing) | {"bodies": bodies_with_power(thing)}

    def act(self, thing, form, at):
        said = {name: form.cleaned_data[name] for name in ("to", "reason")}
        said |= {"transfer": thing, "by": self.request.user, "at": at}
        return forward_file(paper=form.paper(), **said) if thing.on_paper else draft_forward(**said)


class Filing(_Letter):
    code, form_class = "filing", crime_forms.FilingForm
    entered, drafted = staticmethod(decide_filing), staticmethod(draft_filing)

    def act(self, thing, form, at):
        given, act = form.cleaned_data, type(self)
        said = {"transfer": thing, "filed": given["filed"] == "yes", "reason": given["reason"]}
        said |= {"by": self.request.user, "at": at}
        if not thing.on_paper:
            return act.drafted(**said)
        return act.entered(paper=form.paper(), late_reason=given["late_reason"], **said)


class Reconsidered(Filing):
    code = "reconsidered"
    entered, drafted = staticmethod(answer_reconsideration), staticmethod(draft_reconsidered)


class Revoke(_Letter):
    code, form_class = "revoke", crime_forms.RevokeForm

    def act(self, thing, form, at):
        said = {"transfer": thing, "reason": form.cleaned_data["reason"], "by": self.request.user, "at": at}
        return revoke_case(paper=form.paper(), **said) if thing.on_paper else draft_revoke(**said)


class _OwnLetter(_Letter):
    """A letter of the department that transferred: always written here."""

    def on_paper(self, thing):
        return False

    def form(self, thing, data=None, files=None):
        return CrimeStepView.form(self, thing, data, files)

    def options(self, thing):
        return {}


class Complete(_OwnLetter):
    code, form_class = "complete", crime_forms.CompleteForm

    def options(self, thing):
        return {"evidence": reading_follow_up.files_to_complete(thing)}

    def act(self, thing, form, at):
        given = form.cleaned_data
        lines = [Line(evidence=piece) for piece in given["files"]]
        return draft_correction(
            transfer=thing, lines=lines, remark=given["remark"], by=self.request.user, at=at
        )


class Reconsider(_OwnLetter):
    code, form_class = "reconsider", crime_forms.RequestForm

    def act(self, thing, form, at):
        return draft_reconsider(
            transfer=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class Supervise(_OwnLetter):
    code, form_class = "supervise", crime_forms.RequestForm

    def act(self, thing, form, at):
        return draft_supervise(
            transfer=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )
