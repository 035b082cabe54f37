"""Start services one after the other, watch them, restart what dies, stop everything."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from bot.launcher.children import Child
from bot.launcher.console import CannotStart, Console

RESTARTS = 5
STEADY = 120.0  # seconds of good running after which past deaths are forgotten
PROBE_EVERY = 5.0  # seconds
SILENCES = 3
"""Probes in a row without answer after which a process is taken for hung."""
_HUNG_PATIENCE = 2.0  # seconds that a hung process has to end by itself
DAY = 24 * 3600.0
_TICK = 0.2


class Stopped(Exception):
    """Somebody asked the launcher to stop."""


class Stop:
    """Whether a stop was asked, by a signal."""

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        """Take the signals that ask a program to end."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def sleep(self, seconds: float) -> None:
        """Wait.

        Raises:
            Stopped: a stop was asked.
        """
        deadline = time.monotonic() + seconds
        while not self.asked and time.monotonic() < deadline:
            time.sleep(min(_TICK, seconds))
        if self.asked:
            raise Stopped

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


@dataclass
class Service:
    """One process to keep running.

    Attributes:
        name: what people call it.
        start: starts it.
        missing: returns what it still lacks to be ready, None when it is ready.
        timeout: seconds it may take to be ready.
        answers: once ready, tells whether the process itself answers, whatever those that it needs do; None: it opens
            no port, and nothing can tell.
    """

    name: str
    start: Callable[[], Child]
    missing: Callable[[], str | None]
    timeout: float
    answers: Callable[[], bool] | None = None
    child: Child | None = None
    started_at: float = 0.0
    ready: bool = False
    restart_at: float | None = None
    deaths: int = 0
    probe: Future[bool] | None = None
    probe_at: float = 0.0
    silences: int = 0


@dataclass
class Supervisor:
    """Keeps services running until a stop is asked or one of them cannot be kept."""

    console: Console
    stop: Stop
    services: list[Service] = field(default_factory=list)
    restarts: int = RESTARTS
    first_delay: float = 1.0  # seconds, doubled at each restart
    probe_every: float = PROBE_EVERY
    silences: int = SILENCES
    _probes: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(thread_name_prefix="probe"))

    def bring_up(self, service: Service) -> None:
        """Start a service and wait until it is ready.

        Raises:
            CannotStart: it ended or is not ready in time; the message has the end of its log.
            Stopped: a stop was asked.
        """
        self.console.say(f"{service.name} : démarrage…")
        self.services.append(service)
        self._start(service)
        began = time.monotonic()
        said = began
        while service.missing() is not None:
            self._check_start(service)
            if time.monotonic() - said >= 10:
                said = time.monotonic()
                self.console.say(f"{service.name} : toujours en cours ({said - began:.0f} s)…")
            self.stop.sleep(_TICK)
        # Something else may have taken the port and answered in its place.
        self._check_start(service)
        service.ready = True
        self.console.say(f"{service.name} : prêt en {time.monotonic() - began:.0f} s.")

    def watch(self, daily: Callable[[], object] = lambda: None) -> None:
        """Restart what dies, and do `daily` at once and then once a day.

        Raises:
            CannotStart: a service died too often.
            Stopped: a stop was asked.
        """
        due = time.monotonic()
        while True:
            if time.monotonic() >= due:
                daily()
                due += DAY
            self.stop.sleep(_TICK)
            for service in self.services:
                self._look_at(service)

    def shut_down(self) -> None:
        """Stop every service, the last started first."""
        for service in reversed(self.services):
            if service.child:
                service.child.stop()
        self._probes.shutdown(wait=False, cancel_futures=True)

    def _start(self, service: Service) -> None:
        service.child = service.start()
        service.started_at = time.monotonic()
        service.ready = False
        service.restart_at = None
        service.probe, service.silences = None, 0

    def _check_start(self, service: Service) -> None:
        child = service.child
        assert child is not None
        if child.status is not None:
            reason = f"{service.name} s'est arrêté pendant son démarrage (code {child.status})."
        elif time.monotonic() - service.started_at > service.timeout:
            reason = f"{service.name} n'est pas prêt après {service.timeout:.0f} s : {service.missing()}."
        else:
            return
        raise CannotStart(f"{reason}\n  Fin de son journal ({_shown(child.log)}) :\n{child.tail()}")

    def _look_at(self, service: Service) -> None:
        now = time.monotonic()
        child = service.child
        assert child is not None
        if service.restart_at is not None:
            if now >= service.restart_at:
                self._start(service)
        elif child.status is not None:
            self._plan_restart(service, f"s'est arrêté (code {child.status})")
        elif not service.ready:
            if service.missing() is None:
                service.ready = True
                self.console.say(f"{service.name} : de nouveau prêt, après {now - service.started_at:.0f} s.")
            elif now - service.started_at > service.timeout:
                self._plan_restart(service, f"n'est pas prêt après {service.timeout:.0f} s")
        elif self._is_hung(service, now):
            self._plan_restart(service, f"ne répond plus ({self.silences} appels sans réponse)", _HUNG_PATIENCE)

    def _is_hung(self, service: Service, now: float) -> bool:
        """Probe a service that is ready, from a thread: one that hangs must not keep the others from being watched."""
        if service.answers is None:
            return False
        if service.probe is None:
            if now >= service.probe_at:
                service.probe = self._probes.submit(service.answers)
            return False
        if not service.probe.done():
            return False
        answered = service.probe.exception() is None and service.probe.result()
        service.probe, service.probe_at = None, now + self.probe_every
        service.silences = 0 if answered else service.silences + 1
        return service.silences >= self.silences

    def _plan_restart(self, service: Service, reason: str, patience: float = 10.0) -> None:
        child = service.child
        assert child is not None
        child.stop(patience)  # what it started may remain
        if service.ready and time.monotonic() - service.started_at > STEADY:
            service.deaths = 0
        service.deaths += 1
        if service.deaths > self.restarts:
            raise CannotStart(
                f"{service.name} {reason} : {self.restarts} redémarrages de suite n'ont pas suffi.\n"
                f"  Fin de son journal ({_shown(child.log)}) :\n{child.tail()}"
            )
        delay = self.first_delay * 2 ** (service.deaths - 1)
        service.ready = False
        service.restart_at = time.monotonic() + delay
        self.console.complain(
            f"{service.name} {reason} ; redémarrage {service.deaths} sur {self.restarts} dans {delay:.0f} s "
            f"(journal : {_shown(child.log)})."
        )


def _shown(file: Path) -> str:
    try:
        return str(file.relative_to(Path.cwd()))
    except ValueError:
        return str(file)
