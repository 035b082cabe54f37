"""Routes. An address that nothing serves, or a fault, is a problem under /api/ and a page elsewhere."""

from django.urls import path

from bot.web.views import api, data, errors, health, pages

urlpatterns = [
    path("", pages.home),
    path("assistant", pages.assistant),
    path("api/docs", data.documentation),
    path("api/openapi.json", data.openapi),
    path("api/sessions", api.sessions),
    path("api/messages", api.messages),
    path("api/calls", data.calls),
    path("api/calls/<slug:record_id>", data.call),
    path("api/calls/<slug:record_id>/eligibility", data.eligibility),
    path("api/calls/<slug:record_id>/checklist", data.checklist),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics_text),
]
handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
