import spacy
from hypothesis import given
from hypothesis import strategies as st

from plan_texts import PLAN
from thidua.extract.nlp import PHRASES, blank, build_nlp

COMPONENTS = (
    "thidua_directives",
    "thidua_dates",
    "thidua_date_roles",
    "thidua_agencies",
    "thidua_sections",
    "thidua_movements",
    "thidua_events",
)


@given(st.text(max_size=120))
def test_tokens_give_back_the_text(text: str) -> None:
    assert build_nlp().tokenizer(text).text == text


def test_codes_and_dates_are_single_tokens() -> None:
    doc = blank()("Số: 480/KH-PGDĐT ngày 16/12/2024, 05-CT/TW của Sở GD&ĐT./.")
    assert [t.text for t in doc] == [
        *("Số", ":", "480/KH-PGDĐT", "ngày", "16/12/2024", ",", "05-CT/TW", "của", "Sở", "GD&ĐT", "./."),
    ]


def test_phrases_match_capitals_and_lost_marks() -> None:
    doc = build_nlp()("KẾ HOẠCH, Ke hoach, nghị Quyết")
    assert [span.text for span in doc.spans[PHRASES] if span.label_ == "KIND"] == ["KẾ HOẠCH", "Ke hoach", "nghị Quyết"]


def test_components_come_through_entry_points() -> None:
    nlp = spacy.blank("xx")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    doc = nlp(PLAN)
    assert {name: len(doc.spans[name]) > 0 for name in COMPONENTS} == dict.fromkeys(COMPONENTS, True)
    (directive,) = doc.spans["thidua_directives"]
    assert (directive.label_, directive.id_) == ("DIRECTIVE", "12/KH-UBND")
    assert directive.text == "Kế hoạch số 12/KH-UBND ngày 15/01/2024 của Ủy ban nhân dân huyện"
    assert [span.id_ for span in doc.spans["thidua_sections"]][:3] == ["I", "I.1", "I.2"]


def test_the_pipeline_survives_saving() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("thidua_dates")
    again = spacy.blank("xx")
    again.add_pipe("thidua_dates")
    again.from_bytes(nlp.to_bytes())
    doc = again("ngày 09/12/2024")
    assert [span.id_ for span in doc.spans["thidua_dates"]] == ["2024-12-09"]
