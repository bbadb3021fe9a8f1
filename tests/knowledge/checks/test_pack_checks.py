"""A pack whose parts do not fit together never opens; what is wrong is named with its place."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.checks import outcomes
from knowledge.checks.pack_checks import check_pack, open_pack
from knowledge.pack_loader import PackError, builtin
from tests.knowledge.pack_copies import SMALL, changed, line_of

TODAY = date(2024, 6, 1)
FACT = (
    "  - {id: out-prices-rise, title: T, text: A, source: B, url: 'https://example.org', read: 2099-10-01, "
    "expires: 2099-12-31, confidence: A}\n"
)
EVIDENCE = "towards: buy # open\n          weight: 1\n          text: it is open who"
CORE_ONLY = "section: edge\n        when: {edge: [core]}\ndeciding"
MIDDLE = """  - id: both
    name: Doing both
    meaning: You buy most of it and make the rest.
    faq: who-owns
    steps:
      - text: Buy first.
        section: market
  - id: make
"""


def errors(folder: Path) -> list[tuple[str, int | None, str]]:
    return [(p.file.stem, p.line, f"{p.message} {p.hint}") for p in check_pack(folder, TODAY).errors]


def warnings(folder: Path, today: date) -> list[tuple[str, int | None, str]]:
    report = check_pack(folder, today)
    assert report.errors == ()
    return [(p.file.stem, p.line, p.message) for p in report.warnings]


@pytest.mark.parametrize("folder", [SMALL, builtin()])
def test_a_good_pack_has_no_errors(folder: Path) -> None:
    report = check_pack(folder, TODAY)
    assert report.errors == ()
    assert report.pack is not None
    assert open_pack(folder, TODAY, whole=True) == (report.pack, report.warnings)


NOTHING = [  # file, old, new, and how the report at the line of the new text begins
    ("questions", "section: people", "section: peple", "There is no section `peple`. Did you mean `people`?"),
    ("rest", "section: cost", "section: costs", "There is no section `costs`. Did you mean `cost`? Known: people,"),
    ("pack", "section: edge", "section: age", "There is no section `age`. Known: people, market, edge, cost."),
    ("questions", "at_most: buy", "at_most: by", "There is no verdict `by`. Did you mean `buy`? Known: buy, make."),
    ("pack", "faq: cost-years", "faq: years", "There is no FAQ `years`. Did you mean `cost-years`? Known: cost-"),
    ("pack", "faq: cost-years", "faq: trial", "There is no FAQ `trial`. Known: cost-years, who-owns."),
    ("pack", 'market: ["yes", ', "mark: [", "There is no question `mark`. Did you mean `market`? Known: team,"),
    ("pack", '["yes", unsure]', "[yes, may]", "There is no option of `market` `may`. Known: yes, no, unsure."),
    ("rest", "team: no", "tame: no", "There is no question `tame`. Did you mean `team`? Known: team, market, edge."),
    ("rest", "team: no", "team: none", "There is no option of `team` `none`. Did you mean `no`? Known: yes, no,"),
    ("rest", "verdict: buy", "verdict: bye", "There is no verdict `bye`. Did you mean `buy`? Known: buy, make."),
    ("rest", "verdicts: [buy]", "verdicts: [bye]", "There is no verdict `bye`."),
    ("rest", "buy: in days", "bye: in days", "There is no verdict `bye`."),
    ("rest", "verdicts: [buy]\n    passages:", "verdicts: [bye]\n    passages:", "There is no verdict `bye`."),
    ("rest", "passages: [cost-years]", "passages: [costs]", "There is no passage `costs`."),
    (
        "rest",
        "passages:\n",
        "descriptions: [{texts: {scenario tame: [a]}}]\npassages:\n",
        "There is no question `scenario`.",
    ),
]
TWICE = [  # file, old, new, the text at whose line it is reported, and the id
    ("pack", "- id: edge", "- id: market", "- id: market\n    title: Where", "market"),
    ("pack", "- id: make", "- id: buy", "- id: buy\n    name: Building", "buy"),
    ("rest", "- id: trial", "- id: who-owns", "- id: who-owns\n    kind: topic", "who-owns"),
    ("rest", "- id: pricing", "- id: tickets", "- id: tickets\n    name: P", "tickets"),
    ("rest", "outside:\n", "outside:\n" + FACT, "- id: out-prices-rise\n    title: Do", "out-prices-rise"),
    ("questions", "- id: yes", "- id: no", "- id: no\n        label: Nobody", "no"),
    ("questions", "- id: edge", "- id: team", "- id: team\n    name: Edge", "team"),
]
RULES = [  # file, old, new, the text at whose line it is reported, and how the report begins
    (
        "questions",
        "- id: unsure",
        "- id: open",
        "options:",
        "`team` has no option `unsure`. Add one with `id: unsure`.",
    ),
    (
        "questions",
        "text: it is open who",
        EVIDENCE,
        "towards: buy # open",
        "`unsure` is no evidence. Remove `towards` and",
    ),
    (
        "questions",
        "towards: make",
        "towards: mak",
        None,
        "A rule cannot lead towards `mak`. Write an end of the scale: buy",
    ),
    (
        "questions",
        "          weight: 3\n",
        "",
        "towards: buy",
        "A rule with `towards` has no weight. Add a `weight` from 1",
    ),
    (
        "questions",
        "          towards: buy\n",
        "",
        "weight: 3",
        "A weight without `towards` does nothing. Add `towards: buy`",
    ),
    (
        "questions",
        "          at_most: buy\n",
        "",
        "path:",
        "A path is shown only where `at_most` holds a verdict back.",
    ),
    (
        "pack",
        "    make: 2",
        "    make: 2\n    buy: 0",
        "buy: 0",
        "There is no verdict after the first `buy`. Known: make.",
    ),
    ("pack", "thresholds:\n    make: 2", "thresholds: {}", None, "`make` has no threshold. Give every verdict but the"),
    ("rest", "        make: in months\n", "", "cells:", "The row `First use` does not fit the table. Give each row"),
]
TEXTS = [  # the same
    ("questions", "nobody]", "OUR  team can]", "`OUR  team can` stands for `yes` and for `no`. Keep it with one"),
    ("questions", "nobody]", "yes]", "`yes` stands for `yes` and for `no`. Keep it with one of the two."),
    ("questions", "nobody]", "we have the people]", "`we have the people` stands for `yes` and for `no`."),
    (
        "questions",
        "record: has no owner",
        "record: needs buying",
        "The record `needs buying` names the verdict `Buying`",
    ),
    ("questions", "name: Market", "name: Before building", "The record `Before building` names the verdict `Buil"),
]
OUTCOMES = [
    (
        "rest",
        "edge: core",
        "team: no",
        "answers:\n      market",
        "The answers of `pricing` lead to `buy`, and its finding",
    ),
    (
        "pack",
        "section: edge\ndeciding",
        CORE_ONLY,
        "steps:\n      - text: Build",
        "With edge: common `make` has no step.",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "expected"),
    [*((*row[:3], None, row[3]) for row in (*NOTHING, *TEXTS)), *RULES, *OUTCOMES],
)
def test_what_does_not_fit_together_is_reported_where_it_stands(
    tmp_path: Path, file: str, old: str, new: str, at: str | None, expected: str
) -> None:
    folder = changed(tmp_path, file, old, new)
    found = errors(folder)
    assert [error[:2] for error in found] == [(file, line_of(folder, file, new if at is None else at))]
    assert found[0][2].startswith(expected)


@pytest.mark.parametrize(("file", "old", "new", "at", "id_"), TWICE)
def test_an_id_that_stands_twice_is_reported_where_it_stands_again(
    tmp_path: Path, file: str, old: str, new: str, at: str, id_: str
) -> None:
    folder = changed(tmp_path, file, old, new)
    assert (file, line_of(folder, file, at), f"The id `{id_}` is taken already. Give each its own.") in errors(folder)


def test_a_pack_that_does_not_fit_together_does_not_open(tmp_path: Path) -> None:
    folder = changed(tmp_path, "rest", "team: no", "team: none")
    line = line_of(folder, "rest", "team: none")
    with pytest.raises(PackError) as caught:
        open_pack(folder, TODAY)
    known = "Did you mean `no`? Known: yes, no, unsure."
    assert str(caught.value) == f"{folder}/rest.yaml:{line}: There is no option of `team` `none`. {known}"


def test_a_pack_that_cannot_be_read_is_reported_and_does_not_open(tmp_path: Path) -> None:
    folder = changed(tmp_path, "rest", "kind: topic", "kind: tip")
    report = check_pack(folder, TODAY)
    assert report.pack is None
    assert [problem.hint for problem in report.errors] == ["Write 'faq' or 'topic'."]
    with pytest.raises(PackError):
        open_pack(folder, TODAY)


def test_a_verdict_out_of_reach_is_reported(tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "make: 2", "make: 6")
    found = errors(folder)
    hint = "Check the thresholds, the weights and `at_most`."
    assert ("pack", line_of(folder, "pack", "- id: make"), f"No answers lead to `make`. {hint}") in found
    assert any(text.startswith("Every set of definite answers leads to `buy`.") for _, _, text in found)


def test_answers_that_never_matter_are_reported(tmp_path: Path) -> None:
    """Only `unsure` on each question would give the other verdict, so nothing definite could ever change it."""
    folder = changed(tmp_path, "pack", "make: 2", "make: -9")
    for old, new in (("at_most: buy", "at_most: make"), ("text: it is unclear", "at_most: buy\n          text: it is")):
        changed(folder, "questions", old, new)
    changed(folder, "rest", "verdicts: [buy]", "verdicts: [make]")
    line = line_of(folder, "pack", "thresholds:")
    hint = "Lower or raise a threshold, so that answers matter."
    assert errors(folder) == [("pack", line, f"Every set of definite answers leads to `make`. {hint}")]


def test_rows_of_a_comparison_have_the_same_columns(tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "  - id: make\n", MIDDLE)
    changed(folder, "pack", "    make: 2", "    make: 2\n    both: 1")
    changed(folder, "rest", "  rows:\n", "  rows:\n    - {aspect: Last, section: cost, cells: {make: a, both: b}}\n")
    line = line_of(folder, "rest", "cells:\n        buy: in days")
    hint = "Give each row a cell for the same verdicts, at least two."
    assert errors(folder) == [("rest", line, f"The row `First use` does not fit the table. {hint}")]


def test_thresholds_rise(tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "  - id: make\n", MIDDLE)
    changed(folder, "pack", "    make: 2", "    make: 2\n    both: 2")
    line = line_of(folder, "pack", "make: 2")
    expected = "The threshold of `make` does not lie above the one of `both`. Thresholds rise along the scale."
    assert errors(folder) == [("pack", line, expected)]
    changed(folder, "pack", "both: 2", "both: 1")
    assert errors(folder) == []


def test_a_rule_leads_only_to_an_end_of_the_scale(tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "  - id: make\n", MIDDLE)
    changed(folder, "pack", "    make: 2", "    make: 2\n    both: 1")
    changed(folder, "questions", "towards: make", "towards: both")
    hint = "Write an end of the scale: buy or make."
    line = line_of(folder, "questions", "towards: both")
    assert errors(folder) == [("questions", line, f"A rule cannot lead towards `both`. {hint}")]


def test_steps_may_all_have_conditions_where_one_always_holds(tmp_path: Path) -> None:
    """`core` and `unsure` are no whole choice, but with `common` the verdict is never reached."""
    folder = changed(tmp_path, "pack", "section: edge\ndeciding", CORE_ONLY.replace("[core]", "[core, unsure]"))
    changed(folder, "questions", "weight: 1\n      - id: unsure", "weight: 3\n      - id: unsure")
    assert errors(folder) == []


def test_the_conditions_of_steps_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "MAX_CONDITIONS", 2)
    folder = changed(tmp_path, "pack", "section: edge\ndeciding", CORE_ONLY)
    line = line_of(folder, "pack", "steps:\n      - text: Build")
    hint = "Give one of them no `when`."
    assert errors(folder) == [("pack", line, f"The steps of `make` have too many conditions to check. {hint}")]


def test_outside_facts_that_expire_are_warned_about_and_never_stop_a_start() -> None:
    line = line_of(SMALL, "rest", "expires: 2099-12-31")
    assert warnings(SMALL, date(2099, 11, 30)) == []
    assert warnings(SMALL, date(2099, 12, 1)) == [("rest", line, "`out-prices-rise` expires on 2099-12-31.")]
    pack, _ = open_pack(SMALL, date(2099, 12, 30))
    assert len(pack.outside_on(date(2099, 12, 30))) == 1
    gone = [("rest", line, "`out-prices-rise` expired on 2099-12-31 and is no longer shown.")]
    for day in (date(2099, 12, 31), date(2100, 5, 1)):
        assert warnings(SMALL, day) == gone
        pack, _ = open_pack(SMALL, day)
        assert pack.outside_on(day) == ()


def test_what_was_read_long_ago_is_no_longer_shown_even_before_it_expires(tmp_path: Path) -> None:
    folder = changed(tmp_path, "rest", "read: 2099-10-01", "read: 2099-08-10")
    line, until = line_of(folder, "rest", "read: 2099-08-10"), date(2099, 12, 8)  # 120 days
    assert warnings(folder, date(2099, 11, 8)) == []
    assert warnings(folder, date(2099, 11, 9)) == [("rest", line, f"`out-prices-rise` is shown until {until}.")]
    pack, _ = open_pack(folder, until)
    assert [len(pack.outside_on(day)) for day in (until, date(2099, 12, 9))] == [1, 0]
    gone = "`out-prices-rise` was read on 2099-08-10, over 120 days ago and is no longer shown."
    assert warnings(folder, date(2099, 12, 9)) == [("rest", line, gone)]


def test_an_outside_fact_read_in_the_future_is_warned_about() -> None:
    line = line_of(SMALL, "rest", "read: 2099-10-01")
    assert warnings(SMALL, date(2099, 10, 1)) == []
    expected = "`out-prices-rise` was read on 2099-10-01, which is still to come."
    assert warnings(SMALL, date(2099, 9, 30)) == [("rest", line, expected)]


OUTSIDE = [  # what replaces the entry's line, and how the report begins
    ("expires: 2099-12-31", "expires: 2101-01-01", "It expires on 2101-01-01, more than a year after it was read."),
    ("expires: 2099-12-31", "expires: 2099-10-01", "It expires on 2099-10-01, before it was read."),
    ("text: Several vendors raised", f"text: {'word ' * 46}", "This has "),
    ("line: Prices of tools", f"line: {'word ' * 17}", "This has "),
    ("line: Prices of tools", "line: Buying of tools", "The line names the verdict `Buying`"),
    ("line: Prices of tools have risen for small teams.", "calls: [too dear]", "`out-prices-rise` can be called for"),
    ("id: out-prices-rise", "id: prices-rise", "The id `prices-rise` does not say what it is."),
    ("    source: A survey of tool prices\n", "", "`source` is missing."),
    ("    confidence: B\n", "", "`confidence` is missing."),
    ("confidence: B", "confidence: D", "`confidence` cannot be 'D'."),
]


@pytest.mark.parametrize(("old", "new", "expected"), OUTSIDE)
def test_an_outside_entry_is_short_dated_and_sourced(tmp_path: Path, old: str, new: str, expected: str) -> None:
    folder = changed(tmp_path, "rest", old, new)
    assert [text.startswith(expected) for _, _, text in errors(folder)] == [True]
