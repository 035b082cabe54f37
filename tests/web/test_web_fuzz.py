"""The API, attacked from its own description: whatever is sent, nothing breaks and every answer is one that it announces."""

from __future__ import annotations

import subprocess
from datetime import datetime, timezone
from pathlib import Path

import pytest
from web_fakes import Client, FakeRasa

from knowledge.base.catalogue import Catalogue

pytestmark = pytest.mark.alone

TOOL = Path(__file__).parents[2] / ".venv-tools" / "bin" / "schemathesis"
NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize("known", [False, True], ids=["anybody", "somebody"])
def test_nothing_that_is_sent_breaks_the_api(
    known: bool, address: str, client: Client, rasa: FakeRasa, base: Catalogue, tmp_path: Path
) -> None:
    assert TOOL.exists(), "make tools"
    rasa.items = [{"text": "Bonjour."}]
    command = [str(TOOL), "run", f"{address}/api/openapi.json", "--max-examples", "20", "--seed", "1"]
    command += ["--checks", "not_a_server_error,status_code_conformance,content_type_conformance"]
    if known:
        command += ["--header", f"Authorization: Bearer {client.open()}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-4000:]
