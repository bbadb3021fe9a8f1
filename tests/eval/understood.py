"""How many lines of labelled talks are understood as they are labelled?

    python -m tests.eval.understood TALKS    TALKS: a folder of talks, one line each: `text` and `commands`, or `press`

Each line is typed where the labels of the lines before have led to.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.model.scores import Taken, report, taken
from dialogs.advisor import Advisor
from dialogs.played_talk import labelled_lines
from tests.shipped import shipped


def understood(advisor: Advisor, talk: Path) -> Iterator[Taken]:
    """Each typed line of a talk."""
    return (taken(advisor, line) for line in labelled_lines(advisor, talk))


def main() -> int:
    """Prints a line for each talk, and one for all."""
    advisor = shipped()
    every: list[Taken] = []
    for talk in sorted(Path(sys.argv[1]).glob("*.jsonl")):
        lines = list(understood(advisor, talk))
        every += lines
        sys.stdout.write(f"{talk.stem}: {report(lines)}\n")
    sys.stdout.write(f"all: {report(every)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
