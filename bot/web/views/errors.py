"""Answers to what no view serves, and the guard around every view."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from bot.web.problems import Problem

View = Callable[..., Awaitable[HttpResponseBase]]


def methods(*allowed: str) -> Callable[[View], View]:
    """Return a decorator: other methods get 405, a Problem raised by the view becomes its answer."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        async def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                if request.method not in allowed and not (request.method == "HEAD" and "GET" in allowed):
                    raise Problem("method-not-allowed", {"Allow": ", ".join(allowed)})
                return await view(request, *args, **kwargs)
            except Problem as problem:
                return answer(request, problem)

        return guarded

    return decorate


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Return a problem as its reader expects it: JSON for programs, a page for people."""
    if not request.path_info.startswith("/api/") and "text/html" in request.headers.get("Accept", ""):
        page = render(request, "web/error.html", {"problem": problem}, status=problem.status)
        for name, value in problem.headers.items():
            page[name] = value
        return page
    return problem.response()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400; the exception's words are for developers and stay here."""
    return answer(request, Problem("bad-request"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return answer(request, Problem("not-found"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; Django has already written the trace to the log."""
    return answer(request, Problem("internal-error"))
