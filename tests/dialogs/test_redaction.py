"""Texts without names, mentions, addresses and numbers."""

import pytest

from dialogs.redaction import TEXT_LIMIT, Redaction
from tests.shipped import shipped

REDACTION = Redaction(shipped().knowledge, shipped().catalogue)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Can Anna Schmidt from Contoso approve 5,000 EUR?", "Can … from … approve …?"),
        ("can anna approve it?", "can … approve it?"),
        ("Anna’s plan", "… plan"),
        ("Müller said no", "… said no"),
        ("<@U123ABC> what do you think, @ben.miller?", "… what do you think, …?"),
        ("see #general or @here", "see … or …"),
        ("mail bob@example.com or call +49 170 1234567 now", "mail … or call … now"),
        ("is https://intra.example.com/x?y=1 or intra.example.com fine", "is … or … fine"),
        (r"what about C:\Users\me\plan.docx and /home/me/plan", "what about … and …"),
        ("we need 20k tokens in 2027, about 3.5 each", "we need … tokens in …, about … each"),
        ("WHO IS THE BOSS OF ACME", "WHO IS THE BOSS OF …"),
        ("Does LoRA work with OpenAI models?", "Does LoRA work with OpenAI models?"),
        ("I think I'm lost", "I think I'm lost"),
        ("Approve it", "Approve it"),
        ("just Approve it", "just … it"),
        ("fine. Approve it", "fine. Approve it"),
        ("fine: Approve it, Approve it", "fine: Approve it, … it"),
        ("two\nlines   here", "two lines here"),
        ("", ""),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    assert REDACTION.redact(text) == left


def test_those_who_take_part_are_left_out_however_they_are_written() -> None:
    assert REDACTION.redact("does wolke know? Wolke asked", names=["Wolke Hansen"]) == "does … know? … asked"


def test_a_long_text_is_cut() -> None:
    assert len(REDACTION.redact("why not " * 500)) <= TEXT_LIMIT
    assert len(REDACTION.redact("x" * 9_000)) <= TEXT_LIMIT
