"""The words of the interface: texts with placeholders, and the phrases that people type."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Literal, Self

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from dialogs.catalogue.phrases import (
    BoardPhrases,
    CataloguePhrases,
    Emoji,
    LessonPhrases,
    OfferPhrases,
    PastedPhrases,
    TablePhrases,
    TitlePhrases,
)
from dialogs.catalogue.template import Template, Value
from dialogs.view import Line
from knowledge.pack import Question
from knowledge.yaml_document import packaged

__all__ = ["Catalogue", "CataloguePhrases", "Remark", "Value", "load"]


Remark = Literal[
    "which_answer_named",
    "no_idea_called",
    "which_idea_is_it",
    "which_of_these",
    "also_these",
    "order_kept",
    "takes_a_press",
    "another_idea",
    "part_missed",
    "nothing_to_clear",
    "open_already",
    "all_on_that",
    "nearest_to_that",
    "note_kept",
    "note_kept_with",
    "on_that_already",
    "with_it_already",
    "idea_not_there",
    "idea_gone_from_list",
    "tell_new_idea",
    "idea_begun",
    "idea_described",
    "idea_kept",
    "idea_joined",
    "idea_listed_already",
    "idea_renamed_from",
    "own_named",
    "own_renamed",
    "removed",
    "status_set",
    "put_aside",
    "status_unknown",
    "copied",
    "title_already",
    "apart_again",
    "merged",
    "merge_which",
    "merged_already",
    "clearest_stand_first",
    "no_such_filter",
    "merge_differs",
    "no_such_note",
    "no_such_part",
    "events_none",
    "events_more",
    "events_kept",
    "event",
    "event_unnamed",
    "note_removed",
    "note_again",
    "day_unclear",
    "decide_first",
    "begun_already",
    "moved_to",
    "nothing_to_move",
    "nothing_to_move_to",
    "nothing_to_undo",
    "undo_not_found",
    "which_note_to_move",
    "case_why",
    "case_all_right",
    "no_case_on_that",
    "lesson_option_right",
    "lesson_option_wrong",
    "nothing_to_restart",
    "proposed_offer",
    "only_repeated",
    "taken_back",
    "changed_since",
    "idea_again",
    "idea_gone",
    "title_again",
    "note_gone",
    "status_gone",
    "no_result_at_all",
    "about_idea",
    "proposed_because",
    "proposed_supposed",
    "nothing_differs",
    "only_own",
    "own_unlisted",
    "begin_with",
    "then_these",
    "steps_noted",
    "verdict_meaning",
    "as_above",
    "told_all",
    "next_is_first",
    "told_by_day",
    "claim_of_article",
    "no_questions_there",
    "read_nothing",
    "nothing_to_compare",
    "gone_again",
    "sum_is_right",
    "sum_is_about",
    "sum_is_not_right",
    "sum_comes_to",
    "sum_has_no_result",
    "sum_left_out",
    "sum_left_currency",
    "sum_stays",
    "sum_needs",
    "sum_of_idea",
    "cannot_remind",
    "cannot_do_that",
    "forget_how",
    "no_hurry",
    "no_such_option",
    "about_me",
    "my_limits",
    "off_topic",
    "offer_gone",
    "questions_wait",
    "lessons_wait",
    "ideas_wait",
    "ideas_left_out",
    "text_cut",
    "list_cut",
    "lines_left_out",
    "no_ideas",
    "no_such_idea",
    "no_ideas_like_that",
    "which_idea",
    "which_answer",
    "ideas_removed",
    "none_clear_yet",
    "title_wanted",
    "remove_these",
    "compared_most",
    "nothing_missing",
    "rest_left_out",
    "no_lessons",
    "no_such_lesson",
    "lesson_outdated",
    "no_practice",
    "lessons_left",
    "lesson_why",
    "lesson_place",
    "lesson_last",
    "lessons_to_go",
    "lesson_time",
    "lesson_skipped",
    "lesson_was_right",
    "lesson_was_wrong",
    "lesson_was_open",
    "lessons_score",
    "lessons_score_wrong",
    "lessons_unanswered",
    "case_told_at_its_end",
    "lesson_ahead",
    "lesson_ahead_none",
    "lessons_done",
    "at_the_first_lesson",
    "once_more",
    "not_finished",
    "finished_by",
    "finished_by_unnamed",
    "no_result_to_share",
    "no_result_yet",
    "no_result_here",
    "open_an_idea",
    "noted_so_far",
    "reminders_stopped",
    "reminders_resumed",
    "belongs_to",
    "hello_again",
    "you_are_welcome",
    "cancelled",
    "nothing_to_cancel",
    "at_the_first",
    "outdated",
    "came_late",
    "pack_changed",
    "nothing_open",
    "nothing_to_resume",
    "feedback_up",
    "feedback_down",
    "nothing_to_rate",
    "list_waits",
    "list_empty",
    "one_idea",
    "too_fast",
    "too_many",
    "newer_version",
    "name_how",
    "forget_asks",
    "forget_later",
    "forgotten",
    "conversation_deleted",
    "which_then",
    "left_as_it_was",
    "nothing_to_confirm",
    "result_is_clear",
    "still_removed",
    "still_changed",
    "all_right",
    "what_if_unclear",
    "made_by",
    "sources",
    "no_chatgpt",
    "what_is_stored",
    "known_about_you",
    "no_german",
    "no_french",
    "no_spanish",
    "no_italian",
    "no_portuguese",
    "no_dutch",
    "no_other_language",
    "replies_in_english",
    "also_read",
    "also_worded",
    "goodbye",
    "sworn_at",
    "are_you_well",
    "complained",
    "glad",
]
"""Keys of the short remarks."""


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Catalogue:
    """One language of the interface."""

    texts: Mapping[str, str]
    remarks: Mapping[str, str]
    channel: Mapping[str, str]
    mcp: Mapping[str, str]
    exact: Mapping[str, tuple[str, ...]]
    commands: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, str]
    events: Mapping[str, str]
    orders: Mapping[str, tuple[str, ...]]
    days_ago: Mapping[str, int]
    weekdays: tuple[str, ...]
    phrases: CataloguePhrases
    board: BoardPhrases
    emoji: Emoji
    shorthand: Mapping[str, str]
    small_talk: Mapping[Remark, tuple[str, ...]]
    pasted: PastedPhrases
    titles: TitlePhrases
    table: TablePhrases
    offers: OfferPhrases
    lesson_talk: Mapping[str, tuple[str, ...]]
    lessons: LessonPhrases
    small_talk_openings: Mapping[Remark, tuple[str, ...]]
    languages: Mapping[Remark, tuple[str, ...]]
    tenses: Mapping[str, str]
    text_forms: Mapping[str, tuple[str, ...]]
    text_styles: Mapping[str, tuple[str, ...]]
    text_languages: tuple[str, ...]
    text_units: Mapping[str, tuple[str, ...]]
    offer_labels: Mapping[str, str]
    heard_labels: Mapping[str, str]
    listening: Mapping[str, str]
    speaking: Mapping[str, str]
    sums: Mapping[str, str]
    undoing: Mapping[str, str]
    undone: Mapping[str, tuple[str, ...]]
    status_words: Mapping[str, tuple[str, ...]]

    def with_listener(self, name: str, *, speaks: bool = False) -> Self:
        """The same where a language model of this name listens along, and maybe words answers: other things are true of
        the advisor then.
        """
        plain = name.translate(dict.fromkeys(map(ord, "{}*_`")))
        texts = {**self.listening, **self.speaking} if speaks else self.listening
        said = {key: text.replace("{model}", plain) for key, text in texts.items()}
        return replace(self, remarks={**self.remarks, **said})

    def line(self, key: str, /, **values: Value) -> Line:
        """The text with this key, filled in. KeyError if a key or a value is missing."""
        return self.templates["texts"][key].fill(values)

    def text(self, key: str, /, **values: str | int) -> str:
        """The same as plain characters, for labels."""
        return self.texts[key].format_map(values)

    def answers_text(self, answers: Iterable[tuple[Question, str]]) -> str:
        parts = (self.text("change_answer", question=q.name, record=q.option(option).record) for q, option in answers)
        return self.text("change_and").join(parts)

    def mcp_text(self, key: str, /, **values: str | int) -> str:
        """One of the texts that other assistants read."""
        return self.mcp[key].format_map(values)

    def remark(self, key: Remark, /, **values: Value) -> Line:
        return self.templates["remarks"][key].fill(values)

    def in_channel(self, key: str, /, **values: Value) -> Line:
        """One of the texts under `channel`: those of channels and forms, not of replies."""
        return self.templates["channel"][key].fill(values)

    @cached_property
    def templates(self) -> Mapping[str, Mapping[str, Template]]:
        """All texts, parsed."""
        kinds = {"texts": self.texts, "remarks": self.remarks, "channel": self.channel}
        return {kind: {key: Template.parse(text) for key, text in texts.items()} for kind, texts in kinds.items()}

    @cached_property
    def small_talk_of(self) -> Mapping[str, Remark]:
        """Typed words about the advisor itself → the remark that answers them."""
        return {phrase: remark for remark, phrases in self.small_talk.items() for phrase in phrases}

    @cached_property
    def command_of(self) -> Mapping[str, tuple[str, ...]]:
        """Typed words → the commands they may mean, in the catalogue's order."""
        meanings: dict[str, tuple[str, ...]] = {}
        for command, phrases in self.commands.items():
            for phrase in phrases:
                meanings[phrase] = (*meanings.get(phrase, ()), command)
        return meanings


def load(language: str = "en") -> Catalogue:
    """The catalogue of a language; FileNotFoundError if there is none."""
    return Catalogue(**packaged(__package__, f"{language}.yaml"))
