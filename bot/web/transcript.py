"""A whole conversation in one signed form field, for the page without JavaScript.

Nothing of it is stored on the server, which therefore has nothing to protect nor to erase.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core import signing

_SALT = "bot.web.transcript"
_MAX_FIELD = 40_000  # characters, well under MAX_FORM once encoded by the browser


@dataclass
class Transcript:
    """What was said: pairs of what a person asked and what the assistant answered.

    Attributes:
        token: token of the conversation, empty before its first message.
        earlier: those of the conversations that expired meanwhile, still to be erased with this one.
        turns: `{"asked": str, "answers": [answer, …]}`, oldest first.
        cut: the oldest turns are no longer shown.
    """

    token: str = ""
    turns: list[dict[str, Any]] = field(default_factory=list)
    cut: bool = False
    earlier: list[str] = field(default_factory=list)

    def without_token(self) -> Transcript:
        """Return the transcript as its next message will open another conversation."""
        return Transcript("", self.turns, self.cut, [*self.earlier, *filter(None, [self.token])])

    def with_turn(self, asked: str, answers: list[dict[str, Any]]) -> Transcript:
        """Return the transcript with one more turn."""
        # A question is answered while it is the last thing said; its long list, kept further, would fill the field.
        past = [{**turn, "answers": [{**item, "form": None} for item in turn["answers"]]} for turn in self.turns]
        return Transcript(self.token, [*past, {"asked": asked, "answers": answers}], self.cut, self.earlier)


def read(text: str) -> Transcript:
    """Return the transcript of a signed field; a field that is not ours is an empty transcript."""
    try:
        token, turns, cut, earlier = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return Transcript()
    return Transcript(token, turns, cut, earlier)


def write(transcript: Transcript) -> str:
    """Return the signed field; the oldest turns are dropped until it fits."""
    while True:
        content = [transcript.token, transcript.turns, transcript.cut, transcript.earlier]
        text = signing.dumps(content, salt=_SALT, compress=True)
        if len(text) <= _MAX_FIELD or not transcript.turns:
            return text
        transcript.turns = transcript.turns[1:]
        transcript.cut = True


def label_of(transcript: Transcript, button_id: str) -> str:
    """Return the label of a button, or of an option, shown in the transcript (empty when its turn was dropped)."""
    for turn in reversed(transcript.turns):
        for answer in turn["answers"]:
            for button in [*answer["buttons"], *(answer["form"] or {}).get("options", ())]:
                if button["id"] == button_id:
                    return button["label"]
    return ""
