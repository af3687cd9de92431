"""Shared set-up: one hypothesis profile (no deadline: the machine may be busy) and where material may lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("thidua", deadline=None, max_examples=100, derandomize=True)
settings.load_profile("thidua")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """Measuring material beside the repository; the test is skipped where it is absent."""
    folder = root.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no measuring material beside the repository")
    return folder
