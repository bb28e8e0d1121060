"""The second step of signing in, and one's own sessions, authenticator and recovery codes."""

from urllib.parse import quote
from urllib.parse import urlencode as encoded

import qrcode
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathImage

from core.refusals import Refused
from core.sealing import seal, unseal
from departments import fresh
from departments.actions import second_factor, sessions
from departments.coming_in import come_in, next_page, who_is_half_in
from departments.forms import CodeForm
from departments.models import Authenticator, RecoveryCode, SignIn

PENDING = "pending_authenticator"  # session: the sealed secret shown to be taken up, until its digits prove it
TOO_MANY = 429


def _pending(request, user):
    """The secret this person is shown: the same until it is proved, and nobody else's."""
    pk, kept = request.session.get(PENDING, (None, ""))
    if pk == user.pk:
        return bytes.fromhex(unseal(bytes.fromhex(kept), purpose=PENDING))
    secret = second_factor.new_secret()
    request.session[PENDING] = [user.pk, seal(secret.hex(), purpose=PENDING).hex()]
    return secret


def _enrolment(request, user, secret):
    """What an authenticator app takes up, by camera or by hand."""
    spoken = second_factor.spoken(secret)
    words = {"secret": spoken.replace(" ", ""), "issuer": _("Joint desk")}
    address = f"otpauth://totp/{user.staff_number}?{encoded(words, quote_via=quote)}"
    picture = qrcode.make(address, image_factory=SvgPathImage, border=2)
    return {"spoken": spoken, "picture": picture.to_string(encoding="unicode"), "address": address}


@sensitive_post_parameters("code")
@csrf_protect
@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request):
    """After the password: six digits, or the taking up of an authenticator by who has none yet."""
    user = who_is_half_in(request)
    if user is None:
        messages.info(request, _("Sign in again: the second step waited too long."))
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': next_page(request)})}")
    new = not Authenticator.objects.filter(user=user).exists()  # door: the person half in
    secret = _pending(request, user) if new else None
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        code, at = form.cleaned_data["code"], timezone.now()
        try:
            if new:
                codes = second_factor.set_authenticator(by=user, secret=secret, code=code, first=True, at=at)
                request.session.pop(PENDING, None)
                answer = come_in(request, user)
                kept = {"codes": codes, "next": answer["Location"]}
                page = render(request, "departments/recovery_codes.html", kept)
                page.cookies.update(answer.cookies)  # how the person likes the house
                return page
            if second_factor.check_code(user=user, code=code, at=at):
                return come_in(request, user)
            form.add_error("code", _("These are not the six digits of this moment."))
        except second_factor.Locked as refusal:
            status = TOO_MANY
            form.add_error("code", str(refusal))
        except Refused as refusal:
            form.refused(refusal)
    shown = _enrolment(request, user, secret) if new else {}
    context = {"form": form, "next": next_page(request), "new": new, **shown}
    return render(request, "departments/second_step.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sure(request):
    """The answer to “who is there?”, asked on the way to a page; whoever comes without one goes on."""
    asked = fresh.ask(request) if request.method == "POST" else None
    return asked or redirect(next_page(request))


@never_cache
@require_safe
@login_required
def security(request):
    """Where one is signed in, and one's second factor."""
    at = timezone.now()
    living = Session.objects.filter(expire_date__gt=at).values("session_key")  # door: keys only, of the own rows below
    mine = list(SignIn.objects.filter(user=request.user, session_key__in=living))  # door: one's own
    return render(
        request,
        "departments/security.html",
        {
            "rows": [(each, each.session_key == request.session.session_key) for each in mine],
            "others": sum(each.session_key != request.session.session_key for each in mine),
            "authenticator": Authenticator.objects.filter(user=request.user).first(),  # door: one's own
            "codes_left": RecoveryCode.objects.filter(user=request.user, used_at=None).count(),  # door: one's own
            "asked": settings.SECOND_FACTOR,
        },
    )


@require_POST
@login_required
def end_session(request, pk):
    """End one's own session at another desk."""
    wanted = get_object_or_404(SignIn.objects.filter(user=request.user), pk=pk)  # door: one's own
    try:
        sessions.end_session(sign_in=wanted, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("That session has ended."))
    return redirect("departments:security")


@require_POST
@login_required
def end_others(request):
    """End every other session of one's own."""
    ended = sessions.end_sessions(
        user=request.user, but=request.session.session_key, by=request.user, at=timezone.now()
    )
    messages.success(request, _("%(n)d other sessions have ended.") % {"n": ended})
    return redirect("departments:security")


@never_cache
@require_POST
@login_required
def renew_codes(request):
    """New recovery codes, shown once."""
    try:
        codes = second_factor.renew_codes(by=request.user, at=timezone.now())
    except Refused:
        raise Http404 from None
    return render(request, "departments/recovery_codes.html", {"codes": codes, "next": ""})


@sensitive_post_parameters("code")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def authenticator(request):
    """Take up an authenticator, or another one in place of the last."""
    secret = _pending(request, request.user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code, at = form.cleaned_data["code"], timezone.now()
        try:
            codes = second_factor.set_authenticator(
                by=request.user, secret=secret, code=code, session_key=request.session.session_key, at=at
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            request.session.pop(PENDING, None)
            return render(request, "departments/recovery_codes.html", {"codes": codes, "next": ""})
    words = {"title": _("Take up an authenticator"), "label": _("Take it up"), "back_url": reverse("departments:security")}
    context = {"form": form, **words, **_enrolment(request, request.user, secret)}
    return render(request, "departments/authenticator.html", context)
