"""`make bench`: all figures of one run on one machine. QUICK=1: fewer and shorter rounds, under two minutes.

Without arguments everything; else the parts that are named: turns.
"""

import asyncio
import os
import sys

from tests.bench import report
from tests.bench.processes import Cores, keep_to
from tests.bench.turns import Platforms, dialogs_python, rounds


def turns(quick: bool) -> str:
    """Whole turns beside the peers'."""
    cores = Cores.choose()
    keep_to(os.getpid(), cores.rest)
    rows = asyncio.run(rounds(Platforms(), cores, 2 if quick else 5, 1.5 if quick else 4.0))
    left_out = (
        "" if dialogs_python() else "\nbotbuilder-dialogs is not installed, so the choice prompts are left out.\n"
    )
    return report.turns(rows) + left_out


PARTS = {"turns": turns}


def main(words: list[str]) -> int:
    """Runs the parts; 1 where a bot gave a bad answer."""
    quick = bool(os.environ.get("QUICK"))
    for name in words or PARTS:
        print(PARTS[name](quick), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
