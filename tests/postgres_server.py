"""A throw-away PostgreSQL server, started from the machine's own binaries (Debian: package `postgresql`)."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2

START_SECONDS = 60
# The server refuses to run as root: under root it becomes the first of these accounts that exists.
_ACCOUNTS = ("postgres", "nobody")


def binaries() -> Path | None:
    """Return the folder that holds `initdb` and `postgres` (the newest version), or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path:
        found = [Path(on_path).resolve()]
    return found[-1].parent if found and (found[-1].parent / "postgres").exists() else None


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Run a server with the binaries of `folder`; yield the URL of its database `postgres`.

    Raises:
        RuntimeError: it does not start; the message holds its log.
    """
    account = _account()
    data = Path(tempfile.mkdtemp(prefix="test-postgres-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if account:
            os.chown(data, account["user"], account["group"])
        cluster = data / "cluster"
        _run(
            [folder / "initdb", "-D", cluster, "-U", "tests", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N"],
            account,
        )
        port = _free_port()
        settings = ("listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={data}", "fsync=off")
        arguments = [folder / "postgres", "-D", cluster, *(part for setting in settings for part in ("-c", setting))]
        with (data / "log").open("wb") as log:
            server = subprocess.Popen(arguments, stdout=log, stderr=log, cwd=data, **account)
        url = f"postgresql://tests@127.0.0.1:{port}/postgres"
        _wait_for(server, url, data / "log")
        yield url
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGINT)  # "fast": open connections are cut
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(data, ignore_errors=True)


def execute(url: str, statement: str) -> None:
    """Run one statement outside of any transaction, as CREATE DATABASE needs."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def _account() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    for name in _ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise RuntimeError(f"PostgreSQL does not run as root, and none of the accounts {_ACCOUNTS} exists")


def _run(arguments: list[Any], account: dict[str, Any]) -> None:
    done = subprocess.run(arguments, capture_output=True, text=True, cwd="/", check=False, **account)
    if done.returncode:
        raise RuntimeError(f"{arguments[0]} failed:\n{done.stdout}\n{done.stderr}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            psycopg2.connect(url, connect_timeout=2).close()
            return
        except psycopg2.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text('utf-8', 'replace')}")
