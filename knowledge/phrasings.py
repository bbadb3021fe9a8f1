"""How people put things: example wordings per passage and scenario, and wordings that ask for something else.

They are data of a pack (`training/`). Classifiers are trained on them; they are never shown.
"""

from typing import Annotated

from pydantic import Field

from knowledge.content import Id, Model

Wording = Annotated[str, Field(min_length=1, max_length=300)]
Wordings = tuple[Wording, ...]


class Spelling(Model):
    """The domain's abbreviations and spelling variants, for `text_normalization`."""

    variants: dict[str, str] = Field({}, description="written form: the form everything is brought to.")
    words: Wordings = Field((), description="Words of the domain towards which one slip of the keyboard is repaired.")
    kept: Wordings = Field((), description="Ordinary words that look like a slip of one of `words` and are none.")


class Phrasings(Model):
    """Example wordings. A pack without them is matched by its own titles and texts."""

    passages: dict[Id, Wordings] = Field({}, description="passage id: questions that it answers.")
    beside: dict[Id, Wordings] = Field({}, description="kind: texts that no passage answers, near ones above all.")
    scenarios: dict[Id, Wordings] = Field({}, description="scenario id: descriptions of projects built like it.")
    ideas: Wordings = Field((), description="Descriptions of projects of any other kind.")
    plain_ideas: Wordings = Field((), description="Descriptions of projects that call for no outside entry.")
    no_project: Wordings = Field((), description="Texts that describe no project, beyond the passages' questions.")


class Statements(Model):
    """What people say that answers a question without naming it, and what sounds like it and answers nothing.

    A pack without them is read by its wordings alone (`reading_rules`).
    """

    said: dict[Id, dict[Id, Wordings]] = Field({}, description="question id: option id: sentences that imply it.")
    unsaid: dict[Id, Wordings] = Field({}, description="kind: sentences that imply nothing, near ones above all.")


class Descriptions(Model):
    """Whole descriptions by one author, with all that they answer.

    A label names question and option pairs: "data yes, volume low". What it does not name, the texts leave open. The
    option "?" means that readers disagree: nothing is learnt there. "scenario support" names the scenario that the
    texts resemble.
    """

    scenarios: bool = Field(
        False, description="Whether labels name scenarios as well: texts without one resemble none then."
    )
    unlabelled: tuple[Id, ...] = Field((), description="Questions that these texts have no labels for.")
    texts: dict[str, tuple[Annotated[str, Field(min_length=1, max_length=2000)], ...]] = Field(
        description='label: descriptions; "data yes, volume low", or "-" where nothing is said.'
    )


UNDECIDED = "?"
"""The option of a label on which readers disagree."""

SCENARIO = "scenario"
"""What stands in the place of a question where a label names a scenario."""


def labelled_answers(label: str) -> tuple[tuple[str, str], ...]:
    """The question and option pairs of a label of `Descriptions`; an option is empty where it is not named."""
    parts = [part.strip().partition(" ") for part in label.split(",") if part.strip() != "-"]
    return tuple((question, option.strip()) for question, _, option in parts)


class ShortAnswers(Model):
    """Short typed answers and what they mean."""

    answers: dict[Id, dict[Id, Wordings]] = Field(
        {}, description="question id: option id: answers that mean it while the question is open."
    )
    plain: dict[Id, dict[Id, Wordings]] = Field(
        {}, description="question id: option id: answers that mean it whatever question is open."
    )
    none: Wordings = Field((), description="Texts that answer none of the questions.")
