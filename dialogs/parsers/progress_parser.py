"""Parses texts about one's progress: "go ahead", "how many left?"."""

from dialogs.advisor import Advisor
from dialogs.intents import ProgressQuestion, ProgressTopic
from dialogs.parsers.phrases import Words, rest_of, without
from knowledge.typed_answers.word_parser import Prompt


def goes_on(advisor: Advisor, prompt: Prompt | None, words: Words) -> bool:
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


def parse(advisor: Advisor, topics: frozenset[ProgressTopic], words: Words, bare: Words) -> ProgressQuestion | None:
    """The question about one's progress in a text, if the flow can answer it."""
    for candidate in (words, bare):
        topic = advisor.catalogue.progress_topic_of.get(" ".join(candidate))
        if topic in topics:
            return ProgressQuestion(ProgressTopic(topic))
    return None
