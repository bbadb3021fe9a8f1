"""Facts about ideas: what a text states about the idea that it names, or about the one on the card."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.idea_reader import read_answers
from dialogs.ideas.board import Board
from dialogs.intents import AboutIdeas, Correction, Intent, LikelyAnswer, Refusal
from dialogs.parsers.answer_parser import SURE_PROJECT, refers_back
from dialogs.parsers.idea_mentions import Mention
from dialogs.parsers.phrases import Words, contains, is_opening, starts, without
from knowledge.interfaces import MatchOutcome
from knowledge.reading.word_lists import english
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import fold, folded

_SLIP = re.compile(r"\s*#?\d{1,6}\b([^\d:=]*?)((?:(?:number|nr|idea)\.?\s*)?#?\d{1,6}\b)", re.IGNORECASE)
_MARKS = " \t\n:=,.;-–—"

_LONGEST_LEAD = 8
"""Most words of a sentence before the idea is named: "Sorry, I was wrong. Nr 5 does have examples"."""

_VERY_SURE = 0.95
"""Probability from which a text beside the list states something, whatever idea it is about."""

_UNLIKELY_PROJECT = 0.1
"""Probability below which a text that states something describes no idea of its own."""


def facts(
    advisor: Advisor, conversation: Conversation, text: str, found: Sequence[Mention], *, only_sure: bool = False
) -> AboutIdeas | None:
    """What a text surely states about the ideas that it names, or, if it names none, about the one on the card."""
    board = conversation.board or Board()
    told = tuple(_said(advisor, conversation, text, found))
    if told:
        sure = all(_is_answer(advisor, board, number, value) for numbers, value in told for number in numbers)
        return AboutIdeas(told) if sure or (not only_sure and _is_addressed(advisor, text, found, told)) else None
    if not only_sure and not asks(advisor, text):
        beside = _told_beside(advisor, board, text, found)
        if beside is not None:
            return beside
    shown = advisor.flows.board.shown_idea(conversation)
    if shown is None or any(is_plain(advisor, text, mention) for mention in found if shown not in mention.numbers):
        return None
    return AboutIdeas((((shown,), text),)) if _is_about_shown(advisor, board, shown, text) else None


def _told_beside(advisor: Advisor, board: Board, text: str, found: Sequence[Mention]) -> AboutIdeas | None:
    """What is stated in a text that names one idea somewhere: "i was wrong with the invoices, there are 5 a day". It
    may only be compared to it, or describe an idea of its own.
    """
    named = {number for mention in found for number in mention.numbers if mention.definite or mention.by_title}
    if len(named) != 1 or not any(mention.definite for mention in found) or any(mention.unknown for mention in found):
        return None
    mention = next(mention for mention in found if mention.definite)
    before, after = text[: mention.start], text[mention.end :]
    if contains(fold(before)[-2:], advisor.catalogue.board.likened):
        return None
    told = f"{before} it {after}"
    new = not mention.named and advisor.knowledge.matcher.project(told) >= SURE_PROJECT
    (number,) = named
    return None if new or not _is_answer(advisor, board, number, told) else AboutIdeas((((number,), told),))


def _is_about_shown(advisor: Advisor, board: Board, shown: int, text: str) -> bool:
    """Whether a text that names no idea states something about the one on the card."""
    phrases, talk = advisor.catalogue.phrases, advisor.catalogue.board
    words = fold(text)
    if contains(words, talk.removes) or is_about_subject(advisor, text) or asks(advisor, text):
        return False
    new = contains(words, phrases.ideas) or advisor.knowledge.matcher.project(text) >= SURE_PROJECT
    return (not new or refers_back(advisor, words)) and _is_answer(advisor, board, shown, text)


def _is_addressed(
    advisor: Advisor, text: str, found: Sequence[Mention], told: Sequence[tuple[tuple[int, ...], str]]
) -> bool:
    """Whether a text says something of a named idea, with a mark between them, though not clearly what: "the lab one:
    loads lol". Then it is asked.
    """
    marked = text[found[0].end :].lstrip()[:1] in (":", "=", ",")
    return marked and found[0].named and all(value and not asks(advisor, value) for _, value in told)


def is_about_subject(advisor: Advisor, text: str) -> bool:
    """Whether a passage answers a text that has words of the subject: "define fine-tuning"."""
    request = advisor.pack.request
    named = contains(fold(text), (*request.topics, *request.methods))
    return named and advisor.knowledge.matcher.passage(text).outcome is MatchOutcome.ANSWER


def names_no_idea(advisor: Advisor, conversation: Conversation, text: str) -> bool:
    """Whether a text beside the list states a fact without saying about which idea: "we have no budget"."""
    board = advisor.flows.board
    if not board.shows_list(conversation) or asks(advisor, text) or is_about_subject(advisor, text):
        return False
    unlikely = advisor.knowledge.matcher.project(text) < _UNLIKELY_PROJECT
    found = read_answers(advisor.knowledge, text, None).values() if unlikely and len(fold(text)) > 1 else ()
    return any(reading.probability >= _VERY_SURE for reading in found)


def asks(advisor: Advisor, text: str) -> bool:
    """Whether a text asks something or for something; "can vary" and "should be fast" do not."""
    phrases, talk = advisor.catalogue.phrases, advisor.catalogue.board
    shorthand = advisor.catalogue.shorthand
    if text.rstrip().endswith("?"):
        return True
    words = fold(" ".join(shorthand.get(word, word) for word in without(fold(text), phrases.courtesies)))
    opens = starts(words, (*phrases.wishes, *phrases.copulas, *talk.verbs))
    completes = opens and not starts(words[1:], phrases.subjects)
    return not completes and (starts(words, phrases.question) or not english().question_openers.isdisjoint(words[:1]))


def _said(
    advisor: Advisor, conversation: Conversation, text: str, found: Sequence[Mention]
) -> Iterator[tuple[tuple[int, ...], str]]:
    """The ideas with what is said about each, where it stands behind them all, or before the only one."""
    heads = [mention for mention in found if _leads(advisor, conversation, text, found, mention)]
    ends = [mention.start for mention in heads[1:]] + [len(text)]
    for mention, end in zip(heads, ends[: len(heads)], strict=True):
        value = text[mention.end : end]
        yield mention.numbers, _trimmed(advisor, value)
    if heads or not found:
        return
    last = found[-1]
    before = fold(text[: last.start])
    at_end = not without(fold(text[last.end :]), advisor.catalogue.phrases.courtesies)
    bound = bool(before) and before[-1] in advisor.catalogue.board.prepositions
    if at_end and bound and (last.named or not last.by_title):
        yield last.numbers, text[: last.start].rstrip().rpartition(" ")[0].strip(_MARKS)


def _leads(advisor: Advisor, conversation: Conversation, text: str, found: Sequence[Mention], mention: Mention) -> bool:
    """Whether what follows a mention is said about it: it opens the text or a part of it."""
    # "A chatbot thing for parents" is another idea than the chatbot on the list.
    if mention.unknown or (mention.by_title and after_words(text, mention) == ("for",)):
        return False
    before, after = text[: mention.start], text[mention.end :].lstrip()
    earlier = [other for other in found if other.start < mention.start]
    part = before[earlier[-1].end :] if earlier else before
    marked = after[:1] in (":", "=", "-", "–", "—")
    if not (mention.named or mention.by_title or marked or _counts_nothing(advisor, conversation, text, mention)):
        return False
    led = bool(fold(part)) and is_opening(advisor, part)
    definite = mention.definite or not mention.by_title or led
    # Else it is an idea with a heading.
    definite = definite or (marked and advisor.knowledge.matcher.project(after.partition("\n")[0]) < SURE_PROJECT)
    elsewhere = mention.by_title and (conversation.listing is not None and conversation.listing.idea)
    sure = mention.named or mention.definite or marked
    if not definite or (elsewhere and not sure):
        return False
    if earlier:
        return (sure and part.rstrip()[-1:] in tuple(",;.\n")) or part.rstrip().endswith((" and", " but"))
    if is_opening(advisor, part):
        said = after_words(text, mention) in folded(advisor.catalogue.board.verbs)  # "3 has no data"
        return sure or said or advisor.flows.board.prompt(conversation) is None
    lead = sentences(before)
    ended = before.rstrip()[-1:] in tuple(".,:;!")
    return (
        mention.named
        and ended
        and len(fold(lead[-1])) <= _LONGEST_LEAD
        and not read_answers(advisor.knowledge, before, None)
    )


def _counts_nothing(advisor: Advisor, conversation: Conversation, text: str, mention: Mention) -> bool:
    """Whether a bare number surely means an idea. While one is on the card, "5, no rush" is about that one."""
    if advisor.flows.board.shown_idea(conversation) is None:
        return is_plain(advisor, text, mention)
    return fold(text[mention.end :])[:1] in folded(advisor.catalogue.board.after)


def _trimmed(advisor: Advisor, value: str) -> str:
    """What is said, without the marks and the "and" around it."""
    said = value.strip().strip(_MARKS)
    for word in advisor.catalogue.board.prepositions:
        said = said.removesuffix(f" {word}")
    return said.strip(_MARKS)


def _is_answer(advisor: Advisor, board: Board, number: int, value: str) -> bool:
    """Whether a text surely answers a question about the idea. Behind its name "does have some" asks nothing."""
    idea = board.find(number)
    asked = value.endswith("?") or not english().question_words.isdisjoint(fold(value)[:1])
    if idea is None or not value or asked:
        return False
    return bool(read_answers(advisor.knowledge, value, advisor.flows.board.judge.row(idea).ask))


def after_words(text: str, mention: Mention) -> Words:
    """The word behind a mention; none at the end of the text."""
    return fold(text[mention.end :])[:1]


def is_plain(advisor: Advisor, text: str, mention: Mention) -> bool:
    """Whether a mention surely means an idea: a bare number must stand where it counts nothing ("why is 3 not …")."""
    if mention.definite or mention.by_title:
        return mention.definite
    before, rest = text[: mention.start].rstrip(), text[mention.end :]
    leading, following = fold(before)[-1:], fold(rest)[:1]
    ends = not following or rest.lstrip()[:1] in tuple(".,:;?!-–")
    free = ends or following in folded(advisor.catalogue.board.after)
    return free and (not leading or before[-1] in ".,:;?!-–" or leading[0] in _leading(advisor))


def _leading(advisor: Advisor) -> frozenset[str]:
    """Words behind which a number means an idea."""
    phrases, talk = advisor.catalogue.phrases, advisor.catalogue.board
    verbs = (talk.show, talk.removes, talk.renames, phrases.board_compare)
    others = (talk.prepositions, talk.leads, phrases.courtesies, phrases.correction, phrases.question)
    asking = (talk.contrast, talk.explain, talk.before)
    return frozenset(phrase.split()[-1] for phrase in chain.from_iterable((*verbs, *others, *asking)))


def without_slip(advisor: Advisor, text: str) -> str:
    """A text without a first number that is taken back at once: "9.. sorry 6 is legal stuff"."""
    phrases, talk = advisor.catalogue.phrases, advisor.catalogue.board
    found = _SLIP.match(text)
    corrects = (*phrases.correction, *phrases.retraction, *phrases.objection)
    taken_back = (
        found is not None
        and contains(fold(found[1]), corrects)
        and not without(fold(found[1]), (*corrects, *talk.leads))
    )
    return text[found.start(2) :] if found is not None and taken_back else text


def told_so_far(advisor: Advisor, conversation: Conversation) -> Conversation:
    """The conversation as it would be if only the idea of the open question had been talked about."""
    listing, board = conversation.listing, conversation.board or Board()
    idea = board.find(listing.idea) if listing is not None else None
    answers = {} if idea is None else {q: a for q, a in idea.answers.items() if advisor.pack.has_option(q, a.option)}
    return conversation.replace(answers=answers, confirm=None, revisit=None)


def for_sure(advisor: Advisor, text: str, said: Intent | None) -> Intent | None:
    """What a text surely says about an idea of the board: there an answer that is only likely is asked for again."""
    if not isinstance(said, LikelyAnswer):
        return said
    if said.others:
        return Correction(said.others)
    other = asks(advisor, text) or advisor.knowledge.matcher.project(text) >= SURE_PROJECT
    return None if other else Refusal("which_answer")
