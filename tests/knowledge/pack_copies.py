"""Copies of the small test pack with one thing changed, and packs made thin."""

import shutil
from pathlib import Path

from knowledge.pack import Pack

SMALL = Path(__file__).parents[1] / "packs" / "build-or-buy"


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """Replaces text in a file of the small pack, which is copied into the folder unless one is there. The folder."""
    if not (folder / "pack.yaml").exists():
        shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    path = next(folder.glob(f"{file}.*"))
    text = path.read_text()
    assert text.count(old) >= 1, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1))
    return folder


def line_of(folder: Path, file: str, text: str) -> int:
    """The number, from 1, of the line in which a text begins."""
    content = (folder / f"{file}.yaml").read_text()
    start = content.index(text) + len(text) - len(text.lstrip())
    return content.count("\n", 0, start) + 1


def split(problem: str) -> tuple[str, int | None, str]:
    """File, line and the rest of a problem's text."""
    file, line, rest = problem.split(":", 2)
    return file, None if line == "None" else int(line), rest.strip()


def thinned(pack: Pack) -> Pack:
    """The pack with two phrasings of each kind, so that it is learnt in no time."""
    phrasings = pack.phrasings
    few = {
        name: {label: texts[:2] for label, texts in getattr(phrasings, name).items()}
        for name in ("passages", "beside", "scenarios")
    }
    statements = pack.statements
    said = {
        question: {option: texts[:2] for option, texts in options.items()}
        for question, options in statements.said.items()
    }
    unsaid = {kind: texts[:2] for kind, texts in statements.unsaid.items()}
    fewer = statements.model_copy(update={"said": said, "unsaid": unsaid})
    described = [
        group.model_copy(update={"texts": {label: texts[:1] for label, texts in [*group.texts.items()][:9]}})
        for group in pack.descriptions[:2]
    ]
    ideas = {name: getattr(phrasings, name)[:4] for name in ("ideas", "plain_ideas", "no_project")}
    replies = pack.short_answers
    short = {
        name: {
            question: {option: texts[:2] for option, texts in options.items()}
            for question, options in getattr(replies, name).items()
        }
        for name in ("answers", "plain")
    }
    asked = [term.model_copy(update={"phrasings": term.phrasings[:2]}) for term in pack.terms]
    outside = [
        entry.model_copy(update={name: getattr(entry, name)[:2] for name in ("phrasings", "calls", "not_calls")})
        for entry in pack.outside
    ]
    thinner = {
        "phrasings": phrasings.model_copy(update=few | ideas),
        "statements": fewer,
        "short_answers": replies.model_copy(update=short | {"none": replies.none[:4]}),
        "descriptions": tuple(described),
        "terms": tuple(asked),
        "outside": tuple(outside),
        "training": "thinned",
    }
    return pack.model_copy(update=thinner)
