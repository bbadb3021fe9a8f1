"""The extremes of a scale are those of all that is possible, for any rules."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from knowledge.scale import UNSURE, Effect, Scale

VERDICTS = ("low", "middle", "high")


def options(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Effect]]:
    effect = st.builds(Effect, st.integers(-3, 3), st.integers(0, len(VERDICTS) - 1))
    return st.fixed_dictionaries(dict.fromkeys(names, effect))


scales = st.builds(
    Scale,
    st.just(VERDICTS),
    st.tuples(st.integers(-4, 1), st.integers(2, 6)),
    st.fixed_dictionaries(dict.fromkeys(("first", "second", "third"), options(("yes", "no", UNSURE)))),
)


@given(scales)
def test_extremes_are_the_ends_of_what_is_possible(scale: Scale) -> None:
    for given_options in product((None, "yes", "no", UNSURE), repeat=len(scale.effects)):
        named = zip(scale.effects, given_options, strict=True)
        answers = {question: option for question, option in named if option is not None}
        places = [VERDICTS.index(verdict) for verdict in scale.possible(answers)]
        assert scale.extremes(answers) == (VERDICTS[min(places)], VERDICTS[max(places)])
