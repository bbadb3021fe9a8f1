"""Files become a pack; every mistake in them is reported with its place and with what would be right."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from knowledge import yaml_document
from knowledge.pack_loader import PackError, builtin, load_pack, read_pack
from knowledge.yaml_document import MAX_BYTES, read_document
from tests.knowledge.pack_copies import SMALL, changed, line_of, split


def problems(folder: Path) -> list[str]:
    """Every problem of a folder, with the bare name of its file."""
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return [f"{p.file.name}:{p.line}: {p.message} {p.hint}" for p in caught.value.problems]


def document(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "some.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def refused(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(PackError) as caught:
        read_document(document(tmp_path, text))
    return [f"{p.line}: {p.message} {p.hint}" for p in caught.value.problems]


def test_a_folder_becomes_a_pack() -> None:
    pack = load_pack(SMALL)
    assert pack.id == "build-or-buy"
    assert [question.id for question in pack.questions] == ["team", "market", "edge"]
    assert pack.source.published == date(2023, 5, 2)
    assert pack.questions[0].options[0].rule.weight == 1
    assert pack.deciding.forced_strength == 0.8


def test_the_built_in_pack_is_found_from_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_pack(builtin()).id == builtin().name


def test_yes_and_no_are_text_and_only_true_and_false_are_booleans(tmp_path: Path) -> None:
    text = "a: [yes, no, on, off, Yes, NO, y, true, False]\nb: 2024-01-31\nc: [1, -2, 0.5, 1e3, 0x10, 1_000, .inf]\n"
    data = read_document(document(tmp_path, text + "d: [~, null, '', '3', \"true\", !!str 4]\nyes: on\n")).data
    assert data == {
        "a": ["yes", "no", "on", "off", "Yes", "NO", "y", True, False],
        "b": "2024-01-31",
        "c": [1, -2, 0.5, 1000.0, "0x10", "1_000", ".inf"],
        "d": [None, None, "", "3", "true", "4"],
        "yes": "on",
    }
    assert [type(number) for number in data["c"]] == [int, int, float, float, str, str, str]


def test_every_key_and_entry_has_its_line(tmp_path: Path) -> None:
    lines = read_document(
        document(tmp_path, "\ufeff# first\na:\n  - b: 1\n    c: >-\n      x\n      y\n  - {d: 2}\n")
    ).lines
    assert lines == {("a",): 2, ("a", 0): 3, ("a", 0, "b"): 3, ("a", 0, "c"): 4, ("a", 1): 7, ("a", 1, "d"): 7}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", "3: The key `a` stands here a second time. It stands in line 1 already"),
        ("a: {b: 1, 'b': 2}\n", "1: The key `b` stands here a second time. It stands in line 1 already"),
        ("a: 1\nb: &x 2\n", "2: Anchors and aliases are not read. Write the value out."),
        ("a: *x\n", "1: Anchors and aliases are not read. Write the value out."),
        ("a: !!python/object:os.system ls\n", "1: The tag tag:yaml.org,2002:python/object:os.system is not read."),
        ("a: !mine {b: 1}\n", "1: The tag !mine is not read. Write the value out."),
        ("a: !!int '3'\n", "1: The tag tag:yaml.org,2002:int is not read."),
        ("", "None: This file is empty."),
        ("# nothing\n", "None: This file is empty."),
        ("- a\n- b\n", "1: The top of this file is no mapping. Begin with a key such as `questions:`."),
        ("a: 1\n---\nb: 2\n", "2: A second document begins here."),
        ("[a]: 1\n", "1: A key has to be plain text. Put a text with brackets in quotes."),
        ("? [a]\n: 1\n", "1: A key has to be plain text."),
        ("a: 1\nb: c: d\n", "2: This is no YAML: mapping values are not allowed in this context. Check the indent"),
        ("a: 1\n\tb: 2\n", "2: This is no YAML: "),
        ("a: [1\n", "2: This is no YAML: "),
        ("a: \x00\n", "None: This is no YAML: "),
        (b"a: 1\nb: \xff\n", "2: This is not UTF-8. Save the file as UTF-8."),
        ("a: " + "[" * 500 + "]" * 500, "1: This is nested deeper than 32 levels."),
        ("a: " + "x" * MAX_BYTES, f"None: This file is larger than {MAX_BYTES} bytes."),
    ],
)
def test_what_is_no_plain_mapping_is_refused(tmp_path: Path, text: str | bytes, expected: str) -> None:
    (found,) = refused(tmp_path, text)
    assert found.startswith(expected)


def test_all_double_keys_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    found = refused(tmp_path, "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")
    assert [line.partition(":")[0] for line in found] == ["2", "5"]


def test_a_nest_of_aliases_ends_at_its_first_anchor(tmp_path: Path) -> None:
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refused(tmp_path, laughs) == ["1: Anchors and aliases are not read. Write the value out."]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "questions",
            "        label: Nothing fits",
            "        lable: Nothing fits",
            [
                "`label` is missing. Add it: On the button.",
                "`lable` is no key here. Did you mean `label`? Known: id, label, record, plain, covers, words, rule.",
            ],
        ),
        (
            "pack",
            "title: Build or buy",
            "titel: Build or buy",
            ["`title` is missing.", "`titel` is no key here. Did you"],
        ),
        ("rest", "kind: topic", "kind: tip", ["`kind` cannot be 'tip'. Write 'faq' or 'topic'."]),
        (
            "questions",
            "name: Market",
            "name: 2024",
            ['`name` has to be text, and 2024 is none. Put it in quotes: "2024".'],
        ),
        (
            "questions",
            "name: Market",
            "name: true",
            ['`name` has to be text, and true is none. Put it in quotes: "true".'],
        ),
        ("questions", "name: Market", "name: # nothing", ["`name` is empty. Write its text."]),
        ("questions", "name: Market", "name: [a]", ["`name` is not right: Input should be a valid string. It is "]),
        (
            "questions",
            "id: market",
            "id: The Market",
            ["`id` cannot have the id 'The Market'. Take up to 40 lower-case letters"],
        ),
        ("rest", "market: yes", "Market!: yes", ["'Market!' is no id. Take up to 40 lower-case letters"]),
        ("questions", "label: Nothing fits", f"label: {'x' * 61}", ["`label` has 61 characters. Use at most 60."]),
        (
            "questions",
            "words: [nothing out there]",
            "words: nothing",
            ["`words` has to be a list. Write each entry on"],
        ),
        ("pack", "    make: 2", "    make: two", ['`make` is not right: Input should be a valid integer. It is "two"']),
        (
            "rest",
            "      verdicts: [buy]",
            "      verdicts: []",
            ["`verdicts` has too few entries: 0. Write at least 1."],
        ),
        ("pack", "    make: 2", "    - make", ["`thresholds` has to be a mapping. Write `key: value`."]),
        (
            "pack",
            "  forced_strength: 0.8",
            "  forced_strength: 8",
            ["`forced_strength` is not right: Input should be less"],
        ),
        ("pack", "published: 2023-05-02", "published: May", ["`published` has to be a date. Write year-month-day"]),
        (
            "pack",
            "published: 2023-05-02",
            "published: 20230502",
            ["`published` has to be a date. Write year-month-day"],
        ),
        ("rest", "url: https://", "url: http://", ["`url` is not right: String should match pattern '^https://'."]),
        ("questions", "weight: 3", "weight: 30", ["`weight` is not right: Input should be less than or equal to 9."]),
        ("questions", "weight: 3", 'weight: "3"', ["`weight` is not right: Input should be a valid integer."]),
    ],
)
def test_a_wrong_value_is_reported_where_it_stands(
    tmp_path: Path, file: str, old: str, new: str, expected: list[str]
) -> None:
    folder = changed(tmp_path, file, old, new)
    found = problems(folder)
    assert len(found) == len(expected)
    around = line_of(folder, file, new)
    for problem, message in zip(found, expected, strict=True):
        name, line, text = split(problem)
        assert text.startswith(message)
        assert name == f"{file}.yaml"
        assert line == around or message.startswith(("`label` is missing", "`title` is missing", "`thresholds`"))


def test_each_mistake_is_reported_at_its_own_line(tmp_path: Path) -> None:
    folder = changed(tmp_path, "questions", "          weight: 3", "          wait: 3\n          weight: many")
    folder = changed(folder, "questions", "record: nothing fits", "record: 7")
    assert [split(problem)[:2] for problem in problems(folder)] == [
        ("questions.yaml", line_of(folder, "questions", "wait: 3")),
        ("questions.yaml", line_of(folder, "questions", "weight: many")),
        ("questions.yaml", line_of(folder, "questions", "record: 7")),
    ]


def test_a_missing_key_is_reported_at_the_entry_that_lacks_it(tmp_path: Path) -> None:
    folder = changed(tmp_path, "questions", "        record: nothing fits\n", "")
    (problem,) = problems(folder)
    entry = line_of(folder, "questions", "label: Nothing fits") - 1
    assert problem.startswith(f"questions.yaml:{entry}: `record` is missing. Add it: In a one-line record")


def test_a_missing_top_key_is_reported_in_the_pack_file(tmp_path: Path) -> None:
    folder = changed(tmp_path, "questions", "questions:", "scenarios: []\nbeyond:")
    (folder / "rest.yaml").unlink()
    assert "pack.yaml:1: `questions` is missing. Add it." in problems(folder)


def test_a_list_that_is_too_long_or_too_short_is_reported_only_where_it_is(tmp_path: Path) -> None:
    text = (SMALL / "questions.yaml").read_text().split("\n  - id: ")
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    many = [text[2].replace("market\n", f"market-{number}\n", 1) for number in range(8)]
    (tmp_path / "questions.yaml").write_text("\n  - id: ".join([*text, *many]))
    assert problems(tmp_path) == ["questions.yaml:2: `questions` has too many entries: 11. Write at most 10."]


def test_a_list_entry_of_the_wrong_kind_has_its_line(tmp_path: Path) -> None:
    folder = changed(tmp_path, "rest", "  - id: trial", "  - just text\n  - id: trial")
    expected = (
        f"rest.yaml:{line_of(folder, 'rest', 'just text')}: This entry has to be a mapping. Known keys: id, kind,"
    )
    (problem,) = problems(folder)
    assert problem.startswith(expected)


def test_the_same_key_in_two_files_is_a_problem(tmp_path: Path) -> None:
    folder = changed(tmp_path, "rest", "scenarios:", "title: Again\nscenarios:")
    line = line_of(folder, "rest", "title: Again")
    expected = "The key `title` stands in a second file. It stands in pack.yaml, line 4 already: keep one of the two."
    assert problems(folder) == [f"rest.yaml:{line}: {expected}"]


def test_the_version_is_not_for_authors(tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "id: build-or-buy", "version: abc\nid: build-or-buy")
    line = line_of(folder, "pack", "version: abc")
    assert problems(folder) == [f"pack.yaml:{line}: `version` is worked out from the content. Remove it."]


def test_problems_of_all_files_come_together_in_order(tmp_path: Path) -> None:
    folder = changed(tmp_path, "rest", "kind: topic", "kind: &a topic")
    (folder / "pack.yaml").write_text("- a\n")
    (folder / "more.yml").write_text("a: 1\n")
    found = [split(problem)[0] for problem in problems(folder)]
    assert found == ["more.yml", "pack.yaml", "rest.yaml"]


def test_what_editors_leave_behind_is_not_read(tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "Build or buy", "Build or buy")
    (folder / ".#pack.yaml").write_text("not: [this\n")
    assert load_pack(folder) == load_pack(SMALL)


def test_a_folder_that_is_none_or_empty_is_a_problem(tmp_path: Path) -> None:
    (empty,) = problems(tmp_path)
    assert empty.endswith("No YAML file is in this folder. A pack begins with pack.yaml.")
    (absent,) = problems(tmp_path / "absent")
    assert absent == "absent:None: There is no such folder. Name a folder that holds the files of a pack."


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "Build or buy", "Build or buy")
    (folder / "folder.yaml").mkdir()
    assert problems(folder) == ["folder.yaml:None: This file cannot be read: Is a directory. Make it readable."]


def test_a_problem_reads_as_file_line_message_hint(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        read_document(document(tmp_path, "a: *x\n"))
    assert str(caught.value) == f"{tmp_path}/some.yaml:1: Anchors and aliases are not read. Write the value out."
    with pytest.raises(PackError) as caught:
        read_document(document(tmp_path, ""))
    assert str(caught.value).startswith(f"{tmp_path}/some.yaml: This file is empty.")


def test_the_version_depends_on_the_content_alone(tmp_path: Path) -> None:
    version = load_pack(SMALL).version
    assert len(version) == 12
    assert set(version) <= set("0123456789abcdef")
    folder = changed(tmp_path, "pack", "title: Build or buy\n", "# a comment\n")
    (folder / "title.yaml").write_text("title: 'Build or buy'\n")
    changed(folder, "questions", "towards: buy\n          weight: 3\n", "weight: 3\n          towards: buy\n")
    changed(folder, "questions", "record: not looked yet\n", "record: not looked yet\n        # nobody did\n")
    changed(folder, "pack", "        section: edge\n", "        section: edge\n        when: {}\n")
    assert load_pack(folder).version == version
    changed(folder, "questions", "weight: 3", "weight: 4")
    assert load_pack(folder).version != version


def test_what_is_only_learnt_from_stands_apart_and_counts_for_the_version(tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "Build or buy", "Build or buy")
    (folder / "training").mkdir()
    file = folder / "training" / "phrasings.jsonl"
    file.write_text('{"under": "ideas", "text": "a bot"}\n')
    whole, (part, _) = load_pack(folder), read_pack(folder, whole=False)
    assert (whole.phrasings.ideas, part.phrasings.ideas) == (("a bot",), ())
    assert whole == part.model_copy(update={"phrasings": whole.phrasings})
    file.write_text('{"under": "ideas", "text": "a cat"}\n')
    assert load_pack(folder).version == read_pack(folder, whole=False)[0].version != whole.version
    file.with_suffix(".yaml").write_text("phrasings: {ideas: [a cat]}\n")
    (problem,) = problems(folder)
    assert problem.startswith("phrasings.yaml:None: Only names in .jsonl are read here.")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('{"under": "ideas", "text": "a"}\n{"under": "ideas", "text"', "phrasings.jsonl:2: Invalid JSON"),
        ('\n{"under": "ideas"}', "phrasings.jsonl:2: `text` is not right: Field required. Known keys: text, under."),
        ('{"under": "ideas", "text": ""}', "phrasings.jsonl:1: This entry is not right: String should have"),
        ('{"under": "idea", "text": "a"}', "phrasings.jsonl:1: `idea` is no key here. Did you mean `ideas`?"),
        ('{"under": "ideas", "text": "a"}\n{"under": "ideas/a", "text": "a"}', "phrasings.jsonl:2: This stands both"),
        ('{"under": "passages/Wrong", "text": "a"}', "phrasings.jsonl:1: 'Wrong' is no id."),
    ],
)
def test_a_mistake_in_what_is_learnt_from_names_its_line(rows: str, said: str, tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "Build or buy", "Build or buy")
    (folder / "training").mkdir()
    (folder / "training" / "phrasings.jsonl").write_text(rows)
    (problem,) = problems(folder)
    assert problem.startswith(said)


def test_descriptions_are_told_apart_by_their_author(tmp_path: Path) -> None:
    folder = changed(tmp_path, "pack", "Build or buy", "Build or buy")
    (folder / "training").mkdir()
    rows = (
        {"author": 4, "label": "-", "text": "a", "unlabelled": ["edge"]},
        {"author": 7, "label": "-", "text": "b", "scenarios": True},
        {"author": 4, "label": "-", "text": "c"},
    )
    (folder / "training" / "descriptions.jsonl").write_text("\n".join(map(json.dumps, rows)))
    first, second = load_pack(folder).descriptions
    assert (first.texts, first.unlabelled) == ({"-": ("a", "c")}, ("edge",))
    assert (second.texts, second.scenarios) == ({"-": ("b",)}, True)


def test_without_the_fast_parser_the_pack_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = load_pack(SMALL)
    monkeypatch.setattr(yaml_document, "_Parser", yaml.SafeLoader)
    assert load_pack(SMALL) == fast
