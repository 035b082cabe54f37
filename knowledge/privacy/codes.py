"""References that people can read out, and resume codes that nobody can guess and that are stored hashed."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from bisect import bisect_left

from knowledge.french.text import STOP_WORDS
from knowledge.patterns import compile_pattern
from knowledge.privacy.plain import Plain

# Crockford's base 32: no I, L, O, U, so that nothing is misread or misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_GROUP = 4
_REFERENCE_GROUPS, _CODE_GROUPS = 2, 4  # 40 bits to name, 80 bits to open
PREFIX = "QVCT"
_SIGNS = _GROUP * _CODE_GROUPS
# What may stand between two signs of a code or a reference: it is read out, copied from a paper, cut by a mail program.
_BETWEEN = r"[ \-_./:,\n]{0,3}"
_WORD = compile_pattern(r"[0-9A-Za-z]+")
_HOUR = compile_pattern(r"\d{1,2}[hH]\d{0,2}|\d{1,2}(?:er|e|eme|EME)")
_BESIDE = STOP_WORDS | {"code", "mien", "voici", "suivant"}
_GLUED = frozenset({_SIGNS, _SIGNS - 1, _SIGNS + 1})
_LONGEST_WORD = 8  # signs of a group; a code is typed whole, or in short groups
_MIXED_ENOUGH = 2  # groups that mix letters and figures: words beside years (« 2024 pour 2025 avec ») have none
# A figure in each group: « un appel QVCT pour nous » names no dossier.
_FIGURED = "(?=[A-Z]{0,3}[0-9])[0-9A-Z]{4}"
REFERENCE = compile_pattern(rf"\b{PREFIX}{_BETWEEN}{_FIGURED}{_BETWEEN}{_FIGURED}\b", re.IGNORECASE)
_OF_THREE = r"[0-9A-Z]{4}"
_PART = compile_pattern(
    rf"(?<![0-9A-Z])(?!{PREFIX}){_OF_THREE}(?:[ -]{_OF_THREE}){{2}}(?:[ -][0-9A-Z]{{1,6}})?(?![0-9A-Z])", re.IGNORECASE
)


def find_code(text: str) -> str | None:
    """Return the resume code that a message gives, as it is typed; None when it gives none.

    Case, dashes, spaces and how the signs are grouped do not count.
    """
    plain = Plain(text)
    found = next((span for span, signs in _spans(plain.text) if signs == _SIGNS), None)
    return plain.text[slice(*found)] if found else None


def code_spans(plain: str) -> list[tuple[int, int]]:
    """Return where a plain text (knowledge.privacy.plain) holds what is, or nearly is, a resume code."""
    spans = [span for span, _ in _spans(plain)]
    # Three of its four groups, when what is typed is not all there.
    parts = ((found.span(), found.group()) for found in _PART.finditer(plain))
    spans += [
        span for span, words in parts if sum(map(_mixes, _WORD.findall(words))) > 1 and not REFERENCE.search(words)
    ]
    return spans


def without_references(text: str) -> str:
    """Return a text without the references that it names: their groups look like those of a code."""
    return REFERENCE.sub(" ", Plain(text).text)


def find_reference(text: str) -> str | None:
    """Return the reference that a message names, as we write it; None when it names none."""
    found = REFERENCE.search(Plain(text).text)
    return normalised(found.group()) if found else None


def _spans(plain: str) -> list[tuple[tuple[int, int], int]]:
    """Return what looks like a whole code: where, and how many signs it has."""
    words = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(plain)]
    found: list[tuple[tuple[int, int], int]] = []
    mixed = [index for index, (_, _, word) in enumerate(words) if _mixes(word)]
    first = max(0, mixed[0] - _SIGNS) if mixed else len(words)
    while first < len(words):
        following = bisect_left(mixed, first)
        if following == len(mixed):
            break
        first = max(first, mixed[following] - _SIGNS)
        # A word before it (« code ») may fit as one of its groups: the window that mixes most is the code.
        windows = (
            (start, _end_of_code(plain, words, start)) for start in range(first, min(first + _CODE_GROUPS, len(words)))
        )
        known = [(start, end) for start, end in windows if end is not None]
        if not known:
            first += _CODE_GROUPS
        else:
            first, last = max(known, key=lambda window: _likeness(plain, words[slice(*window)]))
            signs = sum(len(word) for _, _, word in words[first:last])
            found.append(((words[first][0], words[last - 1][1]), signs))
            first = last
    return found


def _likeness(plain: str, words: list[tuple[int, int, str]]) -> tuple[int, int, int, int]:
    gaps = {plain[one[1] : other[0]] for one, other in zip(words, words[1:])}
    drawn = sum(word.lower() not in _BESIDE for _, _, word in words)
    return sum(_mixes(word) for _, _, word in words), drawn, -len(gaps), words[0][0]


def _end_of_code(plain: str, words: list[tuple[int, int, str]], first: int) -> int | None:
    start, end, word = words[first]
    if len(word) in _GLUED:
        return first + 1 if _looks_drawn(word) else None
    signs, last = len(word), first + 1
    while last < len(words) and signs < _SIGNS and len(words[last][2]) <= _LONGEST_WORD:
        gap = plain[words[last - 1][1] : words[last][0]]
        if len(gap) > 3 or gap.strip(" -_./:,\n"):
            return None
        signs += len(words[last][2])
        last += 1
    group = [item for _, _, item in words[first:last]]
    regular = all(len(item) == _GROUP for item in group)
    mixed = sum(map(_mixes, group))
    drawn = _looks_drawn("".join(group)) and mixed >= _MIXED_ENOUGH and 2 * mixed >= len(group)
    enough = drawn or regular and mixed > 0
    return last if signs == _SIGNS and len(word) <= _LONGEST_WORD and enough else None


def _mixes(word: str) -> bool:
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word)) and not _HOUR.fullmatch(word)


def _looks_drawn(word: str) -> bool:
    """Return whether letters and figures alternate as in what is drawn by chance: « 20242025essms » does once."""
    kinds = [sign.isdigit() for sign in word]
    return sum(one != other for one, other in zip(kinds, kinds[1:])) > 1 and 0 < sum(kinds) < len(kinds)


# Parameters of scrypt: 16 MiB and some 50 ms, against guessing from a stolen table.
_COST, _BLOCK, _PARALLEL = 2**14, 8, 1


def new_reference() -> str:
    """Return a reference such as « QVCT-7K3M-9PXD »; it names a dossier and gives access to nothing."""
    while not REFERENCE.fullmatch(reference := f"{PREFIX}-{_groups(_REFERENCE_GROUPS)}"):
        pass  # four in ten have a group without a figure
    return reference


def new_code() -> str:
    """Return a resume code such as « 4T7Q-9M2X-KD31-ZB8F »: 80 random bits, shown once."""
    while not find_code(code := _groups(_CODE_GROUPS)) or not find_code(code.replace("-", "")):
        pass  # a few in a hundred do not look drawn by chance
    return code


def normalised(text: str) -> str:
    """Return a reference or a code as we write it, whatever its case, spaces, and letters easily confused."""
    folded = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    prefix, rest = (f"{PREFIX}-", folded[len(PREFIX) :]) if folded.startswith(PREFIX) else ("", folded)
    rest = rest.translate(_MISREAD)
    return prefix + "-".join(rest[index : index + _GROUP] for index in range(0, len(rest), _GROUP))


def hashed(code: str) -> str:
    """Return what is stored of a code: salt and scrypt hash, in hexadecimal."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_scrypt(code, salt).hex()}"


def fits(code: str, stored: str) -> bool:
    """Return whether `code` is the one that was hashed, in a time that tells nothing."""
    salt, _, expected = stored.partition("$")
    return hmac.compare_digest(_scrypt(code, bytes.fromhex(salt)).hex(), expected)


def _scrypt(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(normalised(code).encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, dklen=32)


def _groups(count: int) -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(count))
