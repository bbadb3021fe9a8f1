"""The trained model: classifiers fitted to a pack, stored in a file, refused where anything has changed."""

import json
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.matching.classifier import LinearClassifier
from knowledge.matching.description_model import DESCRIPTION_WORDS, DescriptionModel, fit_descriptions
from knowledge.matching.embeddings import CachedEncoder, Encoder, write_cache
from knowledge.matching.evidence_model import EvidenceWeights
from knowledge.matching.examples import (
    ANY,
    NONE,
    Labelled,
    call_examples,
    description_examples,
    entry_examples,
    idea_examples,
    passage_examples,
    plain_examples,
    reply_examples,
    scenario_examples,
    statement_examples,
)
from knowledge.matching.keywords import CALL, KEYWORD_WEIGHTS, TOPIC, Keywords, feature, keyword_features
from knowledge.matching.statement_features import StatementFeatures
from knowledge.matching.tfidf import Count, Idf, Weights, ngrams
from knowledge.matching.training import (
    ANSWER_WORDS,
    INVERSE_REGULARIZATION,
    STATEMENT_WORDS,
    Thresholds,
    TrainingTexts,
    fit,
    fit_one,
    rounded,
)
from knowledge.pack import Pack
from knowledge.text_normalization import Normaliser

_FORMAT = 12
"""Raise it whenever the features or the fitting change: everything stored before is then stale."""

_ANSWERS_GROUP = "answers/"
"""What the arrays of the questions' classifiers are named by in a file."""

_REPLIES_GROUP = "replies/"
"""The same for the classifiers of replies."""

_DESCRIPTIONS_GROUP = "descriptions/"
"""The same for the classifiers of whole descriptions."""

_EVIDENCE_GROUP = "evidence/"
"""The same for what the evidence weighs."""

_LEAST = 3
"""Texts that a feature must occur in: rarer ones carry hardly anything from one text to another, and cost memory."""

# Cross-validation cannot choose the thresholds: half of a pack's texts are mirror images of the other half, so what is
# unseen there is harder than anything people type. They are chosen on the evaluation sets; see docs/matching.md.
_PASSAGES = Thresholds(accept=0.68, relevance=0.3)
"""By cost: a wrong title that is offered costs a glance, a menu instead of an answer a turn, a wrong answer two."""

_LEAN = 1.0
"""Added to the scores of outside entries and terms, which have a tenth of the passages' examples: some of that
difference only tells who wrote how much. The whole of it would be 2."""

_CALLS = Thresholds(accept=0.08, relevance=0.5)
"""Low: what an idea calls for stands against all else that ideas say, and is but a line to read on."""
_SCENARIOS = Thresholds(accept=0.5, relevance=0.33)
_IDEAS = Thresholds(accept=0.45, relevance=0.45)
_STATEMENTS = Thresholds(accept=0.6, relevance=0.6)
_REPLIES = Thresholds(accept=0.75, relevance=0.35)

_REPEATED = 2
"""Statements and replies that a feature must occur in."""


@dataclass(frozen=True, eq=False)
class MatchingModel:
    """Classifiers over the same features: which passage, outside entry or term a text asks for, which scenario it
    resembles, and which outside entry an idea calls for.

    And a classifier for each question, over features of their own: which of its options a sentence implies.
    """

    key: str
    idf: Idf
    passages: LinearClassifier
    calls: LinearClassifier | None
    """None where the pack has no outside entries."""
    scenarios: LinearClassifier
    answers: dict[str, LinearClassifier]
    ideas: LinearClassifier
    """Whether a text describes an idea at all; over the features of passages and scenarios."""
    replies: dict[str, LinearClassifier]
    """For each question what a reply means while it is open, and under ANY what it means whatever is open."""
    statement_idf: Idf
    """The features of the classifiers of statements, of replies and of descriptions; see `statement_features`."""
    descriptions: DescriptionModel


