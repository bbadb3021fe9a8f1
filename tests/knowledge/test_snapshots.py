"""What is understood of many texts, as before: each statement with each thing that people put around it, each short
reply at each question."""

from pathlib import Path

import pytest

from knowledge.interfaces import Certainty, Knowledge
from tests.knowledge.fixtures import by_words, with_encoder
from tests.snapshots import check

FOLDER = Path(__file__).parent / "snapshots"

STATEMENTS = (
    "we have 3000 labelled tickets",
    "we have no training data",
    "there are only about 40 good examples",
    "it gets 50,000 requests a day",
    "answers must come within two seconds",
    "maybe 30 requests per week, no hurry",
    "it is about tax law",
    "these are everyday emails",
    "the budget is tight",
    "we got half a million euros for it",
    "the wording must always be the same",
    "some variation is fine",
)

FRAMES = (
    "{}",
    "Hello! {}. Thanks!",
    "maybe {}",
    "I think {}",
    "if legal agrees, {}",
    "we heard that {}",
    "is it true that {}?",
    "it is not true that {}",
    "last year {}",
    "next year {}",
    "{}, but our vendor owns it all",
    "{}, no, scratch that",
    "{}, as far as I know",
    "well actually {}",
    "our customers say {}",
    "for the other project {}",
    "our competitor: {}",
    "we wish {}",
    "so far {} and we are 12 people in 3 offices",
    "nobody claims that {}",
    "{} - or not, depends",
    "the plan says: {}",
)

REPLIES = (
    "yes", "no", "not sure", "yes, plenty", "no, not many", "we have 400", "400 to 600", "more than 5k",
    "at most 10 a day",
    "fewer than a hundred", "none at all", "well not yet really", "can wait I guess", "not that strict", "very strict",
    "neither", "both", "depends", "a few", "2 million", "20k euros", "$300 a month", "every 5 minutes", "once a week",
    "within seconds", "overnight is fine", "insurance", "everyday business", "law and medicine", "not tight at all",
    "money is no problem", "they may vary", "identical every time", "the first", "2", "the last one", "skip", "why?",
    "how much is that?", "is 400 enough?", "no idea, maybe 200", "yes but the budget is tight", "purple elephants",
)  # fmt: skip

ENGINES = {"words": by_words, "encoder": with_encoder}


@pytest.mark.parametrize("number", range(len(STATEMENTS)))
def test_a_statement_is_read_as_before_whatever_stands_around_it(number: int) -> None:
    reader, lines = by_words().reader, list[str]()
    for text in (frame.format(STATEMENTS[number]) for frame in FRAMES):
        read = " ".join(f"{name}={reading.option}" for name, reading in sorted(reader.read(text).items()))
        stated = " ".join(f"{name}={reading.option}" for name, reading in sorted(reader.stated(text).items()))
        lines.append(f"{text}\n  read: {read}\n  stated: {stated}\n  hedged: {reader.hedged(text)}\n")
    check(FOLDER / f"statement-{number + 1}.txt", "".join(lines))


def _answers(knowledge: Knowledge, text: str, question: str | None) -> str:
    found = knowledge.replies.answers(text, question)
    sure = Certainty.TAKE
    return " ".join(
        f"{one.question}={one.option}{'' if one.certainty is sure else '?'} ({one.evidence})" for one in found
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("question", ["data", "volume", "domain", "budget", "consistency", None])
def test_a_short_reply_is_taken_as_before(engine: str, question: str | None) -> None:
    knowledge = ENGINES[engine]()
    lines = [f"{text}: {_answers(knowledge, text, question)}\n" for text in REPLIES]
    check(FOLDER / f"replies-{question}-{engine}.txt", "".join(lines))
