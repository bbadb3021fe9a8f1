"""A text typed beside the board: the ideas that it names, and what is shown meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board
from dialogs.parsers.idea_facts import is_plain
from dialogs.parsers.idea_mentions import Mention
from dialogs.parsers.phrases import Words, contains
from knowledge.interfaces import MatchOutcome, Place
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import fold


@dataclass(frozen=True, slots=True)
class BoardText:
    """A text beside the board, the ideas that it names, and its words with `PLACE` for each mention."""

    advisor: Advisor
    conversation: Conversation
    text: str
    found: tuple[Mention, ...]
    words: Words

    @property
    def numbers(self) -> tuple[int, ...]:
        """All ideas that are named."""
        return tuple(dict.fromkeys(number for mention in self.found for number in mention.numbers))

    @property
    def shown(self) -> int | None:
        """The idea on the card."""
        return self.advisor.flows.board.shown_idea(self.conversation)

    @property
    def asking(self) -> bool:
        """Whether a question is open, which a short text may answer."""
        return self.advisor.flows.board.prompt(self.conversation) is not None

    @property
    def active(self) -> bool:
        """Whether something of the board is on screen."""
        flow = self.advisor.flows.board
        return self.conversation.flow == flow.name and flow.under_way(self.conversation)

    def likely(self, kind: str) -> float:
        """How likely it is that the text asks for a command of this kind."""
        return self.kinds.get(kind, 0.0)

    @property
    def kinds(self) -> Mapping[str, float]:
        """The probability of each kind of command."""
        prompt = self.advisor.flows.board.prompt(self.conversation)
        question = prompt.id if isinstance(prompt, Question) else None
        return self.advisor.knowledge.command_kinds.probabilities(self.text, Place("board", question))

    def has(self, number: int) -> bool:
        """Whether there is an idea with this number."""
        return (self.conversation.board or Board()).find(number) is not None

    @property
    def about_subject(self) -> bool:
        """Whether it has words of the methods that the advisor compares."""
        request = self.advisor.pack.request
        return contains(fold(self.text), (*request.topics, *request.methods))

    @property
    def is_answered(self) -> bool:
        """Whether a passage answers it: "summary" may be one of the subject."""
        return self.advisor.knowledge.matcher.passage(self.text).outcome is MatchOutcome.ANSWER

    @property
    def known(self) -> bool:
        """Whether all that are named are there."""
        return not any(mention.unknown for mention in self.found)

    @property
    def one(self) -> int | None:
        """The only idea that it plainly names."""
        plain = {number for mention in self.found if self.is_sure(mention) for number in mention.numbers}
        return plain.pop() if len(plain) == 1 and self.known else None

    def is_sure(self, mention: Mention) -> bool:
        """Whether a mention means an idea. While a question is open, "why 2" may be about its second option."""
        ends = not fold(self.text[mention.end :])
        bare = not (mention.definite or mention.by_title)
        return is_plain(self.advisor, self.text, mention) and not (self.asking and bare and ends)
