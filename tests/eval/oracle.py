"""Labelled talks carried out as if they had been understood: how good are the replies alone?

    python -m tests.eval.oracle TALKS OUT    TALKS: a folder of talks, one line each: `text` and `commands`, or `press`

Each talk goes through `advisor chat --jsonl` from its first line, with the commands that its labels name. OUT gets a
transcript of each for a reader to judge, and what was written although no command says so is printed.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

WRITES = frozenset({"set", "clear", "note", "retarget", "idea", "ideas", "edit"})
"""Commands that may change what is stored; a yes or a no may stand for one of them, and so may undo."""

MOVES = frozenset({"confirm", "reject"})


def main() -> int:
    talks, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    unsaid = 0
    for talk in sorted(talks.glob("*.jsonl")):
        typed = filter(str.strip, talk.read_text().splitlines())
        lines = [{"index": number, **json.loads(line)} for number, line in enumerate(typed)]
        shown: list[str] = []
        with (out / f"{talk.stem}.txt").open("w") as transcript:
            for line, before, after in _carried_out(lines):
                transcript.write(_shown(line, after, shown))
                if _written(line, before) != _written(line, after) and not _may_write(line):
                    unsaid += 1
                    print(f"{talk.stem} {line['index']}: written, though no command says so")
    print(f"written though no command says so: {unsaid}")
    return 1 if unsaid else 0


def _carried_out(lines: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    advisor = Path(sys.executable).with_name("advisor")
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, "XDG_STATE_HOME": state, "ADVISOR_ORACLE": "1"}
        sent = [{"new": True}, *map(_sent, lines)]
        answered = subprocess.run(
            [advisor, "chat", "--jsonl"],
            input="".join(json.dumps(one) + "\n" for one in sent),
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
    replies = [json.loads(line) for line in answered.stdout.splitlines()]
    return list(zip(lines, replies, replies[1:], strict=False))


def _sent(line: dict[str, Any]) -> dict[str, Any]:
    if "text" in line:
        return {"text": line["text"], "commands": line["commands"]}
    return {"press": line["press"]}


def _written(line: dict[str, Any], state: dict[str, Any]) -> object:
    """What is stored; a line that names an idea may move the focus, which is the one that answers and title are of."""
    board = [{**idea, "verdict": None} for idea in state.get("board", [])]
    names = any(command["ideas"] for command in line.get("commands", []))
    return board if names else (board, state.get("answers"), state.get("title"))


def _may_write(line: dict[str, Any]) -> bool:
    if "text" not in line:
        return True
    asked = {(command["command"], command["what"]) for command in line["commands"]}
    return any(kind in WRITES or kind in MOVES or what == "undo" for kind, what in asked)


def _shown(line: dict[str, Any], after: dict[str, Any], shown: list[str]) -> str:
    """The line and the reply, without cards that only lose their options, or that stand below now; `shown` are the
    earlier live cards.
    """
    typed = line.get("text") or f"(presses {line.get('press')})"
    *earlier, last = after.get("said") or [after.get("error", "(nothing)")]
    new = [part for part in earlier if not set(part.splitlines()) <= set(last.splitlines())]
    parts = [*(part for part in new if not any(_is_left_of(part, card) for card in shown)), last]
    shown.append(last)
    said = "\n".join(part.replace("\n", "\n    ") for part in parts)
    labels = [label for button, label in after.get("labels", {}).items() if not button.startswith("feedback")]
    return f"[{line['index']}] > {typed}\n    {said}\n    [{' | '.join(labels)}]\n\n"


def _is_left_of(part: str, card: str) -> bool:
    """Whether a message is what is left of a card: none of its lines is new."""
    return part.splitlines()[0] == card.splitlines()[0] and set(part.splitlines()) <= set(card.splitlines())


if __name__ == "__main__":
    sys.exit(main())
