"""Reader of amounts with their units: "12k calls a day", "0.15 EUR per 1M input tokens", "400 USD for training"; which
numbers of a sum they can be.

Pure and total. Quantities are those of the parser beside it, their numbers as they were typed; a range is no amount.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from knowledge.costs import IN_MONTHS, MONEY, MONTH, ONCE, PRICES, Amount, Given
from knowledge.reading.factors import amount_words, factor_of, multiplied_numbers, with_percentages
from knowledge.reading.number_parser import NAME, Numbers, tokenize
from knowledge.reading.quantity import Kind, Quantity
from knowledge.reading.quantity_parser import quantities
from knowledge.reading.quantity_words import QuantityWords, english_quantities

TIMES = "times"

RATED = frozenset({Given.CALLS, Given.HOSTING})
"""Numbers that come in a time."""

TOKENS = frozenset({Given.TOKENS_IN, Given.TOKENS_OUT, Given.SAVED, Given.TUNED_IN})

_MILLION, _SMALL = Decimal(1_000_000), 100
"""Of tokens that a price is for; below what a whole number may be a price."""

_BESIDE, _FARTHER, _FARTHEST, _ELSEWHERE = 3.0, 0.3, 1.0, 0.7
"""What a word of a list says beside an amount, less for each word in between, at least; and in another clause."""

_LONGEST = 1000
"""Characters that are read."""

_DAY = 86_400
_SIZES, _PRICED = (1000, _MILLION), {"fraction", "money", "price"}
"""Of tokens that a price is for, what prices are written as, and below what a whole number may be one."""

_POWER = re.compile(r"(?<![\w.])(?:(\d+(?:\.\d+)?)e\+?(\d{1,2})|10\s?(?:\^|\*\*)\s?(\d{1,2}))(?!\w)", re.IGNORECASE)
_APART: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[\dkKmM)])\s*[x×*]\s*(?=[\d($€£])|(?<=[\w)])\s+[x×*]\s+(?=[\w($€£])"), f" {TIMES} "),
    (re.compile(r"(?<=\d)/(?=[$€£]?\d)"), " / "),
    (re.compile(r"\bhalf an? (?=(?:cent|penny|dollar|euro|pound|franc|page)\b)", re.IGNORECASE), "0.5 "),
    (re.compile(r"([$€£])\s?[-−]\s?(?=\d)"), r"-\1"),
    (re.compile(r"(?<=\d)((?:\s+[a-z]+)?)\s+in the (?=(?:hour|day|week|month|year)\b)", re.IGNORECASE), r"\1 a "),
    (re.compile(r"(?:/\s?|\bper\s+)(?:M\b|(?i:mio|million|mtok(?:en)?s?)\b)"), " per 1M "),
)
"""Spellings that would be taken for names, months or bare words, and how they are read."""
_WORD, _CLAUSE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[/=]"), re.compile(r"[,;!?\n]|\.(?=\s|$)|\s[-–—]\s")
_NOBODY = frozenset[str]()
_DIGIT, _YEAR, _SENTENCE = re.compile(r"\d"), re.compile(r"(?:19|20)\d\d"), re.compile(r"[;!?\n]|\.(?=\s|$)")
_FIGURE, _SHARE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?"), re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|percent\b|pct\b)")
_ONCE = 4
"""Words beside a count in which it is said to come once."""

_NEAR, _LEADS, _PHRASE, _BARE = 4, 2, 30, ("count", "small", "fraction")
"""Words behind and before an amount that say that it comes on top; characters before one in which another one takes its
place; units of amounts that say none.
"""

_PLUS = re.compile(r"^\s*\+\s*$")

_MINUS = re.compile(r"(?:^|[^\d\s])\s*(?:[-−]|\bminus\s+)$")
_PER = re.compile(r"\s*(?:per|/|for|a|each)\s*", re.IGNORECASE)
_DECIMAL = re.compile(r"[$€£]?[1-9]\d{0,2}\.\d{3}(?!\d|[.,k])")
"""In a price, what otherwise are thousands."""


@dataclass(frozen=True, slots=True)
class Said:
    """An amount: a count, or `money`, `tokens`, `words` or pages, a `time`, a `percent`. `per`: for so many tokens;
    `each`: for every call. `apiece`: a count for each of others, `several`: for all of them, so a number of calls.

    `before` and `after` are the words of its clause around it, `elsewhere` those of its sentence that are no other
    amount's. `joined`: no clause ends before the next amount. `typed` is the text; `exact`: it is neither a range nor a
    percentage; `rough`: it is about that; `things`: it is of something that no sum has. `gone`: another amount takes
    its place; `on_top`: it comes on top of what there is, so that it is no number of its own.
    """

    amount: Amount
    typed: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    money: bool = False
    tokens: bool = False
    time: bool = False
    each: bool = False
    per: Decimal | None = None
    words: str = ""
    joined: bool = False
    exact: bool = True
    rough: bool = False
    percent: bool = False
    things: bool = False
    apiece: bool = False
    several: bool = False
    gone: bool = False
    on_top: bool = False

    @property
    def unit(self) -> str:
        """What it is of, by which a number of a sum can be ruled out; a price is for tokens, `paid` is for a time."""
        short = self.time and self.amount.value * self.amount.seconds < MONTH
        if not self.exact or self.things or short or self.on_top or (self.money and self.each):
            return ""
        whole = self.amount.value == self.amount.value.to_integral_value()
        if self.money or self.per is not None:
            return "price" if self.per is not None else "paid" if self.amount.seconds else "money"
        if self.tokens or self.words:
            return "product" if TIMES in self.before else "tokens"
        if self.time or self.amount.seconds or self.several:
            bare = _DIGIT.search(self.typed) and {*self.before, *self.after}.isdisjoint(amount_words()["calls"])
            return "time" if self.time else "paid" if bare and not whole else "rate"
        return "fraction" if not whole else "small" if self.amount.value < _SMALL else "count"

    @property
    def counted(self) -> bool:
        """Whether it is a number of things, which others may be for each of."""
        return self.apiece or self.things or (self.unit == "rate" and not self.money)

    def fits(self, name: Given) -> bool:
        """Whether it can be a number of this name: money is none of tokens or calls, nor are these money."""
        if name is Given.MONTHS or (self.amount.seconds not in (0, ONCE) and not self.time and name not in RATED):
            return self.time or not (self.amount.seconds or self.money or self.tokens)
        if name not in MONEY:
            texts = self.tokens or self.words
            return not (self.money or self.time or self.per is not None or (texts and name is Given.CALLS))
        price = name in PRICES
        return not (self.tokens or self.words or self.time or (self.each if price else self.per is not None))

    @property
    def factor(self) -> Decimal | None:
        """How many times as much a percentage makes something; None for other amounts."""
        return factor_of(self.amount.value, self.before, self.after) if self.percent else None

    @property
    def factors(self) -> Mapping[Given, Decimal]:
        """The same by the numbers of a sum that it is of."""
        named = () if self.factor is None else multiplied_numbers(self.before, self.after)
        return {n: 1 - self.factor if n is Given.SAVED else self.factor for n in named if self.factor is not None}

    def near(self, name: str, others: Set[str] | None = None) -> float:
        """How near a word of a list is: most beside the amount, least in another clause of its sentence, 0 for none.

        With `others`, words that may be of another amount, only its own ones count.
        """
        listed = {*amount_words()[name]}.difference(others or ())
        beside = [at for words in (self.before[::-1], self.after) for at in places(words, listed)]
        told = others is None and name not in ("in", "out") and places(self.elsewhere, listed)
        return max(_BESIDE - _FARTHER * min(beside), _FARTHEST) if beside else _ELSEWHERE if told else 0.0

    def as_number(self, name: Given) -> Amount:
        """The amount in the unit of a number of a sum."""
        value, seconds = self.amount.value, self.amount.seconds
        if name is Given.MONTHS:
            return Amount(value * (IN_MONTHS.get(seconds) or Decimal(seconds or MONTH) / MONTH))
        value = value if self.per is None else value * _MILLION / self.per
        seconds = seconds if name in RATED else 0
        return Amount(value, self.amount.currency, seconds, words=self.words if name in TOKENS else "")


def places(words: Sequence[str], listed: Set[str]) -> list[int]:
    """Where words of a list stand, or two words that are listed together, in either order."""
    pairs = zip(words, (*words[1:], ""), strict=False)
    return [at for at, (one, other) in enumerate(pairs) if {one, f"{one} {other}", f"{other} {one}"} & listed]


def spelled_out(text: str) -> str:
    """The text with powers as digits, and with marks between numbers apart."""

    def digits(found: re.Match[str]) -> str:
        return f"{Decimal(f'{found[1] or 1}e{found[2] or found[3]}'):f}"

    plain = _POWER.sub(digits, with_percentages(text[:_LONGEST]))
    for spelling, read in _APART:
        plain = spelling.sub(read, plain)
    return plain


def amounts_in(text: str) -> list[Said]:
    """The amounts of a text, in order, those that are not exact among them."""
    plain, found, past = spelled_out(text), list[Said](), 0
    given = [q for q in quantities(plain) if _DIGIT.search(t := plain[q.start : q.end]) or _number(t, vague=True)]
    sizes = {at: size for at in range(len(given) - 1) if (size := _per(plain, *given[at : at + 2])) is not None}
    for at, quantity in enumerate(given):
        if at - 1 in sizes:
            continue
        ends = [each.start for each in given[at + 1 + (at in sizes) :]]
        said = _said(plain, quantity, past, ends[0] if ends else len(plain))
        past = given[at + (at in sizes)].end
        if said is not None:
            calls = at in sizes and not {*given[at + 1].noun[:1]}.isdisjoint(amount_words()["calls"])
            said = replace(said, per=sizes[at], each=said.each or calls) if at in sizes else said
            while found and said.apiece != found[-1].apiece and said.counted and found[-1].counted:
                said = _product(found.pop(), said)  # "8 wards, 3 shifts, 20 reports each"
            found += _joined(found.pop(), said) if found else [said]
    return found


def figures_in(text: str) -> frozenset[Decimal]:
    """All numbers of a text, in figures or words, and what its percentages and words like "half" multiply or divide
    by."""
    plain, words = spelled_out(text), english_quantities()
    tokens = tokenize(plain, words)
    numbers = Numbers(tokens, words)
    spelled = (number for at in range(len(tokens)) if (number := numbers.at(at)) is not None)
    found = {Decimal(f"{number.low:.15g}") for number in spelled if number.low == number.high}
    found |= {Decimal(figure.replace(",", "")) for figure in _FIGURE.findall(plain)}
    shares = [Decimal(share) / 100 for share in _SHARE.findall(plain)]
    parts = (1 / share for share in shares if share)
    return frozenset((*found, *shares, *parts, *(1 + share for share in shares), *(1 - share for share in shares)))


def currencies_named(text: str) -> list[str]:
    """The codes of the currencies that a text names, in order, as often as they are named."""
    known = english_quantities()
    named = [token.text for token in tokenize(text, known) if token.text in known.currencies]
    return [code for name in named if (code := amount_words()["codes"].get(name, name.upper()))]


def _product(one: Said, other: Said) -> Said:
    """So many things for each of others. It stays apiece, since more of those may stand before it."""
    amount = Amount(one.amount.value * other.amount.value, seconds=one.amount.seconds or other.amount.seconds)
    return replace(other, amount=amount, typed=f"{one.typed} × {other.typed}", things=False, several=True)


def _joined(one: Said, other: Said) -> list[Said]:
    """Two neighbours: "1800/300 tokens" and "$0.15/$0.60 per M" are in and out, "1.5k tokens x 3 epochs" a product; of
    calls and tokens each is itself.
    """
    of = {"of", *english_quantities().of_skips}
    if one.percent and "of" in one.after and {*one.after} <= of and other.exact:  # "40 % of our 5,000 mails"
        return [replace(other, amount=replace(other.amount, value=other.amount.value * one.amount.value / 100))]
    if TIMES in one.after[-1:] and one.counted and other.counted:
        return [_product(one, other)]
    if one.gone or other.gone:  # "1,200 instead of 1,800 tokens in"
        kept, gone = (other, one) if one.gone else (one, other)
        in_unit = replace(gone, amount=replace(gone.amount, value=kept.amount.value), typed=kept.typed, gone=False)
        kept = in_unit if kept.unit in _BARE else replace(kept, per=kept.per or (gone.per if kept.money else None))
        return [replace(kept, before=one.before, after=(*one.after, *other.after))]
    if TIMES in one.after[-1:] and (one.tokens or other.tokens) and not (one.money or other.money):
        if any({*each.after[:2]} & {*amount_words()["calls"]} for each in (one, other)):
            return [one, replace(other, before=())]
        product = Amount(one.amount.value * other.amount.value)
        return [replace(other, amount=product, before=(*one.before, TIMES), tokens=True, things=False)]
    sized = one.tokens and one.joined and one.amount.value in _SIZES and {*amount_words()["costs"]} & {*one.after}
    if sized and other.unit in ("money", "fraction"):
        return [replace(other, per=one.amount.value, before=(*one.before, *one.after, *other.before))]
    units = {one.unit, other.unit}
    bare = one.per is None and (one.money or one.unit in ("fraction", "small"))
    alike = (other.unit == "price" and bare) or "fraction" in units <= _PRICED
    plain = one.joined and not (one.after or other.before or other.near("in", _NOBODY) or other.near("out", _NOBODY))
    pair = one.after[-1:] == ("/",) or (plain and other.unit == "price")
    if pair and (alike or (other.tokens and not (one.tokens or one.amount.seconds))):
        into = replace(one, tokens=other.tokens, per=other.per, each=other.each, after=("in", *other.after))
        return [into, replace(other, after=(*other.after, "out"))]
    return [one, other]


def _rate(words: Sequence[str], known: QuantityWords) -> float:
    """The seconds of "a day" among words; 0 where none says a time."""
    rates = (known.durations.get(unit, 0) for lead, unit in pairwise(words) if lead in known.each_leads)
    return next(filter(None, rates), 0)


def _per(text: str, money: Quantity, size: Quantity) -> Decimal | None:
    """The tokens, or calls, that an amount of money is for, if they are the next quantity."""
    between, number = text[money.end : size.start], _number(text[size.start : size.end])
    bare = money.kind is Kind.COUNT and between.strip() == "per"
    if not (money.kind is Kind.MONEY or bare) or size.kind is Kind.MONEY or not _PER.fullmatch(between):
        return None
    least = 1000 if "/" in between else 1  # "3/15 dollars" is in and out
    return number[0] if number and number[0] >= least else None


def _said(text: str, quantity: Quantity, past: int, ends: int) -> Said | None:
    """A quantity with the words between its neighbours; None if it is no number, or a name."""
    typed, between = text[quantity.start : quantity.end], text[past : quantity.start].lower()
    number = _number(typed, vague=quantity.kind is Kind.RATE)
    if number is None and quantity.kind is Kind.RATE and quantity.low == quantity.high:  # so many for each of several
        number, typed = (Decimal(f"{quantity.low:.15g}"), len(typed)), ""
    if number is None:
        return None if quantity.kind is Kind.OTHER else Said(Amount(Decimal()), typed, exact=False)
    words, known, (value, length) = amount_words(), english_quantities(), number
    behind = text[quantity.start + length : ends].lower()
    next_words = _WORD.findall(_CLAUSE.split(behind)[0])
    units = [token.text for token in tokenize(typed, known) if token.text in known.currencies]
    code = next((words["codes"].get(unit, unit.upper()) for unit in units), "")
    money, tokens = quantity.kind is Kind.MONEY, not {*next_words[:4]}.isdisjoint(words["tokens"])
    for unit in units:
        value *= Decimal(words["factors"].get(unit, "1"))
    if money and _DECIMAL.match(typed) and _PER.match(text[quantity.end :]):
        value /= 1000
    seconds = quantity.days * _DAY
    least = quantity.low or quantity.high  # "up to 200 a day" has none
    if value and least and quantity.kind in (Kind.RATE, Kind.DURATION):
        rate = least if _number(typed) else (quantity.low + quantity.high) / 2
        seconds = float(value) / rate * _DAY if quantity.kind is Kind.RATE else least / float(value)
    counts, each = quantity.kind is Kind.COUNT and not tokens, quantity.each and not (money or tokens)
    seconds = _rate(next_words, known) if counts and each else seconds  # "20 each a day"
    once = {*_WORD.findall(between)[-_ONCE:], *next_words[:_ONCE]}.intersection(words["once"])
    seconds = ONCE if once and counts and {*quantity.noun[:1]}.difference(words["once"]) else seconds
    texts = [] if money or tokens or seconds else [words["words"][w] for w in next_words[:2] if w in words["words"]]
    value = -value if _MINUS.search(between) else value
    said = Said(
        Amount(value, code, round(seconds)),
        typed[:length] if quantity.kind is Kind.COUNT else typed.removesuffix(f" {TIMES}"),
        money=money,
        tokens=tokens and not money,
        time=quantity.kind is Kind.DURATION,
        per=Decimal(1) if money and tokens and quantity.each else None,
        words=next(iter(texts), ""),
        joined=ends < len(text) and _CLAUSE.search(behind) is None,
        exact=quantity.kind is not Kind.PERCENT,
        rough=quantity.approximate,
        percent=quantity.kind is Kind.PERCENT,
        things=not tokens and not seconds and _is_of_things(typed, quantity),
        apiece=each and not texts and quantity.kind in (Kind.COUNT, Kind.RATE),
    )
    said = _changing(said, text[: quantity.start].lower(), between, next_words)
    said = _with_words(said, between, behind, last=ends == len(text))
    return replace(said, each=money and not tokens and (quantity.each or not {"each", "per"}.isdisjoint(said.before)))


def _changing(said: Said, text: str, between: str, behind: Sequence[str]) -> Said:
    """An amount, marked if it comes on top of what there is ("20 more a day"), or another one takes its place."""
    known, before, bounds = amount_words(), _WORD.findall(between), {*amount_words()["bounds"]}
    gone = f" {' '.join(_WORD.findall(text[-_PHRASE:]))}".endswith(tuple(f" {each}" for each in known["replaced"]))
    more = [at for at in places(behind[:_NEAR], {*known["on_top"]}) if (*behind, "")[at + 1] not in bounds]
    led = _PLUS.match(between) is not None or not {*before[-_LEADS:]}.isdisjoint(known["another"])
    on_top = led or (bool(more) and bounds.isdisjoint((*before[-1:], *behind[:1])))
    return replace(said, gone=gone, on_top=on_top and not (gone or said.percent))


def _is_of_things(typed: str, quantity: Quantity) -> bool:
    """Whether a number is a year, or counts what no list has: "5000 examples"."""
    if quantity.kind is Kind.OTHER:
        return _YEAR.fullmatch(typed) is not None
    noun, known = next(iter(quantity.noun), "") if quantity.kind is Kind.COUNT else "", amount_words()
    return noun.endswith("s") and all(noun not in known[name] for name in ("calls", "words", "in", "out", "saved"))


def _with_words(said: Said, between: str, behind: str, *, last: bool) -> Said:
    """An amount with the words around it: of its clause, and of its sentence as far as no amount follows there."""
    words, known = amount_words(), english_quantities()
    skipped = {*known.currencies, *known.scales, *words["tokens"], *words["words"]} if said.exact else set()
    before, after = _WORD.findall(_CLAUSE.split(between)[-1]), _WORD.findall(_CLAUSE.split(behind)[0])
    begins = next((len(before) - n for n, word in enumerate(reversed(before)) if word in words["ends"]), 0)
    ends = next((n for n, word in enumerate(after) if word in words["ends"]), len(after))
    around = [_SENTENCE.split(between)[-1], *([behind] if last else _SENTENCE.split(behind)[:-1])]
    after = [word for word in after[:ends] if word not in skipped]
    elsewhere = tuple(_WORD.findall(" ".join(around)))
    return replace(said, before=_directed(before[begins:]), after=_directed(after), elsewhere=elsewhere)


def _directed(words: list[str]) -> tuple[str, ...]:
    """The words without an "in" that says when, where or in what currency, "all in", and a "to" that is not beside the
    amount.
    """
    ruled = {*amount_words()["behind_in"], *english_quantities().currencies, *english_quantities().durations}
    around = zip(("", *words), words, (*words[1:], ""), strict=False)
    told = ((word, ahead if word == "to" else past == "all" or ahead in ruled) for past, word, ahead in around)
    return tuple(word for word, astray in told if not (astray and word in ("in", "to")))


def _number(text: str, *, vague: bool = False) -> tuple[Decimal, int] | None:
    """The number in the text of a quantity, to fifteen digits, and where it ends; None if there is none, or a range.

    A `vague` number ("a few") is the middle of what it may be.
    """
    words = english_quantities()
    tokens = tokenize(text, words)
    numbers = Numbers(tokens, words)
    found = [number for at in range(len(tokens)) if (number := numbers.at(at)) is not None]
    exact = found and (vague or found[0].low == found[0].high)
    if exact and all(number.start < found[0].end for number in found):
        return Decimal(f"{(found[0].low + found[0].high) / 2:.15g}"), tokens[found[0].end - 1].end
    long = next((token for token in tokens if token.text == NAME and text[token.start : token.end].isdecimal()), None)
    return None if found or long is None else (Decimal(text[long.start : long.end]), long.end)
