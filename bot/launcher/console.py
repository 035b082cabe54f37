"""What the launcher says, each line with the seconds since it started."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO


class Console:
    """Lines of progress on the standard output, errors on the standard error."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()

    def say(self, text: str) -> None:
        """Write one line of progress."""
        self._write(sys.stdout, text)

    def complain(self, text: str) -> None:
        """Write what went wrong and what to do."""
        self._write(sys.stderr, text)

    def _write(self, stream: TextIO, text: str) -> None:
        print(f"[{self._clock() - self._start:5.0f} s] {text}", file=stream, flush=True)


class CannotStart(Exception):
    """The assistant cannot start; the message is for the person who started it."""
