"""Settings read from the environment."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.environment import SettingError, database, names, number, redis_url, secret_key, version


def test_numbers_and_lists() -> None:
    assert number("X", 15, {}) == 15 and number("X", 15, {"X": "0.5"}) == 0.5
    for bad in ("-1", "douze", "nan", "inf"):
        with pytest.raises(SettingError, match="X"):
            number("X", 15, {"X": bad})
    assert names("X", environ={"X": " a, b ,,"}) == ["a", "b"]


def test_database(tmp_path: Path) -> None:
    here = {"ASSISTANT_VAR": str(tmp_path)}
    assert database(here)["NAME"] == str(tmp_path / "web.sqlite3")
    assert database({**here, "DATABASE_URL": "sqlite:///x.sqlite3"})["NAME"] == str(tmp_path / "web.sqlite3")
    found = database({"DATABASE_URL": "postgresql+psycopg2://u:p%40ss@h:5433/base?sslmode=require"})
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("u", "p@ss", "h", "5433")
    assert found["NAME"] == "base" and found["OPTIONS"] == {"sslmode": "require"}
    with pytest.raises(SettingError, match="WEB_DATABASE_URL"):
        database({"WEB_DATABASE_URL": "mysql://h/base"})


def test_the_address_of_redis() -> None:
    assert redis_url({}) == redis_url({"REDIS_URL": " "}) == ""
    for good in ("redis://127.0.0.1:6379/0", "rediss://:secret@redis.example:6380", "unix:///run/redis.sock"):
        assert redis_url({"REDIS_URL": f" {good} "}) == good
    for bad in ("127.0.0.1:6379", "http://redis.example", "redis://h:port", "redis://h/?db=x"):
        with pytest.raises(SettingError, match="REDIS_URL"):
            redis_url({"REDIS_URL": bad})


def test_secret_key_is_made_once_and_private(tmp_path: Path) -> None:
    here = {"ASSISTANT_VAR": str(tmp_path)}
    key = secret_key(here)
    assert len(key) >= 50 and secret_key(here) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]
    assert secret_key({"SECRET_KEY": "k" * 40}) == "k" * 40
    with pytest.raises(SettingError, match="SECRET_KEY"):
        secret_key({"SECRET_KEY": "court"})


def test_version(tmp_path: Path) -> None:
    assert version(tmp_path, {}) == "unknown" and version(tmp_path, {"ASSISTANT_VERSION": "v1"}) == "v1"
    git = tmp_path / ".git"
    (git / "refs/heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "packed-refs").write_text("# pack-refs\nbbb refs/heads/main\n")
    assert version(tmp_path, {}) == "bbb"
    (git / "refs/heads/main").write_text("aaa\n")
    assert version(tmp_path, {}) == "aaa"
    (git / "HEAD").write_text("ccc\n")
    assert version(tmp_path, {}) == "ccc"
