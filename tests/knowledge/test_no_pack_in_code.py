"""Nothing in Python knows the built-in pack: its ids and names stand in YAML alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.pack import UNSURE
from tests.knowledge.fixtures import pack as builtin_pack

ROOT = Path(__file__).parents[2]
PACK = builtin_pack()
ORDINARY = {
    "data",
    "domain",
    "summary",
    "support",
    "sales",
    "yes",
    "no",
    "duration",
    "high",
    "low",
    "general",
    "limited",
    UNSURE,
}
"""Ids that are everyday words, which code needs for other things."""


def pack_ids() -> set[str]:
    options = {option.id for question in PACK.questions for option in question.options}
    parts = (PACK.verdicts, PACK.questions, PACK.scenarios, PACK.passages, PACK.outside, PACK.terms)
    return (options | {part.id for group in parts for part in group}) - ORDINARY


def texts(file: Path) -> Iterator[tuple[int, str]]:
    """Every string of a module with its line, docstrings left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    loose = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in loose:
            yield node.lineno, node.value


def test_no_id_and_no_name_of_a_verdict_stands_in_code() -> None:
    ids = pack_ids()
    assert {"fine_tuning", "hybrid", "faq-cost", "consistency", "specialised", "medical"} <= ids
    names = re.compile("|".join(re.escape(verdict.name) for verdict in PACK.verdicts), re.IGNORECASE)
    files = [file for folder in ("knowledge", "dialogs", "bot") for file in sorted((ROOT / folder).rglob("*.py"))]
    assert ROOT / "knowledge" / "decision.py" in files
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text!r}"
        for file in files
        for line, text in texts(file)
        if text in ids or names.search(text) or re.search(r"\b(faq|def|pe|ft)-[a-z]+\b", text)
    ]
    assert found == []
