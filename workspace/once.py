"""For the edges: work is done one time, however often it is sent.

Of a view's form a refusal lands beside its field; a call of the API answers with what the first one made.
"""

import hashlib
import json

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError

from core.forms import KEY_PATTERN, MoneyField
from core.refusals import AlreadyDone, Refused
from journal.actions import note_refusal
from workspace.actions import do_once

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="16 to 64 letters, digits, - or _: works once",
)


def key_of(request) -> str:
    """The call's Idempotency-Key, or "".

    :raises ValidationError: a key of another shape
    """
    key = request.headers.get("Idempotency-Key", "")
    if key and not KEY_PATTERN.fullmatch(key):
        raise ValidationError({"Idempotency-Key": [_("16 to 64 characters.")]})
    return key


def digest_of(request) -> str:
    """The SHA-256 of what is called: address, acting department and body, files by what is in them."""
    department = getattr(request.user.department, "pk", None)
    call = [request.method, request.path, department, _plain(request.data)]
    return hashlib.sha256(json.dumps(call, sort_keys=True, default=str).encode()).hexdigest()


def _plain(data):
    if hasattr(data, "lists"):  # a form, perhaps with files
        return {name: [_plain(each) for each in values] for name, values in data.lists()}
    if hasattr(data, "chunks"):
        found = hashlib.sha256()
        for chunk in data.chunks():
            found.update(chunk)
        data.seek(0)
        return [data.name, found.hexdigest()]
    return data


def once(request, work):
    """Run `work(at)`, which returns the row it made, under the call's Idempotency-Key where one came.

    (the row's id, whether it was made before). The same key sent to another address is refused as already used.

    :raises ValidationError: a key of another shape
    :raises AlreadyDone: the key did something else before
    """
    key, at = key_of(request), timezone.now()
    if not key:
        with transaction.atomic():  # a version is compared under lock, and the lock holds until the work is done
            return work(at).pk, False
    try:
        url = do_once(
            user=request.user, key=key, at=at, digest=digest_of(request),
            work=lambda: f"{request.path}{work(at).pk}/",
        )  # fmt: skip
    except AlreadyDone as refusal:
        path, _slash, made = refusal.details.get("result_url", "").rstrip("/").rpartition("/")
        if f"{path}/" != request.path or not made.isdecimal():
            raise
        return int(made), True
    return int(url.rstrip("/").rpartition("/")[2]), False


NO_MONEY = {"min_value", "max_value", "max_decimal_places", "max_digits", "max_whole_digits"}


def note_no_money(request, form, *, verb, target=None, case=None):
    """Put on the record what a form itself refused of its amounts: below zero, too large, finer than the fen.

    An action would have asked for that record; the form, which knows the same bounds, was only quicker.
    """
    for name, faults in form.errors.as_data().items():
        said = [fault for fault in faults if fault.code in NO_MONEY]
        if said and isinstance(form.fields.get(name), MoneyField):
            sentence = form.errors[name][0]
            note_refusal(user=request.user, verb=verb, target=target, case=case, sentence=sentence, at=timezone.now())


def submit(request, form, work, *, verb="", target=None, case=None, done=""):
    """Run `work(at)` (one action; returns the result's address) under the valid `form`'s key, and redirect there.

    A second submission leads to the first one's result with a sentence. A refusal is shown by the form: the
    answer is then None, and the caller draws the page again. `done` is the sentence of success.
    """
    at = timezone.now()
    try:
        url = do_once(user=request.user, key=form.cleaned_data["form_key"], at=at, work=lambda: work(at))
    except Refused as refusal:
        if isinstance(refusal, AlreadyDone) and "result_url" in refusal.details:
            messages.info(request, str(refusal))
            return redirect(refusal.details["result_url"] or "/")
        if refusal.record and verb:
            note_refusal(user=request.user, verb=verb, target=target, case=case, sentence=refusal, at=at)
        form.refused(refusal)
        return None
    if done:
        messages.success(request, done)
    return redirect(url)
