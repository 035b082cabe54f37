"""Masking personal data in what people type, before anything keeps it.

The patterns are those that identify a person at once: e-mail, telephone, social security number (NIR),
bank account (IBAN), payment card, and the name that follows a civility; and the code that opens a dossier. Beside a name, words
on health go too. Addresses of agencies that the knowledge base publishes are kept: they are what the question is about.
"""

from __future__ import annotations

import re

from knowledge.patterns import compile_pattern
from knowledge.privacy.codes import CODE

MASK = "[…]"
_AGENCY = r"[\w+-]+@(?:[\w-]+\.)*(?:ars\.sante|aract|anact)\.fr(?!\.?[\w-])"  # no dot before @: not a person's
_NAME = r"[A-ZÀ-Ý][\w'’-]*"
_TITLES = "Direct|Présid|Maire|Préf|Chef|Respons|Secrét|Délég|Cadre|Ministre"
# Sex, year, month, département, commune, order, key.
NIR = compile_pattern(
    r"\b[12][\s.-]?\d{2}[\s.-]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.-]?(?:\d{2}|2[ABab])[\s.-]?\d{3}[\s.-]?\d{3}(?:[\s.-]?\d{2})?\b"
)
"""A social security number."""
_PATTERNS = (
    compile_pattern(rf"(?<![\w.%+-])(?!{_AGENCY})[\w.%+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
    NIR,
    # IBAN, the French one in small letters too.
    compile_pattern(r"\bFR\d{2}(?:[ -]?[A-Z0-9]{4}){5}[ -]?[A-Z0-9]{3}\b", re.IGNORECASE),
    compile_pattern(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){3,7}(?:[ -]?[A-Z0-9]{1,3})?\b"),
    # Cards, by groups of four; the first figures keep series of years (2018 2019 2020 2021) out.
    compile_pattern(r"\b(?:[3-6]\d{3}|2[2-7]\d{2})(?:[ -]?\d{4}){3}\b|\b3[47]\d{2}[ -]?\d{6}[ -]?\d{5}\b"),
    # Telephones. Separators are all alike, which keeps dates with an hour out (05-09-2022 14h).
    compile_pattern(r"(?<!\d)0[1-9](?P<by>[\s./-]?)\d{2}(?:(?P=by)\d{2}){3}(?!\d)"),
    compile_pattern(
        r"(?<!\d)0[1-9](?:\d{2}(?P<by>[\s.-])\d{2}(?P=by)\d{2}(?P=by)\d{2}|\d{2}[\s.]\d{3}[\s.]\d{3}|[\s.-]\d{8})(?!\d)"
    ),
    compile_pattern(
        r"(?<!\d)(?:\+|00)\s?(?:33|262|590|594|596|508|681|687|689|32|34|352|377|39|41|44|49)[\s.-]?(?:\(0\)\s?)?"
        r"\d(?:[\s.-]?\d){5,9}(?!\d)"
    ),
    # After the accounts and cards, of which it would leave the ends.
    CODE,
)
# What goes is what follows: the civility is kept, as is the title that may come with it (« M. le directeur »).
_NAMED = (
    compile_pattern(
        r"(?<!\d\s)\b((?:M\.?|Mr\.?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|Dr\.?|[Dd]octeur)\s+)"
        rf"(?!Monsieur|Madame|Mademoiselle|L[ae]\s+(?:{_TITLES}))"
        rf"(?:(?:de\s+(?:la\s+)?|du\s+|des\s+|d['’]){_NAME}|{_NAME})"
        rf"(?:\s+(?:(?:de\s+(?:la\s+)?|du\s+|des\s+|d['’]))?{_NAME})*"
    ),
    compile_pattern(rf"\b((?i:mme|mlle)\.?\s+)(?!(?i:l[ae]s?|l['’]\w+|et|ou)\b)[\w'’-]+(?:\s+{_NAME})*"),
    compile_pattern(rf"\b((?i:je m['’]appelle)\s+)[\w'’-]+(?:\s+{_NAME})*"),
)
# What says of somebody's health, beside a name only: alone, these words are what establishments work on.
_HEALTH = compile_pattern(
    r"\b(?:cancer\w*|tumeurs?|leuc[ée]mie|diab[èe]t\w*|alzheimer|parkinson|d[ée]pressi\w*|d[ée]prime|bipolaires?|schizophr\w+"
    r"|[ée]pilep\w+|autis\w+|trisomi\w+|scl[ée]rose|vih|sida|s[ée]ropositi\w+|h[ée]patite\w*|avc|infarctus|insuffisan\w+|d[ée]men\w+"
    r"|burn[ -]?out|arr[êe]ts? maladie|cong[ée]s? maladie|inaptitude|inapte|enceinte|grossesse|fausse couche|alcooli\w+|toxicoman\w+"
    r"|addict\w*|invalidit[ée]|hospitalis[ée]\w*|op[ée]r[ée]e?s?|chimioth[ée]rapie|dialys\w+)\b",
    re.IGNORECASE,
)
# Names without a civility are looked for beside words on health only: elsewhere they are towns, or establishments.
_ROLES = (
    r"(?:coll[èe]gues?|salari[ée]e?|agente?|infirmi(?:er|ère)|aide[ -]soignante?|r[ée]sidente?|patiente?|usag(?:er|ère)|m[èe]re|p[èe]re"
    r"|mari|femme|fils|fille|fr[èe]re|s(?:œ|oe)ur|conjointe?|[ée]pou(?:x|se)|amie?|voisine?|collaborat(?:eur|rice)"
    r"|direct(?:eur|rice)|cheff?e?|secr[ée]taire|m[ée]decin|[ée]ducat(?:eur|rice))"
)
_SMALL = r"[^\W\d_A-ZÀ-Ý]"
_GIVEN = rf"[A-ZÀ-Ý]{_SMALL}+(?:[-'’][A-ZÀ-Ý]?{_SMALL}+)*"
_NO_NAME = (
    r"(?:EHPAD|ESSMS|SSIAD|SESSAD|ESAT|IME|ITEP|MAS|FAM|CHU|CHRU|CSE|ARS|ARACT|ANACT|QVC?T|RPS|TMS|HAD|USLD|PASA|UHR|UVP|SAVS|SAMSAH"
    r"|AMI|AAP|AAC|FEHAP|SIRET|FINESS)\b"
)
_UNTITLED = (
    compile_pattern(rf"(?i:\b({_ROLES},?\s+))(?!{_NO_NAME}){_GIVEN}(?:\s[A-ZÀ-Ý]\.|\s+(?!{_NO_NAME}){_NAME})*"),
    # « Jean DUPONT », « Jean D. »
    compile_pattern(
        rf"()\b(?!(?:Notre|Votre|Nos|Vos|Les?|La|Une?|Des|Du|En|Au|Pour|Dans|Chaque|Mon|Ma|Ce|Cette)\b){_GIVEN}\s"
        rf"(?:(?!{_NO_NAME})[A-ZÀ-Ý]{{3,}}\b|[A-ZÀ-Ý]\.)"
    ),
)
# The dot of an initial (« Karim B. est… ») ends no sentence.
_SENTENCE = compile_pattern(r"(?:[^.!?\n]|(?<=\s[A-ZÀ-Ý])\.(?=\s[a-zà-ÿ]))*[.!?\n]?")
_SOMEBODY = compile_pattern(
    rf"\b(?:M\.?|Mr\.?|Monsieur|Madame|Mademoiselle|Mme|Mlle|Dr\.?|Docteur|m['’]appelle)\.?\s+{re.escape(MASK)}",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """Return `text` with personal data replaced by « […] »; words on health too, in a sentence that names somebody."""
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    for pattern in _NAMED:
        text = pattern.sub(rf"\1{MASK}", text)
    if _HEALTH.search(text):
        named = _SENTENCE.sub(_without_untitled, text)
        if named != text:
            return _SENTENCE.sub(_without_health, named)
    # The dot of « M. » ends no sentence: the name is looked for in the whole text first.
    return (
        _SENTENCE.sub(_without_health, text.replace("M. ", "M.\u00a0")).replace("M.\u00a0", "M. ")
        if _SOMEBODY.search(text)
        else text
    )


def _without_untitled(sentence: re.Match[str]) -> str:
    words = sentence.group()
    if _HEALTH.search(words):
        for pattern in _UNTITLED:
            words = pattern.sub(rf"\1{MASK}", words)
    return words


def _without_health(sentence: re.Match[str]) -> str:
    words = sentence.group()
    return _HEALTH.sub(MASK, words) if MASK in words else words
