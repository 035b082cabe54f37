"""The settings of the mailboxes: what is refused, and what is never shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.environment import SettingError
from bot.mail.access import access_token
from bot.mail.mailbox import MailboxUnavailable
from bot.mail.settings import Token, load_accounts

BASE = {
    "MAIL_IMAP_URL": "imaps://boite%40ars.example:mot%2Fde%3Apasse@imap.ars.example/",
    "MAIL_ADDRESS": "Boite@ARS.example",
    "SECRET_KEY": "k" * 40,
}
SMTP = "smtps://boite:secret@smtp.ars.example/"


def test_no_mailbox_is_no_fault() -> None:
    assert load_accounts({}) == []


def test_the_defaults_only_draft() -> None:
    [account] = load_accounts(BASE)
    assert (account.imap.host, account.imap.port, account.imap.is_encrypted) == ("imap.ars.example", 993, True)
    assert (account.imap.user, account.imap.password) == ("boite@ars.example", "mot/de:passe")
    assert account.address == "boite@ars.example" and account.domain == "ars.example"
    assert not account.sends and account.send_topics == frozenset()
    assert (account.poll, account.max_size, account.checked_share) == (180, 10_000_000, 10)
    assert account.people_folder == "À traiter par une personne"


def test_an_address_of_a_server_to_send_through_sends_nothing_by_itself() -> None:
    [account] = load_accounts({**BASE, "MAIL_SMTP_URL": SMTP})
    assert not account.sends
    [account] = load_accounts(
        {**BASE, "MAIL_SMTP_URL": SMTP, "MAIL_MODE": "send", "MAIL_SEND_TOPICS": "deadline, funding"}
    )
    assert account.sends and account.send_topics == {"deadline", "funding"}
    assert account.smtp is not None and account.smtp.port == 465


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"MAIL_IMAP_URL": "imap://boite:secret@imap.ars.example/"}, "MAIL_IMAP_URL"),
        ({"MAIL_IMAP_URL": "imap://boite:secret@192.0.2.1/"}, "MAIL_IMAP_URL"),
        ({"MAIL_IMAP_URL": "https://boite:secret@imap.ars.example/"}, "MAIL_IMAP_URL"),
        ({"MAIL_IMAP_URL": "imaps://boite:secret@imap.ars.example:port/"}, "MAIL_IMAP_URL"),
        ({"MAIL_IMAP_URL": "imaps://boite@imap.ars.example/"}, "MAIL_IMAP_URL"),
        ({"MAIL_IMAP_URL": "imaps://boite:secret@/"}, "MAIL_IMAP_URL"),
        ({"MAIL_ADDRESS": ""}, "MAIL_ADDRESS"),
        ({"MAIL_ADDRESS": "boite"}, "MAIL_ADDRESS"),
        ({"MAIL_MODE": "envoi"}, "MAIL_MODE"),
        ({"MAIL_MODE": "send"}, "MAIL_SMTP_URL"),
        ({"MAIL_MODE": "send", "MAIL_SMTP_URL": "smtp://boite:secret@smtp.ars.example/"}, "MAIL_SMTP_URL"),
        ({"MAIL_SECRET": "court"}, "MAIL_SECRET"),
        ({"MAIL_SINCE": "hier"}, "MAIL_SINCE"),
        ({"MAIL_SEND_CHECKED_SHARE": "120"}, "MAIL_SEND_CHECKED_SHARE"),
        ({"MAIL_MOVE_TO_PEOPLE": "oui"}, "MAIL_MOVE_TO_PEOPLE"),
        ({"MAIL_POLL": "souvent"}, "MAIL_POLL"),
        (
            {"MAIL_2_IMAP_URL": "imap://boite:secret@imap.ars.example/", "MAIL_2_ADDRESS": "b@ars.example"},
            "MAIL_2_IMAP_URL",
        ),
        ({"MAIL_2_IMAP_URL": BASE["MAIL_IMAP_URL"]}, "MAIL_2_ADDRESS"),
        ({"MAIL_2_IMAP_URL": BASE["MAIL_IMAP_URL"], "MAIL_2_ADDRESS": "boite@ars.example"}, "MAIL_ADDRESS"),
    ],
)
def test_what_cannot_be_used_is_named_and_never_repeated(changes: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_accounts({**BASE, **changes})
    assert str(caught.value).startswith(f"{named} :") and "secret" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.3.2.1"])
def test_this_machine_may_be_reached_without_encryption(host: str) -> None:
    [account] = load_accounts({**BASE, "MAIL_IMAP_URL": f"imap://boite:secret@{host}:1143/"})
    assert account.imap.port == 1143 and not account.imap.is_encrypted


def test_no_secret_is_shown() -> None:
    environ = {**BASE, "MAIL_SMTP_URL": SMTP, "MAIL_MODE": "send", "MAIL_OAUTH_TOKEN": "jeton-secret"}
    [account] = load_accounts(environ)
    assert not re.search("secret|passe\\b|jeton|kkk|boite", repr(account)), repr(account)


def test_several_mailboxes_share_all_but_what_is_their_own(tmp_path: Path) -> None:
    environ = {
        **BASE,
        "MAIL_POLL": "60",
        "MAIL_SINCE": "2026-11-01",
        "MAIL_OAUTH_TOKEN": "jeton",
        "MAIL_2_IMAP_URL": f"maildir:{tmp_path}",
        "MAIL_2_ADDRESS": "autre@ars.example",
        "MAIL_2_POLL": "30",
    }
    first, second = load_accounts(environ)
    assert (first.poll, second.poll) == (60, 30) and first.since == second.since
    assert second.imap.folder == tmp_path and second.name == "MAIL_2" and not second.imap.token
    assert first.key != second.key


def test_the_secret_is_made_of_what_signs_conversations_unless_given(tmp_path: Path) -> None:
    kept = {name: value for name, value in BASE.items() if name != "SECRET_KEY"} | {"ASSISTANT_VAR": str(tmp_path)}
    [first], [again] = load_accounts(kept), load_accounts(kept)
    [other] = load_accounts({**kept, "MAIL_SECRET": "s" * 32})
    assert first.secret == again.secret != other.secret
    assert first.secret.decode("latin-1") not in (tmp_path / "secret_key").read_text()


def test_a_token_is_asked_of_its_command_each_time(tmp_path: Path) -> None:
    command = f"sh -c 'echo x >> {tmp_path}/count; wc -l < {tmp_path}/count'"
    assert [access_token(Token(command=command)).strip() for _ in range(2)] == ["1", "2"]
    assert access_token(Token(value="donné")) == "donné"


@pytest.mark.parametrize("command", ["false", "true", "/nowhere/at-all", "sh -c 'echo jeton; exit 1'", "'"])
def test_a_token_command_that_fails_is_said_so_without_what_it_printed(command: str) -> None:
    with pytest.raises(MailboxUnavailable) as caught:
        access_token(Token(command=command))
    assert "jeton" not in str(caught.value)
