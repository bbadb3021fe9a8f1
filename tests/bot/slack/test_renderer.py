"""What is the same in every conversation is drawn once, and looks as if it were drawn anew."""

import pytest
from hypothesis import HealthCheck, given, settings

from bot.slack import messages as module
from bot.slack.blocks import body
from bot.slack.messages import Messages
from bot.slack.renderer import Keeping, drawn
from dialogs.view import Paragraph, View, said
from tests.bot.slack.views import views


def test_what_is_fixed_is_drawn_once() -> None:
    part, same = Paragraph(said("a & b")), Paragraph(said("a & b"))
    draw = Keeping(lambda element: element is part)
    assert draw(part, 2900) is draw(part, 2900)
    assert draw(part, 50) is not draw(part, 2900)
    assert draw(same, 2900) is not draw(same, 2900)
    assert draw(part, 2900) == drawn(same, 2900)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(views)
def test_a_body_is_the_same_with_what_was_kept(view: View) -> None:
    draw = Keeping(lambda _: True)
    assert body(view, draw) == body(view, draw) == body(view)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(views)
def test_a_kept_message_is_the_same_but_for_the_revision(view: View) -> None:
    messages = Messages(lambda _: True)
    kept = messages.of(View(view.elements, 7))
    assert kept == body(View(view.elements, 7))
    for revision in (8, 123_456):
        assert messages.of(View(view.elements, revision)) == body(View(view.elements, revision))
    assert kept == body(View(view.elements, 7))


def test_only_what_is_fixed_as_a_whole_is_kept() -> None:
    parts = [Paragraph(said("a")), Paragraph(said("b"))]
    messages = Messages(lambda element: element is parts[0])
    assert messages.of(View((parts[0],))).blocks[0] is messages.of(View((parts[0],))).blocks[0]
    assert messages.of(View(tuple(parts))).blocks[0] is not messages.of(View(tuple(parts))).blocks[0]


def test_messages_that_are_kept_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    parts = [Paragraph(said(word)) for word in "abc"]
    messages = Messages(lambda _: True)
    first = messages.of(View((parts[0],))).blocks[0]
    messages.of(View((parts[1],)))
    assert messages.of(View((parts[0],))).blocks[0] is first
    messages.of(View((parts[2],)))
    assert messages.of(View((parts[0],))).blocks[0] is not first
