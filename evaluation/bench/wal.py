"""Put the usual side's tracker file in the mode that bot.rasa_server gives to ours: `python -m evaluation.bench.wal URL`."""

from __future__ import annotations

import sqlite3
import sys

if __name__ == "__main__":
    connection = sqlite3.connect(sys.argv[1].removeprefix("sqlite:///"))
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
