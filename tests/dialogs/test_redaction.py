"""Texts without names, mentions, addresses and numbers."""

import pytest

from dialogs.redaction import TEXT_LIMIT, Redaction, without_addresses
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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<at>Bo Li</at> and <@U12|bo>, @bo.li too", "… and …, … too"),
        ("bo@example.org, mailto:bo@x.y, www.example.org/a, intra.example.com", "… … … …"),
        ("+49 (170) 123-4567, 0171 2345678, (0171) 23 45 678, 555-123-4567, (555) 123-4567", "…, …, …, …, …"),
        (r"C:\Users\me\plan.docx, /home/me/plan", "…, …"),
        ("12,000 calls a day at 0.15 EUR, 800-1200 ms, 1 000 000 rows, 5-10 mails, since 2019-2024", None),
        ("ideas 2, 3 and 10: no data.we have 500 and/or 600, e.g. letters; #3 is ok", None),
        ("Anna says that it is 50 % of 1.200", None),
    ],
)
def test_addresses_alone_are_cut_for_a_model(text: str, left: str | None) -> None:
    assert without_addresses(text) == (text if left is None else left)
