"""The public face of the assistant: API, pages and health checks (Django, ASGI)."""
