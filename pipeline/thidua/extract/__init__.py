"""Restored text -> campaign record, each value with the place it comes from (see assemble)."""

from .assemble import as_restored, extract

__all__ = ["as_restored", "extract"]
