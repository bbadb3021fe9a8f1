"""What is read from packs and languages is shared by all conversations, and never changed in place."""

import pytest
from pydantic import BaseModel

from knowledge.pack import Option, Pack, Passage, Question
from knowledge.reading.quantity_words import QuantityWords
from knowledge.reading.word_lists import WordLists
from tests.records import changes_in_place


@pytest.mark.parametrize("model", [Option, Pack, Passage, Question, WordLists, QuantityWords])
def test_no_content_is_changed_in_place(model: type[BaseModel]) -> None:
    assert not changes_in_place(model)
