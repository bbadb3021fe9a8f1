"""The known encoder with its layers written anew: nearly the same vectors, from far fewer steps."""

import numpy as np
import pytest

from knowledge.matching.encoder import LONGEST, MODEL, TOKENIZER, OnnxEncoder, _packaged
from knowledge.matching.onnx_format import INT8, load
from knowledge.matching.operator_fusion import fuse

_TEXTS = (
    "Hi",
    "Our field engineers want to ask questions about maintenance manuals that change every month.",
    "Is it cheaper to write better prompts first? We have 40 examples, no budget, and a week.",
    "Ein Text in einer anderen Sprache, 例えば日本語",
    "many words " * LONGEST,
)


def test_vectors_are_nearly_those_of_the_file() -> None:
    files = _packaged(*MODEL), TOKENIZER
    plain, fused = (OnnxEncoder(*files, ("", ""), fused=fused) for fused in (False, True))
    likeness = np.sum(plain.encode(_TEXTS) * fused.encode(_TEXTS), axis=1)
    assert likeness == pytest.approx(np.ones(len(_TEXTS)), abs=0.03)
    assert plain.digest != fused.digest


def test_a_layer_is_eleven_nodes_and_nothing_is_kept_that_none_of_them_uses() -> None:
    model = load(_packaged(*MODEL))
    fuse(model)
    graph = model.graph
    stored = {tensor.name for tensor in graph.initializer if tensor.data_type == INT8}
    assert len(stored) > 4 * 6
    assert not [node.name for node in graph.node if node.op_type == "Cast" and stored.intersection(node.input)]
    assert len(graph.node) < 6 * 12 + 20
    assert [given.name for given in graph.input] == ["input_ids", "token_type_ids"]
    used = {name for node in graph.node for name in node.input}
    assert {tensor.name for tensor in graph.initializer} <= used
    made = {name for node in graph.node for name in node.output}
    assert {name for name in used if name} <= made | {stored.name for stored in (*graph.input, *graph.initializer)}


def test_another_model_is_refused() -> None:
    model = load(_packaged(*MODEL))
    for tensor in model.graph.initializer:
        tensor.name = tensor.name.replace("dense", "linear")
    with pytest.raises((KeyError, StopIteration)):
        fuse(model)
