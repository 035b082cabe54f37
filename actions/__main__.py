"""The action server, Rasa's own: `python -m actions --actions actions --port 5055`.

What the first question would wait for, some three seconds, is computed while Rasa starts.
"""

from __future__ import annotations

import logging
from itertools import islice
from threading import Thread

from rasa_sdk.__main__ import main

from actions.base import catalogue
from knowledge.answering.assistant import Assistant
from knowledge.errors import KnowledgeError

_MOST = 100  # records, the most recent calls first: about 150 ms each, and memory keeps 256
_logger = logging.getLogger(__name__)


def warm_up() -> None:
    """Prepare the calls of the base; without it, questions are answered all the same, later."""
    try:
        assistant = Assistant(catalogue().snapshot())
        assistant.mentions("")
        for record_id in islice(assistant.base.summaries, _MOST):
            assistant.index(record_id).warm_up()
    except KnowledgeError as error:
        _logger.warning("nothing was prepared: %s", type(error).__name__)


if __name__ == "__main__":
    Thread(target=warm_up, daemon=True).start()
    main()
