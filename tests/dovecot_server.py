"""A throw-away IMAP server on this machine alone: Dovecot 2.3 (Debian: package `dovecot-imapd`)."""

from __future__ import annotations

import grp
import imaplib
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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START_SECONDS = 30
USER, PASSWORD = "boite", "secret-de-test"
# Dovecot refuses to read mail as root: under root it becomes the first of these accounts that exists.
_ACCOUNTS = ("nobody", "mail")
_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = plain xoauth2
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail/%u
mail_plugins = quota
mail_max_userip_connections = 100
{tls}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
protocol imap {{
  mail_plugins = quota imap_quota
  imap_idle_notify_interval = 30 secs
}}
plugin {{
  quota = maildir:User quota
  quota_rule = *:storage={quota}
  quota_grace = 0
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox {drafts} {{
    auto = subscribe
    {drafts_flag}
  }}
  mailbox {sent} {{
    auto = subscribe
    {sent_flag}
  }}
}}
"""


@dataclass
class Dovecot:
    """A running server.

    Attributes:
        folder: of its configuration and mail.
        port, tls_port: where it listens (tls_port 0: not there).
        certificate: to trust it; None without TLS.
    """

    folder: Path
    port: int
    tls_port: int
    certificate: Path | None
    account: dict[str, Any]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def url(self, user: str = USER) -> str:
        """Return the address to give to the worker; each user has an own, empty mailbox."""
        return f"imap://{user}:{PASSWORD}@127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            RuntimeError: it does not; the message holds its log.
        """
        self.process = subprocess.Popen(
            [_binary(), "-F", "-c", str(self.folder / "dovecot.conf")],
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "errors").open("ab"),
            **self.account,
        )
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                self.connect().logout()
                return
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.05)
        logs = [
            file.read_text("utf-8", "replace")
            for file in (self.folder / "errors", self.folder / "log")
            if file.exists()
        ]
        raise RuntimeError("Dovecot did not start:\n" + "\n".join(logs))

    def stop(self) -> None:
        """End it with all its connections."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def connect(self, user: str = USER) -> imaplib.IMAP4:
        """Return a connection that is logged in, beside the worker's."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        client.login(user, PASSWORD)
        return client

    def deliver(self, raw: bytes, user: str = USER) -> None:
        """Put a mail in the inbox."""
        client = self.connect(user)
        status, answer = client.append("INBOX", None, None, raw)  # type: ignore[arg-type]
        assert status == "OK", answer
        client.logout()

    def contents(self, folder: str = "INBOX", user: str = USER) -> list[tuple[set[str], bytes]]:
        """Return (flags, source) of each mail of a folder, by number; nothing is marked as read."""
        client = self.connect(user)
        status, _ = client.select(f'"{folder}"', readonly=True)
        found = []
        if status == "OK":
            _, uids = client.uid("SEARCH", "ALL")
            for uid in uids[0].split():
                _, data = client.uid("FETCH", uid.decode(), "(FLAGS BODY.PEEK[])")
                flags = imaplib.ParseFlags(data[0][0]) or imaplib.ParseFlags(data[1])
                found.append(({flag.decode() for flag in flags} - {"\\Recent"}, data[0][1]))
        client.logout()
        return found


def is_there() -> bool:
    """Tell whether Dovecot is installed."""
    return _binary() is not None


@contextmanager
def running_server(
    quota: str = "1G",
    special_use: bool = True,
    drafts: str = "Drafts",
    sent: str = "Sent",
    tls: bool = False,
) -> Iterator[Dovecot]:
    """Run a server with one empty mailbox.

    Args:
        quota: what the mailbox may hold.
        special_use: whether the two folders have their flag.
        drafts, sent: their names.
        tls: also listen with a certificate made for the occasion.

    Raises:
        RuntimeError: it does not start; the message holds its log.
    """
    account, user, group = _account()
    folder = Path(tempfile.mkdtemp(prefix="test-dovecot-"))
    try:
        tls_port = free_port() if tls else 0
        certificate = make_certificate(folder) if tls else None
        server = Dovecot(folder, free_port(), tls_port, certificate, account)
        flags = ("special_use = \\Drafts", "special_use = \\Sent") if special_use else ("", "")
        secured = f"ssl = yes\nssl_cert = <{certificate}\nssl_key = <{folder}/key.pem" if tls else "ssl = no"
        (folder / "dovecot.conf").write_text(
            _CONFIG.format(
                folder=folder,
                user=user,
                group=group,
                port=server.port,
                tls_port=tls_port,
                tls=secured,
                password=PASSWORD,
                quota=quota,
                drafts=drafts,
                sent=sent,
                drafts_flag=flags[0],
                sent_flag=flags[1],
            )
        )
        for file in (folder, *folder.iterdir()):
            shutil.chown(file, user, group)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Return a port that nothing holds."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _binary() -> str | None:
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


def _account() -> tuple[dict[str, Any], str, str]:
    if os.geteuid() != 0:
        own = pwd.getpwuid(os.geteuid())
        return {}, own.pw_name, grp.getgrgid(own.pw_gid).gr_name
    for name in _ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        group = grp.getgrgid(found.pw_gid).gr_name
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}, name, group
    raise RuntimeError(f"Dovecot does not run as root, and none of the accounts {_ACCOUNTS} exists")


def make_certificate(folder: Path) -> Path:
    """Write a certificate for localhost and its key (`key.pem`); return the certificate."""
    certificate = folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        + ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(folder / "key.pem"), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    certificate.chmod(0o644)
    return certificate
