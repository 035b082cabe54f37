"""Prints, as one line of JSON, the intents that a model gives to the texts of a JSON file."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path


async def _predict(model: str, texts: list[str]) -> list[str]:
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    return [(await agent.parse_message(text))["intent"]["name"] for text in texts]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_predict(sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8"))))))
