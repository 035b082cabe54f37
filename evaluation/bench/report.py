"""What a comparison says: a table, then one line of JSON."""

from __future__ import annotations

import json

from evaluation.bench.compare import Result

FLOORS = {"throughput_ratio": 2.5, "p50_ratio": 2.5, "start_ratio": 2.0, "memory_ratio": 1.4}


def ratios(ours: Result, usual: Result) -> dict[str, float]:
    """Return how many times better ours is (above 1: better)."""
    found = {
        "throughput_ratio": ours.by_users[5].rate / usual.by_users[5].rate,
        "p50_ratio": usual.by_users[1].p50 / ours.by_users[1].p50,
        "start_ratio": usual.start / ours.start,
        "memory_ratio": usual.memory / ours.memory,
        "train_ratio": usual.train / ours.train,
    }
    return {name: round(value, 2) for name, value in found.items()}


def table(ours: Result, usual: Result) -> str:
    """Return the figures of both sides."""
    rows = [
        ("Entraînement (s)", usual.train, ours.train),
        ("Démarrage jusqu'à la première réponse (s)", usual.start, ours.start),
        ("Mémoire du processus Rasa (Mo)", usual.memory, ours.memory),
    ]
    for users in ours.by_users:
        theirs, own = usual.by_users[users], ours.by_users[users]
        plural = "s" if users > 1 else ""
        rows += [
            (f"{users} utilisateur{plural} : latence p50 (ms)", theirs.p50, own.p50),
            (f"{users} utilisateur{plural} : latence p95 (ms)", theirs.p95, own.p95),
            (f"{users} utilisateur{plural} : messages par seconde", theirs.rate, own.rate),
        ]
    lines = [f"{'':46}{'habituel':>10}{'le nôtre':>10}{'rapport':>9}"]
    for name, their, own_value in rows:
        better = own_value / their if "par seconde" in name else their / own_value
        lines.append(f"{name:46}{their:10.1f}{own_value:10.1f}{better:8.1f}×")
    failures = {
        name: sum(item.failures for item in side.by_users.values()) for name, side in (("u", usual), ("o", ours))
    }
    sent = sum(len(item.latencies) for item in ours.by_users.values())
    lines.append(f"Messages sans réponse, sur {sent} : {failures['u']} (habituel), {failures['o']} (le nôtre)")
    return "\n".join(lines)


def last_lines(ours: Result, usual: Result) -> str:
    """Return the definition of the ratios, and the JSON."""
    note = (
        "Rapports : habituel ÷ nôtre pour les durées et la mémoire, nôtre ÷ habituel pour le débit ;\n"
        "throughput_ratio à 5 utilisateurs, p50_ratio à 1 utilisateur."
    )
    return f"{note}\n{json.dumps(ratios(ours, usual))}"


def below_floors(found: dict[str, float]) -> list[str]:
    """Return the ratios that are below their floor, each as a sentence."""
    return [f"{name} = {found[name]} < {floor}" for name, floor in FLOORS.items() if found[name] < floor]
