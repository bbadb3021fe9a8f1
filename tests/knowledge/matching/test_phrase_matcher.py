"""A text is compared with groups of phrases: the nearest of each counts, and words need not be shared."""

from tests.shipped import shipped

GROUPS = {"leave": ("stop for today", "i have to go"), "on": ("next lesson", "carry on"), "none": ()}


def test_the_nearest_group_needs_no_word_of_the_text() -> None:
    matcher = shipped().knowledge.phrases
    near = matcher.nearness("gotta leave now", GROUPS)
    assert near["leave"] > near["on"] > near["none"]
    assert near["none"] == 0.0


def test_the_same_words_are_as_near_as_can_be() -> None:
    matcher = shipped().knowledge.phrases
    assert matcher.nearness("Next lesson!", GROUPS)["on"] > 0.99


def test_a_text_without_words_is_near_to_nothing() -> None:
    matcher = shipped().knowledge.phrases
    assert matcher.nearness("…", GROUPS) == dict.fromkeys(GROUPS, 0.0)
