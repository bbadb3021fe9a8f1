"""The phrases of talk about a list of ideas, by what they ask for or where they stand."""

from pydantic import BaseModel, ConfigDict


class BoardPhrases(BaseModel):
    """What people type while the list of ideas, or one of them, is shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title_openers: tuple[str, ...]
    title_nouns: tuple[str, ...]
    title_links: tuple[str, ...]
    title_fillers: tuple[str, ...]
    leads: tuple[str, ...]
    prepositions: tuple[str, ...]
    tail: tuple[str, ...]
    aside: tuple[str, ...]
    after: tuple[str, ...]
    verbs: tuple[str, ...]
    before: tuple[str, ...]
    show: tuple[str, ...]
    go_to: tuple[str, ...]
    wished: tuple[str, ...]
    removes: tuple[str, ...]
    removed: tuple[str, ...]
    this: tuple[str, ...]
    renames: tuple[str, ...]
    titled: tuple[str, ...]
    exceptions: tuple[str, ...]
    excepting: tuple[str, ...]
    title_ends: tuple[str, ...]
    called: tuple[str, ...]
    contrast: tuple[str, ...]
    ask: tuple[str, ...]
    ask_go: tuple[str, ...]
    ask_here: tuple[str, ...]
    explain: tuple[str, ...]
    explain_fillers: tuple[str, ...]
    which: tuple[str, ...]
    first: tuple[str, ...]
    methods: tuple[str, ...]
    these: tuple[str, ...]
    file: tuple[str, ...]
    give: tuple[str, ...]
    download: tuple[str, ...]
    overview: tuple[str, ...]
    back_words: tuple[str, ...]
    undecided: tuple[str, ...]
    undone: tuple[str, ...]
