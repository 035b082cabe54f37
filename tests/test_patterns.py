"""No message, and no mail, can make a regular expression run for long: each of them is timed on texts made against it."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import django
import hostile
import pytest

import actions
import bot.mail
import bot.nlu
import bot.web
import knowledge
from knowledge.patterns import DOOR, Compiled, all_patterns

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parent.parent
A_MESSAGE, A_MAIL = 0.05, 1.0  # seconds, on DOOR characters and on a whole mail


def load_everything() -> None:
    """Import every module, and call whatever compiles the patterns of a YAML file."""
    for package in (knowledge, actions, bot.nlu, bot.mail, bot.web):
        for item in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in item.name or item.name.endswith("__main__") or item.name in SERVERS:
                continue
            module = importlib.import_module(item.name)
            for name, value in vars(module).items():
                if hasattr(value, "cache_info") and value.__module__ == item.name and name in LOADERS:
                    value()


# They need a running Django or Rasa to be imported, and hold no pattern of their own.
SERVERS = {"bot.web.asgi", "bot.web.settings", "bot.web.wsgi"}
LOADERS = {"_phrases", "phrases", "rules", "_written", "_common", "_patterns", "_choices", "_talk", "load_topics"}


def cached_loaders() -> set[str]:
    """Return the names of the functions without argument that are cached, in modules that compile a pattern."""
    found = set()
    for folder in ("knowledge", "actions", "bot"):
        for file in (ROOT / folder).rglob("*.py"):
            text = file.read_text("utf-8")
            if "compile_pattern(" not in text or file.name == "patterns.py":
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef) and not node.args.args:
                    cached = any("lru_cache" in ast.unparse(item) for item in node.decorator_list)
                    if cached and ("compile_pattern" in ast.unparse(node) or "_any(" in ast.unparse(node)):
                        found.add(node.name)
    return found


@pytest.fixture(scope="module")
def patterns() -> tuple[Compiled, ...]:

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    django.setup()
    LOADERS.update(cached_loaders())
    load_everything()
    return all_patterns()


class TooLong(Exception):
    """A search was stopped."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what is inside after so long: the regular expression engine looks at signals while it works."""

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def timed(method: Callable[..., object], given: str | bytes, limit: float) -> float:
    """Return how long one search takes, in seconds of the processor; it is stopped long after the limit."""
    start = time.process_time()
    with suppress(TooLong), at_most(10 * limit):
        method(given)
    return time.process_time() - start


def slowest(item: Compiled, limit: float) -> tuple[float, str]:
    """Return the longest search, in seconds of the processor, and the text that made it; the first one over the limit."""
    worst = (0.0, "")
    for text in hostile.texts(item.pattern.pattern, item.pattern.flags, item.reads):
        given = text.encode("utf-8", "replace") if isinstance(item.pattern.pattern, bytes) else text
        for method in (item.pattern.fullmatch, lambda text: sum(1 for _ in item.pattern.finditer(text))):
            took = timed(method, given, limit)
            if took > limit:  # a busy machine slows one measure, not two
                took = min(took, timed(method, given, limit))
            if took > limit:
                return took, text[:60]
            worst = max(worst, (took, text[:60]))
    return worst


def test_every_pattern_is_quick_on_text_made_against_it(patterns: tuple[Compiled, ...]) -> None:
    assert len(patterns) > 150, "the modules were not loaded"
    slow = {}
    for item in patterns:
        limit = A_MESSAGE if item.reads <= DOOR else A_MAIL
        seconds, text = slowest(item, limit)
        if seconds > limit:
            slow[str(item.pattern.pattern)[:120]] = (round(seconds, 3), item.reads, text)
    assert not slow, "\n".join(f"{took[0]} s, {took[1]} signs, {took[2]!r}: {name}" for name, took in slow.items())


@pytest.mark.parametrize("expression", [r"(?:\w+,?)*x", r"^(a+)+$", r"\s*(?:[,;]\s*et\s+|\s+et\s+|\s-\s+)"])
def test_the_check_can_fail(expression: str) -> None:
    assert slowest(Compiled(re.compile(expression), DOOR), A_MESSAGE)[0] > A_MESSAGE


@pytest.mark.parametrize("folder", ["knowledge", "actions", "bot"])
def test_patterns_are_compiled_through_the_function_that_remembers_them(folder: str) -> None:
    wrong = []
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr not in {"escape", "error"}:
                    wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert [item.split(":")[0] for item in wrong] == (["knowledge/patterns.py"] if folder == "knowledge" else [])
