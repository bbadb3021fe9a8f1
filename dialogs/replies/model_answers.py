"""An answer in the words of a language model."""

from dataclasses import dataclass

from dialogs.replies.base import Reply


@dataclass(frozen=True, slots=True)
class Worded(Reply):
    """Sentences that a language model worded and code has checked, with the sources they rest on, each once.

    `replies` are the built-in replies that they stand for, none where these follow below them.
    `text`: they are the paragraphs of a text to take away; `left_out`: some of it did not hold, for
    the words `at_fault` if they can be told.
    """

    sentences: tuple[str, ...]
    sources: tuple[str, ...]
    replies: tuple[Reply, ...]
    text: bool = False
    left_out: bool = False
    at_fault: tuple[str, ...] = ()
