"""What people say about a result in their own words: about its verdicts and strength, and suppositions that go on."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import Acknowledgement, ResultQuestion, ResultTopic
from dialogs.phrases import Words, rest_of, starts
from knowledge.answer_parser import fold, folded
from knowledge.interfaces import Reading
from knowledge.pack import UNSURE, Question


def said_of_result(advisor: Advisor, bare: Words) -> ResultQuestion | Acknowledgement | None:
    """ "why is it not hybrid", "what would make it fine-tuning", "how is the weak calculated", "its fine"."""
    phrases = advisor.catalogue.phrases
    if bare in folded((*phrases.content, *phrases.confirm)):
        return Acknowledgement()
    for topic, openers in ((ResultTopic.REASONS, phrases.why_not), (ResultTopic.CHANGES, phrases.what_makes)):
        if starts(bare, openers) and _is_verdict(advisor, rest_of(bare, openers)):
            return ResultQuestion(topic)
    return ResultQuestion(ResultTopic.STRENGTH) if _asks_strength(advisor, bare) else None


def _is_verdict(advisor: Advisor, words: Words) -> bool:
    """Whether the words name a verdict, or what it is about, and nothing else."""
    pack = advisor.pack
    named = [*(verdict.name for verdict in pack.verdicts), *pack.request.topics]
    about = {*words} - {*advisor.catalogue.phrases.verdict_fillers}
    return bool(about) and about <= {word for name in named for word in fold(name)}


def _asks_strength(advisor: Advisor, words: Words) -> bool:
    """ "why weak", "how is the weak calculated"."""
    catalogue = advisor.catalogue
    named = {catalogue.text(key) for key in ("strength_low", "strength_middle", "strength_high")}
    asks = starts(words, catalogue.phrases.explain)
    return asks and bool(named & {*words}) and {*words} - named <= {*catalogue.phrases.strength_fillers}


def supposed_so_far(advisor: Advisor, conversation: Conversation, words: Words) -> tuple[Mapping[str, Reading], Words]:
    """What was supposed last, where the words add to that ("and also lots of volume"), and what they add."""
    proposal, phrases = conversation.confirm, advisor.catalogue.phrases
    added = rest_of(words, phrases.addition)
    # What is offered in place of an answer has no evidence; one that was likely meant counts as not understood.
    if proposal is None or proposal.evidence or conversation.missed or added == words:
        return {}, ()
    return {proposal.question: Reading(proposal.option, "")}, added


def named_otherwise(advisor: Advisor, conversation: Conversation, words: Words) -> Mapping[str, Reading]:
    """ "both examples and budget": several questions by name, each with the other of two options than was chosen."""
    phrases = advisor.catalogue.phrases
    text = rest_of(words, phrases.both)
    if text == words:
        return {}
    parts = " ".join(text).split(f" {phrases.both_join[0]} ")
    found = [_otherwise(advisor, conversation, tuple(part.split())) for part in parts]
    readings = {question: Reading(option, "") for each in found if each is not None for question, option in (each,)}
    return readings if len(readings) == len(parts) > 1 else {}


def _otherwise(advisor: Advisor, conversation: Conversation, words: Words) -> tuple[str, str] | None:
    """The question that the words name, else the only one that asks in such words, with its other option."""
    told = {*words} - {*advisor.catalogue.phrases.change_fillers}
    named = [q for q in advisor.pack.questions if told & {*fold(q.name), q.id}]
    asking = named or [q for q in advisor.pack.questions if told and told <= {*fold(q.prompt)}]
    if len(asking) != 1:
        return None
    other = _other_option(asking[0], conversation.chosen.get(asking[0].id, UNSURE))
    return None if other is None else (asking[0].id, other)


def _other_option(question: Question, chosen: str) -> str | None:
    """The one definite option that was not chosen; None where there are several."""
    others = [option.id for option in question.options if option.id not in (UNSURE, chosen)]
    return others[0] if len(others) == 1 else None
