"""Deciding, before anything is answered, whether a mail may be: most harm is done by answers to what was no question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.mail.message import WHOLE_MAIL, Handling, Link, Mail
from bot.mail.phrases import thanks_only
from bot.mail.rules import LONGEST_SENTENCE, Aside, Rules, Sensitive, rules
from bot.nlu.talk import speaks_of
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern
from knowledge.privacy.masking import NIR

DISTRESS = "distress"
_HEALTH = "health_data"
_PHISHING = "phishing"
_ABBREVIATION = compile_pattern(r"\b(M|Mr|Mme|Mlle|Dr|Pr|n|cf|art)\.(?=\s)", reads=WHOLE_MAIL)
_SENTENCE_END = compile_pattern(
    r"[.!?;…](?=\s|$)|\n[^\S\n]{0,4}\n|\n(?=[^\S\n]{0,9}(?:[-•*–]|\d{1,2}[.)])\s)", reads=WHOLE_MAIL
)
_WINDOW = 80  # words looked at together
_OVERLAP = 20
_FEW_SUBJECT_WORDS = 4  # a subject shorter than this asks nothing
_PREFIX = compile_pattern(r"^(?:(?:re|rep|tr|fw|fwd|aw) )+")
_HOST = compile_pattern(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[/:?#]\S*)?", re.IGNORECASE)
_DMARC_FAILED = compile_pattern(r"\bdmarc\s*=\s*(?:perm)?fail\b", re.IGNORECASE)
_FOREIGN_SCRIPT = 0.3  # share of letters that are not Latin


@dataclass(frozen=True)
class Verdict:
    """What is done with a mail, and the rule that says so (`question` when none does). `distress`: somebody may be in danger."""

    handling: Handling
    reason: str
    distress: bool = False


def triage(mail: Mail, text: str, own_addresses: Collection[str], trusted_authserv: str | None) -> Verdict:
    """Return what is done with `mail`.

    Args:
        text: what the person wrote (`bot.mail.quoted`).
        own_addresses: the addresses that this inbox receives, in lower case; none: any recipient will do.
        trusted_authserv: the name under which our server writes `Authentication-Results`; others' are not believed.
            None: the first header is taken for ours, as servers add theirs on top.
    """
    known = rules()
    subject = _PREFIX.sub("", fold(mail.subject))[:LONGEST_SENTENCE]
    for aside in known.automatic:
        if _is_aside(aside, mail, subject, text):
            return Verdict(Handling.IGNORE, aside.name)
    sentences = [subject, *_sentences(text)]
    reason = _sensitive(known, mail, text, sentences)
    if reason == DISTRESS:
        return Verdict(Handling.HUMAN, reason, distress=True)
    ignored = _unwanted(known, mail, subject, text, own_addresses)
    if ignored:
        return Verdict(Handling.IGNORE, ignored)
    reason = reason or _beside_words(known, mail, text, subject, trusted_authserv)
    if reason:
        return Verdict(Handling.HUMAN, reason)
    if thanks_only(text):
        return Verdict(Handling.IGNORE, "thanks_only")
    if "?" not in f"{mail.subject}{text}" and not any(map(known.asks.search, sentences)):
        return Verdict(Handling.HUMAN, "no_question")
    return Verdict(Handling.DRAFT, "question")


def _is_aside(aside: Aside, mail: Mail, subject: str, text: str) -> bool:
    values = ((pattern, value) for name, pattern in aside.headers.items() for value in mail.headers.get(name, ()))
    if any(pattern.search(value[:LONGEST_SENTENCE]) for pattern, value in values):
        return True
    if aside.attached and any(aside.attached.search(part.content_type) for part in mail.attachments):
        return True
    if aside.sender and mail.sender and aside.sender.search(mail.sender.email):
        return True
    if aside.subject and aside.subject.search(subject):
        return True
    if not aside.shape or "?" in text or len(text) > aside.at_most * 12:
        return False
    folded = fold(text)[:LONGEST_SENTENCE]
    enough = sum(pattern.search(folded) is not None for pattern in aside.shape) >= aside.at_least
    return enough and len(folded.split()) <= aside.at_most


def _unwanted(known: Rules, mail: Mail, subject: str, text: str, own: Collection[str]) -> str:
    senders = {address.email for address in (mail.sender, mail.reply_to) if address}
    if senders & set(own):
        return "own"
    for aside in known.unwanted:
        if _is_aside(aside, mail, subject, text):
            return aside.name
    # A cut list of recipients says nothing of who is missing from it.
    addressed = {address.email for address in (*mail.to, *mail.cc)}
    if own and not addressed & set(own) and not mail.problems:
        return "not_addressed"
    return ""


def _sentences(text: str) -> list[str]:
    """Return the folded sentences; long ones by overlapping windows, so that a pattern's time is bounded."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(_ABBREVIATION.sub(r"\1", text)):
        words = fold(piece).split()
        step = _WINDOW - _OVERLAP
        found += [" ".join(words[start : start + _WINDOW]) for start in range(0, max(len(words) - _OVERLAP, 1), step)]
    # What is said a hundred times need not be read a hundred times.
    return [sentence[:LONGEST_SENTENCE] for sentence in dict.fromkeys(found) if sentence]


