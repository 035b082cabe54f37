"""The development questions, asked of the running assistant: floors that a change must not break."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.questions import FOLDER, judge, read_questions

pytestmark = pytest.mark.stack
# Measured by `make evaluate`; raised when the assistant gets better, never lowered.
ACCURACY_FLOOR = 0.93
HONESTY_FLOOR = 0.97
MOST_WRONG_FACTS = 0


def test_answers_stay_right_and_honest(stack: Any) -> None:
    client = stack.client()
    verdicts = [
        judge(question, "\n\n".join(str(answer["text"]) for answer in client.ask(*question.context, question.text)))
        for question in read_questions(FOLDER)
    ]
    answerable = [item.right for item in verdicts if item.question.answerable]
    others = [item.right for item in verdicts if not item.question.answerable]
    wrong = [(item.question.id, item.forbidden) for item in verdicts if item.forbidden]
    assert sum(answerable) / len(answerable) >= ACCURACY_FLOOR
    assert sum(others) / len(others) >= HONESTY_FLOOR
    assert len(wrong) <= MOST_WRONG_FACTS, wrong
