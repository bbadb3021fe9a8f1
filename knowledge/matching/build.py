"""`make fit`, or `python -m knowledge.matching.build`, fits all that is stored to the advisor's own pack and to what
stands in its folder `training`: ten to twenty minutes of processor time. It needs the extra `fit`.

- `classifiers`: what texts ask for, resemble and imply. Run it after every change of what the classifiers learn from; a
  test fails while the stored ones are stale.
- `answers`: what the features of a typed answer weigh, over these classifiers.
- `commands`: which kinds of commands are asked for, over both.

`… answers commands` fits these alone.
"""

import sys
from collections.abc import Sequence

from knowledge.matching import command_build
from knowledge.matching.answer_fit import fit_answers
from knowledge.matching.encoder import load
from knowledge.matching.factory import check_trainable
from knowledge.matching.model_file import build, dump, shipped_model
from knowledge.pack_loader import TRAINING, builtin, load_pack

STEPS = ("classifiers", "answers", "commands")


def main(steps: Sequence[str]) -> None:
    """Writes what these steps fit."""
    if wrong := set(steps) - {*STEPS}:
        sys.exit(f"There is no step {', '.join(sorted(wrong))}; there are {', '.join(STEPS)}.")
    check_trainable()
    pack, encoder = load_pack(builtin()), load()
    for step in (step for step in STEPS if step in (steps or STEPS)):
        sys.stdout.write(f"{step}\n")
        match step:
            case "classifiers":
                shipped_model(pack.id).write_bytes(dump(build(pack, encoder)))
            case "answers":
                fit_answers(pack, encoder, builtin() / TRAINING / "typed_answers.jsonl")
            case _:
                command_build.main(())


if __name__ == "__main__":
    main(sys.argv[1:])
