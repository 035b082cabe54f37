"""From bytes to clean text: charsets, encoded words, characters that nobody reads."""

from __future__ import annotations

import codecs
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header

from charset_normalizer import from_bytes

from bot.mail.message import WHOLE_MAIL
from knowledge.patterns import compile_pattern

# Declared for what is windows-1252 in truth, as browsers do.
_LATIN = frozenset(["ascii", "iso8859-1"])
# Codecs of Python that are no charset of a mail; some take quadratic time.
_NOT_CHARSETS = frozenset(["idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"])
_FRENCH = frozenset("àâäæçéèêëîïôœöùûüÿÀÂÄÆÇÉÈÊËÎÏÔŒÖÙÛÜŸ«»’‘“”…–—€°·•²\xa0")
_GUESSED_ON = 20_000  # bytes; more costs time and tells nothing more
# Controls, directions and invisible characters: they hide text from the reader or from the rules.
_UNSEEN = compile_pattern(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]",
    reads=WHOLE_MAIL,
)
_LINE_ENDS = compile_pattern("\r\n|[\r\x0c\x85\u2028\u2029]", reads=WHOLE_MAIL)
_BLANK_RUN = compile_pattern(r"[^\S\n]{3,}", reads=WHOLE_MAIL)
_FEW = 2  # blank lines that follow one another, at most


def decode(content: bytes, charset: str | None) -> tuple[str, bool]:
    """Return the text of `content`, and whether its charset is to be doubted.

    Args:
        charset: the declared one; absent, unknown or wrong, another is sought.
    """
    name = _codec(charset)
    if name in _LATIN or name is None:
        # UTF-8 is recognised beyond doubt; nothing else is.
        for candidate in ("utf-8", *(() if name is None else ("cp1252",))):
            try:
                return content.decode(candidate), name is None and not content.isascii()
            except UnicodeDecodeError:
                continue
    else:
        try:
            return content.decode(name), False
        except (LookupError, ValueError):  # UnicodeError is a ValueError; a codec may not be one of texts
            pass
    return _guessed(content), True


def _codec(charset: str | None) -> str | None:
    try:
        name = codecs.lookup(charset.strip()).name if charset else None
    except (LookupError, ValueError):
        return None
    return None if name in _NOT_CHARSETS else name


def _guessed(content: bytes) -> str:
    """Decode what says nothing of its charset: this is a French inbox, so windows-1252 when that makes French letters."""
    sample = content[:_GUESSED_ON]
    beyond = [character for character in sample.decode("utf-8", "replace") if character > "\x7f"]
    if beyond.count("\ufffd") * 2 < len(beyond):  # mostly UTF-8, damaged
        return content.decode("utf-8", "replace")
    letters = [character for character in sample.decode("cp1252", "replace") if character > "\x7f"]
    if sum(character in _FRENCH for character in letters) * 5 >= len(letters) * 4:
        return content.decode("cp1252", "replace")
    found = from_bytes(sample).best()
    return content.decode(found.encoding if found else "cp1252", "replace")


def clean(text: str) -> str:
    """Return `text` composed, with « \\n » line ends and without controls, directions or invisible characters."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def squeezed(text: str) -> str:
    """Return `text` with its long runs of blanks cut to one space, and its long runs of blank lines to a few."""
    return without_blank_runs(_BLANK_RUN.sub(" ", text), _FEW)


def without_blank_runs(text: str, most: int = 1) -> str:
    """Return `text` with at most so many blank lines one after the other."""
    kept: list[str] = []
    run = 0
    for line in text.split("\n"):
        run = 0 if line.strip() else run + 1
        if run <= most:
            kept.append(line if run == 0 else "")
    return "\n".join(kept)


def header_text(value: str) -> str:
    """Return a header's value on one line, its encoded words decoded; bytes that no charset names are guessed."""
    raw = value.encode("utf-8", "surrogateescape")
    if not raw.isascii():
        value = decode(raw, "utf-8")[0]
    if "=?" in value:
        try:
            # Joins the words of one charset before decoding them: a letter may be cut between two words.
            parts = decode_header(value)
        except (HeaderParseError, ValueError):
            parts = [(value, None)]
        value = "".join(
            part if isinstance(part, str) else decode(part, charset or "utf-8")[0] for part, charset in parts
        )
    return " ".join(clean(value).split())
