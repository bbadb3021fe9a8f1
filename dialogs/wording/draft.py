"""Texts to take away in the words of a language model, sentence by sentence, so that a line can change them."""

from collections.abc import Iterable
from hashlib import blake2s
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from dialogs.focus import TEXTS_KEPT
from dialogs.replies import Reply
from dialogs.replies.sums import SumWorkedOut
from dialogs.replies.texts import ListText, PromptText, ResultText
from dialogs.wording.words import telling

_LINES = 12
"""Lines about a text that are kept: what they wanted in it may stay in it."""


class Sentence(NamedTuple):
    """A sentence, and the numbers of the facts that it rests on: in a text for others none where the line wanted it.

    `new_line`: a paragraph begins with it.
    """

    text: str
    facts: tuple[int, ...]
    new_line: bool = False


class Draft(NamedTuple):
    """The sentences of a text of a `form` that holds, and the version before it. `record` says what was on record of
    its ideas, as `record_of` gives it, and `results` their verdicts, `by` who asked for it, as a hash: what is in it of
    their `lines` is for nobody else to change.
    """

    sentences: tuple[Sentence, ...] = ()
    record: str = ""
    by: str = ""
    lines: tuple[str, ...] = ()
    before: tuple[Sentence, ...] = ()
    form: str = ""
    results: tuple[str, ...] = ()

    def then(self, sentences: tuple[Sentence, ...], record: str, line: str, results: tuple[str, ...] = ()) -> "Draft":
        """The next version, after a line. The one before is kept only if it was about the same record."""
        lines = (*self.lines, line)[-_LINES:]
        return Draft(sentences, record, self.by, lines, self.standing(record), self.form, results)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        joined = "".join(f"\n{each.text}" if each.new_line else f" {each.text}" for each in self.sentences)
        return tuple(filter(None, (line.strip() for line in joined.split("\n"))))

    def standing(self, record: str) -> tuple[Sentence, ...]:
        """The sentences, unless something on record has changed since."""
        return self.sentences if record == self.record else ()


class Drafts(NamedTuple):
    """Somebody's last draft of each form, the newest last."""

    drafts: tuple[Draft, ...] = ()

    @classmethod
    def of(cls, stored: str, by: str) -> "Drafts":
        """Reads those of a person; none where it is no such text, or they are another's."""
        try:
            return cls(tuple(each for each in _DRAFTS.validate_json(stored) if each.by == by))
        except ValidationError:
            return cls()

    def last(self, form: str, by: str, *, own: bool = False) -> Draft:
        """The draft that a text of a form changes: that of this form; else the newest, unless it is to be its `own`;
        else an empty one.
        """
        same = [each for each in self.drafts if each.form == form]
        return (Draft(by=by), *self.drafts[len(self.drafts) * own :], *same)[-1]._replace(form=form)

    def stored_with(self, *drafts: Draft) -> str:
        forms = {draft.form for draft in drafts}
        others = tuple(each for each in self.drafts if each.form not in forms)
        return _DRAFTS.dump_json((*others, *drafts)[-TEXTS_KEPT:]).decode()


def nearest(text: str, among: Iterable[Sentence]) -> Sentence | None:
    """The sentence that has most of a text's telling words, if there is one that has more than half."""
    words, alike = telling(text), [(len(telling(text) & telling(each.text)), each) for each in among]
    most, near = max(alike, key=lambda pair: pair[0], default=(0, None))
    return near if 2 * most > len(words) else None


def results_of(replies: Iterable[Reply]) -> tuple[str, ...]:
    """The names of the verdicts on the ideas that texts are about, each once."""
    told = [each.result.verdict for reply in replies if isinstance(reply, ResultText) for each in reply.results]
    told += [row.verdict for reply in replies if isinstance(reply, ListText) for row in reply.rows if row.verdict]
    return tuple(dict.fromkeys(verdict.name.lower() for verdict in told))


_DRAFTS = TypeAdapter(tuple[Draft, ...])


def record_of(replies: Iterable[Reply]) -> str:
    """What texts are about as a hash: answers, verdict, status and sums of each idea."""
    told = set[str]()
    for reply in replies:
        if isinstance(reply, ResultText):
            for each in reply.results:
                sums = [one.costs if isinstance(one, SumWorkedOut) else sorted(one.values.items()) for one in each.sums]
                told.add(repr((each.result.verdict.id, sorted(each.result.given.items()), each.status, sums)))
        elif isinstance(reply, PromptText):
            told.add(repr((reply.title, reply.notes)))
        elif isinstance(reply, ListText):
            for row in reply.rows:
                verdict = None if row.verdict is None else row.verdict.id
                told.add(repr((verdict, sorted(row.idea.chosen.items()), row.idea.status)))
    return blake2s(repr(sorted(told)).encode(), digest_size=8).hexdigest()
