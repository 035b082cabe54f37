"""Start Rasa without TensorFlow when no component of the model uses it.

Rasa imports TensorFlow for the sake of components that our pipeline does not have: 5 s of every start
and 390 MB of every process. In its place go modules whose attributes are empty classes: enough to define
Rasa's own classes, and the first use of one says clearly what is missing. A model that has one component
which needs TensorFlow, or which is unknown here, gets the real one.
"""

from __future__ import annotations

import json
import os
import sys
import tarfile
from abc import ABCMeta
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

_REPLACED = ("tensorflow", "keras")
_METADATA = "metadata.json"
# Components of Rasa 3.6 that compute with TensorFlow (those whose module, or parent class, imports it to work).
_USERS = (
    "rasa.core.policies.ted_policy.",
    "rasa.core.policies.unexpected_intent_policy.",
    "rasa.nlu.classifiers.diet_classifier.",
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer.",
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer.",
    "rasa.nlu.selectors.response_selector.",
)
_KNOWN = ("rasa.", "bot.nlu.")
# Rasa configures TensorFlow as soon as one of these is set.
_SETTINGS = ("TF_INTRA_OP_PARALLELISM_THREADS", "TF_INTER_OP_PARALLELISM_THREADS", "TF_GPU_MEMORY_ALLOC")


class TensorFlowAbsent(RuntimeError):
    """Something needed TensorFlow in a process that was started without it."""


class _Placeholder(ABCMeta):
    """The class of the classes that stand for whatever TensorFlow holds."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _placeholder(f"{cls.__qualname__}.{name}")
        setattr(cls, name, found)
        return found

    def __call__(cls, *_args: Any, **_kwargs: Any) -> Any:
        raise TensorFlowAbsent(f"{cls.__module__}.{cls.__qualname__} needs TensorFlow, which this process left out")


class _Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _placeholder(name)
        setattr(self, name, found)
        return found


class _Finder(MetaPathFinder, Loader):
    """Gives an empty module for TensorFlow and each of its parts."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in _REPLACED:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def _placeholder(name: str) -> _Placeholder:
    return _Placeholder(name, (), {"__module__": "tensorflow"})


def components(model: Path) -> Iterator[str]:
    """Yield the dotted names of the components that a model archive was trained with, and is served with.

    Raises:
        OSError, tarfile.TarError, ValueError, KeyError: this is not an archive of Rasa 3.
    """
    with tarfile.open(model) as archive:
        names = [name for name in archive.getnames() if name.rpartition("/")[2] == _METADATA]
        if not names:
            raise ValueError(f"{model}: no {_METADATA}")
        stream = archive.extractfile(min(names, key=len))
        if stream is None:
            raise ValueError(f"{model}: no {_METADATA}")
        described = json.load(stream)
    for schema in ("train_schema", "predict_schema"):
        for node in described[schema]["nodes"].values():
            yield node["uses"]


def needs_tensorflow(model: Path) -> bool:
    """Tell whether a component of the model may use TensorFlow; yes when the archive cannot be read."""
    try:
        names = list(components(model))
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError, AttributeError):
        return True
    return any(name.startswith(_USERS) or not name.startswith(_KNOWN) for name in names)


def leave_out() -> bool:
    """Put placeholders in the place of TensorFlow; return False when it is already imported (nothing is done)."""
    if any(name in sys.modules and not isinstance(sys.modules[name], _Module) for name in _REPLACED):
        return False
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
    for name in _SETTINGS:
        os.environ.pop(name, None)
    return True
