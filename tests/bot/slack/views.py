"""Views of every shape for property-based tests, with texts that try to be markup, mentions and links."""

from hypothesis import strategies as st

from dialogs.message import Action, Person, Verb
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
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

HOSTILE = (
    "<!channel>", "<!here|x>", "<@U0000000>", "<https://evil.example|click>", "*bold*", "_quiet_", "~gone~", "`code`",
    "```block```", "> quote", ":tada:", "&lt;!here&gt;", "&amp;", "\u202egnp.exe", "\x00", "a\r\nb",
    "👩‍👩‍👧‍👦", "𝕬" * 40,
    "&" * 700, "word " * 900, "One sentence. " * 400, "", " ", "\n",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=80),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map(" ".join),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=9), st.integers(1, 900)),
)
people = st.builds(
    Person, st.one_of(st.just("U012ABCDEF"), st.text(min_size=1, max_size=9)), st.one_of(st.none(), texts)
)
lines = st.lists(
    st.one_of(st.builds(Span, texts, st.sampled_from(Style), st.just("")), st.builds(Mention, people)), max_size=6
).map(tuple)
ids = st.text("abcdefghijklmnopqrstuvwxyz_-", min_size=1, max_size=20)
actions = st.one_of(
    st.sampled_from([Action(verb) for verb in (Verb.BACK, Verb.WHY, Verb.RESTART, Verb.SHOW)]),
    st.builds(lambda question, option: Action(Verb.ANSWER, (question, option)), ids, ids),
    st.builds(lambda question: Action(Verb.EDIT, (question,)), ids),
    st.builds(lambda passage: Action(Verb.PASSAGE, (passage,)), st.text("x", min_size=1, max_size=300)),
)
buttons = st.lists(st.builds(Button, actions, texts, texts, st.booleans(), st.just("")), max_size=30).map(tuple)
elements = st.one_of(
    st.builds(Heading, lines, st.integers(1, 2)),
    st.builds(Paragraph, lines),
    st.builds(Note, lines),
    st.builds(Items, st.lists(lines, max_size=9).map(tuple), st.booleans(), st.booleans()),
    st.builds(Choices, buttons),
    st.builds(Buttons, buttons, st.booleans(), texts),
    st.builds(
        Table, st.lists(texts, max_size=25).map(tuple), st.lists(st.lists(texts, max_size=5).map(tuple)).map(tuple)
    ),
    st.builds(Divider),
    st.builds(Preformatted, texts),
)
views = st.builds(View, st.lists(elements, max_size=60).map(tuple), st.integers(0, 999_999))
