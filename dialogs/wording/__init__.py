"""A language model words answers: from facts that code chose, sentence by sentence checked against them."""
