"""Limits and last answers, in one process and shared by several through a real Redis."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
import redis_server
from redis_server import RedisServer
from web_fakes import Client, FakeRasa

ROOT = Path(__file__).parents[2]
SECRET = "a secret of the tests, long enough"


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    if not shutil.which("redis-server"):
        pytest.fail("no redis-server (Debian: apt-get install redis-server)")
    with redis_server.running_server() as found:
        yield found


@pytest.fixture
def empty(server: RedisServer) -> RedisServer:
    redis.Redis.from_url(server.url).flushall()
    return server


def counters(server: RedisServer) -> Any:
    from bot.web.counters import RedisCounters
    from bot.web.redis_store import RedisStore

    return RedisCounters(RedisStore(server.url, SECRET))


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    return asyncio.run(work())  # type: ignore[arg-type]


def test_an_hour_has_its_limit_beside_that_of_a_minute(web: Any) -> None:
    from bot.web.counters import Limit, MemoryCounters

    now = [0.0]
    memory = MemoryCounters(lambda: now[0])
    limits = [Limit(2, 60), Limit(3, 3600)]

    async def hit() -> float:
        return await memory.hit("a", limits)

    assert [run(hit) for _ in range(3)] == [0, 0, 60]
    now[0] = 61
    assert [run(hit) for _ in range(2)] == [0, 3600 - 61]
    now[0] = 3600
    assert run(hit) == 0


def test_counts_are_forgotten_when_they_no_longer_matter_and_not_before(web: Any) -> None:
    from bot.web.counters import Limit, MemoryCounters

    now = [0.0]
    memory = MemoryCounters(lambda: now[0])
    hour = [Limit(1, 60), Limit(1, 3600)]

    async def hits() -> list[float]:
        return [await memory.hit(f"address:{number}", hour) for number in range(20_000)]

    async def other() -> float:
        return await memory.hit("address:here", [Limit(3000, 60)])

    assert set(run(hits)) == {0}
    now[0] = 70
    assert run(other) == 0
    assert set(run(hits)) == {3530}, "a limit of one minute elsewhere forgets nothing of an hour"
    now[0] = 3600
    assert run(other) == 0
    assert list(memory._hits) == ["address:here"]


def test_the_api_says_when_to_come_back(client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "RATE_LIMIT_SESSION_HOUR", 2)
    token, far = client.open(), "192.0.2.7"
    assert [client.say(token, {"text": "a"}, address=far).status_code for _ in range(3)] == [200, 200, 429]
    wait = int(client.say(token, {"text": "a"}, address=far).headers["retry-after"])
    assert 3500 < wait <= 3601


def test_the_page_says_when_to_come_back(client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "RATE_LIMIT_ADDRESS_HOUR", 1)
    said = {"address": "192.0.2.8", "data": {"text": "bonjour"}, "headers": {"Accept": "text/html"}}
    assert client.request("POST", "/assistant", **said).status_code == 200
    refused = client.request("POST", "/assistant", **said)
    assert refused.status_code == 429 and 3500 < int(refused.headers["retry-after"]) <= 3601
    assert "Trop de demandes" in refused.text and "bonjour" in refused.text, "what was written is not lost"


def test_two_processes_count_together(web: Any, empty: RedisServer, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    environ = {
        **kept,
        "ASSISTANT_VAR": str(tmp_path),
        "SECRET_KEY": "k" * 40,
        "REDIS_URL": empty.url,
        "RATE_LIMIT_LOOPBACK": "3",
        "DJANGO_SETTINGS_MODULE": "bot.web.settings",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environ, cwd=ROOT, check=True)
    with contextlib.ExitStack() as stack:
        addresses = [stack.enter_context(served(environ)) for _ in range(2)]
        codes = [httpx.post(f"{addresses[turn % 2]}/api/sessions").status_code for turn in range(4)]
    assert codes == [201, 201, 201, 429]


@contextlib.contextmanager
def served(environ: dict[str, str]) -> Iterator[str]:
    """Run one web process; yield its address."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.web", "--port", str(port)], env=environ, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while True:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{address}/healthz").raise_for_status()
                break
            assert process.poll() is None and time.monotonic() < end, "the web process does not start"
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def test_several_copies_share_a_count(web: Any, empty: RedisServer) -> None:
    from bot.web.counters import Limit

    async def work() -> list[float]:
        copies = counters(empty), counters(empty)
        return [await copies[turn % 2].hit("session:1", [Limit(3, 60), Limit(10, 3600)]) for turn in range(4)]

    first, second, third, refused = run(work)
    assert (first, second, third) == (0, 0, 0) and 59 < refused <= 60


def test_the_shared_window_slides(web: Any, empty: RedisServer) -> None:
    from bot.web.counters import Limit

    async def work() -> tuple[float, float, float]:
        counts = counters(empty)
        first, refused = [await counts.hit("a", [Limit(1, 0.4)]) for _ in range(2)]
        await asyncio.sleep(refused + 0.05)
        return first, refused, await counts.hit("a", [Limit(1, 0.4)])

    first, refused, later = run(work)
    assert first == 0 and 0 < refused <= 0.4 and later == 0


