"""What people say of a prompt that is in use already, and what only sounds like it."""

import pytest

from tests.shipped import shipped


@pytest.mark.parametrize(
    "text",
    [
        "a prompt version is in production",
        "The prompt is live, stuck for three months",
        "We already use a prompt for that.",
        "our existing prompt fails on tables",
        "prompts have been running in two wards",
        "sorts tickets, and a prompt gets 80 % right",
        "tried a prompt: sixty of a hundred were fine",
    ],
)
def test_a_prompt_is_in_use(text: str) -> None:
    assert shipped().pack.in_use.said_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody has tried a prompt",
        "no prompt runs yet",
        "the prompt is not live",
        "we want to use a prompt first",
        "should a prompt run at night?",
        "if the prompt reaches 90 % we are done",
        "a prompt will be live in May",
        "we reply promptly now",
        "the model is live",
    ],
)
def test_no_prompt_is_in_use(text: str) -> None:
    assert not shipped().pack.in_use.said_of(text)
