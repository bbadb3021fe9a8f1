"""Ideas of the list that a text surely names while something else is on screen: a question or the result of another."""

import re
from collections.abc import Sequence

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.parsers.idea_mentions import Mention, alike
from knowledge.typed_answers.word_parser import fold

_FEWEST = 2
"""Least words of a title that name an idea by themselves: "the newsletter" may be any."""

_MARKED = re.compile(r"\s*[:=]\s*\w")


def surely_named(
    advisor: Advisor, conversation: Conversation, text: str, found: Sequence[Mention]
) -> tuple[Mention, ...]:
    """The mentions that count. Words count once the list was shown in this conversation, unless they name the idea that
    is talked about now. A bare number counts with a mark behind it: "7: no money".
    """
    return tuple(mention for mention in found if _is_sure(advisor, conversation, text, mention))


def _is_sure(advisor: Advisor, conversation: Conversation, text: str, mention: Mention) -> bool:
    if not mention.by_title:
        return mention.named or not _is_option(advisor, conversation, text, mention)
    words = fold(text[mention.start : mention.end])
    telling = [word for word in words if word not in _empty(advisor)]
    told = fold(conversation.idea) if conversation.started else ()
    own = all(any(alike(word, other) for other in told) for word in telling)
    whole = mention.named or (mention.definite and len(telling) >= _FEWEST)
    marked = len(telling) >= _FEWEST and _MARKED.match(text[mention.end :]) is not None
    return conversation.listing is not None and (whole or marked) and not own


def _empty(advisor: Advisor) -> frozenset[str]:
    talk = advisor.catalogue.board
    return frozenset((*talk.title_openers, *talk.title_nouns, *talk.title_fillers, *talk.title_links))


def _is_option(advisor: Advisor, conversation: Conversation, text: str, mention: Mention) -> bool:
    """Whether a bare number may be that of an option, or an amount."""
    prompt = advisor.flows.open_prompt(conversation)
    if prompt is None:
        return False
    begins = not fold(text[: mention.start]) and _MARKED.match(text[mention.end :]) is not None
    choosing = conversation.pending is None and mention.numbers[0] <= len(prompt.options)
    return not begins or choosing
