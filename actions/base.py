"""What every action shares: the assistant of this process, the clock, and what happens when all fails."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from functools import lru_cache

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue, open_catalogue
from knowledge.clock import Clock, clock_from_env
from knowledge.errors import KnowledgeError

TIME_LIMIT = 10.0  # seconds; beyond Rasa's lock (60 s) two messages of one conversation would cross
_logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the knowledge base of this process, opened at first use."""
    return open_catalogue()


@lru_cache(maxsize=1)
def clock() -> Clock:
    """Return the clock of this process."""
    return clock_from_env()


class SafeAction(Action, ABC):
    """An action whose failure is logged without the user's words and never leaves half an answer."""

    @abstractmethod
    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Do the work (in a thread: it may read the database) and return the events.

        `assistant` knows the base as it is now, and as it stays for the whole message.
        """

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: object) -> list[EventType]:
        """Answer within the time limit, or say nothing at all rather than half an answer."""
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._answer, dispatcher, tracker), TIME_LIMIT)
        except (KnowledgeError, asyncio.TimeoutError) as error:
            # The text of the message stays out of the log: it may hold personal data.
            _logger.error("%s failed: %s", self.name(), type(error).__name__)
        except Exception:
            _logger.exception("%s failed", self.name())
        # Saying nothing is what the web server recognises as a breakdown (503), and says in French.
        dispatcher.messages.clear()
        return []

    def _answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return self.answer(Assistant(catalogue().snapshot()), dispatcher, tracker)
