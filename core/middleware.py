"""What the house does with every request before a room sees it."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from core.context import numbers_key
from core.kept import forget

READING = ("GET", "HEAD", "OPTIONS")


class ChosenLanguage(LocaleMiddleware):
    """Chinese until the person chose otherwise: what a browser was installed with is no choice."""

    def process_request(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


class FreshNumbers:
    """Whoever does a step sees at once what it changed in the numbers of the frame, on this answer and the next."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in READING or not request.user.is_authenticated:
            return self.get_response(request)
        key = numbers_key(request.user)
        forget(key)
        response = self.get_response(request)
        forget(key)  # another window may have counted in between
        return response
