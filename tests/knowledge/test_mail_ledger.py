"""The ledger of mails, on SQLite and on PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from knowledge.base.store import Store
from knowledge.errors import StoreUnavailable
from knowledge.mail.alone import AlreadyServed, alone
from knowledge.mail.item import Fate, Settlement, Sighting, State
from knowledge.mail.ledger import GONE, Ledger, forget_mails
from knowledge.mail.limits import Recent, brake, is_checked

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
SEEN = Sighting(uidvalidity=4_000_000_000, uid=7, message="m" * 64, content="c" * 64, received_at=NOW)


@pytest.fixture
def ledger(any_store: Store) -> Ledger:
    return Ledger(any_store, "b" * 64)


def test_the_first_start_is_remembered(ledger: Ledger) -> None:
    assert ledger.started(NOW) == NOW
    assert ledger.started(NOW + timedelta(days=3)) == NOW


def test_a_mail_is_taken_once_and_again_only_as_long_as_it_is_not_settled(ledger: Ledger) -> None:
    first = ledger.take(SEEN, NOW)
    again = ledger.take(SEEN, NOW)
    assert first is not None and again is not None
    assert (first.id, first.attempts, again.attempts) == (again.id, 1, 2)
    assert ledger.settled_uids(SEEN.uidvalidity) == set()
    ledger.settle(again, State.DRAFTED, Settlement(topics=("deadline",)), NOW)
    assert ledger.take(SEEN, NOW) is None
    assert ledger.settled_uids(SEEN.uidvalidity) == {7} and ledger.unsettled() == []


def test_a_renumbered_mailbox_loses_and_repeats_nothing(ledger: Ledger) -> None:
    item = ledger.take(SEEN, NOW)
    assert item is not None
    ledger.settle(item, State.DRAFTED, Settlement(), NOW)
    assert ledger.take(replace(SEEN, uidvalidity=5, uid=70), NOW) is None
    assert ledger.settled_uids(5) == {70} and ledger.settled_uids(SEEN.uidvalidity) == set()


def test_a_mail_not_settled_is_followed_to_its_new_number(ledger: Ledger) -> None:
    ledger.take(SEEN, NOW)
    moved = ledger.take(replace(SEEN, uidvalidity=5, uid=70), NOW)
    assert moved is not None and (moved.uidvalidity, moved.uid, moved.attempts) == (5, 70, 2)


def test_a_second_copy_is_known_by_its_own_number(ledger: Ledger) -> None:
    item = ledger.take(SEEN, NOW)
    assert item is not None
    ledger.settle(item, State.DRAFTED, Settlement(), NOW)
    assert ledger.take(replace(SEEN, uid=8), NOW) is None
    assert ledger.settled_uids(SEEN.uidvalidity) == {7, 8}


def test_another_mail_with_the_same_message_id_is_not_lost(ledger: Ledger) -> None:
    item = ledger.take(SEEN, NOW)
    assert item is not None and not item.clash
    ledger.settle(item, State.DRAFTED, Settlement(), NOW)
    other = ledger.take(replace(SEEN, uid=8, content="d" * 64), NOW)
    assert other is not None and other.clash and other.id != item.id
    ledger.settle(other, State.TO_PEOPLE, Settlement("same_id"), NOW)
    assert ledger.take(replace(SEEN, uid=8, content="d" * 64), NOW) is None


def test_a_mail_that_had_left_untouched_is_taken_again_when_it_comes_back(ledger: Ledger) -> None:
    item = ledger.take(SEEN, NOW)
    assert item is not None
    ledger.settle(item, State.IGNORED, Settlement(GONE), NOW)
    back = ledger.take(replace(SEEN, uid=9), NOW)
    assert back is not None and (back.id, back.uid, back.state, back.reason) == (item.id, 9, State.TAKEN, "")


def test_two_mailboxes_do_not_share_their_mails(any_store: Store) -> None:
    assert Ledger(any_store, "x").take(SEEN, NOW) is not None
    assert Ledger(any_store, "y").take(SEEN, NOW).attempts == 1  # type: ignore[union-attr]


def test_what_was_sent_lately_is_counted_the_uncertain_included(ledger: Ledger) -> None:
    for number, (age, sender, thread) in enumerate(
        [(1, "anna", "t1"), (30, "anna", "t1"), (2, "anna", "t2"), (0, "bruno", "t3")]
    ):
        item = ledger.take(replace(SEEN, uid=number, message=f"m{number}"), NOW)
        assert item is not None
        then = NOW - timedelta(hours=age)
        ledger.begin_sending(item, Settlement(sender=sender, thread=thread), then)
        if number % 2:
            ledger.settle(item, State.SENT, Settlement(sender=sender, thread=thread), then)
    assert ledger.recent("anna", "t1", NOW) == Recent(2, 1, 2, 1)


def test_the_fate_of_a_draft_erases_its_traces(ledger: Ledger) -> None:
    item = ledger.take(SEEN, NOW)
    assert item is not None
    ledger.settle(item, State.DRAFTED, Settlement(reply_id="<r>", traces="0a0b", draft_words=3), NOW)
    [draft] = ledger.drafts()
    assert (draft.reply_id, draft.traces, draft.draft_words) == ("<r>", "0a0b", 3)
    ledger.compared(draft.id, Fate.EDITED, 0.75, 4, NOW)
    assert ledger.drafts() == []


def test_old_lines_go_and_recent_ones_stay(any_store: Store) -> None:
    ledger = Ledger(any_store, "b")
    ledger.take(SEEN, NOW - timedelta(days=800))
    ledger.take(replace(SEEN, message="n"), NOW)
    assert forget_mails(any_store, NOW - timedelta(days=730)) == 1
    assert len(ledger.unsettled()) == 1


@pytest.mark.parametrize(
    ("recent", "limit"),
    [
        (Recent(0, 0, 0, 0), None),
        (Recent(1, 0, 2, 29), None),
        (Recent(1, 1, 1, 1), "thread_limit"),
        (Recent(2, 0, 0, 0), "ping_pong"),
        (Recent(0, 0, 3, 3), "sender_limit"),
        (Recent(0, 0, 0, 30), "mailbox_limit"),
    ],
)
def test_the_brakes(recent: Recent, limit: str | None) -> None:
    assert brake(recent) == limit


def test_the_share_kept_for_checking_is_about_what_is_asked() -> None:
    assert sum(is_checked(number * 7919, 10) for number in range(10_000)) == 1000
    assert not any(is_checked(number, 0) for number in range(10_000))
    assert all(is_checked(number, 100) for number in range(10_000))


def test_a_mailbox_has_one_worker_and_a_dead_one_leaves_its_place(any_store: Store) -> None:
    holder = (
        "import sys; from knowledge.mail.alone import alone; from knowledge.base.store import Store\n"
        "with alone(Store(sys.argv[1]), 'box'):\n print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holder, any_store.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyServed), alone(any_store, "box"):
            pass
        with alone(any_store, "another") as check:
            check()
    finally:
        process.kill()
        process.communicate()
    deadline = 50
    while True:
        try:
            with alone(any_store, "box"):
                break
        except AlreadyServed:  # the server needs an instant to see that the process is gone
            deadline -= 1
            assert deadline
            time.sleep(0.1)


def test_a_database_that_does_not_answer_is_said_so() -> None:
    store = Store("postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(StoreUnavailable), alone(store, "box"):
        pass
