"""What do the tests notice? Puts one small mistake at a time into a copy of the product and runs the tests that execute
it, then the tests beside it.

    python -m tests.mutants --count 100 --seed 1 [folder or module …]

The same seed draws the same mistakes from the same sources. Prints each mistake that no test noticed, and the share of
those that some test did. The working tree is only read, but for the cache of which test executes which line. Exit
status 1 when the tests fail without any mistake.
"""

import argparse
import math
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from time import monotonic

from tests.mutants.executions import Executions, recorded
from tests.mutants.mistakes import Mutant, mutants
from tests.mutants.tree_copy import ROOT, Copy

FEW = 25
"""Tests that are run before the others that execute a mistake: those others are in many files, which takes a while."""

CACHE = ROOT / ".mutants_cache"

PRODUCT = ("knowledge", "dialogs", "bot")
SPARED = ("bot/playground/",)
"""No part of what is deployed."""


def sources(wanted: Sequence[str]) -> dict[str, bytes]:
    """The product's files by their path, all or those below the wanted ones."""
    files = (file for layer in PRODUCT for file in sorted((ROOT / layer).rglob("*.py")))
    paths = [str(file.relative_to(ROOT)) for file in files if "node_modules" not in file.parts]
    kept = [path for path in paths if not path.startswith(SPARED) and (not wanted or path.startswith(tuple(wanted)))]
    return {path: (ROOT / path).read_bytes() for path in kept}


def draw(files: dict[str, bytes], count: int, seed: int) -> list[Mutant]:
    """So many of all mistakes, by the seed, in an order by chance: those tried so far are a sample as well."""
    everything = sorted(mutant for file, source in files.items() for mutant in mutants(file, source))
    return random.Random(seed).sample(everything, min(count, len(everything)))


class Trial:
    """Tries mistakes out, in as many copies at a time as there are."""

    def __init__(self, files: dict[str, bytes], copies: Sequence[Copy], executions: Executions) -> None:
        self._files, self._executions = files, executions
        self._copies = SimpleQueue[Copy]()
        self._jobs = len(copies)
        for copy in copies:
            self._copies.put(copy)

    def noticed(self, drawn: Sequence[Mutant], seconds: float) -> dict[Mutant, bool | None]:
        """Which of them make a test fail: one that executes it, else one of those beside it. What a test starts as a
        process of its own (a command, a server) is known to the latter only.

        After six tenths of the seconds no more are tried, and those that are left have the rest of the time for the
        tests beside them; None where that was not enough.
        """
        begun = monotonic()
        found = self._tried(drawn, self._executed, begun + 0.6 * seconds)
        rest = [mutant for mutant, was in found.items() if was is False]
        print(f"\n{len(rest)} of {len(found)} are left to the tests beside them.")
        beside = dict.fromkeys(rest) | self._tried(rest, self._beside, begun + seconds)
        for mutant, was in beside.items():
            if not was:
                said = "No time for" if was is None else "Nobody noticed"
                print(f"\n{said} {mutant.told(self._files[mutant.file])}")
        return found | beside

    def _tried(
        self, mutants: Sequence[Mutant], fails: Callable[[Copy, Mutant], bool], end: float
    ) -> dict[Mutant, bool]:
        def tried(mutant: Mutant) -> bool | None:
            if monotonic() > end:
                return None
            copy = self._copies.get()
            try:
                with copy.mistaken(mutant, self._files[mutant.file]):
                    noticed = fails(copy, mutant)
            finally:
                self._copies.put(copy)
            print("." if noticed else f"\n{mutant.told(self._files[mutant.file])}", end="\n"[noticed:], flush=True)
            return noticed

        with ThreadPoolExecutor(self._jobs) as pool:
            try:
                noticed = list(pool.map(tried, mutants))
            except BaseException:  # Ctrl-C
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return {mutant: was for mutant, was in zip(mutants, noticed, strict=True) if was is not None}

    def _executed(self, copy: Copy, mutant: Mutant) -> bool:
        chosen = self._executions.tests(mutant, self._files[mutant.file])
        batches = [batch for batch in (chosen[:FEW], chosen[FEW:]) if batch]
        return any(not copy.passes_chosen(batch, self._executions.seconds(batch)) for batch in batches)

    def _beside(self, copy: Copy, mutant: Mutant) -> bool:
        stages = copy.related.stages(mutant.file)
        return any(not copy.passes(tests, self._executions.seconds_below(tests)) for tests in stages)


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=math.inf, help="as many of them as there is time for")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("wanted", nargs="*", help="only below these folders or in these modules")
    asked = parser.parse_args()
    files = sources(asked.wanted)
    drawn = draw(files, asked.count, asked.seed)
    with TemporaryDirectory(prefix="mutants-") as folder:
        copies = [Copy(Path(folder) / str(number)) for number in range(asked.jobs)]
        first = copies[0]
        executions = recorded(first.tree, first.related.files, CACHE, first.records)
        if executions is None:
            print(f"The tests fail without any mistake:\n{first.said()}", file=sys.stderr)
            return 1
        begun = monotonic()
        noticed = Trial(files, copies, executions).noticed(drawn, 60 * asked.minutes)
    report(noticed, monotonic() - begun)
    return 0


def report(noticed: Mapping[Mutant, bool | None], seconds: float) -> None:
    """Prints the figures by folder and for all."""
    of, found = Counter[str](), Counter[str]()
    for mutant, was in noticed.items():
        for name in (str(Path(mutant.file).parent), "all"):
            of[name] += 1
            found[name] += was is True
    print()
    for name in sorted(of, key=lambda name: (name == "all", name)):
        print(f"{name:24} {found[name]:4} of {of[name]:4} noticed, {found[name] / of[name]:.0%}")
    print(f"{seconds / max(1, len(noticed)):.1f} s each; no time for {list(noticed.values()).count(None)}")


if __name__ == "__main__":
    sys.exit(main())
