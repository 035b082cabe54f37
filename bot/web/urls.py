"""Routes. An address that nothing serves, or a fault, is a problem under /api/ and a page elsewhere."""

from django.urls import path

from bot.web.views import api, data, dossiers, errors, health, pages

urlpatterns = [
    path("", pages.home),
    path("widget.js", pages.widget),
    path("widget.json", pages.widget_tag),
    path("widget.<slug:mark>.js", pages.pinned_widget),
    path("accessibilite", pages.accessibility),
    path("assistant", pages.assistant),
    path("api/docs", data.documentation),
    path("api/openapi.json", data.openapi),
    path("api/sessions", api.sessions),
    path("api/messages", api.messages),
    path("api/feedback", api.feedback),
    path("api/calls", data.calls),
    path("api/calls/<slug:record_id>", data.call),
    path("api/calls/<slug:record_id>/eligibility", data.eligibility),
    path("api/calls/<slug:record_id>/checklist", data.checklist),
    path("api/dossiers", dossiers.create),
    path("api/dossiers/consent", dossiers.consent),
    path("api/dossiers/<slug:reference>", dossiers.dossier),
    path("api/dossiers/<slug:reference>/documents", dossiers.documents),
    path("api/dossiers/<slug:reference>/documents/<str:name>", dossiers.document),
    path("documents/<slug:parcel>/<str:name>", pages.document),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics_text),
]
handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
