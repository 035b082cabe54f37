"""Counts since the process started, in the text format of Prometheus."""

from __future__ import annotations

from collections import Counter

_requests: Counter[tuple[str, str, int]] = Counter()
_messages: Counter[str] = Counter()
_seconds = [0.0, 0]


def request(route: str, method: str, status: int) -> None:
    """Count one HTTP answer; `route` is a pattern, never an address that somebody chose."""
    _requests[route, method if method in {"GET", "HEAD", "POST", "OPTIONS"} else "other", status] += 1


def message(outcome: str, seconds: float) -> None:
    """Count one message sent to Rasa: "answered" or the name of a problem."""
    _messages[outcome] += 1
    _seconds[0] += seconds
    _seconds[1] += 1


def text() -> str:
    """Return everything counted."""
    lines = [
        "# HELP assistant_http_requests_total HTTP answers by route, method and status.",
        "# TYPE assistant_http_requests_total counter",
        *(
            f'assistant_http_requests_total{{route="{route}",method="{method}",status="{status}"}} {count}'
            for (route, method, status), count in sorted(_requests.items())
        ),
        "# HELP assistant_messages_total Messages sent to Rasa by outcome.",
        "# TYPE assistant_messages_total counter",
        *(f'assistant_messages_total{{outcome="{name}"}} {count}' for name, count in sorted(_messages.items())),
        "# HELP assistant_message_seconds Time that Rasa took to answer.",
        "# TYPE assistant_message_seconds summary",
        f"assistant_message_seconds_sum {_seconds[0]:.6f}",
        f"assistant_message_seconds_count {_seconds[1]}",
    ]
    return "\n".join(lines) + "\n"
