"""Whole conversations, word for word: every transcript, and some for what transcripts leave out."""

from pathlib import Path

import pytest

from dialogs.advisor import Advisor
from dialogs.views.plain_text import plain
from tests.dialogs.talk import Talk
from tests.snapshots import check
from tests.transcripts.transcript import Step, Transcript

FOLDER = Path(__file__).parent / "snapshots"
TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*.yaml"))

IDEAS = "triage:\n- a bot for tickets\n- summaries of reports, we have no data at all\n- slogans\n- letters, low volume"

SCRIPTS = {
    "board": f"""
        {IDEAS!r} | press ask:1:data | yes | why | skip | idea 2 | why | share | back | compare 1 and 3 | back
        rename 3 to Shoe slogans | remove 4 | idea 4 | 1: plenty of data, budget is tight; 3: none | which are open?
        decided | show all | press guide | no | not sure | skip | stop | number 3 has high volume | undo | export
        idea 3 | press ask:3:budget | share | press answer:budget:limited | press answer:budget:flexible | done
    """,
    "lessons": """
        learn | why | press lesson:1:nothing | what is LoRA? | back | again | skip | hello | 2 | press lesson:2:examples
        press lesson:3:volume | press lesson:4:prompts | press lesson:5:results | press lesson:6:gaps
        press lesson:7:retrieval | press try | press practice:volume:high | press practice:data:yes | why | not sure
        back | press practice:volume:unsure | press practice:domain:general | press practice:budget:flexible
        press practice:consistency:tolerant | practice | finish | share | press read:4 | start | continue learning
    """,
    "answers": """
        hello | what can you do? | start | why | we have thousands of good examples | not many, maybe 50 a day
        how much does fine-tuning cost? | back | no, many more, 40000 a day | it is everyday business | summary
        show the result | money is tight | it must be the same each time | why | details | what would change it?
        actually the budget is flexible | edit data | no | share | compare | start over | yes | stop | continue | cancel
    """,
    "descriptions": """
        should we fine-tune a model for medical reports? we have 3000 of them and the budget is tight
        yes | that is wrong, we have no data | why | low | not sure | no | thanks | bye | forget me
        what do you know about me?
        we want a bot for our shop, 200 questions a day, answers may vary | yes | new | no | keep | undo | help
        what is prompt engineering? | and fine-tuning? | purple elephants | which of them is cheaper? | what is RAG?
    """,
}


def told(talk: Talk) -> str:
    """Everything that is shown by a turn, and where the conversation then is."""
    parts = [("below", talk.below), ("aside", talk.aside)]
    if talk.turn.card:
        parts += [("old card", plain(talk.old) if talk.old else ""), ("card", talk.card)]
    lines = [f"  {name}| {line}" for name, text in parts if text for line in text.splitlines()]
    now = talk.conversation
    return "\n".join([*lines, f"  {now.flow}: {talk.open or '-'} {dict(now.chosen)} {' '.join(talk.buttons())}"])


def play(talk: Talk, steps: list[Step]) -> str:
    lines, first = list[str](), talk.conversation.revision
    who = ""
    for step in steps:
        who = step.who or who
        if step.press is not None:
            lines.append(f"{who} presses {step.press}")
            talk.press(step.press, who, first if step.old else -1)
        else:
            lines.append(f"{who}: {step.say}")
            talk.say(step.say or "", who, not step.aside)
        lines.append(told(talk))
    return "\n".join(lines) + "\n"


def script(text: str) -> list[Step]:
    """Steps of one person, each said or pressed."""
    parts = [part.strip() for line in text.strip().splitlines() for part in line.split(" | ")]
    said = [part.strip("'").replace("\\n", "\n") for part in parts]
    return [
        Step(who="ana", press=part.removeprefix("press "), quiet=True)
        if part.startswith("press ")
        else Step(who="ana", say=part, quiet=True)
        for part in said
    ]


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
def test_a_transcript_says_the_same_as_before(advisor: Advisor, file: Path) -> None:
    check(FOLDER / f"{file.stem}.txt", play(Talk(advisor), list(Transcript.read(file).steps)))


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("private", [True, False], ids=["alone", "with-others"])
def test_a_conversation_says_the_same_as_before(advisor: Advisor, name: str, private: bool) -> None:
    talk = Talk(advisor, private=private)
    check(FOLDER / f"{name}-{'alone' if private else 'with-others'}.txt", play(talk, script(SCRIPTS[name])))
