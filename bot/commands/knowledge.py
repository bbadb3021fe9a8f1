"""`advisor knowledge check`: what is wrong with a pack, and where."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.assembly import pack_folder
from bot.config.settings import Settings
from knowledge.checks.pack_checks import check_pack


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """One line a problem, then a summary."""
    folder = arguments.folder or pack_folder(Settings.from_environment(environment))
    report = check_pack(folder, datetime.now(UTC).date())
    for problem in report.errors:
        print(problem)
    for problem in report.warnings:
        print(replace(problem, message=f"Warning: {problem.message}"))
    counts = f"{_count(len(report.errors), 'error')}, {_count(len(report.warnings), 'warning')}"
    if report.errors or report.pack is None:
        print(f"{folder}: {counts}. The advisor does not start with this pack.")
        return 1
    pack = report.pack
    size = f"{len(pack.questions)} questions, {len(pack.scenarios)} scenarios, {len(pack.passages)} passages"
    print(f"{pack.id}, version {pack.version}: {size}. {counts}.")
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
