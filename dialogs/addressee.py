"""Addressee detection: whether a line in a thread is meant for the advisor, or for the other people there.

A line with a mention, or in a direct message, always is (`Message.addressed`). The functions decide on all others.
"""

from collections.abc import Sequence

from dialogs.advisor import Advisor
from dialogs.commands.command import OWN_NAME, Command, Kind, What
from dialogs.conversation import Conversation, hashed
from dialogs.executor.items import Item, Told, Unclear
from dialogs.message import Message
from knowledge.interfaces import MatchOutcome
from knowledge.pack import UNSURE, Question
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold

OTHERS = "others"
"""In `Conversation.spoke`: the last line was by somebody of whom nothing is stored. No hash is like it."""


def takes_part(conversation: Conversation, message: Message) -> bool:
    """Whether the advisor takes part in the thread: it is addressed now, or was before."""
    return message.addressed or conversation.revision > 0


def with_sender(conversation: Conversation, message: Message) -> Conversation:
    """The conversation with the sender among its people and, if several write, as the author of the last line."""
    people, sender = conversation.people, message.sender.id
    if sender not in people:
        people = (*filter(None, people), sender)[:2]
    known = sender in people or sender in conversation.participants
    spoke = hashed(sender) if known else OTHERS
    return conversation.replace(people=people, spoke=spoke if len(people) > 1 else "")


def with_bystander(before: Conversation, after: Conversation, message: Message) -> Conversation:
    """What a line that is not for the advisor leaves. `after` is the conversation `with_sender`.

    Of somebody of whom nothing is stored yet it is only that a second person has written.
    """
    if message.sender.id in before.participants:
        return after
    if not before.people:
        return before
    return before.replace(people=(*before.people, "")[:2], spoke=OTHERS)


def is_for_advisor(
    advisor: Advisor,
    before: Conversation,
    after: Conversation,
    message: Message,
    text: str,
    items: Sequence[Item],
    plain: bool,
    clear: bool,
) -> bool:
    """Whether a line is meant for the advisor. `after` is the conversation `with_sender`, `items` what the line does.

    `plain`: it can hardly mean anything else. Not `clear`: nothing was understood. Among several people an answer to
    the open question counts as well, in whatever words, unless the line asks or does anything else.
    """
    if message.addressed:
        return True
    if _replies_to_another(advisor, before, after, text):
        return False
    if advisor.flows.current(after).other_owner(after, message.sender) is not None:
        return False
    if len(after.people) > 1:
        return (plain and any(map(_answers, items))) or ("?" not in text and _answers_open(advisor, after, text, items))
    return advisor.flows.open_prompt(after) is not None or (clear and any(_is_asked(advisor, item) for item in items))


def _answers(item: Item) -> bool:
    kinds = (Kind.SET, Kind.CONFIRM, Kind.REJECT, f"{Kind.LEARN}.{What.ANSWER}")
    return isinstance(item, Command) and not {item.command, item.name}.isdisjoint(kinds)


def _answers_open(advisor: Advisor, conversation: Conversation, text: str, items: Sequence[Item]) -> bool:
    """Whether a line only gives answers about the conversation's own idea, one of them a known one to what is open, and
    says it in words: a yes or no may be for somebody else.
    """
    own = ((), (OWN_NAME,))
    sets = [each for each in items if isinstance(each, Command) and each.command is Kind.SET and each.ideas in own]
    prompt = advisor.flows.open_prompt(conversation)
    if not isinstance(prompt, Question) or len(sets) < len(items):
        return False
    words = " ".join(word for word in fold(text) if word not in english().polar_answers)
    said = {(one.question, one.option) for one in advisor.knowledge.typed_answers.answers(words, prompt.id)}
    return any(
        each.option != UNSURE and (each.question, each.option) in said for each in sets if each.question == prompt.id
    )


def _is_asked(advisor: Advisor, item: Item) -> bool:
    """Whether something is asked of the advisor that it can answer, and is no remark."""
    match item:
        case Command(Kind.CHAT) | Unclear(beside=True):
            return False
        case Told(Command(Kind.ASK, value=asked)):
            known = any(entry.id == asked for entry in advisor.pack.entries)
            return known or advisor.knowledge.matcher.passage(asked).outcome is not MatchOutcome.UNKNOWN
        case _:
            return True


def _replies_to_another(advisor: Advisor, before: Conversation, after: Conversation, text: str) -> bool:
    """Whether a bare yes, no or number follows another person's line, so that it may be a reply to that."""
    same = before.spoke == after.spoke != OTHERS
    if len(after.people) < 2 or not before.spoke or same:
        return False
    bare = " ".join(fold(text))
    phrases = advisor.catalogue.phrases
    return bare.isdecimal() or bare in phrases["confirm"] or bare in phrases["reject"]
