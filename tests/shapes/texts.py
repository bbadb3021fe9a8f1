"""Shapes of text that parsers tend to be slow at: each makes a text of about so many characters."""

import random
from collections.abc import Callable
from itertools import count

Shape = Callable[[int], str]

REPEATED = (
    "a,", "a-", "1. ", "a and ", "@a ", "\n", "what? ", "[a](", "idea 1 for x\n", "a", "1", "9 ", "$5 ",
    "10k ", "5%, ",
    "a; ", "a: ", "a. ", "a? ", "a! ", "a/", "a|", " | ", "a\t", "- a\n", "• ", "1) ", "(", ")", "((a) ",
    "[", "]", "{",
    '"', "'", "“a” ", "`", "```\n", "*a*", "**", "_a_", "~", "#", "# a\n", "> ", ">>> a\n", "|a|b|\n", "|-",
    "a,b\n",
    '",x","\n', "-> a\n", "→ ", "😀", "👩‍👩‍👧 ", "e\u0301", "\u0301", "\u200b", "\u200f", "\u202ea", "\x00", "\ud83d",
    "İ", "ß", "字", "٣", "½", "²", "http://a.b/", "http://a.b ", "<http://a|b> ", "<@U1> ", "<!channel> ",
    "&amp;", "a@b.c ",
    "yes ", "no, ", "not ", "not not ", "maybe ", "if ", "but ", "or ", "idea 1 ", "idea 1 and 2, ",
    "1, 2, 3: yes\n",
    "1-200 ", "remove 1 ", "rename 1 to 2 ", "compare 1 and ", "undo ", "another idea: a ", "new idea ",
    "next one: ",
    "we have data ", "no data, ", "10 examples a day, ", "budget is flexible, ", "data: yes, ", "data=yes; ",
    "change budget to limited ", "the first one ", "lesson 1 ", "why? ", "what is LoRA? ", "because ",
    "i mean ", "sorry, ",
    "a chatbot for support ", "a chatbot for support\n", "summarise letters, then ", "two ideas: ",
    "first, a. second, b. ",
    "2026-01-01 00:00:00 ERROR a.b.C: failed at line 1 (x=1)\n", '{"a": [1, "b"]},',
    "SELECT a FROM b WHERE c = 'd'; ",
    "at com.a.B.c(B.java:1)\n", "a  ", " ", "\t", "\r\n", "...", "!?", "--", "—", "==", "__", "\\", "\u2028",
)  # fmt: skip
"""What a text of one thing again and again repeats."""


def repeated(unit: str) -> Shape:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def numbered(template: str) -> Shape:
    """The same again and again with another number each time, so that no cache knows it."""

    def made(size: int) -> str:
        parts, length = list[str](), 0
        for number in count(1):
            parts.append(template.format(number))
            length += len(parts[-1])
            if length >= size:
                return "".join(parts)[:size]
        raise AssertionError

    return made


NUMBERED = (
    "{}. a\n", "idea {} for x\n", "{}: yes\n", "idea{} ", "a{}, ", "a{} and ", "what is a{}? ", "a{}. ",
    "{} examples, ",
    "we have {} letters. ", "rename {} to x{}\n".replace("{}", "{0}"), "remove {}, ", "https://a.b/{} ", "<@U{}> ",
    "a chatbot {} for support\n", "tool{0},yes,{0}\n", "| a{} | yes |\n", "no{} but ", "if a{} then ", "- x{}: y\n",
    "2026-01-01 10:00:{0} ERROR worker-{0}: failed after {0} ms, retry in {0} s (code={0})\n", "idea {} and ",
    "{} and {} are about data; ".replace("{}", "{0}"), "#{} ", "the {}th, ", "$ {}k, ",
    "m{}: we do have data, budget is ok\n",
)  # fmt: skip

NESTED: tuple[Shape, ...] = (
    lambda size: "(" * (size // 2) + ")" * (size // 2),
    lambda size: "(a " * (size // 4) + ")" * (size // 4),
    lambda size: "[" * (size // 2) + "](a)" * (size // 8),
    lambda size: '"' + "a" * (size - 1),
    lambda size: "triage\n" + "a\n" * (size // 2),
    lambda size: "triage: " + "a; " * (size // 3),
    lambda size: "text,data\n" + "a,yes\n" * (size // 6),
    lambda size: "| text | data |\n|---|---|\n" + "| a | yes |\n" * (size // 12),
    lambda size: "learn " + "what is " * (size // 8) + "?",
    lambda size: "x" * (size - 1) + "?",
    lambda size: "word " * (size // 5) + "?",
    lambda size: " " * (size - 1) + "a",
    lambda size: "a" + "\n" * (size - 2) + "a",
)

NAMED: dict[str, Shape] = {
    **{f"repeated {unit!r}": repeated(unit) for unit in REPEATED},
    **{f"numbered {template!r}": numbered(template) for template in NUMBERED},
    **{f"nested {number}": shape for number, shape in enumerate(NESTED)},
}


def mixed(dice: random.Random, size: int) -> tuple[str, str]:
    """Some shapes joined, one after the other or woven together; its name, and the text."""
    names = dice.sample(sorted(NAMED), dice.randint(2, 4))
    match dice.randrange(3):
        case 0:
            text = "".join(NAMED[name](size // len(names)) for name in names)
        case 1:
            units = [NAMED[name](dice.choice((3, 12, 40))) for name in names]
            text = "".join(units) * (size // max(1, sum(map(len, units))) + 1)
        case _:
            lines = zip(*(NAMED[name](size).split() for name in names), strict=False)
            text = "\n".join(dice.choice((" ", ", ")).join(line) for line in lines)
    return " + ".join(names), text[:size]
