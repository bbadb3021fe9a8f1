"""What is said and kept in a conversation is never changed in place: the turn before may still be shown."""

import pytest
from pydantic import BaseModel

from dialogs.answer import Answer
from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation, Proposal, Tour
from dialogs.ideas.board import Board, Idea
from dialogs.ideas.board_list import Listing
from tests.records import changes_in_place


class Changeable(BaseModel):
    name: str = ""


@pytest.mark.parametrize("model", [Answer, Board, Idea, Catalogue, Conversation, Proposal, Tour, Listing])
def test_no_record_is_changed_in_place(model: type) -> None:
    assert not changes_in_place(model)
    assert changes_in_place(Changeable)
