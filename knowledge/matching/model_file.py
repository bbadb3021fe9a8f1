"""The trained model of a pack in a file, which is refused if anything that it depends on has changed: all that a start
needs of what was learnt from.
"""

import json
from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from pydantic import PlainSerializer, PlainValidator, TypeAdapter

from knowledge.matching.classifier import STEP, LinearClassifier
from knowledge.matching.description_model import DESCRIPTION_WORDS, DescriptionModel, fit_descriptions
from knowledge.matching.embeddings import Encoder, write_cache
from knowledge.matching.examples import (
    ANY,
    NONE,
    Labelled,
    answer_examples,
    call_examples,
    common_words,
    entry_examples,
    idea_examples,
    passage_examples,
    plain_examples,
    scenario_examples,
    statement_examples,
)
from knowledge.matching.keywords import CALL, KEYWORD_WEIGHTS, TOPIC, Keywords, feature, keyword_features
from knowledge.matching.statement_features import StatementFeatures
from knowledge.matching.tfidf import Count, Idf, Weights
from knowledge.matching.training import (
    ANSWER_WORDS,
    INVERSE_REGULARIZATION,
    STATEMENT_WORDS,
    TrainingTexts,
    fit,
    fit_one,
)
from knowledge.pack import Pack
from knowledge.text_normalization import Normaliser

_FORMAT = 15
"""Raise it whenever the features or the training change: all stored models are then stale."""

_LEAST = 3
"""Least texts that a feature must occur in: rarer ones add almost nothing and cost memory."""

_LEAN = 1.0
"""Added to the scores of outside entries and terms. They have a tenth of the passages' examples, so they score low. An
addition of 2 would offset the whole difference; part of it reflects only how much was written."""

_REPEATED = 2
"""Least statements and typed answers that a feature must occur in."""


_Idf = Annotated[Idf, PlainValidator(Idf), PlainSerializer(lambda idf: idf.weights)]


@dataclass(frozen=True, eq=False)
class MatchingModel:
    """Classifiers over the same features: which passage, outside entry or term a text asks for, which scenario it
    resembles, and which outside entry an idea calls for.

    And a classifier for each question, over features of their own: which of its options a sentence implies.
    """

    key: str
    idf: _Idf
    passages: LinearClassifier
    calls: LinearClassifier | None
    """None if the pack has no outside entries."""
    scenarios: LinearClassifier
    statements: dict[str, LinearClassifier]
    ideas: LinearClassifier
    """Whether a text describes an idea at all; over the features of passages and scenarios."""
    typed_answers: dict[str, LinearClassifier]
    """By question, what an answer means while that question is open; under ANY, whatever question is open."""
    statement_idf: _Idf
    """The features of the classifiers of statements, typed answers and descriptions; see `statement_features`."""
    descriptions: DescriptionModel
    known: dict[str, str]
    """By normalised text, the passage, outside entry or term that it asks for; NONE where it asks for none of them."""
    common_words: Annotated[frozenset[str], PlainSerializer(sorted)]
    """See `examples.common_words`."""


def model_key(pack: Pack, encoder: Encoder) -> str:
    """The key of a trained model: the same for the same examples, encoder and training. Needs nothing of LEARNT.

    A title or a story is an example only where it has no phrasings: rewording it leaves the key as it is.
    """
    spelling = pack.spelling.model_dump(mode="json")
    words = [STATEMENT_WORDS, ANSWER_WORDS, DESCRIPTION_WORDS]
    way = [_FORMAT, INVERSE_REGULARIZATION, STEP, *words, _LEAST, _REPEATED, _LEAN, KEYWORD_WEIGHTS]
    ids = [part.id for part in (*pack.passages, *pack.scenarios)]
    answers = {question.id: {option.id: option.words for option in question.options} for question in pack.questions}
    called = {each.id: [each.topics, each.keywords, each.calls, each.not_calls] for each in pack.outside}
    names = {term.id: term.names for term in pack.terms}
    bounds = pack.quantities.model_dump(mode="json")
    wordings = pack.reading.model_dump(mode="json", exclude={"subjects"})  # they are evidence as well
    own = [spelling, ids, answers, called, names, bounds, wordings, entry_examples(pack)]
    content = [way, encoder.digest, pack.training, *own]
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def build(pack: Pack, encoder: Encoder) -> MatchingModel:
    """Trains all classifiers: minutes of processor time for about thirty thousand examples."""
    normalise = pack.normalise

    def normalised(labelled: Labelled) -> Labelled:
        return [(label, normalise(text)) for label, text in labelled]

    asked, cases = normalised(passage_examples(pack)), normalised(scenario_examples(pack))
    entries, calls = normalised(entry_examples(pack)), normalised(call_examples(pack))
    ideas = normalised(idea_examples(pack))
    known = sorted({text for _, text in asked + entries + calls + cases + ideas})
    idf = _with_keywords(Idf.of(known, least=_LEAST), pack)
    topics = partial(_keyword_features, topics_of(pack, normalise), TOPIC)
    calling = partial(_keyword_features, calls_of(pack, normalise), CALL)
    about = TrainingTexts({text: text for text in known}, idf, encoder)
    said = statement_examples(pack) if pack.statements.said else {}
    typed_answers = {question: answer_examples(pack, question) for question in pack.short_answers.answers}
    typed_answers |= {ANY: plain_examples(pack)} if typed_answers else {}
    short = {text for labelled in typed_answers.values() for _, text in labelled}
    typed = sorted({*said, *short})
    statement_idf = Idf.of(typed, least=_REPEATED, count=StatementFeatures(pack).count)
    stated = TrainingTexts({text: normalise(text) for text in typed}, statement_idf, encoder)
    statements = _statements(tuple(pack.statements.said), said, stated)
    return MatchingModel(
        model_key(pack, encoder),
        idf,
        _leaning(fit_one(about.examples(asked + entries, topics), 1.0), {label for label, _ in entries}),
        fit_one(about.examples(calls, calling), 1.0) if calls else None,
        fit_one(about.examples(cases), 1.0),
        statements,
        fit_one(about.examples(ideas), 1.0),
        {name: fit_one(stated.examples(told), ANSWER_WORDS) for name, told in typed_answers.items()},
        statement_idf,
        fit_descriptions(pack, encoder, statements, statement_idf),
        {text: label for label, text in asked + entries},
        common_words(pack),
    )


