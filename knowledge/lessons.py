"""What new people learn by: short lessons with a check question each, and cases to practise on."""

from pydantic import Field

from knowledge.content import Claim, Id, Label, Line, Model, PackPart, Text, Words


class CheckOption(PackPart):
    """A possible answer to a check question."""

    label: Label = Field(description="On the button; the right one is never the longest.")
    words: Words = Field((), description="What people type for it.")
    phrasings: Words = Field((), description="Longer ways to say it: compared by meaning, never searched for.")
    right: bool = False
    reason: Line = Field(description="Why it is right or wrong, shown at once.")
    why: Line | None = Field(None, description="The same further explained, for who asks why; else `reason`.")
    section: Id | None = Field(None, description="Where the source says so; else `fact`.")
    fact: Id | None = Field(None, description="The outside entry that says so, in a lesson with `facts`.")

    @property
    def record(self) -> str:
        """What stands for it in a line."""
        return self.label

    @property
    def explanation(self) -> str:
        """What is said to who asks why it is right or wrong."""
        return self.why or self.reason


class Check(Model):
    """The question after a lesson. Exactly one option is right."""

    prompt: Line
    options: tuple[CheckOption, ...] = Field(min_length=3, max_length=3)

    def option(self, option_id: str) -> CheckOption | None:
        """The option with this id; None where there is none (any more)."""
        return next((option for option in self.options if option.id == option_id), None)

    @property
    def right(self) -> CheckOption:
        """The option that is right; StopIteration in a pack that was not checked."""
        return next(option for option in self.options if option.right)


class Lesson(PackPart):
    """One idea, read in half a minute, and a question about it."""

    title: Label
    text: Text = Field(description="At most 80 words.")
    simpler: Line | None = Field(None, description="The same in plainer words, for who asks: at most 45 words.")
    section: Id | None = Field(None, description="Where the source says so; else `facts`.")
    facts: tuple[Id, ...] = Field((), description="Outside entries it rests on; shown only while all of them are.")
    check: Check


class Clue(Model):
    """What the story says about one question: the option, and the words in the story that say so."""

    option: Id
    clue: Line


class Case(Model):
    """A scenario told as a short story, to answer the framework's questions for.

    `answers` are those of the scenario. Where it has none the story leaves the question open: `unsure`, and the clue
    says so.
    """

    scenario: Id
    story: Claim = Field(description="At most 80 words; everything that `answers` rest on.")
    answers: dict[Id, Clue] = Field(min_length=1)
