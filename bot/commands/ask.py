"""`advisor ask`: answers one question with one passage, or JSON Lines."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.assembly import open_advisor
from bot.batch import jsonl
from bot.commands.output import input_text, print_error, print_view
from bot.config.environment import read_settings
from dialogs.flows.lookups import reply_to
from dialogs.limits import bounded
from dialogs.replies.notices import left_out
from dialogs.replies.passages import DidYouMean, NotCovered
from dialogs.views import lay_out


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Answers the question, or every line of the input."""
    today = datetime.now(UTC).date()
    if not arguments.jsonl:
        text = input_text(arguments.text, "advisor ask TEXT")
        if text is None:
            return 2
        advisor, _ = open_advisor(read_settings(environment), today, print_error)
        read = bounded(text)
        reply = reply_to(advisor.pack, advisor.knowledge.matcher.passage(read.text), today)
        print_view(lay_out(advisor, (*left_out(read), reply), revision=0), environment)
        for entry in reply.passages if isinstance(reply, DidYouMean | NotCovered) else reply.others:
            print(f"- {entry.title}")  # buttons elsewhere; whoever asks by its title gets it
        return 0
    advisor, _ = open_advisor(read_settings(environment), today, print_error)
    good = jsonl.answer_lines(
        sys.stdin.buffer, sys.stdout.buffer, lambda given: jsonl.answer_question(advisor, given, today)
    )
    return 0 if good else 1
