"""What a typed text does to a list of ideas that is given: see `intents`."""

from dataclasses import dataclass

from dialogs.message import GivenIdea


@dataclass(frozen=True, slots=True)
class TriageRequest:
    """Ideas to be judged, one a line. `left_out`: lines between them that are none. `answers`: those that a table gives
    for each of them, as question and option. `header`: that of the table, for rows that are sent later.
    """

    lines: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    answers: tuple[tuple[tuple[str, str], ...], ...] = ()
    header: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[GivenIdea, ...]:
        """The ideas with their answers."""
        answers = (*self.answers, *((),) * (len(self.lines) - len(self.answers)))
        return tuple(GivenIdea(line, given) for line, given in zip(self.lines, answers, strict=True))


@dataclass(frozen=True, slots=True)
class ListChange:
    """What changes a list that is being collected: ideas to be taken back by their places in it, ideas to be added, and
    whether this was all. `more` is what else is said about ideas, with their places.
    """

    removed: tuple[int, ...] = ()
    added: tuple[str, ...] = ()
    done: bool = False
    more: tuple[tuple[int, str], ...] = ()
