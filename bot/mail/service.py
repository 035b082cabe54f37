"""Serving one mailbox for as long as the process lives, through every failure of its servers."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable

from bot.launcher.supervisor import Stop, Stopped
from bot.mail.learning import Learner
from bot.mail.mailbox import Mailbox, MailboxRefused, MailboxUnavailable
from bot.mail.settings import Account
from bot.mail.worker import Worker
from knowledge.base.store import Store
from knowledge.errors import StoreUnavailable
from knowledge.mail.alone import AlreadyServed, alone

log = logging.getLogger(__name__)

_LEARNING = 3600.0  # seconds between two comparisons of what was drafted with what was sent


class Backoff:
    """Delays that double, from `first` to `longest` seconds."""

    def __init__(self, first: float = 1.0, longest: float = 300.0) -> None:
        self._first, self._longest, self._next = first, longest, first

    def delay(self) -> float:
        """Return the next delay."""
        delay, self._next = self._next, min(2 * self._next, self._longest)
        return delay

    def reset(self) -> None:
        """Begin again with the shortest."""
        self._next = self._first


class Service:
    """Serves one mailbox, alone.

    Args:
        pause: first delay after a failure, in seconds.
    """

    def __init__(
        self, account: Account, store: Store, mailbox: Mailbox, worker: Worker, learner: Learner, pause: float = 1.0
    ) -> None:
        self._account, self._store, self._mailbox = account, store, mailbox
        self._worker, self._learner, self._backoff = worker, learner, Backoff(pause)
        self._learned = float("-inf")

    def run(self, stop: Stop) -> None:
        """Serve until a stop is asked."""
        try:
            while not stop.asked:
                try:
                    with alone(self._store, self._account.key) as check:
                        self._serve(stop, check)
                except Stopped:
                    return
                except Exception as error:
                    self._mailbox.close()
                    delay = self._backoff.delay()
                    log.warning("%s: %s; next try in %.0f s", self._account.name, _named(error), delay)
                    stop.sleep(delay)
        except Stopped:
            return
        finally:
            self._mailbox.close()

    def once(self) -> bool:
        """Do what the mailbox needs now; return whether something remains to be tried again.

        Raises:
            AlreadyServed, MailboxUnavailable, MailboxRefused, StoreUnavailable: nothing, or not everything, was done.
        """
        try:
            with alone(self._store, self._account.key) as check:
                again = self._worker.cycle(check=check)
                self._learner.look()
                return again
        finally:
            self._mailbox.close()

    def _serve(self, stop: Stop, check: Callable[[], None]) -> None:
        while not stop.asked:
            check()
            again = self._worker.cycle(lambda: stop.asked, check)
            if time.monotonic() - self._learned > _LEARNING and not stop.asked:
                self._learned = time.monotonic()
                self._learner.look()
            if again:
                # A new mail still wakes: it need not wait for what failed.
                self._mailbox.wait(self._backoff.delay(), lambda: stop.asked)
            else:
                self._backoff.reset()
                self._mailbox.wait(self._account.poll, lambda: stop.asked)


def _named(error: Exception) -> str:
    """Return what may be written of an error: never its message, but for ours, which hold no personal data."""
    if isinstance(error, (MailboxUnavailable, MailboxRefused)):
        return f"{type(error).__name__} ({error})"
    if isinstance(error, (StoreUnavailable, AlreadyServed)):
        return type(error).__name__
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename.rpartition('/')[2]}:{last.lineno}"