def _sensitive(known: Rules, mail: Mail, text: str, sentences: list[str]) -> str:
    for rule in known.human:
        if rule.nowhere and any(map(rule.nowhere.search, sentences)):
            continue
        if any(_holds(rule, sentence) for sentence in sentences):
            return rule.name
        if rule.name == _HEALTH and NIR.search(f"{mail.subject}\n{text}"):
            return rule.name
        if rule.name == _PHISHING and any(_deceives(link, known.rewriters) for link in mail.links):
            return rule.name
    return ""


def _holds(rule: Sensitive, sentence: str) -> bool:
    return rule.holds(sentence, said=rule.name == DISTRESS and speaks_of("urgent", sentence))


def _beside_words(known: Rules, mail: Mail, text: str, subject: str, trusted_authserv: str | None) -> str:
    for name, problems in known.problems.items():
        if problems & set(mail.problems):
            return name
    if not mail.reply_to:
        return "unreadable"
    if _is_forged(mail.headers.get("authentication-results", ()), trusted_authserv):
        return "forged"
    words = fold(text).split()
    if _is_foreign(text, words, known):
        return "other_language"
    if not words and len(subject.split()) < _FEW_SUBJECT_WORDS:
        return "empty"
    return ""


def _is_forged(results: Sequence[str], trusted: str | None) -> bool:
    if trusted is None:
        # A lie there can only send the liar's own mail to a person.
        return any(_DMARC_FAILED.search(result[:LONGEST_SENTENCE]) for result in results[:1])
    return any(
        result.split(";", 1)[0].split()[:1] == [trusted] and _DMARC_FAILED.search(result[:LONGEST_SENTENCE]) is not None
        for result in results
    )


def _is_foreign(text: str, words: list[str], known: Rules) -> bool:
    letters = [character for character in text[:20_000] if character.isalpha()]
    if sum(character > "\u024f" for character in letters) > len(letters) * _FOREIGN_SCRIPT:
        return True
    if len(words) < known.few:
        return False
    counts = {name: sum(word in frequent for word in words) for name, frequent in known.languages.items()}
    french = counts.pop("fr")
    other = max(counts.values(), default=0)
    return other > french and other * 8 >= len(words)


def _deceives(link: Link, rewriters: Iterable[str]) -> bool:
    """Return whether a link shows an address that is not the one it leads to."""
    shown = _HOST.fullmatch(link.text)
    if not shown or any(link.host == host or link.host.endswith(f".{host}") for host in rewriters):
        return False
    return _owner(shown[1].lower()) != _owner(link.host)


def _owner(host: str) -> str:
    return ".".join(host.split(".")[-2:])
