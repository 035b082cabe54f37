"""The ASGI application that uvicorn serves."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")

from django.conf import settings  # noqa: E402  (the settings must be named first)
from django.core.asgi import get_asgi_application  # noqa: E402

from bot.web.body_limit import BodyLimit  # noqa: E402

application = BodyLimit(get_asgi_application(), settings.MAX_BODY, "/assistant", settings.MAX_FORM)
