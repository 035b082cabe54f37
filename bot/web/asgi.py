"""The ASGI application that uvicorn serves."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")

# After the line above: Django reads the settings by that name.
from django.conf import settings
from django.core.asgi import get_asgi_application

from bot.web.body_limit import BodyLimit

application = BodyLimit(get_asgi_application(), settings.MAX_BODY, "/assistant", settings.MAX_FORM)
