"""Start Rasa on this machine only: `python -m bot.rasa_server --model models/assistant.tar.gz --port 5005`.

The same as `rasa run`, with settings that must be made before Rasa is imported, without its HTTP API,
and with an exit instead of a server that ignores every message when the model cannot be loaded.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

NO_MODEL = 2  # exit status: no such file
BAD_MODEL = 3  # exit status: the file is not a model that this version can load

_DEFAULTS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "INFO",
    "FORCE_JSON_LOGGING": "true",
    "TICKET_LOCK_LIFETIME": "60",
    "SQL_POOL_SIZE": "5",
    "SQL_MAX_OVERFLOW": "5",
    "SANIC_REQUEST_MAX_SIZE": "16384",
    "SANIC_RESPONSE_TIMEOUT": "20",
    # One message at a time per process: more threads only fight each other.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "CUDA_VISIBLE_DEVICES": "-1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    # endpoints.yml names these two.
    "ACTION_ENDPOINT_URL": "http://127.0.0.1:5055/webhook",
    "TRACKER_DATABASE_URL": "sqlite:///var/tracker.sqlite3",
}


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.rasa_server", description="Démarre Rasa sur 127.0.0.1.")
    parser.add_argument("--model", default="models/assistant.tar.gz", help="modèle entraîné")
    parser.add_argument("--port", type=int, default=int(os.environ.get("RASA_PORT") or 5005), help="port d'écoute")
    parser.add_argument("--endpoints", default="endpoints.yml", help="réglages des services de Rasa")
    parser.add_argument("--credentials", default="credentials.yml", help="canaux de Rasa")
    options = parser.parse_args(arguments)
    for name, value in _DEFAULTS.items():
        if not os.environ.get(name, "").strip():
            os.environ[name] = value
    for file in (options.model, options.endpoints, options.credentials):
        if not Path(file).is_file():
            print(f"Fichier introuvable : {file}", file=sys.stderr)
            return NO_MODEL
    _prepare_tracker_file(os.environ["TRACKER_DATABASE_URL"])
    return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    # Components and the channel are named by their dotted path.
    sys.path.insert(1, os.getcwd())
    from bot.nlu import speedups

    # Before Rasa, which imports TensorFlow whether or not the model uses it.
    speedups.before_import(options.model)
    # Imported here: Rasa reads the environment while it is imported.
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog
    from rasa.utils.tensorflow.environment import setup_tf_environment

    configure_logging_and_warnings(warn_only_once=True, filter_repeated_logs=True)
    setup_tf_environment()
    configure_structlog()
    speedups.apply()
    status = 0

    async def prepare(app: Any, _loop: Any) -> None:
        nonlocal status
        if app.ctx.agent.is_ready():
            # The first message understood takes a second more than the next ones: nobody waits for this one.
            await app.ctx.agent.parse_message("bonjour")
        else:
            print(f"Le modèle {options.model} ne peut pas être chargé : entraînez-le de nouveau.", file=sys.stderr)
            status = BAD_MODEL
            app.stop()

    rasa.core.run.serve_application(
        model_path=options.model,
        interface="127.0.0.1",
        port=options.port,
        credentials=options.credentials,
        endpoints=AvailableEndpoints.read_endpoints(options.endpoints),
        enable_api=False,
        cors=None,
        server_listeners=[(prepare, "after_server_start")],
    )
    return status


def _prepare_tracker_file(url: str) -> None:
    """Make the folder of a SQLite tracker store and put the file in WAL mode, which it then keeps."""
    if not url.startswith("sqlite:///"):
        return
    file = Path(url.removeprefix("sqlite:///"))
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
