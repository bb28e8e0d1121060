"""Asking who is there once more, before what weighs most: opening an identity, approving a reward, changing posts."""

import time

from django import forms
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from core.refusals import Refused
from departments import guesses
from departments.actions import sessions
from departments.actions.second_factor import check_code
from departments.models import Authenticator

FRESH = "fresh"  # session: when the person last proved who they are, seconds since 1970
SENTENCE = _("For this step sign in again: your last sign-in is more than 5 minutes old.")
OURS = ("sure_password", "sure_code", "csrfmiddlewaretoken")
# typed again rather than carried along in a page
SECRETS = ("passphrase", "code", "password", "old", "new", "again")
TOO_MANY = 429


def renew(request):
    """The person has just proved who they are."""
    request.session[FRESH] = int(time.time())


def is_fresh(request):
    """Whether the person proved who they are in the last minutes; always where the installation does not ask."""
    if settings.FRESH_SECONDS is None:
        return True
    return 0 <= int(time.time()) - request.session.get(FRESH, 0) <= settings.FRESH_SECONDS


class SureForm(HouseForm):
    """Password, and six digits where the person has an authenticator."""

    sure_password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    sure_code = forms.CharField(
        label=_("Six digits of the authenticator"),
        max_length=20,
        help_text=_("Or a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.locked = request, False
        if not Authenticator.objects.filter(user=request.user).exists():
            del self.fields["sure_code"]

    def clean(self):
        words, user = self.cleaned_data, self.request.user
        if self.errors:
            return words
        try:
            if guesses.prove(self.request, user.staff_number, words["sure_password"]) != user:
                self.add_error("sure_password", _("This is not your present password."))
            elif "sure_code" in self.fields:
                if not check_code(user=user, code=words["sure_code"], at=timezone.now()):
                    self.add_error("sure_code", _("These are not the six digits of this moment."))
        except Refused as refusal:
            self.locked = True
            self.add_error("sure_code" if "sure_code" in self.fields else "sure_password", str(refusal))
        return words


def ask(request):
    """The page that asks; None where the answer came along and is right: the step goes on."""
    asked = request.method == "POST" and "sure_password" in request.POST
    form = SureForm(request.POST if asked else None, request=request)
    request.sensitive_post_parameters = "__ALL__"
    if asked and form.is_valid():
        old = request.session.session_key
        request.session.cycle_key()
        sessions.moved(old=old, new=request.session.session_key)
        renew(request)
        return None
    sent = request.POST if request.method == "POST" else {}
    kept = [(name, value) for name in sent if name not in (*OURS, *SECRETS) for value in sent.getlist(name)]
    reading = request.method != "POST"
    answer = render(
        request,
        "departments/sure.html",
        {
            "form": form,
            "lead": SENTENCE,
            "kept": kept,
            "action": reverse("departments:sure") if reading else request.get_full_path(),
            "next": request.get_full_path() if reading else "",
        },
        status=TOO_MANY if form.locked else 200,
    )
    add_never_cache_headers(answer)  # what was sent stands in it
    return answer
