"""What the house does with every request before a room sees it."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from core.context import numbers_key
from core.kept import forget

READING = ("GET", "HEAD", "OPTIONS")
BAD_REQUEST = 400  # from here on nothing was done


class ChosenLanguage(LocaleMiddleware):
    """Chinese until the person chose otherwise: what a browser was installed with is no choice."""

    def process_request(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


class FreshNumbers:
    """Whoever does a step sees on the next page what it changed in the numbers of the frame."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        refused = response.status_code >= BAD_REQUEST
        if request.method not in READING and not refused and request.user.is_authenticated:
            forget(numbers_key(request.user))
        return response
