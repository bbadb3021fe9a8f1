"""The words of a language that decide whether a statement counts: negations, doubts, conditions, questions."""

from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

Words = frozenset[str]


class Language(BaseModel):
    """Word lists of one language; lower case, straight apostrophes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    negations: Words
    doubts: Words
    conditions: Words
    questions: Words


def english() -> Language:
    """The English lists, read from `english.yaml` beside this file."""
    return Language.model_validate(
        yaml.safe_load(files("knowledge.reading").joinpath("english.yaml").read_text("utf-8"))
    )
