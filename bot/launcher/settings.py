"""Settings of the launcher, and the environment it gives to what it starts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.environment import SettingError, database, number, redis_url, secret_key, var_folder
from bot.mail.settings import load_accounts
from knowledge.dossiers.consent import consent_from_env
from knowledge.errors import KnowledgeError
from knowledge.mail.item import kept_for_from_env
from knowledge.patterns import compile_pattern
from knowledge.privacy.conversations import SETTING as CONVERSATION_SECRET

_LINE = compile_pattern(r"^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$")
_PORTS = {"WEB_PORT": 8000, "RASA_PORT": 5005, "ACTIONS_PORT": 5055}
_NUMBERS = (
    "MESSAGE_TIMEOUT",
    "SESSION_HOURS",
    "CONVERSATION_DAYS",
    "RATE_LIMIT_SESSION",
    "RATE_LIMIT_ADDRESS",
    "RATE_LIMIT_SESSION_HOUR",
    "RATE_LIMIT_ADDRESS_HOUR",
    "RATE_LIMIT_LOOPBACK",
)


@dataclass(frozen=True)
class Settings:
    """What the launcher needs to know.

    Attributes:
        root: folder of the project.
        var: folder of what the programs write.
        environ: environment of the processes.
        start_timeout: seconds given to each process to be ready.
    """

    root: Path
    var: Path
    host: str
    web_port: int
    rasa_port: int
    actions_port: int
    start_timeout: float
    environ: Mapping[str, str]

    @property
    def reachable_host(self) -> str:
        """The address at which this machine reaches the web part."""
        return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        return f"http://{self.reachable_host}:{self.web_port}/"


def read_env_file(file: Path) -> dict[str, str]:
    """Return the settings of a .env file; none when there is no file.

    Raises:
        SettingError: a line is not NAME=value; the message has its number.
    """
    found: dict[str, str] = {}
    if not file.is_file():
        return found
    for number_, line in enumerate(file.read_text("utf-8-sig").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.match(line.strip())
        if not match:
            raise SettingError(f"{file.name}, ligne {number_} : NOM=valeur est attendu")
        name, value = match.groups()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[name] = value
    return found


def load(root: Path, host: str | None = None, port: int | None = None) -> Settings:
    """Return the settings: options first, then the environment, then .env, then defaults.

    Raises:
        SettingError: one of them cannot be used; the message names it.
    """
    # An empty variable counts as none, so that `NAME=` in .env.example's style hides nothing.
    environ = {**read_env_file(root / ".env"), **{name: value for name, value in os.environ.items() if value}}
    if host:
        environ["WEB_HOST"] = host
    if port is not None:
        environ["WEB_PORT"] = str(port)
    host = environ.get("WEB_HOST", "").strip() or "127.0.0.1"
    ports = {name: _port(name, default, environ) for name, default in _PORTS.items()}
    if len(set(ports.values())) < len(ports):
        raise SettingError("WEB_PORT, RASA_PORT et ACTIONS_PORT doivent être différents")
    for name in _NUMBERS:
        number(name, 1, environ)
    try:
        consent_from_env(environ)
        kept_for_from_env(environ)
    except KnowledgeError as error:
        raise SettingError(str(error)) from None
    key = environ.get("SECRET_KEY", "").strip()
    if key and len(key) < 32:
        raise SettingError("SECRET_KEY : au moins 32 caractères sont attendus")
    environ.setdefault("ASSISTANT_VAR", str(root / "var"))
    var = var_folder(environ)
    load_accounts(environ)
    database(environ)
    redis_url(environ)
    environ.update({name: str(value) for name, value in ports.items()})
    environ["WEB_HOST"] = host
    environ.setdefault("DATABASE_URL", f"sqlite:///{var / 'knowledge.sqlite3'}")
    environ.setdefault("TRACKER_DATABASE_URL", f"sqlite:///{var / 'tracker.sqlite3'}")
    # The short form that hosting services give is unknown to Rasa's SQLAlchemy.
    tracker = environ["TRACKER_DATABASE_URL"]
    environ["TRACKER_DATABASE_URL"] = tracker.replace("postgres://", "postgresql://", 1)
    environ.setdefault("ACTION_ENDPOINT_URL", f"http://127.0.0.1:{ports['ACTIONS_PORT']}/webhook")
    # One for the actions and the web: what a conversation leaves is found again when it is erased.
    environ.setdefault(
        CONVERSATION_SECRET, hashlib.sha256(f"conversations\n{secret_key(environ)}".encode()).hexdigest()
    )
    environ["DJANGO_SETTINGS_MODULE"] = "bot.web.settings"
    environ["RASA_TELEMETRY_ENABLED"] = "false"
    environ["PYTHONUNBUFFERED"] = "1"
    environ["PYTHONIOENCODING"] = "utf-8"
    # Sets of strings in the same order each time: the same files train the same model.
    environ["PYTHONHASHSEED"] = "0"
    return Settings(
        root=root,
        var=var,
        host=host,
        web_port=ports["WEB_PORT"],
        rasa_port=ports["RASA_PORT"],
        actions_port=ports["ACTIONS_PORT"],
        start_timeout=number("START_TIMEOUT", 300, environ),
        environ=environ,
    )


def _port(name: str, default: int, environ: Mapping[str, str]) -> int:
    text = environ.get(name, "").strip() or str(default)
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SettingError(f"{name} : un port entre 1 et 65535 est attendu, pas « {text} »")
    return int(text)
