"""Settings of the server, read from the environment; everything lives in one folder, PARCHEMIN_HOME.

An empty folder is enough: keys are made there on the first start, readable by their owner only.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy
from environs import Env

from parchemin.project.keys import field_key, secret_key
from parchemin.project.languages import compiled_languages

env = Env()
HOME = Path(env.str("PARCHEMIN_HOME", "parchemin-home")).resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = env.bool("PARCHEMIN_DEBUG", False)
SECRET_KEY = env.str("PARCHEMIN_SECRET_KEY", "") or secret_key(HOME)
FIELD_KEY = env.str("PARCHEMIN_FIELD_KEY", "") or field_key(HOME)
ADDRESS = env.str("PARCHEMIN_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("PARCHEMIN_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
IS_SECURE = ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [ADDRESS]
TRUSTED_PROXIES = env.int("PARCHEMIN_PROXIES", 0)

INSTALLED_APPS = [
    "parchemin.web.shared",  # before the others, whose templates they replace
    "parchemin.web.access",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "parchemin.records.journal",
    "parchemin.records.people",
    "parchemin.records.certifications",
    "parchemin.records.candidacies",
    "parchemin.records.pathways",
    "parchemin.records.assessments",
    "parchemin.records.juries",
    "parchemin.records.awards",
    "parchemin.records.followups",
    "parchemin.records.transmissions",
    "parchemin.records.recommendations",
    "parchemin.web.candidate",
    "parchemin.web.companion",
    "parchemin.web.secretariat",
    "parchemin.web.administration",
    "parchemin.web.pathway",
    "parchemin.web.assessment",
    "parchemin.web.jury",
    "parchemin.web.award",
    "parchemin.web.transmission",
    "parchemin.web.recommendation",
    "parchemin.web.verification",
    "parchemin.web.register",
    "parchemin.web.held",
    "parchemin.web.figures",
    "parchemin.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "parchemin.web.shared.middleware.PlainAddressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "parchemin.web.access.middleware.StandingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "parchemin.web.shared.middleware.AnswerMiddleware",
]

ROOT_URLCONF = "parchemin.project.urls"
WSGI_APPLICATION = "parchemin.project.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "parchemin.web.shared.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "parchemin.web.shared.templatetags.parchemin",
            ],
        },
    }
]
FORM_RENDERER = "parchemin.web.shared.forms.Renderer"

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "parchemin.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-32000;"
        ),
    },
}
DATABASES: dict[str, dict[str, Any]] = {"default": SQLITE}
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
    if DATABASES["default"]["ENGINE"] == SQLITE["ENGINE"]:  # the locks that actions rely on are in its options
        DATABASES["default"]["OPTIONS"] = SQLITE["OPTIONS"]
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 16, "timeout": 20}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "parchemin.web.access.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "parchemin.web.access.forms.NamesForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_SECURE else "http"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "signup": "20/m/ip"}
MFA_ADAPTER = "parchemin.web.access.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
ACCOUNT_FORMS = {
    "add_email": "parchemin.web.access.account_forms.AddEmailForm",
    "change_password": "parchemin.web.access.account_forms.ChangePasswordForm",
    "confirm_email_verification_code": "parchemin.web.access.account_forms.EmailCodeForm",
    "login": "parchemin.web.access.account_forms.LoginForm",
    "reauthenticate": "parchemin.web.access.account_forms.ReauthenticateForm",
    "reset_password": "parchemin.web.access.account_forms.ResetPasswordForm",
    "reset_password_from_key": "parchemin.web.access.account_forms.ResetPasswordKeyForm",
    "set_password": "parchemin.web.access.account_forms.SetPasswordForm",
    "signup": "parchemin.web.access.account_forms.SignupForm",
}
SOCIALACCOUNT_FORMS = {"signup": "parchemin.web.access.account_forms.ProviderSignupForm"}
MFA_FORMS = {
    "activate_totp": "parchemin.web.access.account_forms.ApplicationForm",
    "authenticate": "parchemin.web.access.account_forms.SecondFactorForm",
    "reauthenticate": "parchemin.web.access.account_forms.SecondFactorAgainForm",
    "add_webauthn": "parchemin.web.access.keys.AddForm",
    "authenticate_webauthn": "parchemin.web.access.keys.AuthenticateForm",
    "login_webauthn": "parchemin.web.access.keys.LoginForm",
    "reauthenticate_webauthn": "parchemin.web.access.keys.ReauthenticateForm",
}
MFA_TOTP_ISSUER = "Parchemin"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE
SOCIALACCOUNT_ADAPTER = "parchemin.web.access.adapters.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": env.json("PARCHEMIN_OIDC", []),
        "OAUTH_PKCE_ENABLED": True,
        "provider_class": "parchemin.web.access.federation.provider.FederatedProvider",
    }
}
SIGN_UP_IS_OPEN = env.bool("PARCHEMIN_SIGN_UP", True)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

SESSION_COOKIE_NAME = "parchemin_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "parchemin_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_FAILURE_VIEW = "parchemin.web.shared.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", gettext_lazy("Français")), ("en", gettext_lazy("Anglais"))]
LANGUAGE_COOKIE_NAME = "parchemin_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = IS_SECURE
LOCALE_PATHS = [compiled_languages(HOME / "cache")]
USE_TZ = True
TIME_ZONE = env.str("PARCHEMIN_TIME_ZONE", "Europe/Paris")

STATIC_URL = "static/"
STATIC_ROOT = HOME / "cache" / "static"
STORAGES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(HOME / "files"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env.str("PARCHEMIN_S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("PARCHEMIN_S3_BUCKET"),
            "endpoint_url": env.str("PARCHEMIN_S3_ENDPOINT", None),
            "region_name": env.str("PARCHEMIN_S3_REGION", None),
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
UPLOAD_LIMIT = env.int("PARCHEMIN_UPLOAD_MEGABYTES", 25) * 1024 * 1024
MEDIA_LIMIT = env.int("PARCHEMIN_MEDIA_MEGABYTES", 300) * 1024 * 1024
VERSIONS_LIMIT = env.int("PARCHEMIN_VERSIONS", 50)
ROOM_LIMIT = env.int("PARCHEMIN_FILE_MEGABYTES", 5000) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10

DEFAULT_FROM_EMAIL = env.str("PARCHEMIN_FROM", "Parchemin <parchemin@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_URL = env.str("PARCHEMIN_SMTP", "")
EMAIL_BACKEND = "parchemin.project.mail.OutboxBackend"
if MAIL_URL:
    SMTP = env.dj_email_url("PARCHEMIN_SMTP")
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = SMTP["EMAIL_HOST"], SMTP["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP["EMAIL_HOST_USER"], SMTP["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP.get("EMAIL_USE_TLS", False), SMTP.get("EMAIL_USE_SSL", False)
    EMAIL_TIMEOUT = 20

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # tries are counted there: one that is dropped can be made again
    }
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "parchemin.project.discretion.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": env.str("PARCHEMIN_LOG", "WARNING")},
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []
