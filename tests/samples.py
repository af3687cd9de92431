"""A record with something in every part, for tests of what is done with records."""

from __future__ import annotations

from thidua.record import CampaignRecord


def evidence(text: str = "thi đua", start: int = 0, **more: object) -> dict[str, object]:
    return {"page": 1, "start": start, "end": start + len(text), "raw": "thi dua", "text": text, **more}


def full_record(record_id: str = "0123456789abcdef", path: str = "kế hoạch.pdf") -> CampaignRecord:
    box = {"page": 1, "x0": 1, "y0": 2, "x1": 3, "y1": 4}
    return CampaignRecord.model_validate(
        {
            "record_id": record_id,
            "source": {
                "path": path,
                "sha256": record_id * 4,
                "media_type": "application/pdf",
                "pages": 2,
                "text_from": "ocr",
                "page_sources": [{"page": 1, "text_from": "ocr", "reason": "no text layer"}],
            },
            "document": {
                "kind": "Kế hoạch",
                "kind_code": "KH",
                "number": "05",
                "code": "05/KH-PGDĐT",
                "issued_on": "2024-12-16",
                "title": 'Phát động phong trào "Dạy tốt, học tốt"; năm 2025',
                "evidence": {"code": evidence("05/KH-PGDĐT", 12, boxes=[box])},
            },
            "theme": "Đoàn kết",
            "theme_evidence": evidence("Đoàn kết", 40),
            "period": {
                "start": "2024-12-16",
                "end": "2025-12-31",
                "phases": [{"name": "Đợt 1", "start": "2025-01", "evidence": evidence()}],
            },
            "goals": [
                {
                    "kind": "target",
                    "text": "- 100% đơn vị\ntham gia",
                    "section": "I.2",
                    "quantities": [{"value": 100, "unit": "%", "text": "100%"}],
                    "evidence": evidence(confidence=0.97),
                },
                {"kind": "purpose", "text": "=1+2", "evidence": evidence()},
            ],
            "directives": [
                {
                    "kind": "Chỉ thị",
                    "code": "05-CT/TW",
                    "role": "cited",
                    "series": "party",
                    "mentions": 2,
                    "evidence": evidence(),
                    "other_evidence": [evidence("Chỉ thị 05", 90)],
                }
            ],
            "events": [
                {"name": "Ngày Giải phóng", "kind": "anniversary", "from": "1975-04-30", "evidence": evidence()}
            ],
            "awards": [
                {
                    "level": "province",
                    "recipients": ["collective", "individual"],
                    "by_proposal": True,
                    "quotas": [{"quantity": 3, "text": "03 tập thể"}],
                    "evidence": evidence(),
                }
            ],
            "findings": [{"code": "anniversary-years", "severity": "warning", "message": "m", "refers_to": ["a", "b"]}],
            "corrections": [
                {"page": 1, "start": 0, "end": 3, "before": "dua", "after": "đua", "rule": "decoder", "confidence": 0.5}
            ],
            "confidence": 0.9,
        }
    )
