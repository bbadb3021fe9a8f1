"""Lines of JSON: one in, one out, whatever is in them."""

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.batch import jsonl
from tests.shipped import DAY, shipped


def answered(*given: bytes, today: date = DAY) -> tuple[list[dict[str, Any]], bool]:
    return through(lambda one: jsonl.answer_question(shipped(), one, today), *given)


def triaged(*given: bytes) -> tuple[list[dict[str, Any]], bool]:
    return through(lambda one: jsonl.triage_idea(shipped().knowledge, one, DAY), *given)


def through(answer: Any, *given: bytes) -> tuple[list[dict[str, Any]], bool]:
    sink = io.BytesIO()
    good = jsonl.answer_lines([line + b"\n" for line in given], sink, answer)
    return [json.loads(line) for line in sink.getvalue().decode().splitlines()], good


def line(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_a_question_gets_its_passage() -> None:
    ((found,), good) = answered(line(text="How much does fine-tuning cost?"))
    assert good
    assert list(found) == ["decision", "id", "score", "top", "title", "answer", "outside", "source", "read"]
    assert (found["outside"], found["source"], found["read"]) == (False, None, None)
    assert (found["decision"], found["id"], found["top"][0]) == ("answer", "faq-cost", "faq-cost")
    assert 0 <= found["score"] <= 1
    assert found["title"] == shipped().pack.passage("faq-cost").title
    assert shipped().pack.passage("faq-cost").text in found["answer"]
    assert found["title"] not in found["answer"]


def test_what_is_not_covered_says_so() -> None:
    ((found,), _) = answered(line(text="happy birthday sarah"))
    assert (found["decision"], found["id"], found["title"]) == ("unknown", None, None)
    assert shipped().pack.covers in found["answer"]


def test_expired_facts_are_not_told() -> None:
    asked, fact = line(text="azure hosting cost"), shipped().pack.entry("out-azure").text
    assert fact in answered(asked)[0][0]["answer"]
    assert fact not in answered(asked, today=date(2100, 1, 1))[0][0]["answer"]


def test_what_is_from_outside_says_so_with_source_and_date() -> None:
    ((found, term, both, source), _) = answered(
        *(line(text=text) for text in ("azure hosting cost", "what is rag?", "what is lora", "sft?"))
    )
    entry = shipped().pack.entry("out-azure")
    assert (found["decision"], found["id"], found["outside"]) == ("answer", "out-azure", True)
    assert (found["source"], found["read"]) == (entry.source, "2026-11-26")
    assert "Outside the article" in found["answer"]
    assert (term["id"], term["outside"], term["read"]) == ("term-rag", True, "2026-11-26")
    assert (both["id"], both["outside"]) == ("term-lora", True)
    assert (source["id"], source["outside"], source["source"]) == ("term-sft", False, None)
    assert "Outside the article" not in source["answer"]


def test_what_is_out_of_date_is_not_told_and_says_so() -> None:
    entry = shipped().pack.entry("out-openai")
    for day, told in ((date(2027, 1, 5), True), (date(2027, 1, 6), False)):
        ((found,), _) = answered(line(text="Is fine-tuning still available at OpenAI?"), today=day)
        assert found["id"] == entry.id
        assert (entry.text in found["answer"]) == told
        assert ("out of date" in found["answer"]) != told
        assert found["outside"]


def test_how_two_terms_differ_is_told_with_both() -> None:
    ((found,), _) = answered(line(text="whats the difference between sft and rlhf?"))
    assert found["top"][:2] == ["term-sft", "term-rlhf"]
    assert all(shipped().pack.entry(name).text in found["answer"] for name in found["top"][:2])


def test_triage_names_what_an_idea_calls_for_while_it_is_shown() -> None:
    idea = {"text": "We sort invoices for our bookkeepers. The output must be valid JSON."}
    assert jsonl.triage_idea(shipped().knowledge, idea, DAY)["outside"] == ["out-structured"]
    assert jsonl.triage_idea(shipped().knowledge, idea, date(2100, 1, 1))["outside"] == []
    plain = {"text": "We want to write product descriptions for garden furniture."}
    assert jsonl.triage_idea(shipped().knowledge, plain, DAY)["outside"] == []


def test_triage_adds_the_words_of_each_reading_where_they_are_asked_for() -> None:
    given = {"text": "we have a tight budget", "answers": {"data": "no"}}
    found = jsonl.triage_idea(shipped().knowledge, given, DAY, evidence=True)
    assert found["read"] == {"budget": {"option": "limited", "words": "a tight budget"}}


def test_triage_has_exactly_these_fields() -> None:
    ((found,), good) = triaged(line(text="an assistant for radiology reports", answers={"data": "yes", "volume": None}))
    assert good
    assert list(found) == [
        "answers",
        "missing",
        "verdict",
        "possible",
        "ask",
        "strength",
        "scenario",
        "scenario_score",
        "passage",
        "outside",
        "reasons",
        "would_change",
    ]
    assert found["answers"]["data"] == "yes"
    assert "data" not in found["missing"]
    assert set(found["missing"]) == {question for question, option in found["answers"].items() if option is None}
    reason = next(reason for reason in found["reasons"] if reason["question"] == "data")
    assert list(reason) == ["question", "option", "towards", "text", "section"]
    assert all(list(change) == ["answers", "verdict"] for change in found["would_change"])


BAD = [
    b"",
    b"not json",
    b"[]",
    b'"text"',
    b"{}",
    b'{"text": 5}',
    b'{"text": null}',
    b'{"text": "caf\xe9"}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_gets_an_error_in_its_place(bad: bytes) -> None:
    results, good = answered(line(text="hi"), bad, line(text="hi"))
    assert not good
    assert [set(result) == {"error", "line"} for result in results] == [False, True, False]
    assert results[1]["line"] == 2
    assert results[1]["error"]


@pytest.mark.parametrize(
    ("answers", "says"),
    [({"dta": "yes"}, "`dta`"), ({"data": "perhaps"}, "yes, no, unsure"), ({"data": []}, "`data`"), ([], "no object")],
)
def test_bad_answers_name_what_would_be_right(answers: Any, says: str) -> None:
    ((found,), good) = triaged(line(text="an idea", answers=answers))
    assert not good
    assert says in found["error"]


def test_a_byte_order_mark_does_no_harm() -> None:
    assert answered(b"\xef\xbb\xbf" + line(text="hi"))[1]


def test_half_a_character_does_no_harm() -> None:
    assert answered(b'{"text": "what is \\ud83d"}')[1]
    ((found,), good) = triaged(b'{"text": "a bot", "answers": {"\\ud83d": "yes"}}')
    assert not good
    assert "`?`" in found["error"]


def test_other_fields_are_passed_over() -> None:
    assert answered(line(text="hi", expected="faq-cost"))[1]


def test_each_line_is_answered_before_the_next_is_read() -> None:
    pipe = io.BytesIO()
    seen = []

    def source() -> Any:
        for _ in range(3):
            seen.append(pipe.getvalue().count(b"\n"))
            yield line(text="hi") + b"\n"

    jsonl.answer_lines(source(), io.BufferedWriter(pipe), lambda _: {})  # type: ignore[arg-type]
    assert seen == [0, 1, 2]


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    ((found,), good) = answered(line(text=text))
    assert good
    assert found["decision"] in ("answer", "offer", "unknown")
    ((result,), good) = triaged(line(text=text))
    assert good
    assert result["verdict"] in (None, "prompt_engineering", "hybrid", "fine_tuning")
    assert result["possible"]
    assert (result["ask"] is None) == (result["missing"] == [])
