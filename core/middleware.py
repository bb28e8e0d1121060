"""What the house does with every request before a room sees it."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from core.context import numbers_key
from core.kept import forget

PAGES_KNOW = ("GET", "HEAD", "OPTIONS", "POST")
READING = ("GET", "HEAD", "OPTIONS")
BAD_REQUEST = 400  # from here on nothing was done


class ChosenLanguage(LocaleMiddleware):
    """Chinese until the person chose otherwise: what a browser was installed with is no choice."""

    def process_request(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


class NoNul:
    """Refuse U+0000 in an address or a form with 400: PostgreSQL keeps no such text, and nobody types it.

    After the check of the form's token, and not in the body of an API call, whose serializers refuse it by field.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # the API is exempt from the form's token; its body is read once, by its own parser
        sent = [request.GET] if getattr(view, "csrf_exempt", False) else [request.GET, request.POST]
        texts = (text for each in sent for name, values in each.lists() for text in (name, *values))
        if any("\0" in text for text in texts):
            raise BadRequest("NUL in the request")


class PageMethods:
    """A page is read or sent a form; every other method is for the API, whose views say which they know."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in PAGES_KNOW and not hasattr(view, "cls"):
            return HttpResponseNotAllowed(PAGES_KNOW)
        return None


class SqueezedPages(GZipMiddleware):
    """Pages travel compressed; files, answers of the API and what nobody may keep travel as they are.

    A secret can be guessed from lengths where it stands compressed beside what a stranger sends (BREACH). On our pages
    the form's token is masked anew each time, keys of forms are new each time, Django adds a random length, and a
    session's cookie does not come along with another site's requests. A page that shows sealed things is `no-store`
    and left alone (ADR 0069).
    """

    def process_response(self, request, response):
        page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
        if not page or "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)


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
