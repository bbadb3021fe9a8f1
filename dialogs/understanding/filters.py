"""A filter of the list, in words: "hybrid ideas", "my open ideas"; while the list is shown, "hybrid" alone."""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.board_cards import OPEN_AGAIN
from dialogs.intents import Commands, listing
from dialogs.understanding.phrases import Words, contains, first_named, without
from knowledge.typed_answers.word_parser import fold


def filtered(advisor: Advisor, conversation: Conversation, words: Words) -> Commands:
    """The part of the list that a whole text names; none if it says anything else."""
    phrases = advisor.catalogue.phrases
    bare = without(words, phrases.courtesies)
    named = [word for word in bare if word in phrases.board_list]
    if not bare or not (named or advisor.flows.board.shows_list(conversation)):
        return ()
    rest = tuple(word for word in bare if word not in phrases.board_list and word not in phrases.board_fillers)
    verdict, rest = _verdict_of(advisor, rest)
    known = {*phrases.board_mine, *phrases.board_open}
    if not known.issuperset(rest) or not (named or verdict or rest):
        return ()
    return _listing(advisor, verdict, rest)


def asked_filter(advisor: Advisor, text: str) -> Commands:
    """The same for a text that surely asks for the list and may say more."""
    words = fold(text)
    known = {name: phrases for name, phrases in advisor.catalogue.status_words.items() if name != OPEN_AGAIN}
    status = first_named(words, known)
    if status:
        return listing(status)
    verdict = next((v.id for v in advisor.pack.verdicts if contains(words, (v.name,))), "")
    return _listing(advisor, verdict, words)


def _verdict_of(advisor: Advisor, words: Words) -> tuple[str, Words]:
    for verdict in advisor.pack.verdicts:
        name = fold(verdict.name)
        if words[: len(name)] == name:
            return verdict.id, words[len(name) :]
        if words[-len(name) :] == name:
            return verdict.id, words[: -len(name)]
    return "", words


def _listing(advisor: Advisor, verdict: str, words: Words) -> Commands:
    phrases = advisor.catalogue.phrases
    mine, undecided = ({*words}.intersection(group) for group in (phrases.board_mine, phrases.board_open))
    return listing(verdict, mine=bool(mine), undecided=bool(undecided))
