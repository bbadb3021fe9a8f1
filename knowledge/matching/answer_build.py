"""`python -m knowledge.matching.answer_build FOLDER …` fits the weights for typed answers and stores them.

Each folder holds sets of one author, as `knowledge.evaluation` reads them. For each folder it prints how well its typed
answers are understood with weights fitted to the other folders: cross-validation by author. Run it after a change of
the features; train the classifiers first (`knowledge.matching.build`).
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from knowledge.evaluation.evaluator import typed_answer_scores
from knowledge.evaluation.labelled_sets import LabelledSets, LabelledTypedAnswer, load_sets
from knowledge.evaluation.report import typed_answer_lines
from knowledge.matching.answer_fit import LabelledOption, fit_weights
from knowledge.matching.factory import build_knowledge, load_encoder
from knowledge.pack_loader import builtin, load_pack
from knowledge.typed_answers.answer_reader import PackAnswerReader
from knowledge.typed_answers.weights import AnswerWeights, dump, stored_file

_BESIDE = 0.3
"""Weight of a question, a remark or a guard as an example. Most questions and remarks are recognised before they are
read as answers, and guards are more common in these sets than among real ones."""

_GUARD = "guard"
"""The kind of texts that sound like answers but are none: "our vendor has thousands"."""


@dataclass(frozen=True, slots=True)
class _Author:
    """A folder, its typed answers, and examples made of these and of its other texts."""

    name: str
    answers: Sequence[LabelledTypedAnswer]
    labelled: Sequence[LabelledOption]


def main(folders: Sequence[Path]) -> None:
    """Writes the weights and prints how well typed answers are understood."""
    pack = load_pack(builtin())
    fitted: list[AnswerWeights] = []
    for encoder in (load_encoder(None), None):
        knowledge = build_knowledge(pack, encoder=encoder)
        reader = knowledge.typed_answers
        assert isinstance(reader, PackAnswerReader)
        authors = [_author(reader, load_sets(folder), folder.name) for folder in folders]
        sys.stdout.write("with the encoder\n" if encoder else "by words alone\n")
        for each in authors:
            others = fit_weights([one for other in authors if other is not each for one in other.labelled])
            scores = typed_answer_scores(reader.with_weights(others), each.answers)
            sys.stdout.write("\n".join([each.name, *typed_answer_lines(scores), ""]))
        fitted.append(fit_weights([one for each in authors for one in each.labelled]))
    by_meaning, by_words = fitted
    stored_file().write_text(dump(by_meaning, by_words), "utf-8")


def _author(reader: PackAnswerReader, sets: LabelledSets, name: str) -> _Author:
    asked = cycle(dict.fromkeys(question for _, question, _ in reader.options(None)))
    texts = [(row, _BESIDE if row.kind == _GUARD else 1.0) for row in sets.typed_answers]
    texts += [
        (LabelledTypedAnswer(row.text, question, "beside", {}), _BESIDE)
        for row, question in zip([*sets.questions, *sets.offtopic], asked, strict=False)
    ]
    return _Author(name, sets.typed_answers, [one for row, count in texts for one in _labelled(reader, row, count)])


def _labelled(reader: PackAnswerReader, row: LabelledTypedAnswer, count: float) -> Iterator[LabelledOption]:
    """An example for each option: its features, and whether the text means it."""
    features = reader.features(row.text, row.open_question)
    for head, question, option in reader.options(row.open_question):
        right = row.answers.get(question) == option
        yield LabelledOption(head, features.of(question, option), right, count)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
