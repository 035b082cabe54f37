"""Django settings, all from the environment (.env.example lists them)."""

from __future__ import annotations

import os

from bot.environment import database, names, number, rasa_url, redis_url, secret_key, var_folder, version

DEBUG = False
SECRET_KEY = secret_key()
ROOT_URLCONF = "bot.web.urls"
ASGI_APPLICATION = "bot.web.asgi.application"
INSTALLED_APPS = ["bot.web", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "bot.web.middleware.headers",
    "bot.web.middleware.count",
    "bot.web.static_files.StaticFiles",
    "bot.web.middleware.origins",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["bot.web.context.common"]},
    }
]
DATABASES = {"default": database()}
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# A name that is not listed is refused: this also stops a page elsewhere that would point its own
# name to this address (DNS rebinding).
ALLOWED_HOSTS = [*names("WEB_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")]
WEB_HOST = os.environ.get("WEB_HOST", "").strip() or "127.0.0.1"
if WEB_HOST not in {"0.0.0.0", "::", *ALLOWED_HOSTS}:
    ALLOWED_HOSTS.append(WEB_HOST)
WIDGET_ORIGINS = [origin.rstrip("/") for origin in names("WIDGET_ORIGINS")]

RASA_URL = rasa_url()
ACTIONS_URL = (
    os.environ.get("ACTIONS_URL", "").strip().rstrip("/")
    or f"http://127.0.0.1:{os.environ.get('ACTIONS_PORT') or 5055}"
)
TRACKER_DATABASE_URL = (
    os.environ.get("TRACKER_DATABASE_URL", "").strip() or f"sqlite:///{var_folder() / 'tracker.sqlite3'}"
)
MESSAGE_TIMEOUT = number("MESSAGE_TIMEOUT", 15)  # seconds
SESSION_HOURS = number("SESSION_HOURS", 12)
CONVERSATION_DAYS = int(number("CONVERSATION_DAYS", 30))
RATE_LIMIT_SESSION = int(number("RATE_LIMIT_SESSION", 20))  # messages a minute; 0: no limit
RATE_LIMIT_ADDRESS = int(number("RATE_LIMIT_ADDRESS", 60))  # requests a minute; 0: no limit
RATE_LIMIT_SESSION_HOUR = int(number("RATE_LIMIT_SESSION_HOUR", 200))  # the same an hour
RATE_LIMIT_ADDRESS_HOUR = int(number("RATE_LIMIT_ADDRESS_HOUR", 1000))
RATE_LIMIT_LOOPBACK = int(number("RATE_LIMIT_LOOPBACK", 3000))  # in place of both, from this machine
REDIS_URL = redis_url()  # where several copies share limits and last answers
MAX_BODY = 16_384  # bytes, for the API
MAX_FORM = 65_536  # bytes, for the page without JavaScript, which carries its conversation
VERSION = version()
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_FORM
LOG_LEVEL = os.environ.get("LOG_LEVEL", "").strip() or "INFO"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # One line per request with its address would be personal data; httpx writes one per call.
        "httpx": {"level": "WARNING"},
        "alembic": {"level": "WARNING"},
        # Each step of each document.
        "weasyprint": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}
