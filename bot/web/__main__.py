"""Serve the web part: `python -m bot.web --host 127.0.0.1 --port 8000`."""

from __future__ import annotations

import argparse
import os

import uvicorn


def main(arguments: list[str] | None = None) -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m bot.web", description="Sert l'interface web de l'assistant.")
    parser.add_argument("--host", default=os.environ.get("WEB_HOST") or "127.0.0.1", help="adresse d'écoute")
    parser.add_argument("--port", type=int, default=int(os.environ.get("WEB_PORT") or 8000), help="port d'écoute")
    options = parser.parse_args(arguments)
    os.environ.setdefault("WEB_HOST", options.host)
    proxies = os.environ.get("WEB_TRUSTED_PROXIES", "").strip()
    uvicorn.run(
        "bot.web.asgi:application",
        host=options.host,
        port=options.port,
        lifespan="off",
        # No WebSocket here, and Rasa holds `websockets` at a version that uvicorn no longer loads.
        ws="none",
        # A line per request would hold the address of a person.
        access_log=False,
        server_header=False,
        # Without a declared proxy, anybody could write any address in X-Forwarded-For.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=5,
        log_level=(os.environ.get("LOG_LEVEL") or "info").lower(),
    )


if __name__ == "__main__":
    main()
