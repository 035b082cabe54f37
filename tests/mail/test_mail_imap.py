"""The worker and a real IMAP server: folders, keywords, waiting, failures."""

from __future__ import annotations

import itertools
import os
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dovecot_server
import pytest
from dovecot_server import PASSWORD, Dovecot, running_server
from mail_tools import Deadly, Killed, Preparing, account, mail, now, states, until, worker

from bot.launcher.supervisor import Stop
from bot.mail.imap import ImapMailbox
from bot.mail.learning import Learner
from bot.mail.mailbox import Folder, LoginRefused, MailboxUnavailable, MailGone
from bot.mail.reading import read
from bot.mail.service import Service
from bot.mail.settings import Account, Server, Token
from knowledge.base.store import Store
from knowledge.clock import Clock
from knowledge.mail.ledger import Ledger

pytestmark = pytest.mark.alone

PEOPLE = "&AMA- traiter par une personne"
_users = (f"boite{number}" for number in itertools.count())


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_server() as server:
        yield server


@pytest.fixture
def user() -> str:
    """Return a user whose mailbox is empty."""
    return next(_users)


def address(server: Dovecot, user: str) -> Server:
    return Server("imap", "127.0.0.1", server.port, user, PASSWORD)


def opened(given: Account) -> ImapMailbox:
    return ImapMailbox(given.imap, given.people_folder, given.moves)


@pytest.fixture
def given(dovecot: Dovecot, user: str) -> Account:
    return account(address(dovecot, user))


def test_a_draft_goes_to_the_folder_that_has_the_flag_and_the_mail_stays_unread(
    given: Account, dovecot: Dovecot, user: str, store: Store
) -> None:
    dovecot.deliver(mail(1), user)
    worker(given, opened(given), store).cycle()
    [(flags, draft)] = dovecot.contents("Drafts", user)
    assert flags == {"\\Draft"} and b"In-Reply-To: <question-1@" in draft and b"\r\n" in draft
    assert [flags for flags, _ in dovecot.contents(user=user)] == [{"ArsbotDraft"}]
    assert states(store) == [("drafted", "deadline")]


def test_a_mail_for_people_is_marked_and_moved_only_when_asked(
    given: Account, dovecot: Dovecot, user: str, store: Store
) -> None:
    dovecot.deliver(mail(1, "human"), user)
    worker(given, opened(given), store).cycle()
    marks = {"ArsbotHuman", "ArsbotHuman-complaint"}
    assert [flags for flags, _ in dovecot.contents(user=user)] == [marks]
    moving = account(given.imap, moves=True)
    dovecot.deliver(mail(2, "human"), user)
    worker(moving, opened(moving), store).cycle()
    assert len(dovecot.contents(user=user)) == 1
    assert [flags for flags, _ in dovecot.contents(PEOPLE, user)] == [marks]


def test_where_no_keyword_is_kept_the_mail_is_moved(given: Account, dovecot: Dovecot, user: str, store: Store) -> None:
    dovecot.deliver(mail(1, "human"), user)
    box = opened(given)
    box.open()
    box.session.keeps_keywords = False
    worker(given, box, store).cycle()
    assert dovecot.contents(user=user) == []
    assert [flags for flags, _ in dovecot.contents(PEOPLE, user)] == [set()]


@pytest.mark.parametrize("drafts", ["Brouillons", "Courrier"])
def test_without_flags_the_drafts_folder_is_known_by_its_name_or_made(drafts: str, store: Store) -> None:
    with running_server(special_use=False, drafts=drafts, sent="Envoi") as server:
        server.deliver(mail(1))
        given = account(address(server, dovecot_server.USER))
        worker(given, opened(given), store).cycle()
        assert len(server.contents("Brouillons" if drafts == "Brouillons" else "Drafts")) == 1


def test_what_agents_deleted_is_not_expunged(given: Account, dovecot: Dovecot, user: str, store: Store) -> None:
    dovecot.deliver(mail(1), user)
    client = dovecot.connect(user)
    client.select("INBOX")
    client.store("1", "+FLAGS", "(\\Deleted)")
    dovecot.deliver(mail(2, "human"), user)
    moving = account(given.imap, moves=True)
    worker(moving, opened(moving), store).cycle()
    assert [flags for flags, _ in dovecot.contents(user=user)] == [{"\\Deleted"}]


