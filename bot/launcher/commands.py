"""What the command line offers."""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy.exc import SQLAlchemyError

from bot.environment import number
from bot.launcher import assistant, model, ports
from bot.launcher.console import CannotStart, Console
from bot.launcher.purge import purge_dossiers, purge_mails, purge_questions
from bot.launcher.settings import Settings
from bot.launcher.supervisor import Stop, Stopped, Supervisor
from bot.tracker import erase_old_conversations
from knowledge.clock import clock_from_env
from knowledge.dossiers.consent import consent_from_env
from knowledge.errors import KnowledgeError
from knowledge.mail.item import kept_for_from_env


def run(settings: Settings, console: Console, may_train: bool) -> int:
    """Bring everything up and keep it up until stopped; return the exit status."""
    stop = Stop()
    stop.listen()
    supervisor = Supervisor(console, stop)
    try:
        assistant.check_ports(settings)
        assistant.prepare_databases(settings, console, stop)
        assistant.prepare_model(settings, console, stop, may_train)
        for service in assistant.services(settings):
            supervisor.bring_up(service)
        console.say(f"L'assistant est prêt : ouvrez {settings.address} (Ctrl-C pour l'arrêter).")
        supervisor.watch(daily=lambda: purge(settings, console))
    except Stopped:
        console.say("Arrêt demandé : fermeture…")
    except CannotStart as error:
        console.complain(str(error))
        return 1
    finally:
        supervisor.shut_down()
    console.say("Tout est arrêté.")
    return 0


def train(settings: Settings, console: Console) -> int:
    """Train the model, even when it is current; return the exit status."""
    stop = Stop()
    stop.listen()
    try:
        assistant.train(settings, console, stop)
    except Stopped:
        console.complain("Entraînement interrompu.")
        return 1
    except CannotStart as error:
        console.complain(str(error))
        return 1
    console.say(f"Modèle entraîné : {model.model_file(settings.root)}")
    return 0


def check(settings: Settings, console: Console, may_train: bool) -> int:
    """Say what would prevent a start, without starting; return the exit status."""
    console.say(f"Python et paquets : corrects. Réglages : corrects. Données dans {settings.var}.")
    faults = []
    try:
        assistant.check_ports(settings)
        console.say(f"Ports {settings.web_port}, {settings.rasa_port} et {settings.actions_port} : libres.")
    except CannotStart as error:
        faults.append(str(error))
    found = model.state(settings.root)
    texts = {
        model.ModelState.CURRENT: "à jour",
        model.ModelState.ABSENT: "absent",
        model.ModelState.STALE: "ne correspond pas aux fichiers actuels",
    }
    if found is not model.ModelState.CURRENT and not may_train:
        faults.append(f"Modèle : {texts[found]}. Entraînez-le par « python -m bot train ».")
    else:
        more = "" if found is model.ModelState.CURRENT else " ; il sera entraîné au démarrage"
        console.say(f"Modèle : {texts[found]}{more}.")
    for fault in faults:
        console.complain(fault)
    return 1 if faults else 0


def purge(settings: Settings, console: Console) -> int:
    """Erase what is older than its retention; return the exit status."""
    now = clock_from_env().now()
    environ = settings.environ
    days = int(number("CONVERSATION_DAYS", 30, environ))
    months = int(number("RETENTION_QUESTIONS_DAYS", 365, environ))
    try:
        kept_for = consent_from_env(environ).kept_for
        dossiers = purge_dossiers(environ["DATABASE_URL"], environ["TRACKER_DATABASE_URL"], now, kept_for)
        events = erase_old_conversations(environ["TRACKER_DATABASE_URL"], now, days)
        questions = purge_questions(environ["DATABASE_URL"], now, months)
        mail_days = kept_for_from_env(environ).days
        mails = purge_mails(environ["DATABASE_URL"], now, mail_days)
    except (KnowledgeError, SQLAlchemyError) as error:
        console.complain(f"Effacement impossible : {type(error).__name__}")
        return 1
    # What the web part keeps: in its own process, whose settings are Django's.
    subprocess.run([sys.executable, "-m", "bot.web.forgetting"], cwd=settings.root, env=environ, check=False)
    console.say(f"Dossiers inchangés depuis {kept_for.days} jours : {dossiers} effacé(s).")
    console.say(f"Conversations de plus de {days} jours : {events} événement(s) effacé(s).")
    console.say(f"Questions sans réponse et avis de plus de {months} jours : {questions} effacée(s).")
    console.say(f"Courriels notés il y a plus de {mail_days} jours : {mails} ligne(s) effacée(s).")
    return 0


def status(settings: Settings, console: Console) -> int:
    """Say whether the assistant runs and what it lacks; return the exit status."""
    code, content = ports.get(settings.reachable_host, settings.web_port, "/readyz")
    if not isinstance(content, dict) or "dependencies" not in content:
        console.complain(f"Rien ne répond à {settings.address}")
        return 1
    for name, is_ready in content["dependencies"].items():
        console.say(f"{name} : {'prêt' if is_ready else 'indisponible'}")
    console.say(f"version : {content['version']}")
    return 0 if code == 200 else 1
