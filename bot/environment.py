"""Reading of the environment: numbers, lists, database address, secret key, running version."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]


class SettingError(ValueError):
    """A setting cannot be used; the message names it."""


def number(name: str, default: float, environ: Mapping[str, str] = os.environ) -> float:
    """Return a setting that is a number, zero or more.

    Raises:
        SettingError: it is not one.
    """
    text = environ.get(name, "").strip()
    try:
        value = float(text) if text else default
    except ValueError:
        value = -1
    if not 0 <= value < float("inf"):
        raise SettingError(f"{name} : un nombre positif ou nul est attendu")
    return value


def names(name: str, default: str = "", environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return a setting that is a list, its items separated by commas."""
    return [item.strip() for item in environ.get(name, default).split(",") if item.strip()]


def var_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what the programs write, made if needed."""
    folder = Path(environ.get("ASSISTANT_VAR", "").strip() or ROOT / "var")
    # Closed to other accounts: it holds the secret key and what people wrote.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder.resolve()


def database(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return Django's description of the web database.

    WEB_DATABASE_URL decides; else DATABASE_URL when it is PostgreSQL (a SQLite file is left to the
    knowledge base alone, so that each keeps its own lock); else a file under var/.

    Raises:
        SettingError: neither sqlite nor postgresql.
    """
    url = environ.get("WEB_DATABASE_URL", "").strip()
    shared = environ.get("DATABASE_URL", "").strip()
    if not url and shared.startswith("postgres"):
        url = shared
    if not url:
        return _sqlite(var_folder(environ) / "web.sqlite3")
    if url.startswith("sqlite:///"):
        return _sqlite(Path(url.removeprefix("sqlite:///")))
    parts = urlsplit(url)
    if parts.scheme.split("+")[0] not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise SettingError("WEB_DATABASE_URL : postgresql://… ou sqlite:///… est attendu")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def redis_url(environ: Mapping[str, str] = os.environ) -> str:
    """Return REDIS_URL, empty when nothing is shared.

    Raises:
        SettingError: it is not the address of a Redis.
    """
    url = environ.get("REDIS_URL", "").strip()
    if url:
        # A fifth of a second to import, which whoever has no Redis need not wait.
        from redis import ConnectionPool

        try:
            ConnectionPool.from_url(url)
        except ValueError:
            raise SettingError("REDIS_URL : redis://…, rediss://… ou unix://… est attendu") from None
    return url


def _sqlite(file: Path) -> dict[str, Any]:
    # WAL lets one writer and many readers work at once; IMMEDIATE makes two writers wait
    # for each other instead of failing half-way. What is deleted is overwritten: it may be personal.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
    }


def secret_key(environ: Mapping[str, str] = os.environ) -> str:
    """Return SECRET_KEY, else the one kept in var/secret_key, made on first use and readable by its owner only.

    Raises:
        SettingError: too short to protect anything.
    """
    key = environ.get("SECRET_KEY", "").strip() or _kept_key(var_folder(environ) / "secret_key")
    if len(key) < 32:
        raise SettingError("SECRET_KEY : au moins 32 caractères sont attendus")
    return key


def _kept_key(file: Path) -> str:
    if not file.exists():
        # Written whole under another name first: of two processes starting together, one wins
        # and both read the same key.
        draft = file.with_name(f"secret_key.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()


def version(root: Path = ROOT, environ: Mapping[str, str] = os.environ) -> str:
    """Return the git commit of the running files (ASSISTANT_VERSION where there is no repository)."""
    given = environ.get("ASSISTANT_VERSION", "").strip()
    return given or _commit(root) or "unknown"


def _commit(root: Path) -> str | None:
    # The files are read rather than git called: no git is needed on the server, and git refuses
    # a repository that belongs to another account.
    try:
        folder = root / ".git"
        if folder.is_file():
            folder = root / folder.read_text().removeprefix("gitdir:").strip()
        head = (folder / "HEAD").read_text().strip()
        if not head.startswith("ref:"):
            return head
        reference = head.removeprefix("ref:").strip()
        common = folder / "commondir"
        shared = folder / common.read_text().strip() if common.exists() else folder
        for place in (folder, shared):
            if (place / reference).exists():
                return (place / reference).read_text().strip()
        for line in (shared / "packed-refs").read_text().splitlines():
            if line.endswith(f" {reference}"):
                return line.split()[0]
    except OSError:
        pass
    return None


def rasa_url(environ: Mapping[str, str] = os.environ) -> str:
    """Return where Rasa listens, without a final slash."""
    given = environ.get("RASA_URL", "").strip().rstrip("/")
    return given or f"http://127.0.0.1:{environ.get('RASA_PORT') or 5005}"
