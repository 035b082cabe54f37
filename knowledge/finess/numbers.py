"""FINESS and SIRET numbers: their form, and a check digit whose failure warns and never refuses.

FINESS numbers have nine characters; those made of figures alone end with Luhn's key (it holds for every published number
that was tried). The key of Corsican numbers (2A, 2B) is not documented: only their form is checked.
"""

from __future__ import annotations

from enum import Enum

from stdnum import luhn
from stdnum.fr import siret

from knowledge.patterns import compile_pattern

_SIRET = compile_pattern(r"[0-9]{14}")
_SEPARATORS = compile_pattern(r"[\s.\-/]+")
_FINESS = compile_pattern(r"[0-9A-Z]{9}")


class FinessKind(str, Enum):
    """What a number stands for: the body that holds authorisations, or a place where it works."""

    LEGAL = "legal"
    GEOGRAPHIC = "geographic"


class Remark(str, Enum):
    """What can be said of a number from itself alone."""

    FINE = "fine"
    CHECK_DIGIT = "check_digit"
    FORM = "form"


def compact(text: str) -> str:
    """Return a number without spaces, dots and dashes, in capitals."""
    return _SEPARATORS.sub("", text).upper()


def check_finess(text: str) -> Remark:
    """Return what can be said of a FINESS number, however it is spaced."""
    number = compact(text)
    if not _FINESS.fullmatch(number):
        return Remark.FORM
    return Remark.FINE if not number.isdigit() or luhn.is_valid(number) else Remark.CHECK_DIGIT


def check_siret(text: str) -> Remark:
    """Return what can be said of a SIRET number (La Poste's exception included, python-stdnum)."""
    number = compact(text)
    if not _SIRET.fullmatch(number):
        return Remark.FORM
    return Remark.FINE if siret.is_valid(number) else Remark.CHECK_DIGIT
