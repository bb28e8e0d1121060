"""The door for the web server."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# With --preload every page is loaded once, before the workers part; else each loads them at its first request.
import_module(settings.ROOT_URLCONF)
