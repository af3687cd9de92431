"""Loads the compiled core (the .c files of this folder) that the language model, channel and decoder share."""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path

from ..errors import SetupError

_PATH = Path(__file__).with_name("_core.so")


@cache
def library() -> ctypes.CDLL:
    """The shared library; raises SetupError where it was not built."""
    try:
        return ctypes.CDLL(str(_PATH))
    except OSError as error:
        raise SetupError(
            f"The compiled core {_PATH} cannot be loaded ({error})",
            remedy="Install thidua again with a C compiler at hand (apt-get install gcc libc6-dev)",
        ) from error
