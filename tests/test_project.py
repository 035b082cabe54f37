"""The project checks itself: who imports what, where sentences live, what is used."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from knowledge.base.loader import ways_of_asking
from knowledge.base.topics import load_topics
from knowledge.french.text import fold

ROOT = Path(__file__).parent.parent
FORBIDDEN = {
    "knowledge": {"rasa", "rasa_sdk", "actions", "bot", "django", "evaluation"},
    "actions": {"rasa", "bot", "sqlalchemy", "django", "evaluation"},
    "bot": {"actions", "evaluation"},
}
# The folders of knowledge/, lowest first; those of one line do not know each other. Files at its root stand below all of them.
LAYERS: tuple[set[str], ...] = (
    {"french"},
    {"privacy", "places"},
    {"conditions"},
    {"base"},
    {"wording", "finess", "mail"},
    {"understanding"},
    {"eligibility", "checklist"},
    {"answering", "dossiers"},
    {"documents"},
)
MAX_LINES = 400
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
RULES = yaml.safe_load((ROOT / "data" / "rules.yml").read_text("utf-8"))["rules"]


def sources(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield file, ast.parse(file.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


def training() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "data").rglob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8")).get("nlu", ()):
            for line in block["examples"].splitlines():
                yield block["intent"], line.removeprefix("- ")


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_go_one_way(folder: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file, tree in sources(folder)
        for name in imported(tree)
        if name.split(".")[0] in FORBIDDEN[folder]
    ]
    assert not wrong


def test_the_folders_of_knowledge_are_layers() -> None:
    level = {name: place for place, names in enumerate(LAYERS) for name in names}
    folders = {item.name for item in (ROOT / "knowledge").iterdir() if (item / "__init__.py").exists()}
    assert folders == set(level), "a folder has its place in LAYERS"
    wrong = []
    for file, tree in sources("knowledge"):
        inside = file.relative_to(ROOT / "knowledge").parts
        if inside[0] in {"migrations", "__main__.py"}:
            continue
        own = level.get(inside[0], -1)
        for name in imported(tree):
            parts = name.split(".")
            if parts[0] != "knowledge" or len(parts) < 2 or parts[1] == inside[0]:
                continue
            if level.get(parts[1], -1) >= max(own, 0):
                wrong.append(f"{file.relative_to(ROOT)} imports {name}")
    assert not wrong


def test_actions_never_touch_the_tables() -> None:
    wrong = [file.name for file, tree in sources("actions") if "knowledge.base.tables" in set(imported(tree))]
    assert not wrong


def test_actions_is_flat_because_a_sub_package_can_kill_the_server() -> None:
    assert [item.name for item in (ROOT / "actions").iterdir() if item.is_dir() and item.name != "__pycache__"] == []


def test_files_can_be_read_in_one_sitting() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file, _ in sources("knowledge", "actions", "bot", "evaluation")
        if (lines := len(file.read_text("utf-8").splitlines())) > MAX_LINES
    }
    assert not long


def sentences(tree: ast.Module) -> Iterator[str]:
    """Yield the string constants that read like French for a user: an accent or an apostrophe, and three words."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    # A string standing alone after a constant documents it.
    documented |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            words = re.findall(r"[A-Za-zÀ-ÿ'’]{2,}", node.value)
            if len(words) >= 3 and re.search(r"[éèêàùçôîœ«»]", node.value) and not re.search(r"\\\\|\|", node.value):
                yield node.value


def test_no_sentence_for_users_in_python() -> None:
    """Command lines may speak French in Python; what users read comes from YAML and templates."""
    command_lines = {
        "__main__.py",
        "commands.py",
        "schema.py",
        "checking.py",
        "errors.py",
        "clock.py",
        "loader.py",
        "build.py",
        "rasa_server.py",
        "store.py",
    }
    wrong = [
        f"{file.relative_to(ROOT)}: {text[:60]}"
        for file, tree in sources("knowledge", "actions", "bot/nlu", "bot/web")
        if file.name not in command_lines and file.parent.name not in {"commands", "launcher"}
        for text in sentences(tree)
        if not file.name.startswith(("environment", "settings"))
    ]
    assert not wrong


