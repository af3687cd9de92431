"""Required fields: missing, read by hand, or read with low confidence; bodies that did not exist on the day."""

from __future__ import annotations

import re

from ..record import CampaignRecord, Finding
from .findings import finding

REQUIRED = {
    "kind": "the kind of document",
    "issuer": "the issuing body",
    "code": "the document's number and symbol",
    "issued_on": "the date of issue",
    "title": "the subject",
}
_BLANK = re.compile(r"ngày[\s.…_]*tháng|tháng[\s.…_]*năm", re.IGNORECASE)
SURE = 0.6  # confidence below which a required field should be looked at
_DISTRICTS_END = "2025-07-01"  # Law 72/2025/QH15: local government has two tiers from this day


def check(record: CampaignRecord) -> list[Finding]:
    """required-missing, handwritten, low-confidence, issuer-abolished."""
    found = []
    for name, meaning in REQUIRED.items():
        found += _field(record, name, meaning)
    return found + _abolished(record)


def _field(record: CampaignRecord, name: str, meaning: str) -> list[Finding]:
    document = record.document
    value = getattr(document, name)
    refers_to = [f"document.{name}"]
    proof = document.evidence.get("number" if name == "code" else name)
    if name == "issued_on" and proof is not None and _BLANK.search(proof.text):
        message = f'"{" ".join(proof.text.split())}": the day or month of issue is left blank'
        return [finding("required-missing", message, refers_to=refers_to, evidence=[proof])]
    if proof is not None and (value is None or (name == "issued_on" and len(value) < 10)):
        message = f'"{" ".join(proof.text.split())}" is written by hand or not legible: {meaning} is not stated in full'
        return [finding("handwritten", message, refers_to=refers_to, evidence=[proof])]
    if value is None:
        message = f"The page does not say {meaning}"
        if name == "code" and document.symbol is not None:
            message = f"The number before {document.symbol} is blank"
        evidence = [document.evidence["symbol"]] if name == "code" and "symbol" in document.evidence else []
        return [finding("required-missing", message, refers_to=refers_to, evidence=evidence)]
    if proof is not None and proof.confidence < SURE:
        message = f"{meaning[0].upper()}{meaning[1:]} ({value}) was read with confidence {proof.confidence:.2f} only"
        return [finding("low-confidence", message, refers_to=refers_to, evidence=[proof])]
    return []


def _abolished(record: CampaignRecord) -> list[Finding]:
    document = record.document
    if document.issuer_level != "district" or document.issued_on is None or document.issued_on < _DISTRICTS_END:
        return []
    message = f"{document.issuer} is a body of a district; there are none since {_DISTRICTS_END}"
    evidence = [document.evidence[k] for k in ("issuer", "issued_on") if k in document.evidence]
    return [
        finding("issuer-abolished", message, refers_to=["document.issuer", "document.issued_on"], evidence=evidence)
    ]
