"""What is drawn once looks as if it were drawn anew."""

from hypothesis import HealthCheck, given, settings

from bot.teams.cards import outgoing
from bot.teams.elements import Keeping, drawn
from bot.teams.renderer import Drawing
from dialogs.view import Note, Paragraph, View, said
from tests.bot.teams.views import views


def test_one_turn_draws_each_of_its_views_once() -> None:
    drawing, view, other = Drawing(None, drawn), View((Paragraph(said("a")),)), View((Note(said("b")),))
    first = drawing.of(view)
    assert drawing.of(other) == outgoing(other)
    assert drawing.of(view) is first
    assert first == outgoing(view)


def test_what_is_fixed_is_drawn_once() -> None:
    part, same = Paragraph(said("a")), Paragraph(said("a"))
    draw = Keeping(lambda element: element is part)
    assert draw(part) is draw(part)
    assert draw(same) is not draw(same)
    assert draw(part) == drawn(same)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(views)
def test_a_message_is_the_same_with_what_was_kept(view: View) -> None:
    draw = Keeping(lambda _: True)
    again = View(view.elements, view.revision + 1)
    assert outgoing(view, draw=draw) == outgoing(view)
    assert outgoing(again, draw=draw) == outgoing(again)
