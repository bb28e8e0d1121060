"""Settings. What differs between installations comes from the environment (`config.environment`):

HOUSE_ROLE             database role of this process: app (default), owner, clerk, opener, backup
DATABASE_URL_<ROLE>    address for each role; REDIS_URL for broker and cache (default: the embedded ones)
HOUSE_VAR              folder of everything generated (default: var/)
HOUSE_DEMO             1: demonstration county, sign-in by one click; never in real use
HOUSE_DEBUG            1: Django's debug pages
HOUSE_HOSTS            comma-separated host names served (default: this machine only)
HOUSE_ORIGINS          comma-separated origins trusted behind a proxy, such as https://yb.example.gov.cn
HOUSE_IDLE_MINUTES     minutes after which a desk left alone is signed out (default: 30)
HOUSE_EMAIL_HOST       mail server for notices, with HOUSE_EMAIL_PORT/USER/PASSWORD/TLS/FROM (default: no mail)
HOUSE_WEBHOOKS         addresses events may be posted to, signed with HOUSE_WEBHOOK_KEY (default: none)
HOUSE_ADDRESS          address of this house in a mail (default: this machine)
HOUSE_ANCHORS          file of the record's ends (default: var/anchors-<database>.jsonl)
HOUSE_KEEP_NOTICES     days a notice is kept after it was read, unread ones twice as long (default: 180)
HOUSE_KEEP_MESSAGES    days a delivered mail or message is kept, a failed one twice as long (default: 90)
HOUSE_PUBLIC_URL       address of this house as outsiders type it; printed on every letter
HOUSE_SIGNING          folder of certificate.pem and key.pem papers are signed with (default: var/signing, made by the
                       set-up); HOUSE_SIGNING_PASSWORD of the key
HOUSE_OPENER           folder of the opener's secret (default: var/opener); HOUSE_OPENER_SOCKET where it answers
HOUSE_HTTPS            0: cookies may travel over plain HTTP (default: only in demo or debug, or `make run` on this machine)
HOUSE_SECOND_FACTOR    0: a password alone lets in; only in demo or debug (default: 1 outside of them)
HOUSE_PASSWORDS        dengbao3: kinds of characters, history and 90 days (default); basic: length only
HOUSE_BEHIND_PROXY     1: X-Forwarded-Proto and X-Forwarded-For are the own proxy's and are believed (default: 0)
SECRET_KEY, FIELD_KEY  default: generated into var/ on first use
"""

import contextlib
import os
import secrets
from pathlib import Path

from config import environment, schema

BASE_DIR = environment.ROOT
VAR_DIR = environment.var_dir()
DEMO = environment.flag("HOUSE_DEMO")
DEBUG = environment.flag("HOUSE_DEBUG")
HTTPS = environment.flag("HOUSE_HTTPS", default=not (DEMO or DEBUG))
SECOND_FACTOR = environment.flag("HOUSE_SECOND_FACTOR", default=not (DEMO or DEBUG))
if not (SECOND_FACTOR or DEMO or DEBUG):
    raise environment.Misconfigured("HOUSE_SECOND_FACTOR=0 is for the demonstration only: leave it out.")
PASSWORDS = os.environ.get("HOUSE_PASSWORDS") or "dengbao3"
if PASSWORDS not in ("dengbao3", "basic"):
    raise environment.Misconfigured(f"HOUSE_PASSWORDS={PASSWORDS}: no such profile; there are dengbao3, basic")


