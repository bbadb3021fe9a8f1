"""Views of every shape, for tests of cards."""

from hypothesis import strategies as st

from dialogs.message import Action, Person, Verb
from dialogs.view import (
    Button,
    Buttons,
    Check,
    Choices,
    Divider,
    Element,
    Heading,
    Items,
    Mention,
    Note,
    Paragraph,
    Preformatted,
    Span,
    Style,
    Table,
    View,
)

TRICKY = [
    "**bold** _em_ `code` ~~no~~",
    "[text](https://evil.example)",
    "<at>Everyone</at> <b>x</b>",
    "https://evil.example/a?b=c www.evil.example a@evil.example",
    "1. one\n- two\n# three",
    "&lt;at&gt; {{DATE(2026-01-01,SHORT)}}",
    "\x00\x1b[31m",
    "😀 ünï 中文 ‮rtl",
    "",
]

texts = st.one_of(st.sampled_from(TRICKY), st.text(max_size=300))
lines = st.lists(
    st.one_of(
        st.builds(Span, texts, st.sampled_from(Style), st.just("")),
        st.builds(Mention, st.builds(Person, st.just("29:x"), st.one_of(st.none(), texts))),
    ),
    max_size=4,
).map(tuple)
actions = st.one_of(
    st.builds(
        Action, st.just(Verb.ANSWER), st.tuples(st.sampled_from(["data", "volume"]), st.sampled_from(["yes", "no"]))
    ),
    st.builds(Action, st.just(Verb.EDIT), st.tuples(st.sampled_from(["data", "volume"]))),
    st.sampled_from([Action(verb) for verb in (Verb.BACK, Verb.WHY, Verb.RESTART)]),
)
labels = st.text(min_size=1, max_size=80).filter(str.strip)
buttons = st.lists(
    st.builds(Button, actions, labels, texts.map(lambda text: text[:75]), st.booleans(), st.just(""), st.none()),
    min_size=1,
    max_size=9,
)
checked = st.builds(Button, actions, labels, check=st.builds(Check, texts, labels, labels))
tables = st.integers(1, 4).flatmap(
    lambda width: st.builds(
        Table,
        st.lists(texts, min_size=width, max_size=width).map(tuple),
        st.lists(st.lists(texts, min_size=width, max_size=width).map(tuple), max_size=5).map(tuple),
    )
)
elements: st.SearchStrategy[Element] = st.one_of(
    st.builds(Heading, lines, st.sampled_from([1, 2])),
    st.builds(Paragraph, lines),
    st.builds(Note, lines),
    st.builds(Items, st.lists(lines, max_size=5).map(tuple), st.booleans(), st.booleans()),
    st.builds(Choices, buttons.map(tuple)),
    st.builds(Buttons, buttons.map(tuple), st.booleans(), texts),
    st.builds(Buttons, st.tuples(checked), st.booleans()),
    tables,
    st.just(Divider()),
    st.builds(Preformatted, texts),
)
views = st.builds(View, st.lists(elements, min_size=1, max_size=14).map(tuple), st.integers(0, 1000))
