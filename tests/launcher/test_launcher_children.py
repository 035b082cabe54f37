"""Processes: started, watched, restarted, stopped, and none left behind. With tiny real commands."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.launcher import ports
from bot.launcher.children import Child
from bot.launcher.console import CannotStart, Console
from bot.launcher.supervisor import Service, Stop, Stopped, Supervisor

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parents[2]
SLEEP = "import time; time.sleep(60)"
# A parent that starts a child of its own, and tells its number.
FAMILY = (
    "import subprocess, sys, time;"
    "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(p.pid, flush=True); time.sleep(60)"
)


def run(code: str, folder: Path) -> Child:
    """Start a few lines of Python."""
    return Child([sys.executable, "-c", code], folder / "log" / "child.log", os.environ, folder)


def wait_for(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "too late"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Tell whether a process runs (one that ended but was not collected does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def supervisor(stop: Stop | None = None) -> Supervisor:
    """Return a supervisor that restarts at once."""
    return Supervisor(Console(), stop or Stop(), restarts=3, first_delay=0.01)


def test_stop_ends_the_whole_group(tmp_path: Path) -> None:
    child = run(FAMILY, tmp_path)
    wait_for(lambda: child.tail().strip())
    grandchild = int(child.tail())
    assert alive(grandchild)
    child.stop()
    wait_for(lambda: not alive(grandchild))
    assert child.status is not None


def test_stop_ends_what_does_not_listen(tmp_path: Path) -> None:
    code = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('prêt', flush=True); {SLEEP}"
    child = run(code, tmp_path)
    wait_for(lambda: child.tail().strip())
    child.stop(patience=0.3)
    assert child.status == -signal.SIGKILL


def test_tail_is_that_of_this_run(tmp_path: Path) -> None:
    run("print('avant')", tmp_path).process.wait()
    child = run("print('\\n'.join(str(i) for i in range(50)))", tmp_path)
    child.process.wait()
    assert "avant" not in child.tail(100) and child.tail(2).split() == ["48", "49"]


def test_children_die_with_a_killed_launcher(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from bot.launcher.children import Child;"
        f"log = Path({str(tmp_path / 'x.log')!r});"
        f"c = Child([sys.executable, '-c', {SLEEP!r}], log, os.environ, Path('.'));"
        "print(c.process.pid, flush=True); time.sleep(60)"
    )
    launcher = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert launcher.stdout
    pid = int(launcher.stdout.readline())
    assert alive(pid)
    launcher.kill()
    launcher.wait()
    launcher.stdout.close()
    wait_for(lambda: not alive(pid))


def test_start_that_fails_names_the_cause(tmp_path: Path) -> None:
    watcher = supervisor()
    service = Service("Rasa", lambda: run("raise SystemExit('modèle illisible')", tmp_path), lambda: "rien", 30)
    with pytest.raises(CannotStart, match=r"pendant son démarrage \(code 1\)(.|\n)*modèle illisible"):
        watcher.bring_up(service)
    watcher.shut_down()


def test_start_that_is_too_slow_names_what_is_missing(tmp_path: Path) -> None:
    watcher = supervisor()
    service = Service("Interface web", lambda: run(SLEEP, tmp_path), lambda: "pas prêt : actions", 0.3)
    with pytest.raises(CannotStart, match="pas prêt : actions"):
        watcher.bring_up(service)
    watcher.shut_down()
    assert service.child and service.child.status is not None


def test_another_server_in_its_place_is_not_taken_for_it(tmp_path: Path) -> None:
    watcher = supervisor()
    dead = run("pass", tmp_path)
    dead.process.wait()
    with pytest.raises(CannotStart):
        watcher.bring_up(Service("Rasa", lambda: dead, lambda: None, 30))


def test_what_dies_is_restarted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stop = Stop()
    watcher = supervisor(stop)
    started: list[Child] = []

    def start() -> Child:
        started.append(run(SLEEP, tmp_path))
        return started[-1]

    def missing() -> str | None:
        if len(started) == 2:
            stop.asked = True  # the second one is looked at: the test is over
        return None

    watcher.bring_up(Service("Rasa", start, missing, 30))
    started[0].process.kill()
    with pytest.raises(Stopped):
        watcher.watch()
    assert len(started) == 2 and started[1].status is None
    watcher.shut_down()
    output = capsys.readouterr()
    assert "redémarrage 1 sur 3" in output.err and "de nouveau prêt" in output.out
    assert started[1].status is not None


def test_what_always_dies_is_given_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watcher = supervisor()
    started: list[Child] = []

    def start() -> Child:
        started.append(run(SLEEP if not started else "raise SystemExit('panne')", tmp_path))
        return started[-1]

    watcher.bring_up(Service("Rasa", start, lambda: None if len(started) == 1 else "rien", 30))
    started[0].process.kill()
    with pytest.raises(CannotStart, match=r"3 redémarrages de suite n'ont pas suffi(.|\n)*panne"):
        watcher.watch()
    assert len(started) == 4
    watcher.shut_down()


# Answers, until it is told to hang.
SERVER = """
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"{}")
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""


def serve(port: int, folder: Path) -> Child:
    return Child([sys.executable, "-c", SERVER, str(port)], folder / "log" / "server.log", os.environ, folder)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_process_that_hangs_is_restarted_and_one_that_answers_is_not(tmp_path: Path) -> None:
    watcher = supervisor(Stop())
    watcher.probe_every, watcher.silences = 0.1, 3
    services = []
    for name in ("hung", "well"):
        port = free_port()

        def start(port: int = port, name: str = name) -> Child:
            return serve(port, tmp_path / name)

        def answers(port: int = port) -> bool:
            return ports.get("127.0.0.1", port, "/", timeout=0.5)[0] > 0

        service = Service(name, start, lambda answers=answers: None if answers() else "no answer", 10.0, answers)
        watcher.bring_up(service)
        services.append(service)
    hung, well = services
    assert hung.child and well.child
    first, other = hung.child.process.pid, well.child.process.pid
    os.kill(first, signal.SIGSTOP)
    until = time.monotonic() + 15
    while time.monotonic() < until and (hung.child.process.pid == first or not hung.ready):
        for service in services:
            watcher._look_at(service)
        time.sleep(0.02)
    try:
        assert hung.child.process.pid != first and hung.ready and hung.deaths == 1
        assert well.child.process.pid == other and well.deaths == 0
        assert not alive(first)
    finally:
        watcher.shut_down()


def test_a_probe_without_answer_once_is_not_a_hang(tmp_path: Path) -> None:
    watcher = supervisor()
    watcher.probe_every = 0.0
    replies = itertools.cycle([False, False, True])
    service = Service("busy", lambda: run(SLEEP, tmp_path), lambda: None, 5.0, lambda: next(replies))
    watcher.bring_up(service)
    assert service.child
    pid = service.child.process.pid
    for _ in range(200):
        watcher._look_at(service)
        time.sleep(0.005)
    assert service.child.process.pid == pid and service.deaths == 0
    watcher.shut_down()
