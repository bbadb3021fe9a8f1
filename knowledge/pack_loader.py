"""A folder of YAML files as a pack.

Each file is a mapping whose top keys are fields of `Pack`; how they are spread over the files is up to the author. What
stands in the folder `training` in it (`training_rows`) is read only to learn from, and to be checked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.pack import DERIVED, LEARNT, Pack
from knowledge.problems import PackError, Problem, one_of
from knowledge.training_rows import read_training
from knowledge.yaml_document import Plain, Trail, YamlDocument, read_bytes, read_document

TRAINING = "training"

__all__ = ["PackError", "Places", "Problem", "builtin", "load_pack", "read_pack"]


@dataclass(frozen=True, slots=True)
class Places:
    """Where each part of a pack stands. `default` is meant where a part stands nowhere."""

    default: Path
    known: Mapping[Trail, tuple[Path, int]]

    def problem(self, trail: Trail, message: str, hint: str) -> Problem:
        """A problem with the part at `trail`, or with the nearest part around it that stands in a file."""
        while trail and trail not in self.known:
            trail = trail[:-1]
        file, line = self.known.get(trail, (self.default, 1))
        return Problem(file, line, message, hint)


def builtin(name: str = "tune-or-prompt") -> Path:
    """The folder of a pack that comes with the advisor."""
    return Path(__file__).with_name("packs") / name


def load_pack(folder: Path) -> Pack:
    """The pack in a folder, each value of the right shape; `checks` tells whether they fit together.

    Raises PackError with every problem found.
    """
    return read_pack(folder)[0]


def read_pack(folder: Path, *, whole: bool = True) -> tuple[Pack, Places]:
    """Like `load_pack`, and where everything stands. Without what is in `training`, unless it has to be the `whole`."""
    documents = _documents(folder)
    learnt = _learnt(folder / TRAINING)
    data, places = _merged([*documents, *(map(read_training, learnt) if whole else ())])
    try:
        # Strict validation from JSON, unlike from Python, still takes dates and enum values written as text.
        pack = Pack.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        found = [details for details in error.errors(include_url=False) if not _follows(details)]
        raise PackError(_explained(details, places) for details in found) from error
    pack = pack.model_copy(update={"training": _training(documents, learnt)})
    return pack.model_copy(update={"version": _version(pack)}), places


def _learnt(folder: Path) -> list[Path]:
    """The files that are learnt from; PackError where one would go unread."""
    hint = "Write a text a line, as docs/writing-packs.md shows."
    unread = [
        Problem(file, None, "Only names in .jsonl are read here.", hint) for file in sorted(folder.glob("*.y*ml"))
    ]
    if unread:
        raise PackError(unread)
    return [file for key in LEARNT if (file := folder / f"{key}.jsonl").is_file()]


def _training(documents: list[YamlDocument], learnt: list[Path]) -> str:
    """A hash of what is learnt from; "" where there is nothing. Of the files in `training` it is one of their lines, so
    that these need not be parsed."""
    beside = {key: value for each in documents for key, value in each.data.items() if key in LEARNT}
    content = b"".join([json.dumps(beside, sort_keys=True).encode(), *map(read_bytes, learnt)])
    return sha256(content.replace(b"\r", b"")).hexdigest() if beside or learnt else ""


def _documents(folder: Path) -> list[YamlDocument]:
    if not folder.is_dir():
        problem = Problem(folder, None, "There is no such folder.", "Name a folder that holds the files of a pack.")
        raise PackError([problem])
    problems = [
        Problem(file, None, "Only names in .yaml are read.", f"Rename it to {file.stem}.yaml.")
        for file in sorted(folder.glob("*.yml"))
    ]
    documents = []
    for file in sorted(folder.glob("*.yaml")):
        if file.name.startswith("."):  # left behind by editors and file systems
            continue
        try:
            documents.append(read_document(file))
        except PackError as error:
            problems.extend(error.problems)
    if not documents and not problems:
        problems.append(Problem(folder, None, "No YAML file is in this folder.", "A pack begins with pack.yaml."))
    if problems:
        raise PackError(problems)
    return documents


def _merged(documents: list[YamlDocument]) -> tuple[dict[str, Plain], Places]:
    data: dict[str, Plain] = {}
    known: dict[Trail, tuple[Path, int]] = {}
    default = next((document.file for document in documents if document.file.stem == "pack"), documents[0].file)
    problems = []
    for document in documents:
        for key, value in document.data.items():
            line = document.lines[(key,)]
            if key in DERIVED:
                message = f"`{key}` is worked out from the content."
                problems.append(Problem(document.file, line, message, "Remove it."))
            elif key in data:
                other, other_line = known[(key,)]
                hint = f"It stands in {other.name}, line {other_line} already: keep one of the two."
                problems.append(Problem(document.file, line, f"The key `{key}` stands in a second file.", hint))
            else:
                data[key] = value
        for trail, line in document.lines.items():
            known.setdefault(trail, (document.file, line))
    if problems:
        raise PackError(problems)
    return data, Places(default, known)


def _version(pack: Pack) -> str:
    """Depends on the content alone: not on files, order of keys, comments or defaults written out."""
    content = pack.model_dump(mode="json", exclude_defaults=True, exclude=set(LEARNT))
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(canonical.encode()).hexdigest()[:12]


def _follows(error: ErrorDetails) -> bool:
    """Whether a list is only too short because entries with a mistake of their own were left out."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _explained(error: ErrorDetails, places: Places) -> Problem:
    trail = tuple(step for step in error["loc"] if step != "[key]")
    message, hint = _worded(error, trail)
    return places.problem(trail, message, hint)


