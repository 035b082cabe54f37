"""Walking the parts of a MIME mail: its texts, its attachments, what cannot be read."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from bot.mail.decoding import clean, decode, header_text
from bot.mail.html_text import html_to_text
from bot.mail.message import WHOLE_MAIL, Attachment, Link
from bot.mail.phrases import phrases
from knowledge.patterns import compile_pattern

MAX_BODY = WHOLE_MAIL
_MAX_PAGE = 4_000_000  # bytes of HTML, of which the text is a small part
_MAX_ATTACHMENTS = 200
_MAX_NAME = 150  # characters
_BROKEN = frozenset(["NoBoundaryInMultipartDefect", "StartBoundaryNotFoundDefect"])
_SIGNATURES = frozenset(["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"])
_SMIME = frozenset(["application/pkcs7-mime", "application/x-pkcs7-mime"])
_REPORTS = frozenset(["message/delivery-status", "message/disposition-notification", "text/rfc822-headers"])
_PGP = compile_pattern(r"^-----BEGIN PGP MESSAGE-----", re.MULTILINE)


@dataclass
class Content:
    """What the parts of a mail hold; filled as they are walked."""

    texts: list[str] = field(default_factory=list)
    html_only: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    problems: dict[str, None] = field(default_factory=dict)
    length: int = 0

    def add(self, text: str) -> None:
        """Keep a text, as long as there is room."""
        text = text.strip("\n")
        if self.length + len(text) > MAX_BODY:
            self.problems["too_large"] = None
            text = text[: max(MAX_BODY - self.length, 0)]
        if text.strip():
            self.length += len(text) + 2
            self.texts.append(text)


def read_parts(message: Message) -> Content:
    """Return what `message` holds."""
    content = Content()
    _walk(message, content, nested=False)
    if any(_PGP.search(text) for text in content.texts):
        content.problems["encrypted"] = None
    return content


def _walk(part: Message, content: Content, nested: bool) -> None:
    if any(type(defect).__name__ in _BROKEN for defect in part.defects):
        content.problems["defective"] = None
    kind = part.get_content_type()
    if kind in _SMIME or kind == "multipart/encrypted":
        content.problems["encrypted"] = None
    elif kind == "message/rfc822" and part.is_multipart():
        _forwarded(part, content, nested)
    elif kind == "multipart/alternative":
        _walk_alternative(part, content, nested)
    elif part.is_multipart():
        for child in _children(part):
            _walk(child, content, nested)
    elif kind.startswith("multipart/"):  # its parts were not found: the whole is kept as text
        _read_text(part, "text/plain", content)
    elif kind in {"text/plain", "text/html"} and not _is_attached(part):
        _read_text(part, kind, content)
    elif not nested and not _is_decoration(part, kind) and len(content.attachments) < _MAX_ATTACHMENTS:
        content.attachments.append(Attachment(_name(part), _content_type(part, kind), len(_payload(part))))


def _children(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    return (child for child in payload if isinstance(child, Message)) if isinstance(payload, list) else iter(())


def _walk_alternative(part: Message, content: Content, nested: bool) -> None:
    """Read the plain text, or the HTML when it says more; the other forms are the same text again."""
    versions = []
    for child in _children(part):
        version = Content()
        _walk(child, version, nested)
        content.attachments += version.attachments
        content.problems |= {name: None for name in version.problems if name != "too_large"}
        versions.append(version)
    filled = [version for version in versions if version.texts]
    for version in filled:
        content.links += version.links
    best = next((version for version in filled if not version.html_only and not _is_stub(version.texts)), None)
    best = best or next((version for version in filled if version.html_only), None) or next(iter(filled), None)
    if best:
        content.html_only |= best.html_only
        content.problems |= best.problems
        for text in best.texts:
            content.add(text)


def _is_stub(texts: list[str]) -> bool:
    text = " ".join(texts)
    return len(text) < 400 and phrases().stub.search(text) is not None


def _read_text(part: Message, kind: str, content: Content) -> None:
    payload = _payload(part)
    limit = _MAX_PAGE if kind == "text/html" else MAX_BODY * 4  # four bytes a character at most
    if len(payload) > limit:
        content.problems["too_large"] = None
    text, doubtful = decode(payload[:limit], part.get_content_charset())
    if doubtful or "\ufffd" in text:
        content.problems["charset"] = None
    text = clean(text)
    if kind == "text/html":
        text, links, whole = html_to_text(text)
        if not whole:
            content.problems["too_large"] = None
        text = clean(text)  # references to characters were still written out
        content.links += links
        content.html_only |= bool(text.strip()) and not content.texts
    elif str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text)
    content.add(text)


def _unflowed(text: str) -> str:
    """Join the lines that a mail program cut: they end with a space (RFC 3676)."""
    lines: list[str] = []
    joins = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        if joins and not quoted and line.strip():
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line)
        joins = line.endswith(" ") and line != "-- " and not quoted
    return "\n".join(lines)


def _forwarded(part: Message, content: Content, nested: bool) -> None:
    """Add a mail attached to this one as a forwarded block, headed as mail programs do."""
    for inner in _children(part):
        headers = [
            f"{label} : {value}"
            for name, label in phrases().forward_headers.items()
            if (value := header_text(str(inner.get(name, ""))))
        ]
        content.add("\n".join([phrases().forward_line, *headers]))
        _walk(inner, content, nested=True)
        if not nested and len(content.attachments) < _MAX_ATTACHMENTS:
            name = _file_name(header_text(str(inner.get("Subject", ""))))
            content.attachments.append(Attachment(f"{name}.eml" if name else "", "message/rfc822", _size(inner)))


def _size(message: Message) -> int:
    return sum(len(_payload(part)) for part in message.walk() if not part.is_multipart())


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _is_decoration(part: Message, kind: str) -> bool:
    """Images shown in the text, signatures, and what a report says to machines are no attachment."""
    shown = kind.startswith("image/") and "Content-ID" in part and part.get_content_disposition() != "attachment"
    return shown or kind in _SIGNATURES or kind in _REPORTS


def _content_type(part: Message, kind: str) -> str:
    method = part.get_param("method")
    return f"{kind}; method={method.lower()[:20]}" if kind == "text/calendar" and isinstance(method, str) else kind


def _name(part: Message) -> str:
    try:
        return _file_name(header_text(part.get_filename() or ""))
    except (LookupError, ValueError, TypeError):  # an encoded name that cannot be decoded
        return ""


def _file_name(name: str) -> str:
    """Return the last element of a path, shortened, its extension kept."""
    name = name.replace("\\", "/").split("/")[-1].strip(" .")
    return name if len(name) <= _MAX_NAME else name[: _MAX_NAME - 12] + "…" + name[-11:]


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (LookupError, ValueError, binascii.Error):
        return b""
    return payload if isinstance(payload, bytes) else b""
