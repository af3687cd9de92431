"""Results against truth: word and character error rates, kinds of error, and scores of the records' fields."""

from .compare import Evaluation, evaluate, figures, report_text
from .fields import FieldScore, score_facts, score_record
from .texts import TextScore, score_text

__all__ = [
    "Evaluation",
    "FieldScore",
    "TextScore",
    "evaluate",
    "figures",
    "report_text",
    "score_facts",
    "score_record",
    "score_text",
]
