"""The campaign record: the only schema. JSON, CSV, Parquet, XLSX and the JSON Schema are derived from these classes.

Absent is None or an empty list, never a guess. Dates are ISO 8601 strings with the precision that the page prints
(`2024`, `2024-02`, `2024-02-21`). Text fields keep the printed wording.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SCHEMA_VERSION: Literal["1.0"] = "1.0"

IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Share = Annotated[float, Field(ge=0, le=1)]
IssuerLevel = Literal["central", "ministry", "province", "department", "district", "commune", "unit", "party", "union"]
AwardLevel = Literal["state", "government", "ministry", "province", "department", "district", "commune", "unit"]
Participation = Literal["collective", "individual"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PageBox(_Part):
    """Pixels of the original page image; x0 <= x < x1, y0 <= y < y1."""

    page: int
    x0: int
    y0: int
    x1: int
    y1: int


class Evidence(_Part):
    """Where a value comes from. start, end: half-open offsets in the restored text; raw: what the source said."""

    page: int = Field(ge=1, description="page number, from 1")
    start: int = Field(ge=0, description="offset in the restored text, inclusive")
    end: int = Field(ge=0, description="offset in the restored text, exclusive")
    raw: str = Field(description="the source's own characters")
    text: str = Field(description="the restored characters")
    boxes: list[PageBox] = Field(default_factory=list, description="pixels of the original page image; empty for text")
    confidence: Share = 1.0
    inferred: bool = Field(default=False, description="true where no source characters say the value")


FieldEvidence = dict[str, Evidence]


class _Item(_Part):
    evidence: Evidence


class PageSource(_Part):
    page: int
    text_from: Literal["ocr", "text-layer", "text"]
    reason: str = Field(description="why the page's text was taken from there")
    width: int = Field(default=0, description="of the page image that the boxes are measured on, in pixels; 0 for text")
    height: int = 0
    dpi: int = 0


class Source(_Part):
    path: str
    sha256: str
    media_type: str
    pages: int
    text_from: Literal["ocr", "text-layer", "text"]
    language: str = "vi"
    page_sources: list[PageSource] = Field(default_factory=list)
    restored_by: str = Field(default="", description="models that changed the text, e.g. 'model.eng'; empty: none")
    program: str = Field(default="", description="name and version of the program that wrote the record")


class Document(_Part):
    kind: str | None = None
    kind_code: str | None = None
    number: str | None = None
    symbol: str | None = None
    code: str | None = None
    issued_on: IsoDate | None = None
    place: str | None = None
    issuer: str | None = None
    parent_issuer: str | None = None
    issuer_canonical: str | None = Field(default=None, description="the issuer with its abbreviations written out")
    parent_issuer_canonical: str | None = None
    issuer_level: IssuerLevel | None = None
    title: str | None = Field(default=None, description="the subject (trích yếu) as one line, without the kind")
    evidence: FieldEvidence = Field(default_factory=dict)


class Phase(_Item):
    name: str
    start: IsoDate | None = None
    end: IsoDate | None = None


class Period(_Part):
    start: IsoDate | None = None
    end: IsoDate | None = None
    end_event: str | None = Field(default=None, description="an end that is only an event")
    text: str | None = None
    phases: list[Phase] = Field(default_factory=list)
    evidence: FieldEvidence = Field(default_factory=dict)


class Quantity(_Part):
    value: float
    unit: str | None = None
    text: str


class Goal(_Item):
    kind: Literal["purpose", "requirement", "purpose-requirement", "target"]
    text: str
    section: str | None = Field(default=None, description="number of the section it stands in, e.g. 'I.1'")
    quantities: list[Quantity] = Field(default_factory=list)


class Task(_Item):
    text: str
    section: str | None = None


class Directive(_Item):
    kind: str
    code: str | None = None
    number: str | None = None
    symbol: str | None = None
    issued_on: IsoDate | None = None
    year: int | None = None
    issuer: str | None = None
    issuer_canonical: str | None = Field(default=None, description="the issuer with its abbreviations written out")
    about: str | None = None
    term: str | None = Field(default=None, description="term of the Party committee or congress, e.g. 'XII'")
    role: Literal["basis", "cited"]
    series: Literal["state", "party"]
    mentions: int = Field(default=1, ge=1)
    known_as: str | None = Field(default=None, description="code of the directive that a dictionary knows it to be")
    other_evidence: list[Evidence] = Field(default_factory=list, description="the further mentions")


class Movement(_Item):
    name: str
    kind: Literal["phong trào thi đua", "cuộc vận động", "phong trào"]
    launched_by: str | None = None
    start_year: int | None = None
    end_year: int | None = None


class Event(_Item):
    name: str
    kind: Literal["anniversary", "congress", "holiday"]
    years: int | None = None
    from_: IsoDate | None = Field(default=None, alias="from", serialization_alias="from")
    to: IsoDate | None = None
    ordinal: str | None = None
    term: str | None = None

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class DateMention(_Item):
    date: IsoDate
    text: str
    role: Literal["issued", "cited", "start", "end", "deadline", "anniversary", "report", "other"]
    unit: str | None = Field(default=None, description="who owes the report or keeps the deadline")


class Participant(_Item):
    kind: Participation
    text: str


class Quota(_Part):
    unit: str | None = None
    quantity: int
    recipients: list[Participation] = Field(default_factory=list)
    per: str | None = Field(default=None, description="what the quantity is counted for, e.g. 'đơn vị'")
    text: str


class Award(_Item):
    level: AwardLevel | None = None
    level_text: str | None = None
    authority: str | None = None
    form: str | None = Field(default=None, description="hình thức khen thưởng, e.g. 'Bằng khen'")
    title: str | None = Field(default=None, description="danh hiệu thi đua, e.g. 'Chiến sĩ thi đua cơ sở'")
    recipients: list[Participation] = Field(default_factory=list)
    quantity: int | None = None
    quotas: list[Quota] = Field(default_factory=list)
    condition: str | None = None
    by_proposal: bool = Field(default=False, description="true where the text only proposes or submits upward")


class Responsibility(_Item):
    unit: str
    text: str


class Recipient(_Item):
    text: str


class Appendix(_Item):
    number: str | None = None
    title: str | None = None
    page: int


class Signature(_Part):
    authority: str | None = Field(default=None, description="TM., KT., TL., TUQ. or Q.")
    position: str | None = None
    signer_position: str | None = Field(default=None, description="the signer's own position, below a KT.")
    signer: str | None = None
    evidence: FieldEvidence = Field(default_factory=dict)


class Section(_Item):
    number: str | None = None
    heading: str
    level: int = Field(ge=1)
    parent: str | None = Field(default=None, description="number of the parent, from the top: 'II.1'")
    page: int
    previous: str | None = Field(
        default=None, description="number of the item before it in its list, be that a heading or a sentence"
    )


class Finding(_Part):
    code: str
    severity: Literal["info", "warning", "error"]
    message: str
    refers_to: list[str] = Field(default_factory=list, description="paths into the record, e.g. 'events[2].years'")
    evidence: list[Evidence] = Field(default_factory=list)


class Correction(_Part):
    """One edit of the restoration. start, end: half-open offsets in the source text."""

    page: int
    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: Share


class CampaignRecord(_Part):
    """One source document as data."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    record_id: str = Field(pattern=r"^[0-9a-f]{16}$", description="first 16 hex digits of the source's SHA-256")
    source: Source
    document: Document = Field(default_factory=Document)
    theme: str | None = None
    theme_evidence: Evidence | None = None
    period: Period = Field(default_factory=Period)
    goals: list[Goal] = Field(default_factory=list)
    tasks: list[Task] = Field(default_factory=list)
    directives: list[Directive] = Field(default_factory=list)
    movements: list[Movement] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)
    dates: list[DateMention] = Field(default_factory=list)
    participants: list[Participant] = Field(default_factory=list)
    awards: list[Award] = Field(default_factory=list)
    responsibilities: list[Responsibility] = Field(default_factory=list)
    recipients: list[Recipient] = Field(default_factory=list)
    appendices: list[Appendix] = Field(default_factory=list)
    signature: Signature = Field(default_factory=Signature)
    sections: list[Section] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    corrections: list[Correction] = Field(default_factory=list)
    confidence: Share = Field(default=1.0, description="the weakest of the required fields")
    needs_review: bool = False

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as JSON with the contract's names."""
        return self.model_dump_json(by_alias=True, indent=indent)
