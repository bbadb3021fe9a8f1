"""An answer or a text in the words of a language model."""

from dataclasses import dataclass
from typing import NamedTuple

from dialogs.replies.base import Reply


@dataclass(frozen=True, slots=True)
class Worded(Reply):
    """Sentences that a language model worded and code has checked, with the sources they rest on, each once.

    `replies` are the built-in replies that they stand for, none where these follow below them.
    """

    sentences: tuple[str, ...]
    sources: tuple[str, ...]
    replies: tuple[Reply, ...]


class WordedText(NamedTuple):
    """A text to take away; without paragraphs the built-in one stands.

    `left_out`: some of it did not hold, for the words `at_fault` if they can be told. `lost` are sentences that stood
    in it and contradict the record by now; `results`: the names of its verdicts where these are others by now.
    `old`: it is as it was, and the record is not.
    """

    paragraphs: tuple[str, ...] = ()
    left_out: bool = False
    at_fault: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    old: bool = False


@dataclass(frozen=True, slots=True)
class TextWorded(Reply):
    """A text to take away in the words of a language model; `replies` is the built-in one that it stands for."""

    text: WordedText
    replies: tuple[Reply, ...] = ()
