"""Document codes, roman numerals, dates and list numbers: what is mended, and what must not be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.resources import rows
from thidua.restore.codes import issuers, kinds, misreadings, repaired_code
from thidua.restore.dates import repaired_date, separated
from thidua.restore.decisions import Hints, Line, eng_decisions, vie_decisions
from thidua.restore.formulas import formula_words
from thidua.restore.outline_numbers import LEAST, SURE, opening, repaired_numbers
from thidua.restore.protect import fixed
from thidua.restore.romans import readings, roman, roman_value
from thidua.types import Box, Word

CASES = json.loads((Path(__file__).parent / "cases" / "typed.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("form", "printed"), CASES["codes"])
def test_code_is_mended(form: str, printed: str) -> None:
    assert repaired_code(form) == (printed, True)


@pytest.mark.parametrize("form", CASES["sound_codes"])
def test_sound_code_stays(form: str) -> None:
    assert repaired_code(form) == (form, True)


@pytest.mark.parametrize("form", CASES["no_codes"])
def test_what_is_no_code(form: str) -> None:
    assert repaired_code(form) is None


def test_unknown_issuer_is_kept_and_not_trusted() -> None:
    assert repaired_code("77/QD-XDQW") == ("77/QĐ-XDQW", False)


@pytest.mark.parametrize("form", CASES["doubtful_codes"])
def test_code_one_letter_from_a_known_one_stays_and_is_not_trusted(form: str) -> None:
    kept = fixed(form, mend=True)
    assert kept is not None
    assert kept.text == form
    assert kept.sure < 0.5


@pytest.mark.parametrize("form", [">", "<", ">30%", "<5,"])
def test_comparison_stays_and_is_not_trusted(form: str) -> None:
    for mend in (True, False):
        kept = fixed(form, mend=mend)
        assert kept is not None
        assert kept.text == form
        assert (kept.sure < 0.5) == mend


@pytest.mark.parametrize("form", CASES["not_doubtful_codes"])
def test_code_that_is_trusted(form: str) -> None:
    kept = fixed(form, mend=True)
    assert kept is not None
    assert kept.sure == 1.0


@pytest.mark.parametrize(("form", "printed"), CASES["read_by_vietnamese"])
def test_code_that_a_vietnamese_model_read(form: str, printed: str) -> None:
    (_, decision, _) = vie_decisions(["số", form, "ngày"], [Line(0, 0, 3)], Hints({}, {}))
    assert decision.text == printed


def test_code_that_the_reader_is_sure_of_stays() -> None:
    forms, lines = ["số", "12/QD-UBND", "ngày"], [Line(0, 0, 3)]
    for confidence, printed in ((0.95, "12/QD-UBND"), (0.6, "12/QĐ-UBND")):
        word = Word(forms[1], Box(0, 0, 10, 10), confidence)
        decisions = list(vie_decisions(forms, lines, Hints({}, {1: word})))
        assert decisions[1].text == printed


@pytest.mark.parametrize(("text", "printed"), CASES["formulas"])
def test_formula(text: str, printed: str) -> None:
    words = text.split()
    for place, word in list(formula_words(words, words, [0])):
        assert words[place] != word
        words[place] = word
    assert " ".join(words) == printed


@pytest.mark.parametrize("form", CASES["perhaps_with_d"])
def test_code_with_d_in_an_unknown_part_is_not_trusted_where_the_reader_has_no_other(form: str) -> None:
    (decision,) = eng_decisions([form], [Line(0, 0, 1)], Hints({}, {}))
    assert (decision.text, decision.confidence < 0.5) == (form, True)
    (decision,) = vie_decisions([form], [Line(0, 0, 1)], Hints({}, {}))
    assert (decision.text, decision.confidence) == (form, 1.0)


@pytest.mark.parametrize("form", CASES["sound_codes"])
def test_sound_code_is_trusted_whatever_parts_it(form: str) -> None:
    (decision,) = eng_decisions([form], [Line(0, 0, 1)], Hints({}, {}))
    assert (decision.text, decision.confidence) == (form, 1.0)


def test_no_misreading_is_a_code_itself() -> None:
    for codes in (kinds(), issuers()):
        assert not set(misreadings(codes)) & codes


@pytest.mark.parametrize(
    ("table", "column"),
    [("document_kinds.tsv", "code"), ("issuer_codes.tsv", "code"), ("abbreviations.tsv", "abbreviation")],
)
def test_each_code_stands_once_and_is_explained(table: str, column: str) -> None:
    found = rows(table)
    assert len({row[column] for row in found}) == len(found)
    assert all(all(row.values()) for row in found)


@given(st.from_regex(r"\d{1,5}/(KH|QD|NB|HD|TTr)-[A-ZĐ]{2,6}", fullmatch=True))
def test_digits_and_separators_of_a_code_stay(form: str) -> None:
    mended = repaired_code(form)
    assert mended is not None
    assert re.sub(r"[^\d/-]", "", mended[0]) == re.sub(r"[^\d/-]", "", form)


@pytest.mark.parametrize(("form", "numerals"), CASES["romans"])
def test_roman_readings(form: str, numerals: list[str]) -> None:
    assert list(readings(form)) == numerals


@pytest.mark.parametrize("value", range(1, 40))
def test_roman_and_back(value: int) -> None:
    assert roman_value(roman(value)) == value
    assert readings(roman(value))[0] == roman(value)


def test_no_numeral_beyond_39() -> None:
    with pytest.raises(ValueError, match="40"):
        roman(40)


@pytest.mark.parametrize(("form", "printed"), CASES["dates"])
def test_date(form: str, printed: str | None) -> None:
    assert repaired_date(form) == printed


@pytest.mark.parametrize(("form", "printed"), CASES["separated"])
def test_word_before_a_number(form: str, printed: str | None) -> None:
    assert separated(form) == printed


@pytest.mark.parametrize("case", CASES["outlines"], ids=lambda case: case["lines"][0])
def test_outline(case: dict[str, list[str] | dict[str, str]]) -> None:
    lines = [opening(line.split()) for line in case["lines"]]
    mended = {str(line): number for line, number, sure in repaired_numbers(lines) if sure >= LEAST}
    assert mended == case["mended"]


@given(st.lists(st.text(alphabet="IVX1lL|.) aAbBcdđ¢\t23", max_size=12), max_size=12))
def test_outline_mends_each_line_once_and_only_its_first_token(lines: list[str]) -> None:
    openings = [opening(line.split()) for line in lines]
    mended = list(repaired_numbers(openings))
    assert len({line for line, _, _ in mended}) == len(mended)
    for line, number, sure in mended:
        start = openings[line]
        assert start is not None
        assert number != start.form or sure <= 1 - LEAST / 2
        assert 0 <= sure <= SURE
