"""Weights of acts are fitted to labelled texts; each author is judged by the others."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.matching import act_build
from knowledge.typed_answers.act_weights import parse, probabilities

TEXTS = {
    "thanks": ["thanks a lot", "many thanks to you", "ta, thanks for that", "thanks mate"],
    "other": ["we have many tickets", "a lot of requests", "about 300 of them", "none at all"],
}
BESIDE = {"remove": ["remove 6", "please remove 3", "remove 2 now"], "fact": ["6 is law", "3 has no data", "law for 2"]}


class Letters:
    """Vectors that tell nothing."""

    def encode(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.ones((len(texts), 2), np.float32)


def test_acts_are_learnt_and_judged_by_the_texts_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for author in ("ana", "ben"):
        (tmp_path / author).mkdir()
        said = [f'{{"text": "{text} {author}", "open": "", "act": "{act}"}}' for act in TEXTS for text in TEXTS[act]]
        (tmp_path / author / "acts.jsonl").write_text("\n".join(said), "utf-8")
        told = [f'{{"text": "{text}", "shown": "list", "does": "{act}"}}' for act in BESIDE for text in BESIDE[act]]
        (tmp_path / author / "board.jsonl").write_text("\n".join(told), "utf-8")
    stored = tmp_path / "weights.json"
    monkeypatch.setattr(act_build, "stored_file", lambda: stored)
    monkeypatch.setattr(act_build, "load_encoder", lambda _: Letters())
    monkeypatch.setattr(act_build, "_DOUBTS", ())
    act_build.main([tmp_path / "ana", tmp_path / "ben"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if ":" not in line] == [
        f"{kind} acts, {how}" for kind in ("dialogue", "board") for how in ("with the encoder", "by words alone")
    ]
    assert sum("thanks 4 of 4" in line for line in lines) == 4
    assert sum("remove 3 of 3" in line for line in lines) == 4
    weights = parse(stored.read_text("utf-8"), by_meaning=True)["dialogue"]
    assert set(weights) == {"", "thanks"}
    assert all(len(weight.vector) == 2 for weight in weights.values())
    by_words = parse(stored.read_text("utf-8"), by_meaning=False)["board"]
    assert probabilities(by_words, {"remove": 0.7, "^ remove": 0.7}, ())["remove"] > 0.5
