"""The phrases of requests in lessons: to leave them, to go to one of them, to have a word explained."""

from pydantic import BaseModel, ConfigDict


class LessonPhrases(BaseModel):
    """What people type in lessons besides answers; whole texts stand in `Catalogue.lesson_talk`.

    `leave` before one of `nouns` leaves the lessons where a sentence opens with it or with one of `leave_openers`, and
    so do `refuse`, and `enough` alone. `return_to` with `own` goes back to what was there before. `moves` are all words
    of a request for a numbered lesson; behind `wishes`, one of `ahead`, `show` and `about` opens one for a subject, and
    `where` asks for it, with `fillers` around it. `meaning` opens a question for the meaning of words, `meaning_ends`
    closes it. `unsaid`: a story does not say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    nouns: tuple[str, ...]
    leave_openers: tuple[str, ...]
    leave: tuple[str, ...]
    enough: tuple[str, ...]
    refuse: tuple[str, ...]
    return_to: tuple[str, ...]
    own: tuple[str, ...]
    moves: tuple[str, ...]
    wishes: tuple[str, ...]
    ahead: tuple[str, ...]
    show: tuple[str, ...]
    about: tuple[str, ...]
    where: tuple[str, ...]
    fillers: tuple[str, ...]
    meaning: tuple[str, ...]
    meaning_ends: tuple[str, ...]
    unsaid: tuple[str, ...]
