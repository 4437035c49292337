"""Settings of the site. Everything that differs between sites comes from the environment; README lists it all.

An empty environment gives a safe site for one machine: SQLite and the embedded search index under `var/`, no debugging, loopback only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from resourcebank.project.oidc import providers_at
from resourcebank.project.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default="") or BASE_DIR / "var").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(DATA_DIR)
DEBUG = env.bool("DEBUG", default=False)
SITE_NAME = env.str("SITE_NAME", default="") or "Øvingsbanken"
SITE_URL = (env.str("SITE_URL", default="") or "http://127.0.0.1:8000").rstrip("/")
PUBLIC = urlsplit(SITE_URL).scheme == "https"
DEMO = env.bool("DEMO", default=False)
if DEMO and (PUBLIC or urlsplit(SITE_URL).hostname not in ("127.0.0.1", "localhost", "::1")):
    raise ImproperlyConfigured("DEMO=1 makes users that everybody knows: it is for this machine only, and SITE_URL is another.")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", urlsplit(SITE_URL).hostname or "localhost", *env.list("ALLOWED_HOSTS", default=[])]

INSTALLED_APPS = [
    "resourcebank",
    "search",
    "media",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "drf_spectacular",
]
AUTH_USER_MODEL = "resourcebank.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Neither sessions nor the CSRF token set a cookie before somebody logs in or is shown a form: readers get none.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "resourcebank.web.members.OwnLanguage",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "resourcebank.project.urls"
WSGI_APPLICATION = "resourcebank.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "resourcebank.web.page.account_pages",
            ]
        },
    }
]

# Not written as an address: the name of the folder may hold characters that mean something there.
OWN_DATABASE: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "bank.sqlite3")}
DATABASES: dict[str, dict[str, Any]] = {"default": env.db_url("DATABASE_URL") if env.str("DATABASE_URL", default="") else OWN_DATABASE}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer waits for its turn at the start instead of failing in the middle.
    # FULL: what was acknowledged survives a power cut, which WAL alone does not promise.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }

elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # What hangs is ended and said, instead of holding everybody up; whoever writes `options` into the address decides alone.
    limits = "-c statement_timeout=60s -c lock_timeout=20s"
    DATABASES["default"]["OPTIONS"] = {"options": limits} | DATABASES["default"].get("OPTIONS", {})

# In the database, so that all processes agree on it and what it keeps can be undone with the transaction it belongs to.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "bank_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# Whose word is taken for the address of a visitor: the proxies in front (gunicorn reads the same list).
TRUSTED_PROXIES = [each.strip() for each in (env.str("FORWARDED_ALLOW_IPS", default="") or "127.0.0.1,::1").split(",")]

SEARCH = {
    "INDEX_DIR": DATA_DIR / "index",
    "TABLES": BASE_DIR / "resourcebank" / "catalogue" / "words",
    "OPENSEARCH_URL": env.str("OPENSEARCH_URL", default=""),
    "OPENSEARCH_CA": env.str("OPENSEARCH_CA", default=""),
}

# How many must approve a revision, by kind of resource (1 for a kind that is not named), and whether the last approval publishes.
BANK_APPROVALS: dict[str, int] = {}
BANK_PUBLISH_ON_APPROVAL = True
# Whether people are kept from deciding about what their own organisation hands in.
BANK_NO_OWN_ORGANISATION = False

# Accounts. A mail address is the name; it is verified before anything else is possible.
AUTHENTICATION_BACKENDS = ["resourcebank.web.accounts.Backend"]
ACCOUNT_ADAPTER = "resourcebank.web.accounts.AccountAdapter"
MFA_ADAPTER = "resourcebank.web.accounts.FactorAdapter"
SOCIALACCOUNT_ADAPTER = "resourcebank.web.accounts.ElsewhereAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "resourcebank.web.signup.SignupFields"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger gets no mail because somebody typed their address
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_FORMS = {
    "authenticate": "resourcebank.web.factors.ProveByCode",
    "reauthenticate": "resourcebank.web.factors.ProveByCodeAgain",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC
SOCIALACCOUNT_AUTO_SIGNUP = False  # the terms are accepted by whoever comes from elsewhere too
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not end up at another site (form-action below)
SOCIALACCOUNT_PROVIDERS = providers_at(env.str("OIDC_URL", default=""))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Mail goes through the outbox; without EMAIL_URL it is kept in the outbox page of the site and printed nowhere.
EMAIL_URL = env.str("EMAIL_URL", default="")
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="") or f"{SITE_NAME} <bank@{urlsplit(SITE_URL).hostname}>"
EMAIL_TIMEOUT = 15  # seconds for each word with the mail server: one that hangs holds up no more than that
vars().update(env.email_url_config(EMAIL_URL) if EMAIL_URL else {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"})

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
# What Django's administration says and its own Norwegian catalogues lack.
LOCALE_PATHS = [BASE_DIR / "resourcebank" / "admin" / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

MEDIA_ROOT = DATA_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "resourcebank.project.static.CollectedOrFound"},
}
WHITENOISE_USE_FINDERS = True

# Encryption ends at a proxy in front; gunicorn believes its X-Forwarded-Proto only from FORWARDED_ALLOW_IPS (loopback unless set).
SECURE_SSL_REDIRECT = PUBLIC
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PUBLIC
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # being on the browsers' preload list cannot be taken back: the owner of the domain decides
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC
CSRF_FAILURE_VIEW = "resourcebank.web.kept.forged"
# A field says by itself that its text is too long, and gives all else back: so a whole request is read. Beyond this it is refused unread.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "media.receiving.Receiving"]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if PUBLIC else []
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],  # the design system draws its icons from data: in the style sheet
        "media-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "resourcebank.api.public.answer_error",
    # `format` in an address is a facet.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {"TITLE": SITE_NAME, "VERSION": "1", "SERVE_INCLUDE_SCHEMA": False, "POSTPROCESSING_HOOKS": []}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "WARNING"},
        # The client writes a stack trace for every refused connection; the search says in a line what it means.
        "opensearch": {"level": "ERROR"},
        "resourcebank": {"level": "INFO"},
        "search": {"level": "INFO"},
    },
}
