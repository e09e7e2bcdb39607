"""All settings, read top to bottom. Everything that differs between installations comes from the environment.

The variables are explained in docs/manual/technisch-beheerder.md. Outside demo mode an unsafe value stops the start
with a message that says what to do (`ImproperlyConfigured`).
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from openintegriteit.config.database import database_from_url
from openintegriteit.identity.providers import read_providers


def variable(name: str, default: str = "") -> str:
    """The value of OPENINTEGRITEIT_<name>, stripped."""
    return os.environ.get(f"OPENINTEGRITEIT_{name}", default).strip()


def listed(name: str) -> list[str]:
    """A variable that holds several values, separated by commas."""
    return [part.strip() for part in variable(name).split(",") if part.strip()]


PACKAGE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(variable("DATA_DIR", "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o750)

# Demo mode: an invented body, sign-in by choosing a role, plain http on the own machine.
DEMO_MODE = variable("DEMO") == "1"
DEBUG = False

# -- Secrets and hosts ------------------------------------------------------------------------------------------------


def demo_secret_key() -> str:
    """A secret of this demo alone, kept so that people stay signed in over a restart."""
    file = DATA_DIR / "demo-secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64))
    return file.read_text()


SECRET_KEY = variable("SECRET_KEY") or (demo_secret_key() if DEMO_MODE else "")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured(
        "OPENINTEGRITEIT_SECRET_KEY ontbreekt of is te kort. Maak er een van ten minste 50 tekens, bijvoorbeeld met: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'. Bewaar hem buiten de database en de back-up."
    )

ALLOWED_HOSTS = listed("HOSTS") + (["localhost", "127.0.0.1", "[::1]"] if DEMO_MODE or not listed("HOSTS") else [])
if any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "OPENINTEGRITEIT_HOSTS mag geen * bevatten en geen naam die met een punt begint. Noem elke naam waarop de "
        "organisatie bereikbaar is, gescheiden door komma's."
    )
# Where people find the website, for links in mails; a body with a host name of its own has that name instead.
SITE_ADDRESS = variable("ADDRESS") or ("http://localhost:8000" if DEMO_MODE else f"https://{ALLOWED_HOSTS[0]}")
if not SITE_ADDRESS.startswith("http://" if DEMO_MODE else "https://"):
    raise ImproperlyConfigured(
        "OPENINTEGRITEIT_ADDRESS is het adres van de website zonder pad, bijvoorbeeld https://integriteit.gemeente.nl."
    )
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# -- Database ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": database_from_url(variable("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'openintegriteit.db'}")}
# Where given, the owner of the tables migrates and the everyday user only reads and writes rows.
DATABASE_OWNER_URL = variable("DATABASE_OWNER_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Applications -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "openintegriteit.core",
    "openintegriteit.ui",
    "openintegriteit.event_log",
    "openintegriteit.organisations",
    "openintegriteit.identity",
    "openintegriteit.figures",
    "openintegriteit.messages",
    "openintegriteit.campaigns",
    "openintegriteit.retention",
    "openintegriteit.policy",
    "openintegriteit.programme",
    "openintegriteit.coordination",
    "openintegriteit.registers.designations",
    "openintegriteit.registers.departures",
    "openintegriteit.registers.secrecy",
    "openintegriteit.registers.oaths",
    "openintegriteit.registers.screening",
    "openintegriteit.registers.declarations",
    "openintegriteit.registers.outside_positions",
    "openintegriteit.registers.gifts",
    "openintegriteit.registers.interests",
    "openintegriteit.registers.rounds",
    "openintegriteit.registers.abstentions",
    "openintegriteit.registers.prohibited_acts",
    "openintegriteit.registers.intake",
    "openintegriteit.registers.overview",
    "openintegriteit.accountability",
    "openintegriteit.publication",
    "openintegriteit.desks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_cotton",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "openintegriteit.core.middleware.known_methods",
    "openintegriteit.core.middleware.health",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "openintegriteit.publication.serving.public_site",
    "openintegriteit.core.middleware.request_log",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "openintegriteit.core.middleware.chosen_language",
    "openintegriteit.core.middleware.upload_limit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "openintegriteit.organisations.middleware.organisation_of_host",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openintegriteit.identity.middleware.actor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# What remains of it for `serve --public-only`: nothing that knows people or the database.
PUBLIC_MIDDLEWARE = [
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "openintegriteit.core.middleware.known_methods",
    "openintegriteit.publication.serving.only_public_site",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "openintegriteit.config.urls"
WSGI_APPLICATION = "openintegriteit.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "ui" / "templates" / "ui"],  # the error pages
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "openintegriteit.ui.context_processors.product",
                "openintegriteit.desks.context_processors.frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
        },
    }
]

FORM_RENDERER = "openintegriteit.ui.rendering.FormRenderer"

# -- Sign-in ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["openintegriteit.identity.backends.VisitBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "openintegriteit.identity.passwords.GuessedFirstValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desks:home"
ACCOUNT_ADAPTER = "openintegriteit.identity.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come in by an invitation that was mailed to the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
SOCIALACCOUNT_ADAPTER = "openintegriteit.identity.provider_flow.ProviderAdapter"
OIDC_PROVIDERS = read_providers(variable("OIDC_FILE"), allow_http=DEMO_MODE)
MFA_ADAPTER = "openintegriteit.identity.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Open Integriteit"
SESSION_ENGINE = "openintegriteit.identity.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie without the prefix __Host-
# What rate limits counted and which one-time codes were used: shared by all web processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}
SESSION_COOKIE_AGE = 8 * 60 * 60
REST_MINUTES = variable("REST_MINUTES", "60")
if not (REST_MINUTES.isdecimal() and 5 <= int(REST_MINUTES) <= 8 * 60):
    raise ImproperlyConfigured(
        "OPENINTEGRITEIT_REST_MINUTES is het aantal minuten zonder gebruik waarna een bezoek eindigt: "
        "een heel getal van 5 tot en met 480."
    )
SESSION_REST = timedelta(minutes=int(REST_MINUTES))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# -- Transport and headers --------------------------------------------------------------------------------------------

if DEMO_MODE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrftoken"
else:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO_MODE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if variable("BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # whose word about the visitor's address rate limits may take
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}

# -- Files, uploads, static -------------------------------------------------------------------------------------------

UPLOAD_LIMIT_BYTES = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "openintegriteit.core.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = False
WHITENOISE_MAX_AGE = 60 * 60 if DEMO_MODE else 24 * 60 * 60
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# -- Checkpoints of the event log -------------------------------------------------------------------------------------

# Where nothing is set they are signed all the same, in DATA_DIR: then they do not leave the machine.
CHECKPOINT_MAIL = variable("CHECKPOINT_MAIL")
CHECKPOINT_DIR = Path(variable("CHECKPOINT_DIR")) if variable("CHECKPOINT_DIR") else None
CHECKPOINT_KEY_FILE = Path(variable("CHECKPOINT_KEY_FILE")) if variable("CHECKPOINT_KEY_FILE") else None

# -- What was destroyed, for when a backup from before is put back -----------------------------------------------------

DESTROYED_DIR = Path(variable("DESTROYED_DIR")) if variable("DESTROYED_DIR") else None

# -- Work in the background, mail, logging ----------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

DEFAULT_FROM_EMAIL = variable("MAIL_FROM", "Open Integriteit <niet-antwoorden@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if variable("MAIL_HOST"):
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": variable("MAIL_HOST"),
                "port": int(variable("MAIL_PORT", "587")),
                "username": variable("MAIL_USER"),
                "password": variable("MAIL_PASSWORD"),
                "use_tls": variable("MAIL_TLS", "1") == "1",
                "timeout": 20,
            },
        }
    }
else:  # mail becomes files that the technical administrator can read
    MAILERS = {
        "default": {
            "BACKEND": "openintegriteit.messages.mail_files.EmailBackend",
            "OPTIONS": {"file_path": DATA_DIR / "mail"},
        }
    }

LOGGING_CONFIG = "openintegriteit.core.logging.configure"
LOGGING = {"level": variable("LOG_LEVEL", "INFO")}

# -- Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "config" / "locale"]  # our words for texts of the libraries
LANGUAGE_COOKIE_NAME = "taal" if DEMO_MODE else "__Host-taal"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # years are numbers too
FORMAT_MODULE_PATH = ["openintegriteit.config.formats"]
TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []
