"""References that people can read out, and resume codes that nobody can guess and that are stored hashed."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from knowledge.patterns import compile_pattern

# Crockford's base 32: no I, L, O, U, so that nothing is misread or misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_GROUP = 4
_REFERENCE_GROUPS, _CODE_GROUPS = 2, 4  # 40 bits to name, 80 bits to open
PREFIX = "QVCT"
# One group at least mixes letters and figures: « 2024 pour 2025 avec » is no code.
_MIXED = r"(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[0-9A-Za-z]{4}"
CODE = compile_pattern(
    rf"(?<![0-9A-Za-z-])(?=(?:[0-9A-Za-z]{{4}}[ -]){{0,3}}{_MIXED}(?![0-9A-Za-z]))"
    r"[0-9A-Za-z]{4}(?:[ -][0-9A-Za-z]{4}){3}(?![0-9A-Za-z-])"
)
"""A resume code as people write it; used to keep it out of what is stored of a conversation."""
# A figure in each group: « un appel QVCT pour nous » names no dossier.
_FIGURED = "(?=[A-Z]{0,3}[0-9])[0-9A-Z]{4}"
REFERENCE = compile_pattern(rf"\b{PREFIX}[ -]?{_FIGURED}[ -]?{_FIGURED}\b", re.IGNORECASE)

# Parameters of scrypt: 16 MiB and some 50 ms, against guessing from a stolen table.
_COST, _BLOCK, _PARALLEL = 2**14, 8, 1


def new_reference() -> str:
    """Return a reference such as « QVCT-7K3M-9PXD »; it names a dossier and gives access to nothing."""
    while not REFERENCE.fullmatch(reference := f"{PREFIX}-{_groups(_REFERENCE_GROUPS)}"):
        pass  # four in ten have a group without a figure
    return reference


def new_code() -> str:
    """Return a resume code such as « 4T7Q-9M2X-KD31-ZB8F »: 80 random bits, shown once."""
    while not CODE.fullmatch(code := _groups(_CODE_GROUPS)):
        pass  # three in a thousand have no group that mixes letters and figures
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
