"""The message extension `ask`: searches what the advisor knows while somebody writes a message."""

from bot.teams.form_cards import Object, found, found_nothing
from dialogs.advisor import Advisor
from dialogs.flows.lookups import NEAR, entry_reply
from dialogs.limits import bounded
from dialogs.message import day_of
from dialogs.view import line_text
from dialogs.views import lay_out
from knowledge.interfaces import MatchOutcome

MAX_FOUND = 8
"""Entries that a search lists."""


def search(advisor: Advisor, text: str, skip: int, now: int) -> Object:
    """Entries that answer the text so far: by meaning, then by words in their titles. Without text, the FAQs.

    There is one page: nothing is found after `skip` entries.
    """
    pack = advisor.pack
    if skip:
        return found([])
    ids = _matching(advisor, text) if text else [faq.id for faq in pack.faqs]
    if not ids:
        return found_nothing(line_text(advisor.catalogue.in_channel("search_nothing", covers=pack.covers)))
    day = day_of(now)
    return found(
        [
            (pack.entry(entry).title, lay_out(advisor, (entry_reply(pack, (entry,), day, False),), 0))
            for entry in ids[:MAX_FOUND]
        ]
    )


def _matching(advisor: Advisor, text: str) -> list[str]:
    match = advisor.knowledge.matcher.passage(bounded(text).text)
    near = list(match.top) if match.outcome is not MatchOutcome.UNKNOWN or match.score >= NEAR else []
    words = text.lower().split()
    titled = [entry.id for entry in advisor.pack.entries if all(word in entry.title.lower() for word in words)]
    return list(dict.fromkeys([*near, *titled]))