def test_a_place_is_taken_once_given_back_by_its_owner_and_opens_by_itself(web: Any, empty: RedisServer) -> None:
    async def work() -> list[bool]:
        mine, other = counters(empty), counters(empty)
        place = await mine.enter("c", 30)
        seen = [place is not None, await other.enter("c", 30) is None]
        await other.leave("c", "not mine")
        seen.append(await other.enter("c", 30) is None)
        await mine.leave("c", place)
        short = await other.enter("c", 0.2)
        seen.append(short is not None)
        await asyncio.sleep(0.3)
        # Its time has passed: another takes it, and the late one gives back nothing that is not its own.
        after = await mine.enter("c", 30)
        await other.leave("c", short)
        return [*seen, after is not None, await other.enter("c", 30) is None]

    assert run(work) == [True] * 6


def test_a_moment_of_silence_closes_no_conversation(
    web: Any, empty: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.web import redis_store

    monkeypatch.setattr(redis_store, "_PAUSE", 0.3)

    async def work() -> list[bool]:
        counts = counters(empty)
        before = await counts.enter("before", 40)
        with empty.frozen():
            during = await counts.enter("during", 40)
        await counts.leave("before", before)
        await counts.leave("during", during)
        await asyncio.sleep(0.4)
        # The place asked for while Redis was silent was taken there, once it woke up.
        taken = redis.Redis.from_url(empty.url).dbsize() == 2
        return [taken, *[await counts.enter(name, 40) is not None for name in ("before", "during")]]

    assert run(work) == [True] * 3


def test_neither_addresses_nor_answers_can_be_read_in_redis(web: Any, empty: RedisServer) -> None:
    from bot.web.counters import Limit
    from bot.web.redis_store import RedisStore
    from bot.web.replay import RedisMemory

    async def work() -> None:
        counts = counters(empty)
        await counts.hit("address:192.0.2.7", [Limit(3, 60)])
        await counts.enter("conversation-1", 30)
        store = RedisStore(empty.url, SECRET)
        await RedisMemory(store).keep("conversation-1", "request-1", {"messages": [{"text": "Code : ABCD-EFGH"}]})

    run(work)
    client = redis.Redis.from_url(empty.url)
    keys = client.keys("*")
    assert len(keys) == 3 and all(client.ttl(key) > 0 for key in keys)
    dumped = b" ".join([*keys, *(client.dump(key) for key in keys)])
    for words in (b"192.0.2.7", b"conversation-1", b"request-1", b"ABCD"):
        assert words not in dumped


def test_an_answer_is_given_again_by_another_copy(web: Any, empty: RedisServer) -> None:
    from bot.web.redis_store import RedisStore
    from bot.web.replay import RedisMemory

    async def work() -> list[Any]:
        one, two, stranger = (
            RedisMemory(RedisStore(empty.url, secret)) for secret in (SECRET, SECRET, "another secret")
        )
        await one.keep("c", "r1", {"masked": False, "messages": [{"text": "Été"}]})
        found = [await two.find("c", "r1"), await two.find("c", "r2"), await stranger.find("c", "r1")]
        await two.keep("c", None, None)
        return [*found, await one.find("c", "r1")]

    assert run(work) == [{"masked": False, "messages": [{"text": "Été"}]}, None, None, None]


def test_an_answer_moved_in_redis_is_not_given_in_another_conversation(web: Any, empty: RedisServer) -> None:
    from bot.web.redis_store import RedisStore
    from bot.web.replay import RedisMemory

    store = RedisStore(empty.url, SECRET)
    mine, other = (store.hidden("replay", name) for name in ("mine", "other"))

    async def work() -> list[Any]:
        memory = RedisMemory(store)
        await memory.keep("mine", "r", {"messages": []})
        assert redis.Redis.from_url(empty.url).copy(mine, other)
        return [await memory.find(name, "r") for name in ("mine", "other")]

    assert run(work) == [{"messages": []}, None]


def test_what_was_kept_without_redis_is_forgotten_on_request(web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.web import redis_store
    from bot.web.replay import RedisMemory

    monkeypatch.setattr(redis_store, "_PAUSE", 0.0)
    with redis_server.running_server() as server:
        server.stop()

        async def work() -> list[Any]:
            memory = RedisMemory(redis_store.RedisStore(server.url, SECRET))
            await memory.keep("c", "r", {"messages": []})
            seen = [await memory.find("c", "r")]
            server.start()
            await memory.keep("c", None, None)
            server.stop()
            return [*seen, await memory.find("c", "r")]

        assert run(work) == [{"messages": []}, None]


def test_without_redis_answers_still_come_and_it_is_said_once(
    client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.web import limits, redis_store, replay
    from bot.web.counters import RedisCounters

    monkeypatch.setattr(redis_store, "_PAUSE", 0.0)
    with redis_server.running_server() as server:
        store = redis_store.RedisStore(server.url, SECRET)
        monkeypatch.setattr(limits, "counters", RedisCounters(store))
        monkeypatch.setattr(replay, "memory", replay.RedisMemory(store))
        token = client.open()
        assert client.say(token, {"text": "bonjour", "request": "a" * 32}).status_code == 200
        assert redis.Redis.from_url(server.url).dbsize() > 0
        server.stop()
        with caplog.at_level(logging.WARNING, "bot.web.redis_store"):
            rasa.items = [{"text": "Sans Redis."}]
            for _ in range(2):
                answer = client.say(token, {"text": "encore", "request": "b" * 32})
                assert answer.json()["messages"][0]["text"] == "Sans Redis."
            assert [record.levelname for record in caplog.records] == ["WARNING"]
            server.start()
            assert client.say(token, {"text": "bonjour"}).status_code == 200
            assert "again" in caplog.records[-1].getMessage()
