"""Processes of the launcher: each with its log and its group, and none left behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_MAX_LOG = 5_000_000  # bytes, beyond which the log is set aside at the next start
_libc = ctypes.CDLL(None) if sys.platform.startswith("linux") else None


class Child:
    """One running command.

    Args:
        command: program and arguments.
        log: file that receives what it writes.
        environ: its environment.
        folder: its working folder.
    """

    def __init__(self, command: list[str], log: Path, environ: Mapping[str, str], folder: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _MAX_LOG:
            log.replace(log.with_suffix(".log.1"))
        self.log = log
        self._offset = log.stat().st_size if log.exists() else 0
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(environ),
                cwd=folder,
                # Its own group: Ctrl-C reaches the launcher alone, which stops everything in order,
                # and a signal to the group also reaches what the child started.
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),
            )

    @property
    def status(self) -> int | None:
        """Exit status, None while it runs."""
        return self.process.poll()

    def tail(self, lines: int = 15) -> str:
        """Return the last lines that this run wrote."""
        with self.log.open("rb") as stream:
            stream.seek(max(self._offset, self.log.stat().st_size - 20_000))
            text = stream.read().decode("utf-8", "replace")
        return "\n".join(f"    {line[:400]}" for line in text.splitlines()[-lines:])

    def stop(self, patience: float = 10.0) -> None:
        """Ask the whole group to end, then end it by force after `patience` seconds."""
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + patience
        while self.status is None and time.monotonic() < deadline:
            time.sleep(0.05)
        # Also when the child itself has ended: something that it started may remain.
        self._signal(signal.SIGKILL)
        self.process.wait()

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


def _die_with(parent: int) -> Callable[[], None] | None:
    """Return what the child does before its program: ask the kernel to end it when the launcher dies."""
    if _libc is None:
        return None

    def prepare() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # The launcher may have died before the line above took effect.
        if os.getppid() != parent:
            os._exit(1)

    return prepare