def test_a_mail_of_20_megabytes_is_not_downloaded(given: Account, dovecot: Dovecot, user: str, store: Store) -> None:
    dovecot.deliver(mail(1, body="x" * 70 + "\n" + ("y" * 70 + "\n") * 290_000), user)
    box = opened(given)
    fetched = []
    original = box.fetch
    box.fetch = lambda uid, folder=Folder.INBOX: fetched.append(uid) or original(uid, folder)  # type: ignore[method-assign, func-returns-value]
    worker(given, box, store).cycle()
    assert states(store) == [("to_people", "too_large")] and fetched == []
    assert "ArsbotHuman-too_large" in dovecot.contents(user=user)[0][0]


def test_a_full_mailbox_sends_the_mail_to_people_and_work_goes_on(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with running_server(quota="30k") as server:
        server.deliver(mail(0))
        client, count = server.connect(), 1
        while client.append("INBOX", None, None, mail(count, "ignore", body="court"))[0] == "OK":  # type: ignore[arg-type]
            count += 1
        given = account(address(server, dovecot_server.USER))
        assert worker(given, opened(given), store).cycle() is False
        assert states(store) == [("to_people", "mailbox_full")] + [("ignored", "auto_submitted")] * (count - 1)
        assert "ArsbotHuman-mailbox_full" in server.contents()[0][0]
        assert any("is full" in record.message for record in caplog.records)


def test_renumbered_mails_are_recognised(dovecot: Dovecot, given: Account, user: str, store: Store) -> None:
    for number in range(3):
        dovecot.deliver(mail(number), user)
    preparer = Preparing()
    box = opened(given)
    worker(given, box, store, preparer).cycle()
    before = box.uidvalidity
    box.close()
    home = dovecot.folder / "mail" / user
    first, *lines = (home / "dovecot-uidlist").read_text().splitlines()
    renumbered = [f"{int(line.split()[0]) + 10} {line.partition(' ')[2]}" for line in lines]
    moved = re.sub(r"V\d+ N\d+", f"V{before + 1000} N20", first)
    (home / "dovecot-uidlist").write_text("\n".join([moved, *renumbered, ""]))
    for file in home.glob("dovecot.index*"):
        file.unlink()
    assert worker(given, box, store, preparer).cycle() is False
    assert box.uidvalidity != before
    assert preparer.calls == 3 and len(dovecot.contents("Drafts", user)) == 3
    assert states(store) == [("drafted", "deadline")] * 3
    assert Ledger(store, given.key).settled_uids(box.uidvalidity) == {11, 12, 13}


def test_a_new_mail_wakes_the_worker_within_5_seconds(dovecot: Dovecot, given: Account, user: str) -> None:
    box = opened(given)
    box.open()
    timer = threading.Timer(1, lambda: dovecot.deliver(mail(1), user))
    timer.start()
    began = time.monotonic()
    box.wait(60, lambda: False)
    assert 1 <= time.monotonic() - began < 6
    timer.join()
    assert len(box.waiting(now(), ())) == 1
    box.close()


def test_waiting_ends_when_a_stop_is_asked_or_the_time_is_up(given: Account) -> None:
    box = opened(given)
    began = time.monotonic()
    box.wait(1, lambda: False)
    stop = threading.Event()
    threading.Timer(1, stop.set).start()
    box.wait(60, stop.is_set)
    assert time.monotonic() - began < 5
    box.close()


def test_a_wrong_password_and_a_server_that_is_not_there_are_told_apart(dovecot: Dovecot) -> None:
    with pytest.raises(LoginRefused):
        opened(account(Server("imap", "127.0.0.1", dovecot.port, "boite", "faux"))).open()
    with pytest.raises(MailboxUnavailable, match="login: ConnectionRefusedError"):
        opened(account(Server("imap", "127.0.0.1", 9, "boite", "faux"))).open()


def test_a_token_opens_the_mailbox_and_a_wrong_one_does_not(dovecot: Dovecot, user: str) -> None:
    for token in (Token(value=PASSWORD), Token(command=f"echo {PASSWORD}")):
        box = opened(account(replace(address(dovecot, user), password="", token=token)))
        box.open()
        assert box.uidvalidity
        box.close()
    with pytest.raises(LoginRefused):
        opened(account(replace(address(dovecot, user), token=Token(value="faux")))).open()


def test_a_mail_that_is_gone_is_said_so(given: Account) -> None:
    with pytest.raises(MailGone):
        opened(given).fetch(12)


def test_a_certificate_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_server(tls=True) as server:
        given = account(Server("imaps", "localhost", server.tls_port, "boite", PASSWORD))
        with pytest.raises(MailboxUnavailable, match="SSLCertVerificationError"):
            opened(given).open()
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        box = opened(given)
        box.open()
        assert box.uidvalidity
        box.close()


def test_the_service_survives_a_server_killed_in_the_middle(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    with running_server() as server:
        given = account(address(server, dovecot_server.USER))
        for number in range(40):
            server.deliver(mail(number))
        box, ledger, stop = opened(given), Ledger(store, given.key), Stop()
        serving = worker(given, box, store, Preparing(0.02), ledger=ledger)
        service = Service(given, store, box, serving, Learner(given, box, ledger, Clock()), pause=0.1)
        thread = threading.Thread(target=service.run, args=(stop,))
        thread.start()
        try:
            for goal in (10, 25):
                until(lambda goal=goal: len(states(store)) >= goal)  # type: ignore[misc]
                server.stop()
                time.sleep(0.5)
                server.start()
            until(lambda: states(store) == [("drafted", "deadline")] * 40)
            # Idle by now: a server that goes and comes back is found again.
            server.stop()
            server.start()
            server.deliver(mail(40))
            until(lambda: len(states(store)) == 41 and states(store)[-1][0] == "drafted", 40)
        finally:
            stop.asked = True
            thread.join(20)
        assert not thread.is_alive()
        answered = [raw for _, raw in server.contents("Drafts")]
        assert len(answered) == len(set(answered)) == 41
        assert PASSWORD not in caplog.text and "usager" not in caplog.text


@pytest.mark.parametrize("after", [False, True])
def test_wherever_the_worker_dies_one_draft_is_made(after: bool, dovecot: Dovecot, tmp_path: Path) -> None:
    deaths, alive = 0, False
    while not alive:
        user = next(_users)
        given = account(address(dovecot, user))
        store = Store(f"sqlite:///{tmp_path / user}.sqlite3")
        store.migrate()
        dovecot.deliver(mail(1), user)
        budget = [deaths + 1]
        box = opened(given)
        try:
            dying = Deadly(box, budget, after)
            worker(given, dying, store, ledger=Deadly(Ledger(store, given.key), budget, after)).cycle()  # type: ignore[arg-type]
            alive = True
        except Killed:
            deaths += 1
        box.close()
        box = opened(given)
        worker(given, box, store).cycle()
        box.close()
        assert len(dovecot.contents("Drafts", user)) == 1, f"killed at call {deaths}"
        assert [flags for flags, _ in dovecot.contents(user=user)] == [{"ArsbotDraft"}]
        assert states(store) == [("drafted", "deadline")]
        store.close()
    assert deaths >= 7


def test_two_services_of_one_mailbox_do_not_answer_twice(
    dovecot: Dovecot, given: Account, user: str, any_store: Store
) -> None:
    for number in range(10):
        dovecot.deliver(mail(number), user)
    stop = Stop()
    preparers = [Preparing(0.05), Preparing(0.05)]
    threads = []
    for preparer in preparers:
        box, ledger = opened(given), Ledger(any_store, given.key)
        serving = worker(given, box, any_store, preparer, ledger=ledger)
        service = Service(given, any_store, box, serving, Learner(given, box, ledger, Clock()), pause=0.1)
        threads.append(threading.Thread(target=service.run, args=(stop,)))
    for thread in threads:
        thread.start()
    until(lambda: states(any_store) == [("drafted", "deadline")] * 10)
    stop.asked = True
    for thread in threads:
        thread.join(20)
    assert sorted(preparer.calls for preparer in preparers) == [0, 10]
    assert len(dovecot.contents("Drafts", user)) == 10


def test_a_loop_with_a_worker_killed_at_random_loses_and_doubles_nothing() -> None:
    from mail_loop import play

    figures = play(mails=60, kills=15, seed=int.from_bytes(os.urandom(2), "big"))
    assert (figures.lost, figures.doubled, figures.mails) == (0, 0, 60)
    assert figures.kills >= 10
    assert figures.drafted and figures.sent and figures.to_people


def test_dovecot_reads_what_python_wrote(given: Account, dovecot: Dovecot, user: str, store: Store) -> None:
    dovecot.deliver(mail(1, "Délai à La Réunion : « quand ? »"), user)
    worker(given, opened(given), store).cycle()
    [(_, draft)] = dovecot.contents("Drafts", user)
    assert read(draft).subject == "Re: Délai à La Réunion : « quand ? »"
