"""What the reader looks for, as data of a pack (`reading.yaml`).

A wording is a sequence of words. `<name>` stands for any entry of the group of that name, `<n>` for an amount, `word?`
or `<name>?` for something that may be missing, `...` for up to two words of any kind, `!<name>` for the end of the
wording where no entry of that group follows, and `.` for the end of the clause.
"""

from typing import Annotated

from pydantic import Field, model_validator

from knowledge.content import Id, Model

Words = tuple[Annotated[str, Field(min_length=1, max_length=120)], ...]


class ReadingRules(Model):
    """Cues per question and option. A pack without them is read by its options' own words."""

    groups: dict[Id, Words] = Field({}, description="name: words that may stand for each other.")
    cues: dict[str, dict[str, Words]] = Field({}, description="question id: option id: wordings that state it.")
    denied: dict[str, dict[str, str]] = Field(
        {}, description="question id: option id: the option that its denial states."
    )
    anywhere: Words = Field((), description="Questions whose cues count wherever they stand in a clause of ours.")
    timeless: Words = Field((), description="Questions about what is to come: plans and needs answer them as well.")
    shared: Words = Field(
        (), description="Questions on whose subject other people's words count: what they write, say."
    )
    subjects: tuple[Id, ...] = Field(
        (), description="Questions about what an idea is about: a whole text answers them, no clause of it has to."
    )

    @model_validator(mode="after")
    def _groups_exist(self) -> "ReadingRules":
        known = {"n", *self.groups}
        for wording in (each for options in self.cues.values() for wordings in options.values() for each in wordings):
            for part in wording.split():
                name = part.removeprefix("!").removesuffix("?")
                if name.startswith("<") and name.strip("<>") not in known:
                    raise ValueError(f"there is no group {name} for the wording `{wording}`")
            if all(part == "..." or part.endswith("?") or part.startswith(("!", ".")) for part in wording.split()):
                raise ValueError(f"everything in the wording `{wording}` may be missing")
        return self
