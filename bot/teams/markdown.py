"""People's words on a card: always text, never markup, a link or a mention.

A TextBlock reads Markdown, and phones show the backslash of an escaped character (microsoft/AdaptiveCards#5590). So
words go into the runs of a RichTextBlock, which know no Markdown. Only a heading has to be a TextBlock, for screen
readers; where its words could be read as markup it is a run as well.
"""

import re

_MARKUP = re.compile(r"[\\`*_\[\]<>\n]|~~|&[#\w]+;|^\s*(?:#|(?:[-+]|\d+[.)])(?:\s|$))")
_INVISIBLE = "\N{ZERO WIDTH SPACE}"
_LINKS = re.compile(r"(?<=\w)(?=://)|(?<=\bwww)(?=\.)|(?<=[\w.+-])(?=@\w)|(?<=\w\.)(?=[^\W\d_]{2})|(?<=\{)(?=\{)")

_INVISIBLE_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and what turns the direction of the text that follows."""

_MARKS = re.compile(r"[\\`*_\[\]<>~]")
_LOOKALIKES = dict(zip("\\`*_[]<>~", "∖ˋ∗＿［］‹›∼", strict=True))


def is_markup(text: str) -> bool:
    """Whether Markdown could read something in the text as more than text."""
    return _MARKUP.search(text) is not None


def inert(text: str) -> str:
    """The text, which looks the same, without anything that a client would turn into a link, an address or a date."""
    return _LINKS.sub(_INVISIBLE, _INVISIBLE_CHARACTERS.sub("", text))


def lookalike(text: str) -> str:
    """The text for a field that may be read as Markdown on one client and as plain text on another.

    Characters that could be markup are exchanged for ones that look alike.
    """
    return _MARKS.sub(lambda mark: _LOOKALIKES[mark[0]], inert(text))
