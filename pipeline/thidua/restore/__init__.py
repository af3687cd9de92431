"""Damaged Vietnamese text becomes restored text with a list of its edits: `restore_text`."""

from .flow import restore_text

__all__ = ["restore_text"]