def _leaning(classifier: LinearClassifier, labels: Set[str]) -> LinearClassifier:
    """The classifier with `_LEAN` added to the scores of these labels."""
    more = np.array([_LEAN if label in labels else 0.0 for label in classifier.labels], np.float32)
    return replace(classifier, bias=classifier.bias + more)


def topics_of(pack: Pack, normalise: Normaliser) -> Keywords:
    """Keywords that make a question one about an outside entry or a term: topics, and the names of terms."""
    names = {term.id: term.names for term in pack.terms}
    return Keywords({entry.id: entry.topics for entry in pack.outside} | names, normalise)


def calls_of(pack: Pack, normalise: Normaliser) -> Keywords:
    """Keywords that make an idea call for an outside entry."""
    return Keywords({entry.id: entry.keywords for entry in pack.outside}, normalise)


def _keyword_features(keywords: Keywords, kind: str, text: str) -> Weights:
    return keyword_features(kind, keywords.longest(text))


def _with_keywords(idf: Idf, pack: Pack) -> Idf:
    """The weights with a column for each keyword feature; n-grams do not give these."""
    known = ("", *(part.id for part in (*pack.outside, *pack.terms)))
    names = [feature(kind, name) for kind in (TOPIC, CALL) for name in known]
    return Idf({**idf.weights, **dict.fromkeys(names, 1.0)}) if len(known) > 1 else idf


def _statements(
    questions: tuple[str, ...], said: Mapping[str, Mapping[str, str]], texts: TrainingTexts
) -> dict[str, LinearClassifier]:
    """The classifiers of statements: all trained on the same texts in the same order, each with its own labels."""
    if not said:
        return {}
    told = texts.examples([(NONE, text) for text in said])
    labels = {question: tuple(options.get(question, NONE) for options in said.values()) for question in questions}
    return fit(told, labels, STATEMENT_WORDS)


@cache
def _adapter() -> TypeAdapter[MatchingModel]:
    return TypeAdapter(MatchingModel)


def dump(model: MatchingModel) -> bytes:
    """The fitted classifiers as a file: a compressed .npz, no pickled objects. The arrays, and JSON for all else."""
    arrays: list[NDArray[Any]] = []
    plain = _adapter().dump_json(model, context=arrays)
    stream = BytesIO()
    np.savez_compressed(stream, *arrays, key=_bytes(model.key.encode()), plain=_bytes(plain))
    return stream.getvalue()


def parse(content: bytes, key: str, count: Count) -> MatchingModel | None:
    """What `dump` wrote; None if it has another key or is no such file. `count`: counts the features of statements."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as file:
            if file["key"].tobytes() != key.encode():
                return None
            arrays = [file[f"arr_{number}"] for number in range(len(file.files) - len(("key", "plain")))]
            found = _adapter().validate_json(file["plain"].tobytes(), context=arrays)
    except (LookupError, ValueError, OSError, BadZipFile):
        return None
    return replace(found, statement_idf=Idf(found.statement_idf.weights, count))


def _bytes(content: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(content, np.uint8)


def shipped_model(pack_id: str) -> Path:
    """The file of the classifiers of a pack that comes with the advisor."""
    return Path(__file__).with_name("models") / f"{pack_id}.npz"


def load(pack: Pack, encoder: Encoder, cache: Path | None = None, own: Path | None = None) -> MatchingModel | None:
    """The classifiers that come with the advisor, with the pack (the file `own`) or are in `cache`; None if all are
    stale. Needs nothing of LEARNT.
    """
    key = model_key(pack, encoder)
    count = StatementFeatures(pack).count
    stored = [shipped_model(pack.id), *([own] if own else [])]
    if cache is not None:
        stored.append(_in_cache(cache, key))
    for file in stored:
        with suppress(OSError):
            if (found := parse(file.read_bytes(), key, count)) is not None:
                return found
    return None


def fit_and_keep(pack: Pack, encoder: Encoder, cache: Path | None) -> MatchingModel:
    """Trains the classifiers of a whole pack and writes them to `cache`. If that cannot be written, they are used by
    this process alone. TrainingError where nothing can be trained.
    """
    fresh = build(pack, encoder)
    if cache is not None:
        write_cache(_in_cache(cache, fresh.key), dump(fresh))
    return fresh


def is_cached(pack: Pack, encoder: Encoder, cache: Path) -> bool:
    """Whether the trained classifiers are in `cache`, so that the next process does not train."""
    return _in_cache(cache, model_key(pack, encoder)).is_file()


def _in_cache(cache: Path, key: str) -> Path:
    return cache / f"{key}.npz"
