"""Whether a pack's parts fit together: first that all it names exists, then what its rules come to."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.checks.lessons import lesson_problems
from knowledge.checks.option_words import option_word_problems
from knowledge.checks.outcomes import outcomes
from knowledge.checks.outside import outdated, outside_problems
from knowledge.checks.references import references
from knowledge.pack import Pack
from knowledge.pack_loader import read_pack
from knowledge.problems import PackError, Problem, in_order


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. `pack` is None where the files could not be read as one; warnings never stop a start."""

    pack: Pack | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check_pack(folder: Path, today: date, *, whole: bool = True) -> CheckReport:
    """Reads and checks the pack in a folder, with what it is learnt from if it has to be the `whole`; never raises."""
    try:
        pack, places = read_pack(folder, whole=whole)
    except PackError as error:
        return CheckReport(None, error.problems, ())
    errors = [*references(pack, places), *option_word_problems(pack, places), *lesson_problems(pack, places)]
    errors.extend(outside_problems(pack, places))
    if not errors:  # the rules can be worked with only when all that they name exists
        errors.extend(outcomes(pack, places))
    return CheckReport(pack, in_order(errors), in_order(outdated(pack, places, today)))


def open_pack(folder: Path, today: date, *, whole: bool = False) -> tuple[Pack, tuple[Problem, ...]]:
    """The pack in a folder and its warnings; PackError where there is any error. See `check_pack`."""
    report = check_pack(folder, today, whole=whole)
    if report.errors or report.pack is None:
        raise PackError(report.errors)
    return report.pack, report.warnings
