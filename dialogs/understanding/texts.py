"""Which text to take away a line asks for: its form, its length, and whether it is the last one once more."""

from dialogs.catalogue import Catalogue
from dialogs.commands.command import Command, Kind, What
from dialogs.understanding.mentions import SPELLED
from dialogs.understanding.phrases import Words, first_named
from dialogs.understanding.typed_text import TypedText
from knowledge.typed_answers.word_parser import folded

_LAST = f"{Kind.WRITE}."
"""How the name of the last command begins where it gave a text."""


def text_asked(typed: TypedText, ideas: tuple[str, ...]) -> Command:
    """The text about these ideas. Right after a text, a line that names no form, or
    no idea and another form, means that one."""
    catalogue, words = typed.advisor.catalogue, typed.words
    form = What(first_named(words, catalogue.text_forms) or What.UNSPECIFIED)
    value = [f"{unit}={count}" for unit, count in _counted(catalogue, words)]
    style = first_named(words, catalogue.text_styles)
    value += [f"style={style}"] if style else []
    value += [f"language={word}" for word in words if word in catalogue.text_languages]
    last = typed.conversation.last
    before = What(last.removeprefix(_LAST)) if last.startswith(_LAST) else None
    if before is not None and (form is What.UNSPECIFIED or (not ideas and form is not before)):
        form, value = before if form is What.UNSPECIFIED else form, [*value, "of=last"]
    return Command(Kind.WRITE, form, ideas, value="; ".join(value))


def _counted(catalogue: Catalogue, words: Words) -> list[tuple[str, int]]:
    """How many sentences or lines the words say."""
    found = []
    for unit, names in catalogue.text_units.items():
        for name in folded(names):
            at = next((n for n in range(1, len(words)) if words[n : n + len(name)] == name), 0)
            count = _number(words[at - 1]) if at else 0
            if count:
                found.append((unit, count))
    return found[:1]


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 3 else SPELLED.index(word) + 1 if word in SPELLED else 0
