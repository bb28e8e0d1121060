"""For views: a form's work is done one time, however often it is sent, and a refusal lands beside its field."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from core.refusals import AlreadyDone, Refused
from journal.actions import note_refusal
from workspace.actions import do_once


def submit(request, form, work, *, verb="", target=None, case=None, done=""):
    """Run `work(at)` (one action; returns the result's address) under the valid `form`'s key, and redirect there.

    A second submission leads to the first one's result with a sentence. A refusal is shown by the form: the
    answer is then None, and the caller draws the page again. `done` is the sentence of success.
    """
    at = timezone.now()
    try:
        url = do_once(user=request.user, key=form.cleaned_data["form_key"], at=at, work=lambda: work(at))
    except AlreadyDone as refusal:
        if "result_url" in refusal.details:
            messages.info(request, str(refusal))
            return redirect(refusal.details["result_url"] or "/")
        form.refused(refusal)
        return None
    except Refused as refusal:
        if refusal.record and verb:
            note_refusal(user=request.user, verb=verb, target=target, case=case, sentence=refusal, at=at)
        form.refused(refusal)
        return None
    if done:
        messages.success(request, done)
    return redirect(url)
