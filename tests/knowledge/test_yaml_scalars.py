"""What a plain word or figure of a YAML file stands for, and how large and deep a file may be."""

from pathlib import Path

import pytest

from knowledge.problems import PackError
from knowledge.yaml_document import MAX_BYTES, YamlDocument, read_document


def read(folder: Path, text: str) -> YamlDocument:
    file = folder / "file.yaml"
    file.write_text(text)
    return read_document(file)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *[(written, True) for written in ("true", "True", "TRUE")],
        *[(written, False) for written in ("false", "False", "FALSE")],
        *[(written, None) for written in ("~", "null", "Null", "NULL", "")],
        *[(written, written) for written in ("tRUE", "nULL", "yes", "no", "1_000", "0x1f", ".inf", ".", "1e", "--1")],
        ("007", 7),
        ("+12", 12),
        ("-12", -12),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, float("9" * 19)),
        (".5", 0.5),
        ("1.", 1.0),
        ("-1.5e-3", -0.0015),
        ("2E+2", 200.0),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str true", "true"),
    ],
)
def test_a_plain_value(tmp_path: Path, written: str, value: object) -> None:
    found = read(tmp_path, f"a: {written}\n").data["a"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("levels", "taken"), [(31, True), (32, False)])
def test_how_deep_a_file_may_be(tmp_path: Path, levels: int, taken: bool) -> None:
    """The value of a key is on the first level."""
    text = "a: " + "[" * levels + "x" + "]" * levels
    if taken:
        assert read(tmp_path, text).lines[("a", *[0] * levels)] == 1
        return
    with pytest.raises(PackError, match="nested deeper than 32 levels"):
        read(tmp_path, text)


@pytest.mark.parametrize(("size", "taken"), [(MAX_BYTES, True), (MAX_BYTES + 1, False)])
def test_how_large_a_file_may_be(tmp_path: Path, size: int, taken: bool) -> None:
    text = "a: x\n#" + "-" * (size - 6)
    assert len(text) == size
    if taken:
        assert read(tmp_path, text).data == {"a": "x"}
        return
    with pytest.raises(PackError, match=f"larger than {MAX_BYTES} bytes"):
        read(tmp_path, text)


def test_the_line_of_each_mistake(tmp_path: Path) -> None:
    for text, line in (("a: 1\n\nb: &x 1\n", 3), ("a: 1\n? [x]\n: 2\n", 2), ("a: 1\n---\nb: 2\n", 2), ("- 1\n", 1)):
        with pytest.raises(PackError) as refused:
            read(tmp_path, text)
        assert [problem.line for problem in refused.value.problems] == [line]
