"""Damaged Vietnamese text becomes restored text with a list of its edits: `restore_text`."""

from .flow import restore_text
from .lexicon import Lexicon

__all__ = ["Lexicon", "restore_text"]
