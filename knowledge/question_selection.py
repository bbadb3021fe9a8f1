"""Which open question is asked first about an idea: the one that leaves the fewest verdicts.

For ideas of the board and in triage; a conversation asks in the order of the pack: `dialogs.open_question`.
"""

from knowledge.decision import check_answers
from knowledge.pack import Pack
from knowledge.scale import Answers


def narrowing_question(pack: Pack, answers: Answers) -> str | None:
    """The question without an answer whose options leave the fewest verdicts open, all options counted alike.

    The earlier in the pack where two are equal; None where none is missing.
    """
    check_answers(pack, answers)
    scale, best, fewest = pack.scale, None, 0.0
    for question, options in scale.effects.items():
        if question in answers:
            continue
        left = [len(scale.possible({**answers, question: option})) for option in options]
        mean = sum(left) / len(left)
        if best is None or mean < fewest:
            best, fewest = question, mean
    return best
