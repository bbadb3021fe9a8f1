"""What the parts of a line do: what the ranker is sure of, or what the readers of answers and ideas find.

Looks are cheap and are the ranker's; writes are the readers', unless the ranker holds them for unsaid.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.commands.command import OWN_NAME, WRITES, Command, Kind
from dialogs.conversation import Conversation
from dialogs.flows.board_position import board_of
from dialogs.intents import (
    AboutIdeas,
    AdviceRequest,
    Ambiguous,
    Correction,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    SubjectQuestion,
    TriageRequest,
    Unknown,
    is_answered,
    renaming,
)
from dialogs.parsers.announced_ideas import announced_idea
from dialogs.parsers.answer_parser import refers_back
from dialogs.parsers.intent_parser import parse_intent, settled_intent
from dialogs.parsers.new_titles import new_title
from dialogs.parsers.typed_text import TypedText
from dialogs.understanding.arguments import commands_for, verdict_asked
from dialogs.understanding.ranker import likely_kinds
from dialogs.understanding.segments import clauses, segments
from knowledge.interfaces import Match, MatchOutcome
from knowledge.typed_answers.word_parser import fold

_LEAST: Mapping[str, float] = dict.fromkeys(
    (
        Kind.SHOW,
        Kind.EXPLAIN,
        Kind.COMPARE,
        Kind.WRITE,
        Kind.ASK,
        Kind.SUPPOSE,
        Kind.CALCULATE,
        Kind.CHAT,
        Kind.GO,
        Kind.LEARN,
    ),
    0.6,
)
"""Probability from which a part of a line is taken for a command of a kind; what is not here is the readers'."""

_READ = frozenset({"learn.answer", "learn.hint", "learn.lesson", "learn.find", "chat.offtopic", "show.missing"})
"""Forms of these kinds that the readers decide on."""

_LIKELY = 0.4
"""The same where the readers find nothing."""

_POSSIBLE = 0.2
"""The same where they find what was hardly said."""

_UNSAID = 0.05
"""Below this, what the readers would write was not said."""

_UNBEGUN = 0.3
"""The same for an idea, or a list."""

_UNASKED = 0.03
"""The same for a question that a passage answers."""

_RENAMED = 0.85
"""Probability from which a text gives an idea another title."""

_BEGINS = 0.5
"""Probability from which a line begins an idea, or a list, as a whole."""

_APART = 0.7
"""Probability from which a clause is a part by itself; a sentence that surely asks for one thing is not cut."""

_MOST = 6
"""Sentences of a line that are understood one by one."""


class Part(NamedTuple):
    """A part of a line, and what it means."""

    text: str
    intent: Intent


