"""Numbers and addresses that identify a person: telephones, social security numbers, accounts, cards, e-mail addresses.

Figures are taken with whatever stands between them; what they are is for libraries to say (phonenumbers, python-stdnum),
and for the shape when a figure was mistyped: a wrong key is no reason to keep a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import phonenumbers
from stdnum import iban, luhn
from stdnum.fr import nir

from knowledge.french.text import fold
from knowledge.patterns import compile_pattern
from knowledge.privacy.vocabulary import WHOLE, vocabulary

Span = tuple[int, int]
_BETWEEN = r"[ .\-/_()·•,:*\n]{0,4}"
_RUN = compile_pattern(rf"(?<![\w])[+(]{{0,2}}[ ]?[\dOo](?:{_BETWEEN}[\dOo](?![A-Za-zÀ-ÿ])){{5,60}}", reads=WHOLE)
_GROUP = compile_pattern(r"[\dOo]+")
# Sex, year, month, département, commune, order, key.
NIR = compile_pattern(
    rf"(?<![\w])[123478]{_BETWEEN}\d{_BETWEEN}\d{_BETWEEN}(?:0{_BETWEEN}[1-9]|1{_BETWEEN}[0-2]|[2-9]{_BETWEEN}\d){_BETWEEN}"
    rf"(?:\d{_BETWEEN}\d|2{_BETWEEN}[ABab])(?:{_BETWEEN}\d){{6}}(?:(?:{_BETWEEN}\d){{2}})?(?!\d)",
    reads=WHOLE,
)
"""A social security number, whatever stands between its figures."""
_IBAN = compile_pattern(
    rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}{_BETWEEN}\d{_BETWEEN}\d(?:{_BETWEEN}[A-Za-z0-9]){{11,34}}", reads=WHOLE
)
_RIB = compile_pattern(
    rf"(?<![A-Za-z0-9])\d{{5}}{_BETWEEN}\d{{5}}{_BETWEEN}[A-Za-z0-9](?:{_BETWEEN}[A-Za-z0-9]){{10}}{_BETWEEN}\d\d(?![A-Za-z0-9])",
    reads=WHOLE,
)
# Lengths of the accounts that a French establishment may hold.
_IBAN_LENGTHS = {
    "FR": 27, "MC": 27, "BE": 16, "DE": 22, "LU": 20, "CH": 21, "ES": 24, "IT": 27, "NL": 18, "PT": 25, "GB": 22, "AT": 20,
    "IE": 22, "PL": 28, "RO": 24, "BG": 22, "HR": 21, "GR": 27, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "CZ": 24, "MA": 28,
}  # fmt: skip
_LONG_RIB = 20  # figures without anything else: no other number of this field is so long
_COUNTRIES = (
    "33", "262", "590", "594", "596", "508", "681", "687", "689", "32", "352", "377", "41", "34", "39", "44", "49", "212", "213", "216",
)  # fmt: skip
_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
_LONGEST_PHONE = 16  # figures, « 00 » and a needless 0 included
_LONGEST_ACCOUNT = 34
_MOST_GROUPS = 20  # figures one by one: sixteen of a card
_FIRST = frozenset("0234567")  # figures with which a telephone or a card starts
_CUED = 6  # figures of the shortest one behind « tél. »
_NEAR = 28  # characters before a number in which a word may say what it is
_YEARS = ("19", "20")
_AT = compile_pattern(
    r"[\[({<] ?(?:at|a|à|arobase?|chez|@) ?[\])}>]|@| arobas[e]? | at (?=[a-z0-9-]+ (?:dot|point) )",
    re.IGNORECASE,
    reads=WHOLE,
)
_LOCAL = compile_pattern(
    r"[^\s@<>()\[\],;:\"«»]{1,100}(?:(?: point | tiret | underscore )[^\s@<>()\[\],;:\"«»]{1,60}){0,4} ?$",
    re.IGNORECASE,
)
_DOMAIN = compile_pattern(
    r" ?[\w-]{1,63}(?:(?:\.(?=\w)| \. ?(?=\w)|[.,] ?(?=(?:fr|com|org|net|eu|re|nc)\b)| (?:point|dot|tiret) "
    r"| ?[\[({] ?(?:point|dot|\.) ?[\])}] ?)[\w-]{1,63}){0,5}",
    re.IGNORECASE,
)
_LONGEST_ADDRESS = 250


def identifier_spans(plain: str) -> Iterator[Span]:
    """Yield where a plain text (knowledge.privacy.plain) holds a number or an address of a person, possibly overlapping."""
    yield from _addresses(plain)
    yield from (found.span() for found in NIR.finditer(plain) if not _is_of_something_else(plain, found.start()))
    yield from _accounts(plain)
    for found in _RUN.finditer(plain):
        yield from _numbers(plain, found)


# Addresses ----------------------------------------------------------------------------------------------------


def _addresses(plain: str) -> Iterator[Span]:
    for at in _AT.finditer(plain):
        before = plain[max(0, at.start() - _LONGEST_ADDRESS) : at.start()]
        local = _LOCAL.search(before[before.rfind("\n") + 1 :][-_LONGEST_ADDRESS:])
        domain = _DOMAIN.match(plain, at.end(), at.end() + _LONGEST_ADDRESS)
        if not local or not domain:
            continue
        start = at.start() - len(local.group())
        while start < at.start() and plain[start] in ".'-_*":
            start += 1
        if not _is_public(plain[start : at.start()], domain.group()):
            yield start, domain.end()


def _is_public(local: str, domain: str) -> bool:
    """Return whether an address is that of an office whose addresses are published."""
    name = local.strip()
    host = domain.strip().rstrip(".").lower()
    known = vocabulary().public_domains
    return "." not in name and any(host == item or host.endswith(f".{item}") for item in known)


# Accounts -----------------------------------------------------------------------------------------------------


def _accounts(plain: str) -> Iterator[Span]:
    for found in _IBAN.finditer(plain):
        signs = [(index, plain[index]) for index in range(*found.span()) if plain[index].isalnum()]
        country = (signs[0][1] + signs[1][1]).upper()
        length = _IBAN_LENGTHS.get(country, 0)
        if not length or len(signs) < length:
            if _said(plain, found.start(), "bank"):
                yield found.span()
            continue
        account = "".join(sign for _, sign in signs[:length])
        french = country in ("FR", "MC") and sum(map(str.isdigit, account)) >= _LONG_RIB
        if french or iban.is_valid(account) or _said(plain, found.start(), "bank"):
            yield found.start(), signs[length - 1][0] + 1
    yield from (found.span() for found in _RIB.finditer(plain))


# Runs of figures ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Run:
    """Figures with what stands between them: `groups` are the places of those that touch each other."""

    plain: str
    start: int
    groups: tuple[Span, ...]
    plus: bool
    digits: str
    sizes: tuple[int, ...]
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, plain: str, found: re.Match[str]) -> _Run:
        """Return the run that a match of _RUN is."""
        groups = tuple(item.span() for item in _GROUP.finditer(plain, *found.span()))
        digits = "".join(plain[start:end] for start, end in groups).replace("O", "0").replace("o", "0")
        sizes = tuple(end - start for start, end in groups)
        return cls(
            plain, found.start(), groups, "+" in found.group()[:3], digits, sizes, tuple(accumulate(sizes, initial=0))
        )

    def figures(self, first: int, last: int) -> str:
        """Return the figures of the groups from `first` to `last` (excluded)."""
        return self.digits[self.offsets[first] : self.offsets[last]]

    def lengths(self, first: int, last: int) -> tuple[int, ...]:
        """Return how many figures each of these groups has."""
        return self.sizes[first:last]

    def gaps(self, first: int, last: int) -> set[str]:
        """Return what stands between these groups, without spaces."""
        pairs = zip(self.groups[first:last], self.groups[first + 1 : last])
        return {self.plain[one[1] : other[0]].strip() for one, other in pairs}


def _numbers(plain: str, found: re.Match[str]) -> Iterator[Span]:
    run = _Run.of(plain, found)
    groups = run.groups
    first = 0
    while first < len(groups):
        last = _end_of_number(run, first)
        if last is None:
            first += 1
            continue
        end = groups[last - 1][1]
        lead = plain[run.start : groups[0][0]] if first == 0 else ""
        # An opening bracket goes with its number when the closing one does.
        yield groups[first][0] - len(lead if ")" in plain[run.start : end] else lead.lstrip("( ")), end
        first = last


def _end_of_number(run: _Run, first: int) -> int | None:
    """Return the group after the longest telephone, card or account that starts at a group; None when none does."""
    best = None
    start = run.groups[first][0]
    # What the words before say of it, looked at once for all its lengths.
    phone, card, bank = (_said(run.plain, start, what) for what in ("phone", "card", "bank"))
    spelled = run.digits[run.offsets[first]] in _FIRST or first == 0 and run.plus or phone or card or bank
    for last in range(first + 1, min(len(run.groups), first + _MOST_GROUPS) + 1):
        count = run.offsets[last] - run.offsets[first]
        if count > _LONGEST_ACCOUNT:
            break
        if not spelled and count < _LONG_RIB:
            continue
        if (
            _CUED <= count <= _LONGEST_PHONE
            and _is_phone(run, first, last, phone)
            or 13 <= count <= 19
            and _is_card(run, first, last, card)
            or count >= _LONG_RIB
            and (max(run.lengths(first, last)) > 4 or bank)
        ):
            best = last
    return best


def _is_phone(run: _Run, first: int, last: int, cued: bool) -> bool:
    figures, lengths = run.figures(first, last), run.lengths(first, last)
    if not figures.isdigit() or not (figures[0] in "0367" or run.plus or cued):
        return False
    if _is_date(run, first, last):
        return False
    if (first == 0 and run.plus) or figures.startswith("00") and figures[2] != "0":
        return _is_international(figures.removeprefix("00") if figures.startswith("00") else figures)
    if len(figures) == 10 and figures[0] == "0" and figures[1] != "0":
        return True
    if len(figures) == 11 and figures.startswith("33") and (cued or lengths in {(11,), (2, 1, 2, 2, 2, 2), (2, 9)}):
        return _is_international(figures)
    if len(figures) == 9 and figures[0] in "67" and (cued or lengths == (1, 2, 2, 2, 2)):
        return True
    return (
        cued
        and last == len(run.groups)
        and _CUED <= len(figures) <= 15
        and not _is_of_something_else(run.plain, run.groups[first][0])
    )


def _is_international(figures: str) -> bool:
    for country in _COUNTRIES:
        if figures.startswith(country):
            rest = figures[len(country) :].removeprefix("0")
            if 6 <= len(rest) <= 10:
                return True
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{figures}"))
    except phonenumbers.NumberParseException:
        return False


def _is_date(run: _Run, first: int, last: int) -> bool:
    """Return whether figures are a date, with or without an hour (« 05/09/2022 14:30 »)."""
    lengths, gaps = run.lengths(first, last), run.gaps(first, last)
    words = [run.plain[start:end] for start, end in run.groups[first:last]]
    if any(len(word) == 4 and word[:2] in _YEARS for word in words) and len(set(lengths)) > 1 and 4 not in lengths[:1]:
        return True
    if len(lengths) > 1 and lengths[0] == 4 and words[0][:2] in _YEARS:
        return True
    # « 01, 02, 03, 04, 05 »: départements.
    if gaps == {","} and words == sorted(set(words)) and set(lengths) == {2}:
        return not _said(run.plain, run.groups[first][0], "phone")
    # One kind of sign for the date, another for the hour.
    return bool({"/", ":"} & gaps) and len(gaps) > 1


def _is_card(run: _Run, first: int, last: int, cued: bool) -> bool:
    figures, lengths = run.figures(first, last), run.lengths(first, last)
    if not figures.isdigit():
        return False
    if len(figures) == 16 and (figures[0] in "3456" or "22" <= figures[:2] <= "27"):
        years = all(figures[at : at + 2] in _YEARS for at in range(0, 16, 4))
        return not years and (lengths in {(4, 4, 4, 4), (16,), (8, 8), (4, 12)} or luhn.is_valid(figures) or cued)
    if len(figures) == 15 and figures[:2] in ("34", "37"):
        return luhn.is_valid(figures) or lengths in {(4, 6, 5), (15,)}
    return cued and 13 <= len(figures) <= 19 and last == len(run.groups)


def _said(plain: str, at: int, what: str) -> bool:
    """Return whether a word just before says what a number is."""
    words = _before(plain[max(0, at - _NEAR) : at])
    return any(vocabulary().cues[name].search(words) for name in what.split("|"))


# Each number is tried in several lengths, behind the same words.
@lru_cache(maxsize=256)
def _before(words: str) -> str:
    return fold(words)


_OTHER = compile_pattern(r"\b(?:siret|siren|finess|rna|naf|ape|cp|code postal|budget|montant|euros?)\b")


def _is_of_something_else(plain: str, at: int) -> bool:
    """Return whether the words just before say that a number is an establishment's."""
    return _OTHER.search(_before(plain[max(0, at - _NEAR) : at])) is not None and not nir.is_valid(plain[at : at + 21])
