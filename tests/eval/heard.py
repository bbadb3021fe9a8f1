"""What would a language model make of labelled talks, alone and with the built-in sources?

    python -m tests.eval.heard TALKS OUT     TALKS: a folder of talks, as `tests.eval.understood` takes them

Writes the request of each line that a model would be asked about to OUT/NNNN.request.json. Where OUT/NNNN.reply.json
stands, the text of an answer, it scores these lines: by the built-in sources, by the model alone, and by both. Counted
as well are lines whose request is another one now than when they were answered.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.model.scores import BySource, Taken, by_source, report
from dialogs.advisor import Advisor
from dialogs.commands.command import Command
from dialogs.message import Typed
from dialogs.played_talk import LabelledLine, labelled_lines
from dialogs.understanding.model.answer import commands_in
from dialogs.understanding.model.eligibility import line_for_model
from dialogs.understanding.model.request import Request, Requests
from tests.shipped import shipped


class Asked(NamedTuple):
    """A line, and what a model is asked about it; "" where it is not asked."""

    line: LabelledLine
    text: str
    unsure: bool


def asked(advisor: Advisor, talks: Path) -> Iterator[Asked]:
    """Each typed line of the talks."""
    for talk in sorted(talks.glob("*.jsonl")):
        for line in labelled_lines(advisor, talk):
            message = line.message._replace(content=Typed(line.text))
            text, unsure = (line_for_model(advisor, line.before, message, always=always) for always in (True, False))
            yield Asked(line, text, bool(unsure))


def as_file(request: Request) -> str:
    """A request as it is written."""
    return json.dumps({"messages": request.messages}, ensure_ascii=False, indent=1)


def main() -> int:
    """Writes the requests, and prints what the answers come to."""
    advisor, out = shipped(), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    every: list[BySource] = []
    heard_of: list[BySource] = []
    unsure_only: list[Taken] = []
    dropped: Counter[str] = Counter()
    requests, written, stale = Requests(advisor), 0, 0
    for number, one in enumerate(asked(advisor, Path(sys.argv[1])), 1):
        heard: tuple[Command, ...] | None = None
        if one.text:
            request = requests.about(one.line.before, one.text)
            file, reply = (out / f"{number:04d}.{what}.json" for what in ("request", "reply"))
            body = as_file(request)
            written += 1
            if not reply.exists():
                file.write_text(body)
            elif not file.exists() or file.read_text() != body:
                stale += 1
            if reply.exists():
                answer = commands_in(advisor, one.line.before, request.line, reply.read_text())
                heard, dropped = answer.commands, dropped + Counter(answer.dropped)
        scores = by_source(advisor, one.line, heard)
        every.append(scores)
        unsure_only.append(scores.both if one.unsure else scores.built_in)
        heard_of += [scores] if heard is not None else []
    print(f"asked about {written} of {len(every)} lines; answers of {len(heard_of)}; requests changed since: {stale}")
    if heard_of:
        for title, part in (("lines with an answer", heard_of), ("all lines", every)):
            print(title)
            for source in BySource._fields:
                print(f"  {source}: {report(getattr(each, source) for each in part)}")
        print(f"  both, asked only where the built-in is unsure: {report(unsure_only)}")
        print(f"dropped: {dict(dropped)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
