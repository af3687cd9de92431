"""From a source to its transcript: files are read page by page, every word keeps its place.

`read_source` gives pages one at a time (memory does not grow with their number), `transcribe` joins them to one text.
"""

from .options import ReadOptions
from .source import media_type, read_source
from .transcript import transcribe

__all__ = ["ReadOptions", "media_type", "read_source", "transcribe"]
