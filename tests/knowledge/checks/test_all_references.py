"""Every place of a pack that names something is looked at, to its end: each wrong name is reported."""

from datetime import date
from pathlib import Path

from knowledge.checks.pack_checks import check_pack
from tests.knowledge.pack_copies import changed, line_of

TODAY = date(2024, 6, 1)

WRONG = """quantities:
  questions:
    tame: [{kind: count, nouns: [people], limits: [{option: "yes", at_least: 3}]}]
    team:
      - {kind: count, nouns: [us], limits: [{option: q1, at_least: 9}, {option: q2, at_most: 3}],
         settled: {q3: [many], q4: [few]}}
      - {kind: count, nouns: [teams], limits: [{option: "yes", at_least: 9}], capped: q5}
    edge:
      - {kind: count, nouns: [rivals], limits: [{option: q6, at_least: 9}], capped: core}
statements:
  said: {team: {s1: [a], s2: [b]}, edge: {s3: [c]}, s8: {"yes": [d]}}
short_answers:
  answers: {team: {a1: [a], a2: [b]}, a3: {"yes": [c]}}
  plain: {edge: {a4: [a]}, a5: {"yes": [c]}}
descriptions:
  - scenarios: true
    unlabelled: [d1, d2]
    texts:
      scenario d3, d4 yes: [a]
      scenario ?, team d5: [b]
      scenario tickets, team ?, edge d6: [c]
  - texts:
      team d7, edge d8: [d]
phrasings:
  passages: {p1: [a], p2: [b]}
  scenarios: {p3: [a], p4: [b]}
reading:
  cues: {team: {c1: [a], c2: [b]}, c3: {"yes": [c]}}
  denied: {team: {e1: e2}, edge: {core: e3}, e4: {"yes": "no"}}
  anywhere: [w1, w2]
  timeless: [w3]
  shared: [w4]
  subjects: [s6, s7]
lessons:
  - id: first
    title: Who keeps it
    text: A tool needs somebody who looks after it.
    facts: [f1, f2]
    check:
      prompt: Who looks after it?
      options:
        - {id: nobody, label: Nobody at all, reason: It breaks, fact: f3}
        - {id: team, label: One team, right: true, reason: By name, fact: f5}
        - {id: all, label: All, reason: That is nobody, fact: f4}
"""

NAMED = {
    "There is no question": "tame s6 s7 s8 a3 a5 d1 d2 d4 c3 e4 w1 w2 w3 w4",
    "There is no option of `team`": "q1 q2 q3 q4 q5 s1 s2 a1 a2 d5 d7 c1 c2 e1 e2",
    "There is no option of `edge`": "q6 s3 a4 d6 d8 e3",
    "There is no scenario": "d3 p3 p4",
    "There is no passage": "p1 p2",
    "There is no outside entry": "f1 f2 f3 f4 f5",
}


def problems(folder: Path) -> list[tuple[str, int | None, str]]:
    found = check_pack(folder, TODAY).errors
    return sorted((p.message.rpartition(" ")[0], p.line, p.message.rpartition(" ")[2].strip("`.")) for p in found)


def test_every_wrong_name_is_reported_with_its_line(tmp_path: Path) -> None:
    changed(tmp_path, "pack", "id: build-or-buy", "id: build-or-buy")
    (tmp_path / "more.yaml").write_text(WRONG)
    wanted = [(kind, line_of(tmp_path, "more", name), name) for kind, names in NAMED.items() for name in names.split()]
    assert problems(tmp_path) == sorted(wanted)


def test_every_place_of_the_scenarios_and_the_table_is_looked_at(tmp_path: Path) -> None:
    changed(tmp_path, "rest", "verdicts: [buy]", "verdicts: [v1, v2]")
    changed(tmp_path, "rest", "verdicts: [make]", "verdicts: [v3]")
    changed(tmp_path, "rest", "verdict: make", "verdict: v4")
    changed(tmp_path, "rest", "      edge: core", "      edgy: core")
    changed(tmp_path, "rest", "        make: in months", "        make: in months\n        v5: in years")
    changed(tmp_path, "pack", 'market: ["yes", unsure]', "market: [o1, o2]\n          tame: [unsure]")
    verdicts = [("There is no verdict", name) for name in ("v1", "v2", "v3", "v4", "v5")]
    others = [("There is no option of `market`", "o1"), ("There is no option of `market`", "o2")]
    others += [("There is no question", "edgy"), ("There is no question", "tame")]
    assert sorted((kind, name) for kind, _, name in problems(tmp_path)) == sorted([*verdicts, *others])


def test_the_faq_of_a_verdict_may_not_speak_for_another(tmp_path: Path) -> None:
    faq = "title: What does it cost over the years?"
    changed(tmp_path, "rest", faq, f"{faq}\n    verdicts: [buy]")
    assert problems(tmp_path) == []
    changed(tmp_path, "rest", "verdicts: [buy]\n    text: Most", "verdicts: [make]\n    text: Most")
    (problem,) = check_pack(tmp_path, TODAY).errors
    assert problem.message == "The FAQ `cost-years` speaks for another verdict."
    assert problem.line == line_of(tmp_path, "pack", "faq: cost-years")


def test_even_the_smallest_weight_needs_a_direction(tmp_path: Path) -> None:
    changed(tmp_path, "questions", "          towards: make\n          weight: 1\n", "          weight: 1\n")
    assert [problem.message for problem in check_pack(tmp_path, TODAY).errors] == [
        "A weight without `towards` does nothing."
    ]
