"""A throw-away Redis server, started from the machine's own binary (Debian: package `redis-server`)."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

START_SECONDS = 20


class RedisServer:
    """A server on a socket of its own folder; it can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [str(shutil.which("redis-server")), *options, "--dir", str(self._folder)], stdout=subprocess.DEVNULL
        )
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                redis.Redis.from_url(self.url).ping()
                return
            except redis.RedisError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise RuntimeError("redis-server does not start") from None
                time.sleep(0.05)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Make it silent for a while: what it is asked meanwhile, it does afterwards."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Stop it; nothing of it remains."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(20)
        self.socket.unlink(missing_ok=True)


@contextmanager
def running_server() -> Iterator[RedisServer]:
    """Run a server without persistence, nor any port."""
    # Not pytest's folder: the path of a socket has 107 bytes at most.
    with tempfile.TemporaryDirectory(prefix="test-redis-") as name:
        server = RedisServer(Path(name))
        try:
            server.start()
            yield server
        finally:
            server.stop()
