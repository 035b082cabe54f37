"""What the launcher reads and refuses before starting anything."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.environment import SettingError
from bot.launcher import assistant, model
from bot.launcher.console import CannotStart, Console
from bot.launcher.settings import load, read_env_file
from bot.launcher.supervisor import Stop

NAMES = ("WEB_HOST", "WEB_PORT", "RASA_PORT", "ACTIONS_PORT", "ASSISTANT_VAR", "DATABASE_URL", "SECRET_KEY")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own settings out."""
    for name in (*NAMES, "TRACKER_DATABASE_URL", "WEB_DATABASE_URL", "START_TIMEOUT"):
        monkeypatch.delenv(name, raising=False)


def free_port() -> int:
    """Return a port that nothing holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_env_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert read_env_file(file) == {}
    file.write_text("# note\n\nA=1\nexport B = 'deux mots' \nC=a=b#c\nD=\n", "utf-8")
    assert read_env_file(file) == {"A": "1", "B": "deux mots", "C": "a=b#c", "D": ""}
    file.write_text("A=1\nn'importe quoi\n", "utf-8")
    with pytest.raises(SettingError, match="ligne 2"):
        read_env_file(file)


def test_order_of_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("WEB_PORT=8001\nRASA_PORT=5006\nTRACKER_DATABASE_URL=postgres://u@h/b\n")
    monkeypatch.setenv("RASA_PORT", "5007")
    settings = load(tmp_path, port=8002)
    assert (settings.web_port, settings.rasa_port, settings.actions_port) == (8002, 5007, 5055)
    assert settings.host == "127.0.0.1" and settings.address == "http://127.0.0.1:8002/"
    assert settings.environ["ACTION_ENDPOINT_URL"] == "http://127.0.0.1:5055/webhook"
    assert settings.environ["TRACKER_DATABASE_URL"] == "postgresql://u@h/b"
    assert settings.environ["DATABASE_URL"] == f"sqlite:///{tmp_path}/var/knowledge.sqlite3"


@pytest.mark.parametrize(
    "line",
    [
        "WEB_PORT=abc",
        "RASA_PORT=70000",
        "ACTIONS_PORT=8000",
        "SECRET_KEY=court",
        "MESSAGE_TIMEOUT=-3",
        "RATE_LIMIT_SESSION_HOUR=abc",
        "RATE_LIMIT_ADDRESS_HOUR=-1",
        "REDIS_URL=localhost:6379",
    ],
)
def test_bad_settings_are_named(tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".env").write_text(line)
    assert main(["--check"], tmp_path) == 1
    assert line.partition("=")[0] in capsys.readouterr().err


def test_every_setting_is_in_the_example() -> None:
    root = Path(__file__).parents[2]
    example = (root / ".env.example").read_text("utf-8")
    listed = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    files = [file for folder in ("web", "launcher") for file in (root / "bot" / folder).rglob("*.py")]
    code = "".join(file.read_text("utf-8") for file in files)
    used = set(re.findall(r'(?:environ\.get|number|names)\(\s*"([A-Z_]+)"', code))
    assert used and used - listed == set()


def test_taken_port_is_named_with_its_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        (tmp_path / ".env").write_text(f"RASA_PORT={port}\nACTIONS_PORT={free_port()}\n")
        assert main(["--port", str(free_port())], tmp_path) == 1
    error = capsys.readouterr().err
    assert str(port) in error and "RASA_PORT" in error and "WEB_PORT" not in error


def project(tmp_path: Path) -> Path:
    """Return a folder with what a model is trained from."""
    (tmp_path / "data").mkdir()
    (tmp_path / "models").mkdir()
    for name in ("config.yml", "domain.yml", "data/a.yml"):
        (tmp_path / name).write_text("a")
    return tmp_path


def test_state_of_the_model(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert model.state(root) is model.ModelState.ABSENT
    model.model_file(root).write_bytes(b"model")
    assert model.state(root) is model.ModelState.STALE
    model.write_record(root, model.sources_hash(root))
    assert model.state(root) is model.ModelState.CURRENT
    for change in ("data/a.yml", "config.yml", "models/assistant.tar.gz", "data/b.yml"):
        before = (root / change).read_bytes() if (root / change).exists() else None
        (root / change).write_text("b")
        assert model.state(root) is model.ModelState.STALE, change
        if before is None:
            (root / change).unlink()
        else:
            (root / change).write_bytes(before)
        assert model.state(root) is model.ModelState.CURRENT, change


def test_no_train_says_what_to_do(tmp_path: Path) -> None:
    root = project(tmp_path)
    settings = load(root)
    with pytest.raises(CannotStart, match="n'existe pas.*python -m bot train"):
        assistant.prepare_model(settings, Console(), Stop(), may_train=False)
    model.model_file(root).write_bytes(b"of other files")
    with pytest.raises(CannotStart, match="ne correspond pas"):
        assistant.prepare_model(settings, Console(), Stop(), may_train=False)


def test_failed_step_shows_its_log(tmp_path: Path) -> None:
    import sys

    command = [sys.executable, "-c", "print('la cause'); raise SystemExit(4)"]
    with pytest.raises(CannotStart, match="la cause"):
        assistant.run_step("Essai", command, load(tmp_path), Console(), Stop(), 30)


def test_the_inbox_is_served_only_when_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("MAIL_")]:
        monkeypatch.delenv(name)
    assert "Messagerie" not in [service.name for service in assistant.services(load(tmp_path))]
    (tmp_path / ".env").write_text("MAIL_IMAP_URL=imaps://boite:secret@imap.example/\nMAIL_ADDRESS=boite@ars.example\n")
    assert assistant.services(load(tmp_path))[-1].name == "Messagerie"
    (tmp_path / ".env").write_text("MAIL_IMAP_URL=imap://boite:secret@imap.example/\nMAIL_ADDRESS=boite@ars.example\n")
    with pytest.raises(SettingError, match="imaps://"):
        load(tmp_path)
