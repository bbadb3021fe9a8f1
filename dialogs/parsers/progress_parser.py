"""Parses texts about one's progress: "go ahead", "how many left?", "can I skip to the costs"."""

from dialogs.advisor import Advisor
from dialogs.intents import ProgressQuestion, ProgressTopic, TypedCommand
from dialogs.message import Action, Verb
from dialogs.parsers.phrases import Words, rest_of, starts, without
from knowledge.interfaces import MatchOutcome
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


def ahead(advisor: Advisor, topics: frozenset[ProgressTopic], bare: Words) -> ProgressQuestion | TypedCommand | None:
    """A request for a later topic or lesson: "can I skip to the costs", "skip to lesson 4"."""
    phrases = advisor.catalogue.phrases
    if ProgressTopic.AHEAD not in topics or not starts(bare, phrases.ahead):
        return None
    about = tuple(word for word in rest_of(bare, phrases.ahead) if word not in phrases.ahead_fillers)
    if len(about) == 1 and about[0].isdecimal():
        return TypedCommand(Action(Verb.READ, about))
    match = advisor.knowledge.matcher.passage(" ".join(about))
    near = () if match.outcome is MatchOutcome.UNKNOWN else match.top
    return ProgressQuestion(ProgressTopic.AHEAD, about, near)