def _key(name: str) -> str:
    """A key of this installation, made once; two processes starting together agree on one."""
    if given := os.environ.get(name.upper()):
        return given
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    path = VAR_DIR / name
    if not path.exists():
        new = path.with_name(f"{name}.{os.getpid()}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
        new.unlink()
    return path.read_text()


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


SECRET_KEY = _key("secret_key")
FIELD_KEY = _key("field_key")  # seals personal fields: losing it loses them
ALLOWED_HOSTS = _words("HOUSE_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = _words("HOUSE_ORIGINS")

# -- rooms, from the ground up (DESIGN §1) -------------------------------------------------------------------
ROOMS = [
    "core",
    "departments",
    "journal",
    "deadlines",
    "documents",
    "workspace",
    "cases",
    "referrals",
    "inspections",
    "rewards",
    "meetings",
    "sanctions",
    "finance",
    "desk",
]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "axes",
    *ROOMS,
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.SqueezedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.middleware.PageMethods",
    "core.middleware.NoNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "departments.middleware.ActingPostMiddleware",
    "departments.middleware.FreshSignInMiddleware",
    "core.middleware.FreshNumbers",
    "workspace.middleware.OnBehalf",
    "workspace.middleware.SentDrafts",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- database ------------------------------------------------------------------------------------------------
HOUSE_ROLE = os.environ.get("HOUSE_ROLE", "app")
DATABASE_ROLES = environment.role_names()  # what migrations GRANT to: DATABASE_ROLES["clerk"]
DATABASES = {
    "default": {
        **environment.parse_database_url(environment.database_url(HOUSE_ROLE)),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # so that a pooler in transaction mode may stand between
        "TEST": {"NAME": "test_house" + os.environ.get("TEST_DB_SUFFIX", "")},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- cache, tasks --------------------------------------------------------------------------------------------
REDIS_URL = environment.redis_url()
CELERY_BROKER_URL = environment.broker_url(REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.numbered(REDIS_URL, 1),
        "OPTIONS": {"socket_timeout": 2},  # a cache that hangs must not hang the pages
    }
}
NUMBERS_SECONDS = 15  # how old the numbers beside the navigation may be; one's own steps count at once
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200  # letters leave memory behind
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
# the clerk's jobs again, for an installation without the clerk: either alone suffices (DESIGN §4)
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    f"clerk-{name}": {
        "task": "journal.tasks.run_clerk_job",
        "schedule": seconds,
        "args": [name],
        "options": {"expires": seconds},
    }
    for name, seconds in (
        ("sweep", 30.0),
        ("settle calendar", 300.0),
        ("outbox", 15.0),
        ("seal", 30.0),
        ("purge", 6 * 3600.0),
        ("comparison lists", 3600.0),
        ("rewards", 600.0),
        ("unclaimed rewards", 3600.0),
        ("meetings", 600.0),
        ("minutes", 60.0),
        ("grants", 300.0),
        ("stashed files", 3600.0),
        ("form keys", 3600.0),
        ("drafts", 6 * 3600.0),
        ("delegations", 600.0),
        ("long jobs", 10.0),
        ("long jobs swept", 3600.0),
        ("digests", 600.0),
        ("extracts", 15.0),
        ("sanctions sent", 15.0),
        ("sanctions expired", 3600.0),
        ("publications", 600.0),
        ("coverage", 600.0),
    )
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# -- people --------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_USER_MODEL = "departments.User"
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{module}.{name}", "OPTIONS": options}
    for module, name, options in (
        ("django.contrib.auth.password_validation", "UserAttributeSimilarityValidator", {}),
        ("django.contrib.auth.password_validation", "MinimumLengthValidator", {"min_length": 10}),
        ("django.contrib.auth.password_validation", "CommonPasswordValidator", {}),
        ("django.contrib.auth.password_validation", "NumericPasswordValidator", {}),
        ("departments.passwords", "KindsOfCharacters", {"least": 3 if PASSWORDS == "dengbao3" else 1}),
    )
]
# FACTS §2.10, 等保三级: complexity and periodic change
PASSWORDS_REMEMBERED, PASSWORD_DAYS = (5, 90) if PASSWORDS == "dengbao3" else (1, None)
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"  # as authenticate() is called; else failures are counted for nobody
AXES_VERBOSE = False
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else whoever goes on trying keeps others locked out
AXES_CLIENT_IP_CALLABLE = "core.visitors.address_of"
AXES_LOCKOUT_CALLABLE = "departments.views.session.lockout"  # the sign-in page says it itself
# how old a sign-in may be for the weightiest steps; the demonstration's people have no passwords to be asked for
FRESH_SECONDS = None if DEMO else 5 * 60
IDLE_SECONDS = 60 * int(os.environ.get("HOUSE_IDLE_MINUTES", "30"))  # a desk left alone is signed out

# -- what a browser may do -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("HOUSE_BEHIND_PROXY") else None
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
SESSION_COOKIE_AGE = ABSOLUTE_SECONDS = 12 * 3600  # however busy a desk is, its session ends
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# -- languages and time --------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# -- files ---------------------------------------------------------------------------------------------------
NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "config.finders.AppFinder",
    "config.finders.VendorFinder",
]
MEDIA_ROOT = VAR_DIR / "media" / str(DATABASES["default"]["NAME"])
MEDIA_URL = ""  # nothing stored is served by address: views answer after asking who may see
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "config.storage.StaticStorage"},
}
FONTS_DIR = VAR_DIR / "fonts"
OPENER_DIR = Path(os.environ.get("HOUSE_OPENER", VAR_DIR / "opener"))  # the opener's secret: its own to read
OPENER_SOCKET = Path(os.environ.get("HOUSE_OPENER_SOCKET") or environment.socket_place("opener.sock"))
# the demonstration signs with a certificate of its own, which signs nothing outside of it (documents/signing.py)
SIGNING_DIR = Path(os.environ.get("HOUSE_SIGNING") or VAR_DIR / ("signing-demo" if DEMO else "signing"))
SIGNING_PASSWORD = os.environ.get("HOUSE_SIGNING_PASSWORD", "")
PUBLIC_URL = os.environ.get(
    "HOUSE_PUBLIC_URL", "http://127.0.0.1:8000"
)  # printed on letters, to check them by

