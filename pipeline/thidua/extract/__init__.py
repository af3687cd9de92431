"""Restored text -> campaign record, each value with the place it comes from (see assemble)."""

from .assemble import extract

__all__ = ["extract"]