def model_key(pack: Pack, encoder: Encoder) -> str:
    """Names what was fitted: the same for the same examples, encoder and way of fitting."""
    spelling = pack.phrasings.spelling.model_dump(mode="json")
    thresholds = [asdict(each) for each in (_PASSAGES, _CALLS, _SCENARIOS, _IDEAS, _STATEMENTS, _REPLIES)]
    words = [STATEMENT_WORDS, ANSWER_WORDS, DESCRIPTION_WORDS]
    way = [_FORMAT, INVERSE_REGULARIZATION, *words, _LEAST, _REPEATED, _LEAN, KEYWORD_WEIGHTS, *thresholds]
    examples = [passage_examples(pack), scenario_examples(pack), idea_examples(pack)]
    examples += [entry_examples(pack), call_examples(pack)]
    keywords = {entry.id: [entry.topics, entry.keywords] for entry in pack.outside}
    names = {term.id: term.names for term in pack.terms}
    bounds = pack.quantities.model_dump(mode="json")
    described = [asdict(each) for each in description_examples(pack)]
    wordings = pack.reading.model_dump(mode="json") if described else None  # they are evidence as well
    stated = [bounds, statement_examples(pack), _reply_examples(pack), described, wordings]
    content = [way, encoder.digest, spelling, keywords, names, *examples, *stated]
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def build(pack: Pack, encoder: Encoder) -> MatchingModel:
    """Fits all classifiers; takes five to six minutes of processor time for some thirty thousand examples."""
    normalise = Normaliser(pack.phrasings.spelling)

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
    replies = _reply_examples(pack)
    short = {text for labelled in replies.values() for _, text in labelled}
    typed = sorted({*said, *short})
    statement_idf = Idf.of(typed, least=_REPEATED, count=StatementFeatures(pack).count)
    stated = TrainingTexts({text: normalise(text) for text in typed}, statement_idf, encoder)
    answers = _answers(tuple(pack.statements.said), said, stated)
    return MatchingModel(
        model_key(pack, encoder),
        idf,
        _leaning(fit_one(about.examples(asked + entries, topics), 1.0, _PASSAGES), {label for label, _ in entries}),
        fit_one(about.examples(calls, calling), 1.0, _CALLS) if calls else None,
        fit_one(about.examples(cases), 1.0, _SCENARIOS),
        answers,
        fit_one(about.examples(ideas), 1.0, _IDEAS),
        {name: fit_one(stated.examples(told), ANSWER_WORDS, _REPLIES) for name, told in replies.items()},
        statement_idf,
        fit_descriptions(pack, encoder, answers, statement_idf),
    )


def _leaning(classifier: LinearClassifier, labels: Set[str]) -> LinearClassifier:
    """The classifier with more of a mind to some labels."""
    more = np.array([_LEAN if label in labels else 0.0 for label in classifier.labels], np.float32)
    return rounded(replace(classifier, bias=classifier.bias + more))


def topics_of(pack: Pack, normalise: Normaliser) -> Keywords:
    """What makes a question one about an outside entry or a term: a term's names do."""
    names = {term.id: term.names for term in pack.terms}
    return Keywords({entry.id: entry.topics for entry in pack.outside} | names, normalise)


def calls_of(pack: Pack, normalise: Normaliser) -> Keywords:
    """What makes an idea call for an outside entry."""
    return Keywords({entry.id: entry.keywords for entry in pack.outside}, normalise)


def _keyword_features(keywords: Keywords, kind: str, text: str) -> Weights:
    return keyword_features(kind, keywords.longest(text))


def _with_keywords(idf: Idf, pack: Pack) -> Idf:
    """With a column for each keyword feature, whose weight no text's n-grams give."""
    known = ("", *(part.id for part in (*pack.outside, *pack.terms)))
    names = [feature(kind, name) for kind in (TOPIC, CALL) for name in known]
    return Idf({**idf.weights, **dict.fromkeys(names, 1.0)}) if len(known) > 1 else idf


def _reply_examples(pack: Pack) -> dict[str, Labelled]:
    """What the classifiers of replies learn from, by their name; none where the pack has no replies."""
    asked = pack.short_answers.answers
    return {question: reply_examples(pack, question) for question in asked} | (
        {ANY: plain_examples(pack)} if asked else {}
    )


def _answers(
    questions: tuple[str, ...], said: Mapping[str, Mapping[str, str]], texts: TrainingTexts
) -> dict[str, LinearClassifier]:
    """The classifiers of statements: all learn from the same texts in the same order, under their own labels."""
    if not said:
        return {}
    told = texts.examples([(NONE, text) for text in said])
    labels = {question: tuple(options.get(question, NONE) for options in said.values()) for question in questions}
    return fit(told, labels, STATEMENT_WORDS, _STATEMENTS)


