"""On PYTHONPATH it takes the place of `thidua.convert` in workers: what a source holds says what befalls it."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace


def read(path: str, lexicon: object = None) -> SimpleNamespace:
    from thidua.errors import SetupError, SourceLocked, SourceMissing

    if not Path(path).exists():
        raise SourceMissing(f"{path} does not exist", remedy="Check the path")
    text = Path(path).read_text(encoding="utf-8")
    if "crash" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "hang" in text:
        time.sleep(3600)
    if "slow" in text:
        time.sleep(0.2)
    if "leave" in text:
        os.write(2, b"the library gave up\n")
        os._exit(7)
    if "fault" in text:
        raise ZeroDivisionError("division by zero")
    if "locked" in text:
        raise SourceLocked(f"{path} needs a password", remedy="Save it without one")
    if "no tesseract" in text:
        raise SetupError("Tesseract is not installed", remedy="apt-get install tesseract-ocr")
    return SimpleNamespace(text=text)


def to_record(path: str, restored: SimpleNamespace) -> object:
    from thidua.record import CampaignRecord, Document, Source

    digest = hashlib.sha256(restored.text.encode()).hexdigest()
    printable = os.fsencode(path).decode(errors="replace")
    source = Source(path=printable, sha256=digest, media_type="text/plain", pages=1, text_from="text")
    return CampaignRecord(record_id=digest[:16], source=source, document=Document(title=restored.text))


if os.environ.get("THIDUA_FAKE") == "broken":
    from thidua.errors import ArtefactError

    class _Broken(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise ArtefactError("models/language-1 is missing", remedy="Install thidua again")

    sys.modules["thidua.convert"] = _Broken("thidua.convert")
else:
    fake = ModuleType("thidua.convert")
    vars(fake).update(read=read, to_record=to_record, convert=None)
    sys.modules["thidua.convert"] = fake
