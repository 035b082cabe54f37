# Commands of the project; `make` alone lists them.
SHELL := /bin/bash
PYTHON := .venv/bin/python
TOOLS := .venv-tools/bin
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
QUESTIONS ?= tests/questions

.DEFAULT_GOAL := help
.PHONY: help install tools run train test check fix lint types unit conversations evaluate evaluate-unseen evaluate-usual fit sensitivity calibrate calibrate-mail bench bench-public bench-growth mail-loop screens widget lock clean

help: ## montre cette aide
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.venv/.done: requirements.lock
	@scripts/make-environment .venv requirements.lock
	@touch $@

.venv-tools/.done: requirements-tools.lock
	@scripts/make-environment .venv-tools requirements-tools.lock
	@touch $@

install: .venv/.done ## installe l'environnement dans .venv

tools: .venv-tools/.done

run: install ## installe ce qui manque, puis démarre l'assistant
	@exec $(PYTHON) -m bot

train: install ## entraîne le modèle
	@$(PYTHON) -m bot train

test: ## tout ce que vérifie l'intégration continue
	@.ci/run

check: lint types ## format, style et types, sans rien modifier

lint: tools
	@$(TOOLS)/ruff format --check .
	@$(TOOLS)/ruff check .
	@$(TOOLS)/yamllint --strict .

types: install tools
	@$(TOOLS)/mypy --python-executable $(PYTHON) knowledge actions bot evaluation

fix: tools ## met en forme et corrige ce qui peut l'être
	@$(TOOLS)/ruff format .
	@$(TOOLS)/ruff check --fix .

unit: install ## essais rapides, sans modèle
	@$(PYTHON) -m pytest -m "not stack"

conversations: install ## essais à travers l'assistant entier
	@$(PYTHON) -m pytest -m stack

evaluate: install ## pose les questions de QUESTIONS (fichier ou dossier) et compare ; avec MAILS=dossier, des courriels étiquetés aussi
	@$(PYTHON) -m evaluation --questions $(QUESTIONS) --details var/evaluation.md
ifdef MAILS
	@$(PYTHON) -m evaluation.mails $(MAILS)
endif

evaluate-unseen: install ## des appels que rien n'a appris, avec leur document puis sans, à côté d'une recherche plein texte
	@for set in tests/unseen tests/unseen_apart; do echo "== $$set"; $(PYTHON) -m evaluation.unseen --folder $$set; \
	  echo "== $$set, sans les documents"; $(PYTHON) -m evaluation.unseen --folder $$set --without-passages; done

evaluate-usual: install ## le même, en recalculant l'alternative habituelle (plus d'une heure)
	@$(PYTHON) -m evaluation --questions $(QUESTIONS) --details var/evaluation.md --usual

fit: install ## apprend les poids du classement et de la décision, mesurés sur des appels laissés de côté (dix minutes)
	@$(PYTHON) -m evaluation.fit
	@$(PYTHON) -m evaluation.fit --decision-only

sensitivity: install ## ce que vaut chaque seuil, déplacé d'un quart (THRESHOLDS="SURE NOT_SAID" pour quelques-uns)
	@$(PYTHON) -m evaluation.sensitivity $(THRESHOLDS)

calibrate: install ## règle le seuil de confiance et redessine docs/calibration.md
	@$(PYTHON) -m evaluation.calibrate

calibrate-mail: install ## réponses justes selon la confiance exigée pour un envoi sans relecture
	@$(PYTHON) -m evaluation.sending

bench: install ## vitesse et mémoire, à côté de l'alternative habituelle
	@$(PYTHON) -m evaluation.bench

bench-public: install ## temps de réponse à travers l'interface publique
	@$(PYTHON) -m evaluation.bench public

bench-growth: install ## temps de réponse quand la base grandit
	@$(PYTHON) -m evaluation.bench growth

screens: install ## photographie chaque écran dans docs/images
	@$(PYTHON) -m evaluation.screens

mail-loop: install ## 1 000 courriels à travers de vrais serveurs, le processus tué 200 fois : perdus, doublés
	@PYTHONPATH=.:tests $(PYTHON) tests/mail_loop.py --mails 1000 --kills 200

widget: ## construit le module à poser sur un site (Node 20 au moins)
	@cd bot/widget && npm ci --no-audit --no-fund && npm run build

lock: ## recalcule les versions exactes à partir de pyproject.toml
	uv pip compile pyproject.toml --group test --python-version 3.10 --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	uv pip compile --group tools --python-version 3.10 --generate-hashes --no-emit-index-url --no-header -o requirements-tools.lock

clean: ## efface ce qui se recalcule (environnements compris)
	rm -rf .venv .venv-tools .rasa models .pytest_cache .mypy_cache .ruff_cache .hypothesis