def test_every_intent_has_a_rule_and_enough_examples() -> None:
    ruled = {
        step["intent"]
        for rule in RULES
        for first in rule["steps"][:1]
        for step in (first.get("or", [first]))
        if "intent" in step
    }
    assert ruled - {"nlu_fallback"} == set(DOMAIN["intents"])
    counts: dict[str, int] = {}
    for intent, _ in training():
        counts[intent] = counts.get(intent, 0) + 1
    assert set(counts) == set(DOMAIN["intents"])
    frequent = {
        f"ask_{topic}"
        for topic in (
            "eligibility",
            "deadline",
            "documents",
            "submission",
            "funding",
            "support",
            "criteria",
            "overview",
        )
    }
    assert {intent: count for intent, count in counts.items() if count < (60 if intent in frequent else 30)} == {}


def test_every_topic_can_be_asked() -> None:
    assert {f"ask_{topic}" for topic in load_topics()} <= set(DOMAIN["intents"])


def test_every_response_is_said_by_a_rule_and_every_action_exists() -> None:
    said = {step["action"] for rule in RULES for step in rule["steps"] if "action" in step} - {"action_listen"}
    named = {
        node.value
        for _, tree in sources("actions")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    uttered = {name for name in said | named if name.startswith("utter_")}
    assert uttered == set(DOMAIN["responses"])
    written = {name for name in named if name.startswith("action_")}
    assert written == set(DOMAIN["actions"])
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    fallback = {policy.get("core_fallback_action_name") for policy in config["policies"]}
    assert {name for name in said | fallback if name and name.startswith("action_")} == written


def keys(node: object, path: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from keys(value, f"{path}.{key}" if path else key)
    else:
        yield path


def test_every_phrase_is_used_and_every_phrase_used_exists() -> None:
    written = set(keys(yaml.safe_load((ROOT / "knowledge" / "phrases.yml").read_text("utf-8"))))
    constants: set[str] = set()
    asked: set[str] = set()
    for _, tree in sources("knowledge", "actions"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"phrase", "said"}:
                asked |= {item.value for item in node.args[:1] if isinstance(item, ast.Constant)}
    # Names made up of two parts: « situation. » + status, « header_ » + kind.
    starts = tuple(item for item in constants if re.fullmatch(r"[a-z_]+(\.[a-z_]+)*[._]", item))
    assert {name for name in written if name not in constants and not name.startswith(starts)} == set()
    assert {str(name) for name in asked} - written == set()


def test_no_example_twice_and_no_test_question_in_the_training_data() -> None:
    seen: dict[str, str] = {}
    twice = []
    for intent, text in training():
        if seen.setdefault(fold(text), intent) != intent:
            twice.append(text)
    assert not twice
    asked = {
        fold(entry["text"])
        for folder in ("questions", "questions_apart")
        for file in (ROOT / "tests" / folder).glob("*.yml")
        for entry in yaml.safe_load(file.read_text("utf-8"))
    }
    # A few words (« quelle est la date limite ? ») cannot but be said by everybody.
    known = seen.keys() | {fold(text) for _, text in ways_of_asking()}
    assert not {text for text in asked & known if len(text.split()) > 5}


def test_the_evaluation_set_is_large_and_half_of_it_is_hard() -> None:
    entries = [
        entry
        for file in (ROOT / "tests" / "questions").glob("*.yml")
        for entry in yaml.safe_load(file.read_text("utf-8"))
    ]
    assert len(entries) >= 400
    assert sum(not entry["answerable"] for entry in entries) >= 80
    assert len({entry["id"] for entry in entries}) == len(entries)


def test_every_setting_that_is_read_is_explained() -> None:
    explained = set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    read: set[str] = set()
    for _, tree in sources("knowledge", "actions", "bot"):
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith(("environ.get", "os.getenv"))
                and node.args
            ) and isinstance(node.args[0], ast.Constant):
                read.add(node.args[0].value)
    assert read - explained - {"PATH", "HOME", "DJANGO_SETTINGS_MODULE"} == set()


def test_paths_and_commands_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    paths = re.findall(r"\]\(((?:docs|knowledge|data|tests|bot|actions|[A-Z]+\.md)[^)#]*)\)", readme)
    paths += re.findall(r"`((?:docs|knowledge|data|tests|bot|actions|evaluation)/[\w./-]*)`", readme)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", readme)) <= targets


def test_nothing_generated_or_secret_is_tracked() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in tracked if re.search(r"\.(sqlite3|db|pkl|pyc|tar\.gz)$|(^|/)\.env$|secret", name)] == []