def dump(model: MatchingModel) -> bytes:
    """The fitted classifiers as a file (numpy's compressed .npz, no pickled objects)."""
    arrays: dict[str, np.ndarray] = {
        "key": _bytes(model.key),
        "names": _bytes("\n".join(model.idf.weights)),
        "rarity": np.fromiter(model.idf.weights.values(), np.float64),
        "stated.names": _bytes("\n".join(model.statement_idf.weights)),
        "stated.rarity": np.fromiter(model.statement_idf.weights.values(), np.float64),
    }
    answers = {f"{_ANSWERS_GROUP}{question}": classifier for question, classifier in model.answers.items()}
    replies = {f"{_REPLIES_GROUP}{name}": classifier for name, classifier in model.replies.items()}
    described = {f"{_DESCRIPTIONS_GROUP}{q}": each for q, each in model.descriptions.classifiers.items()}
    whole = {"passages": model.passages, "scenarios": model.scenarios, "ideas": model.ideas}
    calls = {} if model.calls is None else {"calls": model.calls}
    for name, classifier in {**whole, **calls, **answers, **replies, **described}.items():
        arrays[f"{name}.labels"] = _bytes("\n".join(classifier.labels))
        thresholds = [classifier.accept_threshold, classifier.relevance_threshold]
        arrays[f"{name}.thresholds"] = np.array(thresholds, np.float64)
        for part in ("dense", "sparse", "bias"):
            arrays[f"{name}.{part}"] = getattr(classifier, part).astype(np.float16)
    for question, each in model.descriptions.weights.items():
        name = f"{_EVIDENCE_GROUP}{question}"
        arrays[f"{name}.options"] = _bytes("\n".join(each.options))
        arrays[f"{name}.weights"], arrays[f"{name}.bias"] = each.weights, each.bias
    stream = BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def parse(content: bytes, key: str, count: Count) -> MatchingModel | None:
    """What `dump` wrote, or None where it is not for this key or is no such file. `count`: features of statements."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as arrays:
            if _text(arrays["key"]) != key:
                return None
            idf, statement_idf = _idf(arrays, "", ngrams), _idf(arrays, "stated.", count)
            passages, scenarios = _classifier(arrays, "passages"), _classifier(arrays, "scenarios")
            ideas = _classifier(arrays, "ideas")
            calls = _classifier(arrays, "calls") if "calls.labels" in arrays else None
            answers, replies = _classifiers(arrays, _ANSWERS_GROUP), _classifiers(arrays, _REPLIES_GROUP)
            described = DescriptionModel(_classifiers(arrays, _DESCRIPTIONS_GROUP), _evidence(arrays))
    except (KeyError, ValueError, OSError, BadZipFile):
        return None
    return MatchingModel(key, idf, passages, calls, scenarios, answers, ideas, replies, statement_idf, described)


def _classifiers(arrays: np.lib.npyio.NpzFile, group: str) -> dict[str, LinearClassifier]:
    labels = [name for name in arrays.files if name.startswith(group) and name.endswith(".labels")]
    named = [name.removesuffix(".labels") for name in labels]
    return {name.removeprefix(group): _classifier(arrays, name) for name in named}


def _evidence(arrays: np.lib.npyio.NpzFile) -> dict[str, EvidenceWeights]:
    found: dict[str, EvidenceWeights] = {}
    for file in arrays.files:
        if file.startswith(_EVIDENCE_GROUP) and file.endswith(".options"):
            name = file.removesuffix(".options")
            options = tuple(_text(arrays[file]).split("\n"))
            weights = EvidenceWeights(options, arrays[f"{name}.weights"], arrays[f"{name}.bias"])
            found[name.removeprefix(_EVIDENCE_GROUP)] = weights
    return found


def _idf(arrays: np.lib.npyio.NpzFile, name: str, count: Count) -> Idf:
    names = _text(arrays[f"{name}names"]).split("\n") if len(arrays[f"{name}names"]) else []
    return Idf(dict(zip(names, arrays[f"{name}rarity"].tolist(), strict=True)), count)


def _classifier(arrays: np.lib.npyio.NpzFile, name: str) -> LinearClassifier:
    accept, relevance = arrays[f"{name}.thresholds"].tolist()
    dense, sparse, bias = (arrays[f"{name}.{part}"].astype(np.float32) for part in ("dense", "sparse", "bias"))
    return LinearClassifier(tuple(_text(arrays[f"{name}.labels"]).split("\n")), dense, sparse, bias, accept, relevance)


def _bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), np.uint8)


def _text(array: np.ndarray) -> str:
    return array.tobytes().decode()


def shipped_model(pack_id: str) -> Path:
    """Where the classifiers of a pack that comes with the advisor stand."""
    return Path(__file__).with_name("models") / f"{pack_id}.npz"


def load_or_fit(
    pack: Pack,
    encoder: Encoder,
    cache: Path | None,
    fitting: Callable[[], None] | None = None,
    own: Path | None = None,
) -> MatchingModel:
    """The classifiers that come with the advisor, or with the pack (in the file `own`), or stand in `cache`; fitted,
    and stored there, where all are stale.

    `fitting` is called before that happens. Where `cache` cannot be written, they serve this process alone.
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
    if fitting is not None:
        fitting()
    if cache is None:
        return build(pack, encoder)
    fresh = build(pack, CachedEncoder(encoder, cache))
    write_cache(_in_cache(cache, key), dump(fresh))
    return fresh


def is_cached(pack: Pack, encoder: Encoder, cache: Path) -> bool:
    """Whether what was fitted stands in `cache`, so that the next process need not fit."""
    return _in_cache(cache, model_key(pack, encoder)).is_file()


def _in_cache(cache: Path, key: str) -> Path:
    return cache / f"{key}.npz"