class _Said(NamedTuple):
    """A part of a line with the probability of each kind of command."""

    text: str
    likely: Mapping[str, float]

    def share(self, *kinds: str) -> float:
        """How likely it is that the part asks for one of these."""
        return sum(p for kind, p in self.likely.items() if kind.partition(".")[0] in kinds)

    @property
    def begins(self) -> bool:
        """Whether the part is an idea, or a list."""
        return self.share(Kind.IDEA, Kind.IDEAS) >= _BEGINS

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest kind."""
        return max(self.likely.items(), key=lambda each: each[1], default=("", 0.0))

    @property
    def look(self) -> tuple[str, float]:
        """The likeliest kind that the ranker decides on."""
        kinds = ((kind.partition(".")[0], kind) for kind in self.likely)
        looks = {kind: self.likely[kind] for name, kind in kinds if name in _LEAST and kind not in _READ}
        kind = max(looks, key=lambda each: looks[each], default="")
        return kind, looks.get(kind, 0.0)


def understand(advisor: Advisor, conversation: Conversation, text: str) -> tuple[Part, ...]:
    """The parts of a line that say something, or the line as a whole."""
    settled = settled_intent(advisor, conversation, text)
    if settled is not None:
        return (Part(text, settled),)
    verdict = verdict_asked(advisor, text)
    if verdict:
        return (Part(text, (Command(Kind.ASK, value=verdict),)),)
    if not advisor.knowledge.by_meaning:
        return _by_words(advisor, conversation, text)
    whole = _Said(text, likely_kinds(advisor, conversation, text))
    cut = segments(text)
    if "\n" in text.strip() or len(cut) > _MOST or whole.begins:
        return (_decided(advisor, conversation, whole),)
    said = _joined(each for segment in cut for each in _apart(advisor, conversation, segment))
    announced = announced_idea(TypedText.at(advisor, conversation, text)) if any(e.begins for e in said) else None
    if announced is not None:
        return (Part(text, announced),)
    if len(said) == 1:
        return (_decided(advisor, conversation, said[0]._replace(text=text)),)
    parts = tuple(_decided(advisor, conversation, each) for each in said)
    clear = tuple(part for part in parts if not isinstance(part.intent, Unknown | Ambiguous))
    if not advisor.flows.current(conversation).accepts_descriptions:  # an answer leads to the next lesson
        clear = tuple(sorted(clear, key=lambda part: isinstance(part.intent, GivenAnswer)))
    return clear or (_decided(advisor, conversation, whole),)


def _by_words(advisor: Advisor, conversation: Conversation, text: str) -> tuple[Part, ...]:
    """Questions and what stands between them, where all of these say something; else the line as a whole."""
    parts = [" ".join(each) for _, each in groupby(segments(text), key=lambda part: part if part.endswith("?") else "")]
    found = tuple(_in_words(advisor, conversation, part) for part in parts) if 1 < len(parts) <= _MOST else ()
    clear = found and not any(
        _is_weak(part.intent) or isinstance(part.intent, AdviceRequest) or _remarks(advisor, part.text)
        for part in found
    )
    return found if clear else (_in_words(advisor, conversation, text),)


def _remarks(advisor: Advisor, text: str) -> bool:
    """Whether a text only comments on what stands before it: "what is LoRA? it sounds so glamorous!"."""
    return refers_back(advisor, fold(text)) and not text.endswith("?") and not advisor.knowledge.reader.stated(text)


def _in_words(advisor: Advisor, conversation: Conversation, text: str) -> Part:
    """What the readers find in a text, or else what its words most likely ask for."""
    intent = parse_intent(advisor, conversation, text)
    if not _is_weak(intent):
        return Part(text, intent)
    said = _Said(text, likely_kinds(advisor, conversation, text))
    return Part(text, _looked(advisor, conversation, said, _LIKELY) or intent)


def _apart(advisor: Advisor, conversation: Conversation, segment: str) -> list[_Said]:
    """A sentence, or its clauses, where each surely asks for something and not all for the same."""
    whole, parts = _Said(segment, likely_kinds(advisor, conversation, segment)), clauses(segment)
    if not 1 < len(parts) <= _MOST or whole.best[1] >= _APART:
        return [whole]
    groups: list[_Said] = []
    for part in parts:
        said = _Said(part, likely_kinds(advisor, conversation, part))
        if groups and (said.best[1] < _APART or said.best[0] == groups[-1].best[0]):
            groups[-1] = _Said(f"{groups[-1].text} {part}", groups[-1].likely)
        else:
            groups.append(said)
    several = len(groups) > 1 and groups[0].best[1] >= _APART and any(map(_looks, groups))
    return groups if several else [whole]


def _joined(said: Iterable[_Said]) -> list[_Said]:
    """Neighbours that the readers decide on are read together."""
    joined: list[_Said] = []
    for each in said:
        if joined and not _looks(joined[-1]) and not _looks(each):
            joined[-1] = _Said(f"{joined[-1].text} {each.text}", _mean(joined[-1].likely, each.likely))
        else:
            joined.append(each)
    return joined


def _mean(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {kind: max(p, other[kind]) for kind, p in one.items()}


def _looks(said: _Said) -> bool:
    kind, probability = said.look
    return probability >= _LEAST.get(kind.partition(".")[0], 1.0)


def _decided(advisor: Advisor, conversation: Conversation, said: _Said) -> Part:
    kind, probability = said.look
    if probability >= _LEAST.get(kind.partition(".")[0], 1.0):
        return Part(said.text, _looked(advisor, conversation, said, 0.0) or Unknown(_passage(advisor, said)))
    intent = parse_intent(advisor, conversation, said.text)
    if _is_weak(intent):
        found = _renamed(advisor, conversation, said) or _looked(advisor, conversation, said, _LIKELY)
        return Part(said.text, found or _offered(intent, said))
    if not _unsaid(conversation, intent, said):
        return Part(said.text, intent)
    return Part(said.text, _looked(advisor, conversation, said, _POSSIBLE) or Unknown(_passage(advisor, said)))


def _looked(advisor: Advisor, conversation: Conversation, said: _Said, least: float) -> Intent | None:
    """What the likeliest look is carried out as, if it is at least so likely."""
    kind, probability = said.look
    if probability < least:
        return None
    if kind == Kind.ASK and not verdict_asked(
        advisor, said.text
    ):  # the nearest passage is shown: a wrong look costs little
        match = _passage(advisor, said)
        return SubjectQuestion(replace(match, leads=match.leads or match.outcome is MatchOutcome.OFFER))
    return commands_for(advisor, conversation, said.text, kind) or None


def _offered(intent: Intent, said: _Said) -> Intent:
    """What is weakly understood; of what hardly asks anything no passage is shown at once."""
    asks = said.share(Kind.ASK, Kind.CALCULATE) >= _UNASKED
    if asks or not isinstance(intent, SubjectQuestion | Unknown):
        return intent
    return replace(intent, match=replace(intent.match, leads=False))


def _renamed(advisor: Advisor, conversation: Conversation, said: _Said) -> Intent | None:
    """Another title for the conversation's own idea."""
    titled = conversation.idea and advisor.flows.current(conversation) is advisor.flows.questions
    title = new_title(advisor, said.text) if titled and said.likely.get("edit.rename", 0.0) >= _RENAMED else ""
    return renaming((OWN_NAME, title)) if title else None


def _passage(advisor: Advisor, said: _Said) -> Match:
    return advisor.knowledge.matcher.passage(said.text)


def _unsaid(conversation: Conversation, intent: Intent, said: _Said) -> bool:
    """Whether the readers have found what the ranker holds for hardly said."""
    match intent:
        case GivenAnswer(plain=False) | LikelyAnswer() | Correction() | AboutIdeas():
            return said.share(*WRITES, Kind.CONFIRM, Kind.REJECT, Kind.LEARN) < _UNSAID
        case AdviceRequest() | TriageRequest():
            begun = conversation.started or board_of(conversation).shown
            return said.share(Kind.IDEA, Kind.IDEAS, *(() if begun else (Kind.SET, Kind.NOTE))) < _UNBEGUN
        case SubjectQuestion():
            return said.share(Kind.ASK, Kind.CALCULATE) < _UNASKED
        case _:
            return False


def _is_weak(intent: Intent) -> bool:
    """Whether the readers have hardly understood a text."""
    return isinstance(intent, Unknown | Ambiguous) or (isinstance(intent, SubjectQuestion) and not is_answered(intent))
