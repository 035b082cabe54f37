"""What becomes of a text before Rasa, checked with Rasa's own reading of commands."""

from __future__ import annotations

import unicodedata

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from bot.plain_text import as_plain_text
from bot.web.problems import Problem
from bot.web.text import clean

SPACES = [chr(code) for code in range(0x110000) if chr(code).isspace()]
INVISIBLE = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in {"Cc", "Cf"}]


def obeyed(text: str) -> bool:
    """Tell whether Rasa would take a text as a command."""
    message = Message({"text": UserMessage(text).text})
    return YAMLStoryReader.unpack_regex_message(message) is not message


def test_rasa_obeys_commands() -> None:
    assert obeyed("/restart") and obeyed('\u3000/ask{"call": "x"}'), "else the tests below prove nothing"


@pytest.mark.parametrize("before", ["", *SPACES, "/", "//", "\u3164", "\u2800", " \u00a0\t", "\ufeff "])
def test_no_text_is_a_command(before: str) -> None:
    for command in ("/restart", '/ask{"call": "x"}', "/ restart", "/", "／restart"):
        assert not obeyed(as_plain_text(clean(before + command)))
        assert not obeyed(unicodedata.normalize("NFKC", as_plain_text(clean(before + command))))


def test_invisible_characters_do_not_hide_a_command() -> None:
    assert not any(obeyed(as_plain_text(clean(f"{sign}/restart"))) for sign in INVISIBLE)


def test_text_is_otherwise_kept() -> None:
    text = "Où déposer le dossier (CSE) ?\nEt après le 5/09/2022 – 12 h ? 🙂 « l’ARS »"
    assert as_plain_text(clean(text)) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("e\u0301te\u0301", "été"),
        ("a\u200bb\u00adc\u202e", "abc"),
        ("a\r\nb\rc\u2028d\x85e\tf", "a\nb\nc\nd\ne f"),
        ("\ud800bon", "bon"),
        (" 👍🏽 ", "👍🏽"),
        ("?", "?"),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize("raw", ["", " ", "\u200b\u200d", "\x00", "\u3164", "\ud800"])
def test_empty(raw: str) -> None:
    with pytest.raises(Problem, match="empty-text"):
        clean(raw)
