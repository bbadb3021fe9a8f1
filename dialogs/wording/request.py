"""What a language model is asked to word: the fixed part first, then the line and the numbered facts, as data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation, hashed
from dialogs.executor.targets import Context
from dialogs.executor.texts import AS_IT_IS
from dialogs.limits import bounded
from dialogs.message import Message, text_of
from dialogs.redaction import without_addresses
from dialogs.replies import Reply
from dialogs.replies.model_answers import WordedText
from dialogs.replies.texts import ListText, ResultText, Text
from dialogs.turn import Turn
from dialogs.understanding.model.request import as_json
from dialogs.wording.draft import Draft, Drafts, Sentence, record_of, results_of
from dialogs.wording.eligibility import Form
from dialogs.wording.facts import Fact, facts_for
from dialogs.wording.placement import Words, apart
from dialogs.wording.records import answers_of
from dialogs.wording.words import has, telling
from knowledge.yaml_document import packaged

_MOST = {Form.ANSWER: 5, Form.OPENING: 2}
"""Sentences of an answer, and of what opens one."""

_TEXT, _SHORT, _MORE, _AROUND = 8, 5, 6, 3
"""Sentences of a text where nobody says how many, and of a short one; how many more one may get than it had; and those
of a mail that are its subject, greeting and closing.
"""

_SHORTER = 70
"""Per cent of its sentences that a text keeps at the most that is to be shorter."""


class WordingRequest(NamedTuple):
    """The messages of a request, the JSON Schema of its answer, the line as it is sent, and the facts, from 1.

    `most` are the sentences that there may be, `named` the ideas that a text to take away has to name, `draft` is the
    text that it may change. `record` and `results` say what is on record of the ideas that it is about, as those of a
    draft. `wish`: how the text is to be. `answers` has what was answered about each idea, by its name.
    """

    messages: tuple[Mapping[str, str], ...]
    schema: Mapping[str, Any]
    line: str
    facts: tuple[Fact, ...]
    most: int = 5
    form: Form = Form.ANSWER
    named: tuple[str, ...] = ()
    draft: Draft = Draft()
    record: str = ""
    results: tuple[str, ...] = ()
    wish: Mapping[str, str] = MappingProxyType({})
    answers: Mapping[str, str] = MappingProxyType({})

    @property
    def is_only_shown(self) -> bool:
        """Whether the draft is only to be shown again: nothing is to be worded."""
        return self.wish.get("of") == AS_IT_IS and bool(self.draft.sentences)

    @property
    def unworded(self) -> Words:
        """What is shown where nothing is worded: the draft, if it stands, or is only shown; else the built-in reply."""
        stands, changes = bool(self.draft.standing(self.record)), self.wish.get("of") == "last"
        text = WordedText()
        if self.is_only_shown or (stands and changes and self.wish.keys() <= {"of", "for"}):
            text = WordedText(self.draft.paragraphs, left_out=not self.is_only_shown, old=not stands)
        return Words(texts=(text,) * (self.form is Form.TEXT), drafts=(self.draft,) * bool(text.paragraphs))

    def again(self, tried: Iterable[tuple[Sentence, tuple[str, tuple[str, ...]]]]) -> "WordingRequest":
        """The same once more, with the answer that was given and why some of its sentences do not hold."""
        given, why = tuple(tried), _prompt()["wrong"]
        wrong = [
            {"text": each.text, "wrong": ": ".join((why[reason], *filter(None, (", ".join(words),))))}
            for each, (reason, words) in given
            if reason
        ]
        answer = {"sentences": [each._asdict() for each, _ in given]}
        said = (("assistant", answer), ("user", {"wrong": wrong}))
        return self._replace(messages=(*self.messages, *({"role": r, "content": as_json(what)} for r, what in said)))

    def is_enough(self, said: str, *, kept: int, dropped: int) -> bool:
        """Whether sentences stand for the reply: a text to take away only if most of it holds, and each idea is named,
        by a word that only its title has.
        """
        words, titles = telling(said), [*map(telling, self.named)]
        every = Counter(word for title in titles for word in title)
        own = ([word for word in title if every[word] == 1] or title for title in titles)
        is_named = all(any(has(words, word) for word in title) for title in own)
        return self.form is not Form.TEXT or (is_named and kept > dropped)


def wording_requests(
    advisor: Advisor, before: Conversation, turn: Turn, message: Message
) -> tuple[WordingRequest, ...]:
    """What the model is asked about a turn: the answers, and each text to take away by itself; none where nothing is
    worded.
    """
    found: list[WordingRequest] = []
    writes = [each for each in turn.did if each.command is Kind.WRITE]
    for form, replies in apart(turn)[1].items():
        if form is not Form.TEXT:
            found.append(_request(advisor, before, turn, message, form, replies, None))
        for text in (each for each in replies if isinstance(each, Text) and form is Form.TEXT):
            write = next((each for each in writes if each.what is text.what), None)
            writes = [each for each in writes if each is not write]
            found.append(_request(advisor, before, turn, message, form, (text,), write))
    return tuple(found)


def _request(
    advisor: Advisor,
    before: Conversation,
    turn: Turn,
    message: Message,
    form: Form,
    replies: tuple[Reply, ...],
    write: Command | None,
) -> WordingRequest:
    context = Context(advisor, message, turn.did, before)
    facts = facts_for(context, turn, replies)
    line = without_addresses(bounded(text_of(message)).text)
    texts = tuple(reply for reply in replies if isinstance(reply, Text))
    wish = {} if write is None else write.parameters()
    by, own = hashed(message.sender.id), wish.get("of") == AS_IT_IS
    draft = Drafts.of(before.draft, by).last(texts[0].what, by, own=own) if texts else Draft()
    most = _MOST.get(form) or _most_of(texts[0], wish, draft)
    record, results = record_of(texts), results_of(texts)
    asked = {
        "line": line,
        "wanted": form.name.lower(),
        "sentences": most,
        "form": "" if write is None else without_addresses(write.value),
        "asked": [each.name for each in turn.did if each is write or each.command is not Kind.WRITE],
        "before": before.last,
        "draft": [{"text": each.text, "new_line": each.new_line} for each in draft.sentences],
        "draft_before": [each.text for each in draft.before],
        "draft_is_old": bool(draft.sentences) and not draft.standing(record),
        "facts": {number: f"{fact.text} {fact.source}".strip() for number, fact in enumerate(facts, 1)},
    }
    told = {name: value for name, value in asked.items() if value}
    messages = ({"role": "system", "content": _fixed(advisor.pack.subject)}, {"role": "user", "content": as_json(told)})
    around = _AROUND * any(reply.what is What.MAIL for reply in texts)
    named = () if draft.sentences else _named(texts)
    schema, answers = _prompt()["schema"], answers_of(context, turn.conversation)
    return WordingRequest(
        messages, schema, line, facts, most + around, form, named, draft, record, results, wish, answers
    )


def _most_of(text: Text, wish: Mapping[str, str], draft: Draft) -> int:
    """Sentences of a text: as many as are asked for, else room for what a line adds, or less if it is to be shorter;
    one for each idea at the least.
    """
    least = max(text.most, len(text.results) or len(getattr(text, "rows", ())))
    short, there = "short" in wish.get("style", ""), len(draft.sentences) if wish.get("of") == "last" else 0
    if not wish.keys().isdisjoint(("sentences", "lines")):
        return least
    if short and not there:
        return max(least, _SHORT)
    return max(least, _SHORTER * there // 100 if short else there + _MORE if there else _TEXT)


def _named(texts: Iterable[Text]) -> tuple[str, ...]:
    """The titles of the ideas that texts are about, where they are several."""
    listed = [row.idea.title for text in texts if isinstance(text, ListText) for row in text.rows]
    titles = [*listed, *(told.result.title for text in texts if isinstance(text, ResultText) for told in text.results)]
    return tuple(titles) if len(titles) > 1 else ()


@lru_cache(maxsize=1)
def _prompt() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = packaged("dialogs.wording", "prompt.yaml")
    return loaded


def _fixed(subject: str) -> str:
    """The part of the prompt that is the same for every line."""
    given = _prompt()
    shown = (f"{as_json(each['asked'])}\n{as_json(_answer(each))}" for each in given["examples"])
    parts = (
        given["task"].format(subject=subject),
        "# Rules",
        given["rules"],
        "# Examples, each with its answer",
        *shown,
    )
    return "\n".join(part.strip() for part in parts)


def _answer(example: Mapping[str, Any]) -> Mapping[str, object]:
    return {"sentences": [{"new_line": False} | each for each in example["answer"]["sentences"]]}
