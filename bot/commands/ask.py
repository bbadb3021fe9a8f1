"""`advisor ask`: one question, one passage; or a line of JSON each."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime

from bot import lines
from bot.assembly import open_advisor
from bot.commands.console import complain, given_text, print_view
from bot.settings import Settings
from dialogs.ask import reply_to
from dialogs.views import lay_out


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Answers the question, or every line of the input."""
    today = datetime.now(UTC).date()
    if not arguments.jsonl:
        text = given_text(arguments.text, "advisor ask TEXT")
        if text is None:
            return 2
        advisor, _ = open_advisor(Settings.from_environment(environment), today, complain)
        reply = reply_to(advisor.pack, advisor.knowledge.matcher.passage(text), today)
        print_view(lay_out(advisor, (reply,), revision=0), environment)
        return 0
    advisor, _ = open_advisor(Settings.from_environment(environment), today, complain)
    good = lines.run(sys.stdin.buffer, sys.stdout.buffer, lambda given: lines.asked(advisor, given, today))
    return 0 if good else 1
