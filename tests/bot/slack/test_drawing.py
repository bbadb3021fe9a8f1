"""What is the same in every conversation is drawn once, and looks as if it were drawn anew."""

from hypothesis import HealthCheck, given, settings

from bot.slack.blocks import body
from bot.slack.drawing import Keeping, drawn
from dialogs.view import Paragraph, View, said
from tests.bot.slack.views import views


def test_what_is_fixed_is_drawn_once() -> None:
    part, same = Paragraph(said("a & b")), Paragraph(said("a & b"))
    draw = Keeping(lambda element: element is part)
    assert draw(part, 2900) is draw(part, 2900)
    assert draw(part, 50) is not draw(part, 2900)
    assert draw(same, 2900) is not draw(same, 2900)
    assert draw(part, 2900) == drawn(same, 2900)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(views)
def test_a_body_is_the_same_with_what_was_kept(view: View) -> None:
    draw = Keeping(lambda _: True)
    assert body(view, draw) == body(view, draw) == body(view)
