"""Users in parallel, each sending its next message when the last one is answered."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TURNS = 4  # messages of a conversation


@dataclass
class Measure:
    """What a number of users saw.

    Attributes:
        latencies: seconds, one a message.
        rates: messages per second, one a round.
        failures: messages without any answer.
    """

    latencies: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    failures: int = 0

    @property
    def p50(self) -> float:
        """Median latency in milliseconds."""
        return statistics.median(self.latencies) * 1000

    @property
    def p95(self) -> float:
        """Latency in milliseconds that 5 % of the messages exceed."""
        return sorted(self.latencies)[int(len(self.latencies) * 0.95)] * 1000

    @property
    def rate(self) -> float:
        """Messages per second, median of the rounds."""
        return statistics.median(self.rates)

    def add(self, other: Measure) -> None:
        """Take in another round."""
        self.latencies += other.latencies
        self.rates += other.rates
        self.failures += other.failures


Talk = Callable[[str, str], bool]
"""Sends (conversation, text); tells whether an answer came. One for each user, so that it can keep a connection."""


def measure(users: int, texts: Sequence[str], name: str, open_talk: Callable[[], Talk]) -> Measure:
    """Send all the texts, shared out between users in turn, in conversations of `TURNS` messages."""
    result = Measure()
    lock = threading.Lock()

    def user(number: int) -> None:
        talk = open_talk()
        for turn, text in enumerate(texts[number::users]):
            began = time.perf_counter()
            answered = talk(f"{name}-{users}-{number}-{turn // TURNS}", text)
            taken = time.perf_counter() - began
            with lock:
                result.latencies.append(taken)
                result.failures += not answered

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.rates.append(len(texts) / (time.perf_counter() - began))
    return result
