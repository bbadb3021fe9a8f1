"""`advisor knowledge`: checks a pack, lists its outside facts, trains its classifiers, or writes a new pack."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.assembly import open_encoder, pack_folder
from bot.commands.output import print_error
from bot.config.environment import read_settings
from bot.config.settings import Settings
from knowledge.checks.pack_checks import check_pack, open_pack
from knowledge.freshness_report import freshness_report
from knowledge.matching.factory import TrainingError, fit_pack, learns
from knowledge.pack_loader import builtin, load_pack
from knowledge.starter import NameTaken, WrongName, write_starter


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """The job that was asked for."""
    if arguments.job == "new":
        return _new(arguments.name)
    settings = read_settings(environment)
    folder = arguments.folder or pack_folder(settings)
    today = datetime.now(UTC).date()
    if arguments.job == "learn":
        return _learn(folder, settings, today)
    if arguments.job == "facts":
        print(*freshness_report(load_pack(folder), today), sep="\n")
        return 0
    return _check(folder, today)


def _check(folder: Path, today: date) -> int:
    """One line a problem, then a summary."""
    report = check_pack(folder, today)
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
    beside = f"{len(pack.outside)} from outside, {_count(len(pack.terms), 'term')}"
    print(f"{pack.id}, version {pack.version}: {size}, {beside}. {counts}.")
    return 0


def _learn(folder: Path, settings: Settings, today: date) -> int:
    """Trains the pack's classifiers and writes them into its folder. PackError where the pack has a mistake."""
    pack, _ = open_pack(folder, today, whole=True)
    if folder.resolve() == builtin().resolve():
        print("The built-in pack is already trained. Name the folder of your own pack, or set ADVISOR_PACK.")
        return 0
    if not learns(pack):
        print(f"{pack.id} has no `beside` phrasings, so there is nothing to train: it is matched by its words.")
        return 0
    encoder, trouble = open_encoder(settings)
    if encoder is None:
        print_error(trouble)
        return 1
    try:
        file = fit_pack(pack, encoder, folder)
    except TrainingError as error:
        print_error(str(error))
        return 1
    except OSError as error:
        print_error(f"{folder} cannot be written to: {error.strerror}. Training writes one file beside the pack's own.")
        return 1
    print(f"wrote {file}")
    print(
        "It is valid until the pack's texts, the encoder or the advisor change. "
        "The next start then trains anew and says so; run this again."
    )
    return 0


def _new(name: str) -> int:
    folder = Path(name)
    try:
        files = write_starter(folder)
    except WrongName:
        print_error(
            f"{folder.name} cannot be the id of a pack. Use lower-case letters, digits, - and _, a letter first."
        )
        return 2
    except NameTaken:
        print_error(f"{folder} exists already. Use another name, or remove it.")
        return 1
    for file in files:
        print(f"wrote {file}")
    print(f"Talk to it: ADVISOR_PACK={folder} advisor chat")
    print(f"Check it:   advisor knowledge check {folder}")
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
