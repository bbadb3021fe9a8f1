"""Texts that are known as a whole: commands, small talk, and questions about progress or the result."""

from dialogs.advisor import Advisor
from dialogs.commands.command import OWN_NAME
from dialogs.intents import Acknowledgement, Commands, Intent, ProgressTopic, progress, renaming
from dialogs.parsers import (
    command_parser,
    corrections,
    small_talk,
)
from dialogs.parsers.new_titles import new_title
from dialogs.parsers.phrases import Words, respelled, rest_of, starts, without
from dialogs.parsers.typed_text import TypedText
from knowledge.typed_answers.word_parser import Prompt, exact_options, folded


def known_whole(typed: TypedText) -> Intent | None:
    """Commands, small talk and questions about the result: texts that are known as a whole."""
    advisor, conversation, _, words, flow, prompt = typed
    answers = prompt is not None and exact_options(prompt, " ".join(words))
    if answers and not command_parser.skips(advisor, conversation, flow, words):
        return None
    bare = without(words, advisor.catalogue.phrases.courtesies)
    said = _known(typed, bare)
    if said is not None:
        return said
    again = respelled(advisor, bare)
    return None if again == bare else _known(typed._replace(words=again), again)


def _known(typed: TypedText, bare: Words) -> Intent | None:
    advisor, conversation, text, words, flow, prompt = typed
    if _goes_on(advisor, prompt, words):
        return command_parser.start(advisor, conversation)
    topics = flow.progress_topics(conversation)
    asked = _progress(advisor, topics, words, bare)
    if asked is not None:
        return asked
    if typed.asks_framework and conversation.idea and starts(bare, advisor.catalogue.board.retitles):
        return renaming((OWN_NAME, new_title(advisor, text)))
    if typed.asks_framework and conversation.started:
        changed = corrections.reopening(advisor, bare) or corrections.undo(advisor, conversation, bare)
        if changed is not None:
            return changed
    phrases = advisor.catalogue.phrases
    if typed.begun and conversation.started and bare in folded((*phrases.content, *phrases.confirm)):
        return Acknowledgement()
    command = command_parser.parse(advisor, conversation, words, bare)
    if command is not None:
        return command
    return small_talk.remark_in(advisor, text, words, bare)


def _goes_on(advisor: Advisor, prompt: Prompt | None, words: Words) -> bool:
    """Whether a text only asks to go on while a question is open: "yes start", "ok lets go", "go ahead"."""
    phrases, commands = advisor.catalogue.phrases, advisor.catalogue.commands
    rest = words if prompt is not None else ()
    while rest:
        said = " ".join(without(rest, phrases.courtesies))
        if {said, " ".join(rest)} & {*phrases.go_on} or (rest != words and said in commands["start"]):
            return True
        after = rest_of(rest, (*phrases.confirm, *phrases.courtesies))
        rest = () if after == rest else after
    return False


def _progress(advisor: Advisor, topics: frozenset[ProgressTopic], words: Words, bare: Words) -> Commands | None:
    """The question about one's progress in a text, if the flow can answer it."""
    for candidate in (words, bare):
        topic = advisor.catalogue.progress_topic_of.get(" ".join(candidate))
        if topic in topics:
            return progress(ProgressTopic(topic))
    return None
