"""One turn draws each of its views once."""

from bot.teams.cards import outgoing
from bot.teams.drawing import Drawing
from dialogs.view import Note, Paragraph, View, said


def test_the_same_view_is_drawn_once() -> None:
    drawing, view, other = Drawing(None), View((Paragraph(said("a")),)), View((Note(said("b")),))
    first = drawing.of(view)
    assert drawing.of(other) == outgoing(other)
    assert drawing.of(view) is first
    assert first == outgoing(view)
