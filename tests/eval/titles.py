"""`python -m tests.eval.titles [FOLDER …]`: how far the titles of ideas have the words of those that people would give.

For each line of `talk.jsonl` that tells an idea, in all sets of this folder if none is named: the F1 of the title's
folded content words against the wanted ones.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dialogs import catalogue
from dialogs.titles import Titles
from knowledge.matching.factory import build_knowledge, load_encoder
from knowledge.pack_loader import builtin, load_pack
from knowledge.typed_answers.word_parser import fold
from tests.eval.labelled_lines import read

NAME = "talk.jsonl"

_SMALL = frozenset(
    {"a", "an", "the", "of", "for", "to", "in", "on", "and", "or", "with", "w", "from", "by", "at", "off"}
)


class Told(BaseModel):
    """One message. `title` is what somebody would call the idea in it; only those that tell one have a title."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    does: str
    title: str = ""


def load(folder: Path) -> tuple[Told, ...]:
    """The messages of a folder that tell an idea."""
    return tuple(told for told in read(folder / NAME, Told) if told.does == "idea" and told.title)


def overlap(title: str, wanted: str) -> float:
    """F1 of the content words of two titles."""
    found, right = ({word.rstrip("s") for word in fold(each)} - _SMALL for each in (title, wanted))
    both = len(found & right)
    return 2 * both / (len(found) + len(right)) if both else 0.0


def mean(title: Callable[[str], str], told: Sequence[Told]) -> float:
    """The mean overlap over all ideas."""
    return sum(overlap(title(each.text), each.title) for each in told) / len(told)


def main(folders: Sequence[Path]) -> None:
    """Prints each title whose words differ, and the mean of each folder."""
    knowledge = build_knowledge(load_pack(builtin()), encoder=load_encoder(None))
    titles = Titles(knowledge, catalogue.load().titles)
    for folder in folders:
        told = load(folder)
        for each in told if "-v" in sys.argv else ():
            title = titles.of(each.text)
            sys.stdout.write(f"  {overlap(title, each.title):.2f}  {title!r}  wanted {each.title!r}\n")
        sys.stdout.write(f"{folder.name}: {mean(titles.of, told):.3f} of {len(told)} ideas\n")


if __name__ == "__main__":
    named = [Path(argument) for argument in sys.argv[1:] if argument != "-v"]
    main(named or sorted(Path(__file__).parent.glob("talk-*")))
