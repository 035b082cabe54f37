"""Registration of the application with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The assistant's own tables, templates and static files."""

    name = "bot.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
