"""A language model trained on a few lines, for tests that want to count by hand."""

from __future__ import annotations

import lzma
from pathlib import Path

from thidua.restore.language import FORMAT, VERSION, LanguageModel
from thidua.restore.packed import write_arrays
from thidua.train import language
from thidua.train.capitals import costs
from thidua.train.corpus import Source, read

TEXT = """Phát động phong trào thi đua yêu nước năm 2024
Phát động phong trào thi đua yêu nước; Đại hội Đảng bộ quận
Căn cứ Công văn số 988/UBND-NV ngày 21/02/2024 của Ủy ban nhân dân Quận 12 về thi đua
Đại hội đại biểu toàn quốc lần thứ XIII của Đảng, Đại hội Đảng bộ thành phố
Đằng sau bảng tin có hai bức tranh, hội thi vẽ tranh của quận
TRUNG ƯƠNG ĐẢNG, ỦY BAN NHÂN DÂN QUẬN
"""


def tiny_model(
    folder: Path, *, order: int = 3, thresholds: tuple[float, ...] = (-100.0, -100.0, -100.0)
) -> LanguageModel:
    """Trains and maps a model of TEXT under a folder; by default nothing is pruned."""
    source = folder / "tiny.txt.xz"
    source.write_bytes(lzma.compress(TEXT.encode()))
    text = read([Source(source, 1.0)], least_weight=0.0, largest=1000)
    levels = language.count(text.units, text.weights, len(text.vocabulary), order)
    language.estimate(levels)
    pruned = language.prune(levels, list(thresholds))
    arrays = language.packed(text.vocabulary, pruned, costs(text))
    write_arrays(folder / "model.bin", arrays, format_name=FORMAT, version=VERSION)
    return LanguageModel(folder / "model.bin")
