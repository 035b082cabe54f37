"""A loop through real servers: mails, a worker killed again and again, and the count of what was lost or doubled.

`python tests/mail_loop.py --mails 1000` prints the figures (`make mail-loop`); the tests play a shorter one.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from dovecot_server import Dovecot, running_server
from mail_tools import Preparing, mail, states
from smtp_sink import Sink, running_sink

from bot.launcher.supervisor import Stop
from bot.mail.building import service_of
from bot.mail.reading import read
from bot.mail.settings import load_accounts
from knowledge.base.store import Store
from knowledge.clock import Clock

ROOT = Path(__file__).parents[1]
_ANSWERED = re.compile(rb"^In-Reply-To: <question-(\d+)@", re.MULTILINE | re.IGNORECASE)
_ASKED = re.compile(rb"^Message-ID: <question-(\d+)@", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Figures:
    """What a loop gave: counts, and seconds."""

    mails: int
    kills: int
    drafted: int
    sent: int
    to_people: int
    lost: int
    doubled: int
    seconds: float


def play(mails: int, kills: int, seed: int = 1) -> Figures:
    """Deliver mails, kill the worker `kills` times (SIGKILL) while it serves them, let the last one finish, count."""
    chance = random.Random(seed)
    with running_server() as server, running_sink() as sink, tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/store.sqlite3")
        store.migrate()
        environ = {
            **os.environ,
            "MAIL_IMAP_URL": server.url(),
            "MAIL_SMTP_URL": f"smtp://127.0.0.1:{sink.port}/",
            "MAIL_ADDRESS": "boite@ars.example",
            "MAIL_MODE": "send",
            "MAIL_SEND_TOPICS": "deadline",
            "MAIL_SECRET": "s" * 40,
            "DATABASE_URL": store.url,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
        }
        began = time.monotonic()
        client = server.connect()
        for number in range(mails):
            client.append("INBOX", None, None, mail(number, chance.choice(("Question", "send", "human"))))  # type: ignore[arg-type]
        killed = 0
        while _settled(store) < mails:
            process = subprocess.Popen([sys.executable, __file__, "--worker"], env=environ, stdout=subprocess.PIPE)
            assert process.stdout is not None and process.stdout.readline() == b"serving\n"
            if killed < kills:
                # Spread over the work: a share of what remains, at a moment that nothing foresees.
                settled = _settled(store)
                goal = settled + chance.uniform(0, 2 * (mails - settled) / (kills - killed + 1))
                _wait(store, min(goal, mails - 1), process)
                time.sleep(chance.uniform(0, 0.03))
                process.kill()
                killed += 1
            else:
                _wait(store, mails, process)
                process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
        seconds = time.monotonic() - began
        figures = _count(mails, killed, server, sink, store, seconds)
        store.close()
        return figures


def _settled(store: Store) -> int:
    return sum(state not in ("taken", "sending") for state, _ in states(store))


def _wait(store: Store, goal: float, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 600
    while _settled(store) < goal:
        assert process.poll() is None and time.monotonic() < end, "the worker ended, or does not end its work"
        time.sleep(0.02)


def _count(mails: int, kills: int, server: Dovecot, sink: Sink, store: Store, seconds: float) -> Figures:
    drafted = Counter(_number(_ANSWERED, raw) for _, raw in server.contents("Drafts"))
    sent = Counter(_number(_ANSWERED, message.as_bytes()) for message in sink.messages)
    inbox = server.contents()
    people = {_number(_ASKED, raw) for flags, raw in inbox if "ArsbotHuman" in flags}
    # Of an interrupted sending nobody knows how it ended: the mail is a person's, whether it left or not.
    handled = {number for number in range(mails) if drafted[number] or sent[number] or number in people}
    doubled = {number for number in range(mails) if drafted[number] + sent[number] > 1}
    assert len(inbox) == mails and len(states(store)) == mails
    assert not any("\\Seen" in flags for flags, _ in inbox)
    return Figures(mails, kills, len(drafted), len(sent), len(people), mails - len(handled), len(doubled), seconds)


def _number(pattern: re.Pattern[bytes], raw: bytes) -> int:
    found = pattern.search(raw)
    assert found is not None
    return int(found.group(1))


def _serve() -> None:
    stop = Stop()
    stop.listen()
    [account] = load_accounts()
    print("serving", flush=True)
    service_of(account, Store(), Preparing(), read, Clock()).run(stop)


def main() -> int:
    """Play a loop and print its figures; return 1 when a mail was lost or doubled."""
    parser = argparse.ArgumentParser(
        description="Boucle de courriels à travers de vrais serveurs, avec des morts brutales."
    )
    parser.add_argument("--mails", type=int, default=1000, help="nombre de courriels (défaut : 1000)")
    parser.add_argument("--kills", type=int, default=100, help="nombre de morts brutales (défaut : 100)")
    parser.add_argument("--seed", type=int, default=1, help="graine du hasard")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        _serve()
        return 0
    figures = play(options.mails, options.kills, options.seed)
    for name, value in vars(figures).items():
        print(f"{name}\t{value:.0f}")
    return 1 if figures.lost or figures.doubled else 0


if __name__ == "__main__":
    sys.exit(main())
