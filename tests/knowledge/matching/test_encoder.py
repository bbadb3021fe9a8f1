"""The encoder: known files only, the mean of a text's own pieces."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from knowledge.matching import encoder as module
from knowledge.matching.encoder import MODEL, TOKENIZER
from knowledge.matching.factory import EncoderError, load_encoder
from tests.knowledge.fixtures import encoder


def test_vectors_have_length_one_and_depend_on_their_text_alone() -> None:
    texts = ["how much does it cost", "how much does it cost in the long run, taking hosting and people into account"]
    together = encoder().encode(texts)
    assert together.shape == (2, 384)
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert np.array_equal(together[0], encoder().encode(texts[:1])[0])


def test_near_meanings_are_near_so_nothing_is_padded() -> None:
    price, cost, lunch = encoder().encode(["the price of a car", "what a car costs", "we had soup for lunch"])
    assert price @ cost > 0.7 > 0.3 > price @ lunch


def test_an_own_folder_needs_both_files(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"model\.onnx"):
        load_encoder(tmp_path)


def test_an_own_folder_serves_and_has_a_digest_of_its_own(tmp_path: Path) -> None:
    for package, path in (MODEL, TOKENIZER):
        shutil.copy(module._packaged(package, path), tmp_path)
    assert load_encoder(tmp_path).digest == encoder().digest
    tokenizer = tmp_path / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text() + "\n")
    assert load_encoder(tmp_path).digest != encoder().digest


def test_files_that_are_no_model_are_an_encoder_error(tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(EncoderError, match="cannot be run"):
        load_encoder(tmp_path)


def test_another_file_in_the_package_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MODEL_SHA256", "0" * 64)
    with pytest.raises(EncoderError, match="not the file"):
        load_encoder(None)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MODEL", ("no-such-package", "model.onnx"))
    with pytest.raises(EncoderError, match="no-such-package is not installed"):
        load_encoder(None)
