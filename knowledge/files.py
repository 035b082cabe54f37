"""Where the files are that people write and several parts read."""

from __future__ import annotations

from pathlib import Path

GLOSSARY = Path(__file__).with_name("glossary.yml")
ESTABLISHMENTS = Path(__file__).with_name("establishments.yml")