def _worded(error: ErrorDetails, trail: Trail) -> tuple[str, str]:
    """What is wrong at `trail`, and what would be right."""
    name = f"`{trail[-1]}`" if trail and isinstance(trail[-1], str) else "This entry"
    value, context = error["input"], error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return f"{name} is no key here.", one_of(str(trail[-1]), _keys(trail[:-1]))
        case "missing":
            about = _description(trail)
            return f"{name} is missing.", f"Add it: {about}" if about else "Add it."
        case "enum":
            return f"{name} cannot be {value!r}.", f"Write {context['expected']}."
        case "string_type" if value is None:
            return f"{name} is empty.", "Write its text."
        case "string_type" if isinstance(value, bool | int | float):
            written = json.dumps(value)
            return f"{name} has to be text, and {written} is none.", f'Put it in quotes: "{written}".'
        case "string_pattern_mismatch" if context["pattern"].startswith("^["):
            right = "Take up to 40 lower-case letters, digits, - and _, with a letter first."
            return f"{name} cannot have the id {value!r}." if trail[-1:] == ("id",) else f"{value!r} is no id.", right
        case "string_too_long":
            return f"{name} has {len(value)} characters.", f"Use at most {context['max_length']}."
        case "too_short":
            return f"{name} has too few entries: {len(value)}.", f"Write at least {context['min_length']}."
        case "too_long":
            return f"{name} has too many entries: {len(value)}.", f"Write at most {context['max_length']}."
        case "model_type" | "dict_type":
            keys = _keys(trail)
            return f"{name} has to be a mapping.", f"Known keys: {', '.join(keys)}." if keys else "Write `key: value`."
        case "tuple_type":
            return f"{name} has to be a list.", "Write each entry on its own line after `- `, or all in [ ]."
        case "date_from_datetime_parsing" | "date_parsing" | "date_type":
            return f"{name} has to be a date.", "Write year-month-day, as in 2024-10-31."
        case _:
            return f"{name} is not right: {error['msg']}.", f"It is {json.dumps(value, ensure_ascii=False)[:60]} now."


def _keys(trail: Trail) -> tuple[str, ...]:
    """The keys of the mapping at `trail`; none where its keys are free."""
    kind = _kind(trail)
    return tuple(key for key in kind.model_fields if key not in DERIVED) if _is_model(kind) else ()


def _description(trail: Trail) -> str:
    kind = _kind(trail[:-1])
    return (kind.model_fields[str(trail[-1])].description or "") if _is_model(kind) else ""


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _kind(trail: Trail) -> Any:
    """The type that the models give the value at `trail`."""
    kind: Any = Pack
    for step in trail:
        if _is_model(kind):
            kind = kind.model_fields[step].annotation
        else:  # tuple[kind, ...] or dict[key, kind]
            kind = get_args(kind)[0 if isinstance(step, int) else 1]
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        if type(None) in get_args(kind):
            kind = next(member for member in get_args(kind) if member is not type(None))
    return kind
