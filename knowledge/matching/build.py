"""`python -m knowledge.matching.build` fits the pack that comes with the advisor and stores the heads beside the code.

To be run after every change of the pack's phrasings; a test fails while the stored heads are stale.
"""

import sys

from knowledge.matching.encoder import load
from knowledge.matching.model_file import build, dump, shipped
from knowledge.pack_loader import builtin, load_pack


def main() -> None:
    """Writes the heads and prints where they stand and the thresholds that were found."""
    pack = load_pack(builtin())
    fresh = build(pack, load())
    file = shipped(pack.id)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(dump(fresh))
    heads = {"passages": fresh.passages, "scenarios": fresh.scenarios}
    found = ", ".join(f"{name} {head.possibly} and {head.surely}" for name, head in heads.items())
    sys.stdout.write(f"{file}: {len(fresh.columns)} features; from possibly to surely: {found}\n")


if __name__ == "__main__":
    main()
