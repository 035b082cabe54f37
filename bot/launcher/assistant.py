"""The steps that bring this assistant up, and its three services."""

from __future__ import annotations

import importlib.util
import sys
import time

from bot.launcher import model, ports
from bot.launcher.children import Child
from bot.launcher.console import CannotStart, Console
from bot.launcher.settings import Settings
from bot.launcher.supervisor import Service, Stop

TRAINING_TIMEOUT = 3600.0  # seconds
SETUP_TIMEOUT = 300.0  # seconds


def check_python() -> None:
    """Check the interpreter and its packages.

    Raises:
        CannotStart: another version, or packages missing.
    """
    if sys.version_info[:2] != (3, 10):
        found = ".".join(map(str, sys.version_info[:2]))
        raise CannotStart(f"Python 3.10 est nécessaire (Rasa 3.6), et non {found}. Lancez « make run ».")
    absent = [name for name in ("rasa", "rasa_sdk", "django", "uvicorn", "httpx") if not importlib.util.find_spec(name)]
    if absent:
        raise CannotStart(f"Paquets absents : {', '.join(absent)}. Installez l'environnement : « make install ».")


def check_ports(settings: Settings) -> None:
    """Check that every port is free.

    Raises:
        CannotStart: the message names each port taken and its setting.
    """
    wanted = [
        ("l'interface web", settings.host.strip("[]"), settings.web_port, "WEB_PORT (ou --port)"),
        ("Rasa", "127.0.0.1", settings.rasa_port, "RASA_PORT"),
        ("le serveur d'actions", "127.0.0.1", settings.actions_port, "ACTIONS_PORT"),
    ]
    taken = [
        f"le port {port} de {host}, prévu pour {name}, est déjà pris : changez {setting}"
        for name, host, port, setting in wanted
        if not ports.is_free(host, port)
    ]
    if taken:
        raise CannotStart("Impossible de démarrer :\n  - " + "\n  - ".join(taken))


def run_step(name: str, command: list[str], settings: Settings, console: Console, stop: Stop, timeout: float) -> None:
    """Run one command to its end.

    Raises:
        CannotStart: it failed; the message has the end of its log.
        Stopped: a stop was asked; the command was stopped.
    """
    console.say(f"{name}…")
    began = said = time.monotonic()
    child = Child(command, settings.var / "log" / "setup.log", settings.environ, settings.root)
    try:
        while child.status is None and time.monotonic() - began < timeout:
            stop.sleep(0.1)
            if time.monotonic() - said >= 10:
                said = time.monotonic()
                console.say(f"{name} : toujours en cours ({said - began:.0f} s)…")
        status = child.status
    finally:
        child.stop()
    if status != 0:
        reason = "a échoué" if status is not None else f"n'est pas terminé après {timeout:.0f} s"
        raise CannotStart(f"{name} : {reason}.\n  Fin du journal ({child.log}) :\n{child.tail()}")


def prepare_databases(settings: Settings, console: Console, stop: Stop) -> None:
    """Bring both databases to their present form and load the records."""
    python = sys.executable
    for name, command in (
        ("Base de connaissances : mise à niveau", [python, "-m", "knowledge", "migrate"]),
        ("Base de connaissances : chargement des fiches", [python, "-m", "knowledge", "load"]),
        ("Base de l'interface web : mise à niveau", [python, "-m", "django", "migrate"]),
    ):
        run_step(name, command, settings, console, stop, SETUP_TIMEOUT)


def prepare_model(settings: Settings, console: Console, stop: Stop, may_train: bool) -> None:
    """Train the model unless it is that of the present files.

    Raises:
        CannotStart: it must be trained and may not, or cannot.
    """
    found = model.state(settings.root)
    if found is model.ModelState.CURRENT:
        console.say("Modèle : à jour.")
        return
    absent = found is model.ModelState.ABSENT
    reason = "le modèle n'existe pas" if absent else "le modèle ne correspond pas aux fichiers actuels"
    if not may_train:
        raise CannotStart(f"{reason.capitalize()}. Entraînez-le par « python -m bot train », ou ôtez --no-train.")
    console.say(f"Modèle : {reason}, il va être entraîné.")
    train(settings, console, stop)


def train(settings: Settings, console: Console, stop: Stop) -> None:
    """Train the model and note from which files.

    Raises:
        CannotStart: training failed; the former model, if any, is still there.
    """
    # Before, not after: a file changed during training must make the model stale.
    sources = model.sources_hash(settings.root)
    command = model.training_command(sys.executable, settings.root)
    run_step("Modèle : entraînement", command, settings, console, stop, TRAINING_TIMEOUT)
    if not model.model_file(settings.root).is_file():
        raise CannotStart("L'entraînement n'a pas produit de modèle : voyez var/log/setup.log.")
    model.write_record(settings.root, sources)


def services(settings: Settings) -> list[Service]:
    """Return the services in the order of their start: each needs those before it."""

    def child(log: str, *command: str, **environ: str) -> Child:
        file = settings.var / "log" / f"{log}.log"
        return Child([sys.executable, "-m", *command], file, {**settings.environ, **environ}, settings.root)

    def missing(host: str, port: int, path: str) -> str | None:
        status, content = ports.get(host, port, path)
        if status == 200:
            return None
        states = content.get("dependencies", {}) if isinstance(content, dict) else {}
        down = [name for name, is_ready in states.items() if not is_ready]
        return f"pas prêt : {', '.join(down)}" if down else f"aucune réponse sur le port {port}"

    def answers(host: str, port: int, path: str) -> bool:
        # Any answer will do, a refusal too: what is looked for is a process that does not answer at all.
        return ports.get(host, port, path)[0] > 0

    rasa_port = str(settings.rasa_port)
    actions = ("actions", "--actions", "actions", "--port", str(settings.actions_port))
    archive = str(model.model_file(settings.root).relative_to(settings.root))
    found = [
        Service(
            "Serveur d'actions",
            # The action server listens everywhere and authenticates nobody unless told otherwise.
            lambda: child("actions", *actions, SANIC_HOST="127.0.0.1"),
            lambda: missing("127.0.0.1", settings.actions_port, "/health"),
            settings.start_timeout,
            lambda: answers("127.0.0.1", settings.actions_port, "/health"),
        ),
        Service(
            "Rasa",
            lambda: child("rasa", "bot.rasa_server", "--model", archive, "--port", rasa_port),
            lambda: missing("127.0.0.1", settings.rasa_port, "/webhooks/rest/ready"),
            settings.start_timeout,
            lambda: answers("127.0.0.1", settings.rasa_port, "/webhooks/rest/ready"),
        ),
        Service(
            "Interface web",
            lambda: child("web", "bot.web", "--host", settings.host, "--port", str(settings.web_port)),
            lambda: missing(settings.reachable_host, settings.web_port, "/readyz"),
            settings.start_timeout,
            lambda: answers(settings.reachable_host, settings.web_port, "/healthz"),
        ),
    ]
    if settings.environ.get("MAIL_IMAP_URL", "").strip():
        # It opens no port, and waits by itself for servers that do not answer: once started, it is ready.
        mail = Service("Messagerie", lambda: child("mail", "bot.mail"), lambda: None, settings.start_timeout)
        found.append(mail)
    return found
