"""`python -m knowledge.matching.build` trains the classifiers of the advisor's own pack and stores them.

Run it after every change of the pack's phrasings; a test fails while the stored classifiers are stale.
"""

import sys

from knowledge.matching.classifier import LinearClassifier
from knowledge.matching.encoder import load
from knowledge.matching.model_file import MatchingModel, build, dump, shipped_model
from knowledge.pack_loader import builtin, load_pack


def _named(model: MatchingModel) -> list[tuple[str, LinearClassifier]]:
    """The classifiers that the pack has."""
    named = (
        ("passages", model.passages),
        ("scenarios", model.scenarios),
        ("calls", model.calls),
    )
    return [(name, classifier) for name, classifier in named if classifier is not None]


def main() -> None:
    """Writes the classifiers; prints the file and the thresholds."""
    pack = load_pack(builtin())
    fresh = build(pack, load())
    file = shipped_model(pack.id)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(dump(fresh))
    thresholds = ", ".join(
        f"{name} {classifier.relevance_threshold} and {classifier.accept_threshold}"
        for name, classifier in _named(fresh)
    )
    sys.stdout.write(f"{file}: {len(fresh.idf.weights)} features; thresholds (relevance and accept): {thresholds}\n")


if __name__ == "__main__":
    main()
