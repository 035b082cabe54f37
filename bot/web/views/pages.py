"""The pages: an example of a site with the widget, and the conversation without JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.gzip import gzip_page

from bot.web import answers, conversation, knowledge_access, limits, parcels, tokens, transcript
from bot.web.problems import Problem
from bot.web.views.dossiers import attachment
from bot.web.views.errors import methods
from bot.web.views.requests import address, as_json
from bot.web.widget_file import widget_file

PAGE = "web/assistant.html"


@methods("GET")
async def home(request: HttpRequest) -> HttpResponse:
    """Show an agency's page on its calls, with the assistant embedded as any site would."""
    return render(request, "web/home.html", {"calls": await knowledge_access.calls(), "widget": widget_file()})


@methods("GET")
async def accessibility(request: HttpRequest) -> HttpResponse:
    """Say honestly what was tested, by machines and by people."""
    return render(request, "web/accessibility.html")


@gzip_page
@methods("GET")
async def widget(request: HttpRequest) -> HttpResponse:
    """Give the script that other sites embed; they may all read it."""
    return _script(request, "public, max-age=3600")


@gzip_page
@methods("GET")
async def pinned_widget(request: HttpRequest, mark: str) -> HttpResponse:
    """Give the same script under a name of its own, which a page may keep for ever; only the present one exists."""
    if f"widget.{mark}.js" != widget_file().name:
        raise Problem("not-found")
    return _script(request, "public, max-age=31536000, immutable")


@methods("GET")
async def widget_tag(request: HttpRequest) -> HttpResponse:
    """Tell a webmaster the present file's name and its integrity."""
    file = widget_file()
    return as_json({"file": f"/{file.name}", "integrity": file.integrity, "bytes": len(file.data)})


def _script(request: HttpRequest, cache: str) -> HttpResponse:
    file = widget_file()
    response = HttpResponse(file.data, content_type="text/javascript; charset=utf-8")
    # Before the rest: whoever has the file already must find the same permissions with it.
    mark = quote_etag(file.name)
    response = get_conditional_response(request, mark, response=response)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = cache
    response["ETag"] = mark
    return response


@methods("GET", "POST")
async def assistant(request: HttpRequest) -> HttpResponse:
    """Hold the same conversation by a form.

    The conversation so far comes back in a hidden signed field, with its token: nothing is kept here,
    and a page elsewhere cannot forge either.
    """
    if request.method != "POST":
        return render(request, PAGE)
    form = request.POST
    past = transcript.read(form.get("conversation", ""))
    if "erase" in form:
        return await _erase(request, past, form["erase"])
    text = form.get("example") or form.get("text", "")
    asked = {"button": form["button"]} if form.get("button") else {"text": text}
    try:
        await limits.check("address", address(request), address(request))
        session = await _session(past)
        found = await conversation.reply(session, asked, address(request))
    except Problem as problem:
        context = {"past": past, "problem": problem, "text": text, "signed": transcript.write(past)}
        if problem.name in {"expired-token", "invalid-token"}:
            # What was said stays on the page; the next message opens another conversation.
            context["signed"] = transcript.write(past.without_token())
        page = render(request, PAGE, context, status=problem.status)
        for name, value in problem.headers.items():
            page[name] = value
        return page
    said = transcript.label_of(past, form["button"]) if form.get("button") else text.strip()
    past = past.with_turn(said, found.messages)
    # What was being written when a proposed answer was chosen is still to be sent.
    waiting = form.get("text", "") if "button" in form or "example" in form else ""
    context = {"past": past, "signed": transcript.write(past), "masked": found.masked, "text": waiting}
    return render(request, PAGE, context)


async def _erase(request: HttpRequest, past: transcript.Transcript, wish: str) -> HttpResponse:
    """Ask before erasing, erase, or go back."""
    context = {"past": past, "signed": transcript.write(past)}
    if wish != "yes":
        return render(request, PAGE, {**context, "erasing": wish == "ask"})
    lost = False
    try:
        await limits.check("address", address(request), address(request))
        for token in filter(None, [*past.earlier, past.token]):
            try:
                await conversation.erase(tokens.conversation_of(token, too_old=True))
            except Problem as problem:
                if problem.name != "invalid-token":
                    raise
                lost = True
    except Problem as problem:
        return render(request, PAGE, {**context, "problem": problem}, status=problem.status)
    return render(request, PAGE, {"past": transcript.Transcript(), "erased": not lost, "lost": lost})


@methods("GET")
async def document(request: HttpRequest, parcel: str, name: str) -> HttpResponse:
    """Hand over a document offered in a conversation, made at that moment; its address serves for a time only."""
    await limits.check("address", address(request), address(request))
    return attachment(await parcels.build(parcel, name))


async def _session(past: transcript.Transcript) -> str:
    if past.token:
        return tokens.conversation_of(past.token)
    await answers.forget_old()
    session = tokens.open_session()
    past.token = session.token
    return session.conversation
