"""`advisor triage`: one idea, a backlog as CSV, or a line of JSON each."""

import stat
import sys
import time
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.assembly import open_advisor
from bot.batch import jsonl
from bot.commands.console import complain, given_text, print_view
from bot.commands.triage_file import judge_file
from bot.config.settings import Settings
from bot.terminal.keyboard import screen, typed
from bot.terminal.text import text as as_text
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, open_question
from dialogs.flows.replay import recommend
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from dialogs.view import Heading, Items, View, said
from dialogs.views import lay_out

_PERSON = Person("terminal")


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Judges whatever is given."""
    if arguments.jsonl and (arguments.what or arguments.output):
        complain("--jsonl reads from standard input and writes to standard output: give neither X nor --output.")
        return 2
    file = None if arguments.jsonl or arguments.what is None else _file(arguments.what)
    if arguments.output and file is None:
        complain("--output belongs to a file of CSV. Usage: advisor triage FILE.csv --output OUT.csv")
        return 2
    if arguments.jsonl:
        knowledge = _advisor(environment).knowledge
        good = jsonl.run(
            sys.stdin.buffer, sys.stdout.buffer, partial(jsonl.triaged, knowledge, evidence=arguments.evidence)
        )
        return 0 if good else 1
    if file is not None:
        return judge_file(_advisor(environment).knowledge, file, arguments.output, evidence=arguments.evidence)
    text = given_text([arguments.what] if arguments.what else [], "advisor triage TEXT, or advisor triage FILE.csv")
    if text is None:
        return 2
    if sys.stdin.isatty() and sys.stdout.isatty():
        _ask(_advisor(environment), text, environment)
    else:
        _tell(_advisor(environment), text, environment)
    return 0


def _advisor(environment: Mapping[str, str]) -> Advisor:
    advisor, _ = open_advisor(Settings.from_environment(environment), datetime.now(UTC).date(), complain)
    return advisor


def _file(what: str) -> Path | None:
    """The file that is meant; None where it is text."""
    path = Path(what)
    try:
        there = not stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):  # too long for a name, or with characters that no name has: certainly text
        there = False
    return path if there or what.endswith(".csv") else None


def _begun(advisor: Advisor, text: str) -> tuple[Conversation, View]:
    message = _message(text)
    turn = advisor.flows.questions.start(Conversation.fresh(advisor.pack), message, text)
    return turn.conversation, lay_out(advisor, turn.card, 0)


def _message(text: str) -> Message:
    now = time.time_ns()
    return Message(f"t{now}", _PERSON, now // 1_000_000_000, Typed(text))


def _tell(advisor: Advisor, text: str, environment: Mapping[str, str]) -> None:
    """What was read, what is missing, the result."""
    conversation, _ = _begun(advisor, text)
    catalogue, pack = advisor.catalogue, advisor.pack
    read = tuple(
        catalogue.line(
            "understood_item",
            question=pack.question(question).name,
            answer=pack.question(question).option(answer.option).record,
            evidence=answer.evidence or "",
        )
        for question, answer in conversation.answers.items()
    )
    missing = tuple(said(question.name) for question in pack.questions if question.id not in conversation.answers)
    nothing = (said(catalogue.text("backlog_nothing")),)
    result = lay_out(advisor, (recommend(advisor.knowledge, conversation, int(time.time())),), 0)
    elements = (
        Heading(said(catalogue.text("backlog_read")), level=2),
        Items(read or nothing),
        Heading(said(catalogue.text("backlog_missing")), level=2),
        Items(missing or nothing),
    )
    print_view(View((*elements, *result.elements)), environment)


def _ask(advisor: Advisor, text: str, environment: Mapping[str, str]) -> None:
    """Asks what the text does not say, then shows the result. Nothing of it is stored."""
    shown = screen(sys.stdout, environment)
    conversation, view = _begun(advisor, text)
    print(as_text(view, shown), end="\n\n")
    keyboard = typed()
    while open_question(advisor.pack, conversation) is not None:
        line = next(keyboard, None)
        if line is None:
            return
        turn = respond(advisor, conversation, _message(line))
        conversation = turn.conversation
        for replies in (turn.below, turn.card):
            if replies:
                print(as_text(lay_out(advisor, replies, conversation.revision), shown), end="\n\n")
