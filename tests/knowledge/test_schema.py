"""The JSON Schemas that editors use are those of the models, and the packs keep to them."""

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from knowledge.pack import DERIVED, Pack
from knowledge.pack_loader import TRAINING, builtin
from knowledge.schema import ANY, FOLDER, STEMS, main, rendered, schema
from knowledge.yaml_document import read_document
from tests.knowledge.pack_copies import SMALL

FILES = [
    *(pytest.param(file, marks=pytest.mark.whole) for file in sorted((builtin() / TRAINING).glob("*.yaml"))),
    *sorted([*builtin().glob("*.yaml"), *SMALL.glob("*.yaml")]),
]


def mistakes(stem: str, data: dict[str, Any]) -> list[str]:
    beside = Registry().with_resource(f"{ANY}.schema.json", Resource.from_contents(schema(ANY)))
    validator = Draft202012Validator(schema(stem), format_checker=FormatChecker(), registry=beside)
    return [error.message for error in validator.iter_errors(data)]


def name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


@pytest.mark.parametrize("stem", STEMS)
def test_the_committed_schemas_are_those_of_the_models(stem: str) -> None:
    committed = (FOLDER / f"{stem}.schema.json").read_text(encoding="utf-8")
    assert committed == rendered(stem), "run: python -m knowledge.schema"


def test_no_other_schema_is_committed() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {f"{stem}.schema.json" for stem in STEMS}


def test_the_command_writes_every_schema(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("knowledge.schema.FOLDER", tmp_path / "schema")
    main()
    assert {file.name for file in (tmp_path / "schema").iterdir()} == {f"{stem}.schema.json" for stem in STEMS}
    assert (tmp_path / "schema" / "any.schema.json").read_text(encoding="utf-8") == rendered(ANY)
    assert "wrote questions.schema.json" in capsys.readouterr().out


@pytest.mark.parametrize("stem", STEMS)
def test_every_schema_is_a_schema(stem: str) -> None:
    Draft202012Validator.check_schema(schema(stem))


def test_every_field_of_a_pack_has_one_usual_file() -> None:
    usual = [field for stem, fields in STEMS.items() if stem != ANY for field in fields]
    assert sorted(usual) == sorted(set(Pack.model_fields) - set(DERIVED)) == sorted(STEMS[ANY])


@pytest.mark.parametrize("file", FILES, ids=name)
def test_the_packs_keep_to_the_schemas_that_they_name(file: Path) -> None:
    named = re.search(r"^# yaml-language-server: \$schema=(\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    target = (file.parent / named[1]).resolve()
    assert target.parent == FOLDER
    assert mistakes(target.name.removesuffix(".schema.json"), read_document(file).data) == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_any_part_of_a_pack_keeps_to_the_general_schema(file: Path) -> None:
    assert mistakes(ANY, read_document(file).data) == []


def test_a_schema_refuses_what_the_models_refuse() -> None:
    data = read_document(SMALL / "questions.yaml").data
    data["questions"][0]["options"][0]["lable"] = "x"
    data["questions"][1]["options"][0]["rule"]["weight"] = 10
    del data["questions"][2]["prompt"]
    data["title"] = "elsewhere"
    found = " / ".join(mistakes("questions", data))
    for part in ("'lable' was unexpected", "10 is greater", "'prompt' is a required", "'title' was unexpected"):
        assert part in found
    assert "'title'" not in " / ".join(mistakes(ANY, data))


@pytest.mark.parametrize(
    ("stem", "missing"), [("pack", "verdicts"), ("questions", "questions"), ("outside", "outside")]
)
def test_a_usual_file_lacks_nothing(stem: str, missing: str) -> None:
    assert f"'{missing}' is a required property" in mistakes(stem, {})
    assert mistakes(ANY, {}) == []
