"""Whether a pack's parts fit together: first that all it names exists, then what its rules come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from knowledge.checks.outcomes import outcomes
from knowledge.checks.references import references
from knowledge.checks.texts import lesson_problems, wording
from knowledge.pack import Pack
from knowledge.pack_loader import Places, read_pack
from knowledge.problems import PackError, Problem, in_order

SOON = timedelta(days=30)
"""How long before its end an outside fact is warned about."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. `pack` is None where the files could not be read as one; warnings never stop a start."""

    pack: Pack | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check_pack(folder: Path, today: date) -> CheckReport:
    """Reads and checks the pack in a folder; never raises."""
    try:
        pack, places = read_pack(folder)
    except PackError as error:
        return CheckReport(None, error.problems, ())
    errors = [*references(pack, places), *wording(pack, places), *lesson_problems(pack, places)]
    if not errors:  # the rules can be worked with only when all that they name exists
        errors.extend(outcomes(pack, places))
    return CheckReport(pack, in_order(errors), in_order(_outdated(pack, places, today)))


def open_pack(folder: Path, today: date) -> tuple[Pack, tuple[Problem, ...]]:
    """The pack in a folder and its warnings; PackError where there is any error."""
    report = check_pack(folder, today)
    if report.errors or report.pack is None:
        raise PackError(report.errors)
    return report.pack, report.warnings


def _outdated(pack: Pack, places: Places, today: date) -> Iterator[Problem]:
    for at, fact in enumerate(pack.beyond):
        again = f"Read {fact.url} again, then move `read` and `expires`."
        expires = ("beyond", at, "expires")
        if fact.expires <= today:
            yield places.problem(expires, f"`{fact.id}` expired on {fact.expires} and is no longer shown.", again)
        elif fact.expires <= today + SOON:
            yield places.problem(expires, f"`{fact.id}` expires on {fact.expires}.", again)
        if fact.read > today:
            message = f"`{fact.id}` was read on {fact.read}, which is still to come."
            yield places.problem(("beyond", at, "read"), message, "Write the day on which it was read.")
