"""Files of named arrays that are mapped into memory: loading costs no time, and processes share the pages.

The file: one line of JSON {"format", "version", ..., "arrays": {name: [dtype, length, offset]}} padded to 4,096 bytes,
then the arrays at multiples of 64 bytes.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..errors import ArtefactError

HEADER = 4096
ALIGNMENT = 64
Arrays = dict[str, npt.NDArray[np.generic]]


def map_arrays(path: Path, *, format_name: str, version: int, remedy: str) -> Arrays:
    """The arrays of a file, read-only. Raises ArtefactError where it is missing, damaged or of another format."""
    try:
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = json.loads(content[:HEADER])
    except (OSError, ValueError) as error:
        raise ArtefactError(f"The model {path} cannot be read ({error})", remedy=remedy) from error
    if header.get("format") != format_name or header.get("version") != version:
        raise ArtefactError(f"{path} is not a {format_name} file of version {version}", remedy=remedy)
    try:
        return {name: np.frombuffer(content, *place) for name, place in header["arrays"].items()}
    except ValueError as error:
        raise ArtefactError(f"The model {path} is cut off", remedy=remedy) from error


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]], *, format_name: str, version: int) -> None:
    """Write one-dimensional arrays as a file for `map_arrays`. The same arrays give the same bytes."""
    offset, places = HEADER, {}
    for name, array in arrays.items():
        places[name] = [array.dtype.str, len(array), offset]
        offset += -(-array.nbytes // ALIGNMENT) * ALIGNMENT
    header = json.dumps({"format": format_name, "version": version, "arrays": places}).encode()
    if len(header) >= HEADER:
        raise ValueError("too many arrays for one header")
    with path.open("wb") as file:
        file.write(header.ljust(HEADER - 1) + b"\n")
        for array in arrays.values():
            file.write(array.tobytes())
            file.write(bytes(-array.nbytes % ALIGNMENT))
