"""What every request goes through: counting, allowed origins, security headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.decorators import async_only_middleware

from bot.web import metrics
from bot.web.problems import Problem

Handler = Callable[[HttpRequest], Awaitable[HttpResponse]]
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Probes call by address, whatever the name of the service.
_FRAMED = "/assistant"
_PROBES = {"/healthz", "/readyz", "/metrics"}


@async_only_middleware
def headers(get_response: Handler) -> Handler:
    """Add the security headers, and forbid keeping what is said in a conversation."""

    async def middleware(request: HttpRequest) -> HttpResponse:
        response = await get_response(request)
        for name, value in _headers(request).items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if not response.streaming and response.status_code not in {204, 304}:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return middleware


def _headers(request: HttpRequest) -> dict[str, str]:
    found = dict(SECURITY_HEADERS)
    if request.path_info == _FRAMED and settings.WIDGET_ORIGINS:
        # The iframe variant: in the pages of the sites that are listed, and nowhere else.
        origins = " ".join(["'self'", *settings.WIDGET_ORIGINS])
        found["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
            "frame-ancestors 'none'", f"frame-ancestors {origins}"
        )
        del found["X-Frame-Options"]
    if request.is_secure():
        found["Strict-Transport-Security"] = "max-age=31536000"
    return found


@async_only_middleware
def count(get_response: Handler) -> Handler:
    """Count the answers by route."""

    async def middleware(request: HttpRequest) -> HttpResponse:
        response = await get_response(request)
        match = request.resolver_match
        metrics.request(f"/{match.route}" if match else "other", request.method or "", response.status_code)
        return response

    return middleware


@async_only_middleware
def origins(get_response: Handler) -> Handler:
    """Refuse what another site's page sends, unless that site is listed in WIDGET_ORIGINS."""

    async def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info not in _PROBES:
            request.get_host()  # raises DisallowedHost, hence 400, when the name is not in ALLOWED_HOSTS
        is_api = request.path_info.startswith("/api/")
        response = await answered(request, is_api)
        if is_api:
            # Whoever asked: a cache must not give one site the answer made for another.
            patch_vary_headers(response, ["Origin"])
        return response

    async def answered(request: HttpRequest, is_api: bool) -> HttpResponse:
        origin = request.headers.get("Origin")
        reads_a_page = request.method in {"GET", "HEAD"} and not is_api
        if origin is None or reads_a_page or _is_own(origin, request):
            return await get_response(request)
        allowed = shared_with(origin)
        if not allowed or not is_api:
            return Problem("foreign-origin").response()
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
            response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Idempotency-Key"
            response["Access-Control-Max-Age"] = "600"
        else:
            response = await get_response(request)
        for name, value in allowed.items():
            response[name] = value
        return response

    return middleware


def shared_with(origin: str) -> dict[str, str]:
    """Return the headers by which the page of a listed site may read an answer; nothing for any other site."""
    if origin not in settings.WIDGET_ORIGINS:
        return {}
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After"}


def _is_own(origin: str, request: HttpRequest) -> bool:
    # The scheme is left out: behind a proxy that ends TLS, ours is not the browser's.
    return urlsplit(origin).netloc.lower() == request.headers.get("Host", "").lower() != ""
