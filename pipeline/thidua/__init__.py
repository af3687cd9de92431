"""thidua: scanned Vietnamese emulation plans become restored text and structured, traceable campaign records.

    convert(path) -> CampaignRecord            one source: PDF, image or text
    convert_many(paths) -> Iterator[Result]    many, on worker processes
    read(path) -> Restored                     its restored text, with every edit and the transcript
    restore(text) -> Restored                  damaged text as it was printed
    extract(text | Restored) -> CampaignRecord

No verb needs the network, writes a file, or prints.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .batch import convert_many
    from .convert import convert, extract, read
    from .record import CampaignRecord
    from .restore import restore_text as restore

__all__ = ["CampaignRecord", "convert", "convert_many", "extract", "read", "restore"]

_HOMES = {
    "CampaignRecord": ("record", "CampaignRecord"),
    "convert": ("convert", "convert"),
    "convert_many": ("batch", "convert_many"),
    "extract": ("convert", "extract"),
    "read": ("convert", "read"),
    "restore": ("restore", "restore_text"),
}


def __getattr__(name: str) -> object:
    # Loaded when first used: `thidua --help` needs no image library.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(f".{module}", __name__), attribute)


class _Package(ModuleType):
    """Loading the module `thidua.restore` must not hide the verb `restore` behind it."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
