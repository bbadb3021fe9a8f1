"""What of a language model's answer is shown: the sentences that hold, and of a text what stays as it was."""

import json
from collections import Counter
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from dialogs.advisor import Advisor
from dialogs.replies.model_answers import WordedText
from dialogs.understanding.model.answer import list_in
from dialogs.wording.case import Basis
from dialogs.wording.checks import Fault, fault_of, is_outdated
from dialogs.wording.draft import Sentence, nearest
from dialogs.wording.eligibility import Form
from dialogs.wording.placement import Words
from dialogs.wording.request import WordingRequest

_ONE = TypeAdapter(Sentence)
_NONE = Sentence("", ())


class Wording(NamedTuple):
    """The sentences that hold, None where it is no answer at all; all that were tried, each with its fault; and what
    stood in the text before, and not any more, since it contradicts the record by now.
    """

    sentences: tuple[Sentence, ...] | None
    tried: tuple[tuple[Sentence, Fault], ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def dropped(self) -> Counter[str]:
        """How many did not hold, by reason."""
        return Counter(fault.reason for _, fault in self.tried if fault.reason)

    @property
    def held(self) -> int:
        """How many hold as they were tried."""
        return sum(not fault.reason for _, fault in self.tried)

    def words(self, request: WordingRequest) -> Words | None:
        """What is shown of it, with the sources of its facts; None where nothing is, or too little of a text."""
        said = " ".join(each.text for each in self.sentences or ())
        if not self.sentences or not request.is_enough(said, kept=len(self.sentences), dropped=self.dropped.total()):
            return None
        if request.form is Form.TEXT:
            draft = request.draft.then(self.sentences, request.record, request.line, request.results)
            words = tuple(dict.fromkeys(w for said, fault in self.tried for w in fault.words if w in said.text))
            others = tuple(name for name in request.results if name not in request.draft.results)
            text = WordedText(draft.paragraphs, bool(self.dropped), words, self.lost, others)
            return Words(texts=(text,), drafts=(draft,))
        named = (request.facts[number - 1].source for each in self.sentences for number in each.facts)
        return Words(tuple(each.text for each in self.sentences), tuple(dict.fromkeys(filter(None, named))))


def checked(advisor: Advisor, request: WordingRequest, answer: str) -> Wording:
    """What of an answer holds. In a text the sentence that one was to change stands where the new one does not hold."""
    given = list_in(answer, "sentences")
    if given is None:
        return Wording(None, ((_NONE, Fault("json")),))
    basis, found = Basis(advisor.pack, request), list[Sentence]()
    tried: list[tuple[Sentence, Fault]] = []
    draft = request.draft.sentences if request.form is Form.TEXT else ()
    false = [each for each in draft if is_outdated(basis, each)]
    stays = [each for each in draft if each not in false]
    for each in given:
        sentence = _sentence(each)
        room = len(found) < request.most
        fault = Fault("shape") if sentence is _NONE else fault_of(basis, sentence)
        fault = fault if room or fault.reason else Fault("too_many")
        tried.append((sentence, fault))
        kept = (nearest(sentence.text, stays) if room else None) if fault.reason else sentence
        if kept is not None and (kept is sentence or kept not in found):
            found.append(kept)
    changed = false if request.wish.get("of") == "last" else ()
    return Wording(tuple(found), tuple(tried), tuple(e.text for e in changed if nearest(e.text, found) is None))


def _sentence(given: object) -> Sentence:
    try:
        return _ONE.validate_json(json.dumps(given), strict=True)
    except ValidationError:
        return _NONE
