"""Text on its way to and from Slack: what people wrote never becomes markup, a mention or a link.

Slack writes `&`, `<` and `>` as entities and everything between `<` and `>` is a command to it. Lengths are counted in
UTF-16 units of the escaped text, the strictest of the ways in which Slack may count.
"""

import re

ELLIPSIS = "…"

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, halves of surrogate pairs, and what turns the direction of the text that follows."""

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MARKS = re.compile(r"[*_~`]")
_EMOJI = re.compile(r":[\w+'-]+:")
_QUOTATION = re.compile(r"^\s*>", re.MULTILINE)
WIDEST = 5
"""Units of the longest escaped character."""

_SENTENCE_END = re.compile(r"[.!?…]['\"’”)]*(?=\s)|\n")
_SPACE = re.compile(r"\s")
_COMMAND = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def clean(text: str) -> str:
    """The text without characters that are not seen or that garble what is; line ends as newlines."""
    if text.isprintable():
        return text
    return _UNSEEN.sub("", _LINE_END.sub("\n", text))


def escape(text: str) -> str:
    """The text as Slack shows it, character for character, where it does not look for formatting."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def has_markup(text: str) -> bool:
    """Whether Slack would see formatting, an emoji's name or a quotation in the text."""
    return bool(_MARKS.search(text) or _EMOJI.search(text) or (">" in text and _QUOTATION.search(text)))


def units(text: str) -> int:
    """The length of the text as it is, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cost(text: str) -> int:
    """The length of the text once it is escaped."""
    return units(escape(text))


def cut(text: str, limit: int) -> str:
    """The text with a cost of at most `limit` (≥ 1): whole where it fits, else up to a sentence's or a word's end."""
    if WIDEST * len(text) <= limit or cost(text) <= limit:
        return text
    head = _head(text, limit - 2)
    half = len(head) // 2
    ends = [found.end() for found in _SENTENCE_END.finditer(head) if found.end() > half]
    if ends:
        return f"{head[: ends[-1]].rstrip()} {ELLIPSIS}"
    spaces = [found.start() for found in _SPACE.finditer(head) if found.start() > half]
    return head[: spaces[-1] if spaces else None].rstrip() + ELLIPSIS


def _head(text: str, limit: int) -> str:
    used = 0
    for position, character in enumerate(text):
        used += cost(character)
        if used > limit:
            return text[:position]
    return text


def heard(text: str, bot: str | None) -> str:
    """What a person typed, from a message's text: without the mention of the bot, references by their names, entities
    undone once."""
    without = re.sub(rf"<@{re.escape(bot)}(\|[^<>]*)?>[,:]?", " ", text) if bot else text
    named = _COMMAND.sub(lambda found: _name(found[1], found[2]), without)
    plain = named.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return re.sub(r"[ \t]+", " ", clean(plain)).strip()


def _name(target: str, label: str | None) -> str:
    """How a reference reads: `@U1`, `#general`, `@here`, a link by its label or address."""
    match target[:1]:
        case "@" | "#":
            return target[0] + (label or target[1:]).lstrip("@#")
        case "!":
            return label or "@" + target[1:].split("^")[0]
        case _:
            return label or target