# -- API -----------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.InPost"],
    "DEFAULT_PARSER_CLASSES": ["core.parsers.JSONParser", "core.parsers.FormParser", "core.parsers.MultiPartParser"],
    "DEFAULT_PAGINATION_CLASS": "core.api.NewestFirst",
    "EXCEPTION_HANDLER": "core.api.answer_exception",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "workspace.api_steps.StepSchema",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Joint desk API",
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": schema.ENUM_NAMES,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Ends of the record's chain, one file for each county's database: copy it where its owner does not write.
_ANCHORS = os.environ.get("HOUSE_ANCHORS")
ANCHOR_FILE = Path(_ANCHORS or VAR_DIR / f"anchors-{DATABASES['default']['NAME']}.jsonl")

# -- what leaves the house (off unless set) -------------------------------------------------------------------
EMAIL_HOST = os.environ.get("HOUSE_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("HOUSE_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("HOUSE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("HOUSE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("HOUSE_EMAIL_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("HOUSE_EMAIL_FROM", "joint-desk@localhost")
EMAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2]
EMAIL_NOTICES = bool(EMAIL_HOST)
HOUSE_ADDRESS = os.environ.get("HOUSE_ADDRESS", "http://127.0.0.1:8000/")  # where a mail sends its reader
WEBHOOK_URLS = _words("HOUSE_WEBHOOKS")
WEBHOOK_KEY = os.environ.get("HOUSE_WEBHOOK_KEY", SECRET_KEY)

# Retention.SHORT: journal.actions.clearing deletes what is older, and the record says how much
KEEP_NOTICES_DAYS = int(os.environ.get("HOUSE_KEEP_NOTICES", "180"))
KEEP_MESSAGES_DAYS = int(os.environ.get("HOUSE_KEEP_MESSAGES", "90"))

# -- log -----------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        name: {"level": "WARNING"} for name in ("axes", "fontTools", "weasyprint", "celery", "kombu")
    } | {"pyhanko": {"level": "ERROR"}},  # what a forged file did wrong is our answer, not a line in the log
}
