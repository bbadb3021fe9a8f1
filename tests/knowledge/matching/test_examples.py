"""Which texts of a pack stand for what: descriptions that name the scenario they resemble, and tell what an idea is."""

from knowledge.matching.examples import IDEA, NONE, idea_examples, scenario_examples
from knowledge.phrasings import Descriptions, Phrasings, ShortAnswers
from tests.knowledge.fixtures import pack


def with_descriptions(*groups: Descriptions) -> list[tuple[str, str]]:
    bare = {"phrasings": Phrasings(), "short_answers": ShortAnswers(), "scenarios": (), "descriptions": groups}
    return scenario_examples(pack().model_copy(update=bare))


def test_descriptions_name_the_scenario_that_they_resemble() -> None:
    texts = {"data yes, scenario support": ("a",), "scenario sales": ("b",), "volume low": ("c",), "-": ("d",)}
    found = with_descriptions(Descriptions(scenarios=True, texts=texts))
    assert found == [("support", "a"), ("sales", "b"), (NONE, "c"), (NONE, "d")]


def test_what_readers_disagree_on_and_what_nobody_labelled_says_nothing() -> None:
    disputed = Descriptions(scenarios=True, texts={"scenario ?": ("a",), "-": ("b",)})
    assert with_descriptions(disputed, Descriptions(texts={"-": ("c",)})) == [(NONE, "b")]


def test_one_description_in_three_tells_what_an_idea_is() -> None:
    bare = {"phrasings": Phrasings(), "short_answers": ShortAnswers()}
    groups = (Descriptions(texts={"-": ("a", "b", "c", "d"), "data yes": ("e", "f", "g")}),)
    found = idea_examples(pack().model_copy(update=bare | {"descriptions": groups}))
    assert found == [(IDEA, "a"), (IDEA, "d"), (IDEA, "g")]
    assert with_descriptions(*groups) == []
