"""Errors carry what happened, what to do next and an exit code, across process borders too."""

from __future__ import annotations

import pickle

import pytest

from thidua import errors


def kinds(kind: type[errors.ThiduaError] = errors.ThiduaError) -> list[type[errors.ThiduaError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in kinds(child))]


@pytest.mark.parametrize("kind", kinds())
def test_errors_survive_pickling(kind: type[errors.ThiduaError]) -> None:
    copy = pickle.loads(pickle.dumps(kind("a.pdf is empty", remedy="Scan it again")))
    assert type(copy) is kind
    assert str(copy) == "a.pdf is empty. Scan it again"


def test_exit_codes_tell_sources_calls_and_set_up_apart() -> None:
    codes = {kind.__name__: kind.exit_code for kind in kinds()}
    assert codes["UsageError"] == 2
    assert codes["SetupError"] == codes["ArtefactError"] == 3
    assert {code for name, code in codes.items() if name.startswith(("Source", "Page"))} == {1}
