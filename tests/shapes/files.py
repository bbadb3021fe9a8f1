"""Shapes of files of ideas, as long as the advisor takes them."""

import random

from bot.batch.idea_file import MAX_BYTES
from tests.shapes.texts import NAMED, mixed

HEADERS = ("text\n", "text,data\n", "text;data;volume\n", "text\tdata\n", '"text","data"\n')

LINES = (
    '",x","\n', "a,b\n", 'a,"b\n', '"a""b"",\n', "a\n", '"\n', '""\n', '"a\nb",yes\n', "a,yes,no,yes\n",
    ",\n", "=1+1,yes\n",
    '"a" b,yes\n', "a,maybe\n", "a,10\n", "\n", "\r", "a;b\n", "\u2028", "- a\n", "1. 1. 1. a\n", "ü,ß\n",
)  # fmt: skip
"""What a file of one line again and again repeats."""

CELLS = ("a " * 400, "a, " * 300, "a. " * 300, "x" * 900, '""' * 400)


def named() -> dict[str, bytes]:
    """Files by what they are made of: a header and one line again and again, or one of the shapes of texts."""
    made = {}
    for header in HEADERS[:2]:
        for line in LINES:
            made[f"file {header!r} {line!r}"] = _filled(header, line)
    for cell in CELLS:
        made[f"file of cells {cell[:6]!r}"] = _filled("text,data\n", f'"{cell}",yes\n')
    for name, shape in NAMED.items():
        made[f"file of {name}"] = shape(MAX_BYTES).encode("utf-8", "replace")[:MAX_BYTES]
    return made


def drawn(dice: random.Random) -> tuple[str, bytes]:
    """A file of several kinds of lines, or of shapes of texts."""
    if dice.random() < 0.3:
        name, text = mixed(dice, MAX_BYTES)
        return f"file of {name}", text.encode("utf-8", "replace")[:MAX_BYTES]
    header, lines = dice.choice(HEADERS), dice.sample(LINES, dice.randint(2, 4))
    return f"file {header!r} {lines!r}", _filled(header, "".join(lines))


def _filled(header: str, lines: str) -> bytes:
    return (header + lines * (MAX_BYTES // len(lines) + 1)).encode()[:MAX_BYTES]
