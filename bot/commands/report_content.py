"""The report: what people ask, what they get no answer to, what they think of answers, and where their talks end.

Pure. `report_of` makes one object of the stored data; its members keep their names. `report_text` makes text of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from bot.config.setting_types import Unanswered
from bot.storage.feedback import UNANSWERED_TTL, StoredRating, UnansweredText
from bot.storage.outbox import USAGE_DAYS
from dialogs.message import RESULT
from dialogs.turn_records import ASKED, AT_QUESTION, AT_RESULT, BEGUN, OFFERED, STOPPED, UNKEPT, UNKNOWN
from knowledge.matching.clusters import group
from knowledge.matching.embeddings import Encoder
from knowledge.pack import Pack

Json = dict[str, Any]

MAX_GROUPED = 1000
"""Texts that are grouped: the newest. More would take minutes."""

_SHOWN_ASKED, _SHOWN_GROUPS, _SHOWN_TEXTS, _SHOWN_NOTES = 15, 20, 3, 3
"""Lines of each part of the text; the object has all."""

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class ReportData:
    """What is stored: counts by name, feedback, texts without an answer, and whose texts are kept."""

    counts: Mapping[str, int]
    ratings: Sequence[StoredRating]
    unanswered: Sequence[UnansweredText]
    kept: Unanswered


def report_of(pack: Pack, encoder: Encoder | None, stored: ReportData, today: date) -> Json:
    counts = stored.counts
    titles = {entry.id: entry.title for entry in pack.entries}
    rated = _rated(stored.ratings)
    asked = Counter({name: counts[key] for key, name in _named(counts, ASKED) if counts[key] > 0})
    return {
        "until": today.isoformat(),
        "days": {"counts": USAGE_DAYS, "unanswered": UNANSWERED_TTL.days},
        "talks": {
            "begun": counts.get(BEGUN, 0),
            "results": {v.id: max(0, counts.get(f"{AT_RESULT}:{v.id}", 0)) for v in pack.verdicts},
            "stopped": max(0, counts.get(STOPPED, 0)),
            "left": {q.id: max(0, counts.get(f"{AT_QUESTION}:{q.id}", 0)) for q in pack.questions},
        },
        "questions": {
            "answered": sum(asked.values()),
            "offered": counts.get(OFFERED, 0),
            "unanswered": counts.get(UNKNOWN, 0),
            "unanswered_not_kept": counts.get(UNKEPT, 0),
        },
        "asked": [
            {"id": name, "title": titles.get(name), "count": count, **_feedback(rated[name])}
            for name, count in sorted(asked.items(), key=lambda one: (-one[1], one[0]))
        ],
        "unanswered": {"kept": stored.kept.value, "groups": _groups(stored.unanswered, encoder)},
        "feedback": {
            "results": [
                {"verdict": v.id, "name": v.name, **_feedback(rated[f"{RESULT}:{v.id}"])} for v in pack.verdicts
            ],
            "passages": [
                {"id": name, "title": titles.get(name), **_feedback(ratings)}
                for name, ratings in sorted(rated.items(), key=lambda one: (-_downs(one[1]), one[0]))
                if ratings and not name.startswith(f"{RESULT}:")
            ],
        },
    }


def _named(counts: Mapping[str, int], kind: str) -> Iterable[tuple[str, str]]:
    return ((key, key.removeprefix(f"{kind}:")) for key in counts if key.startswith(f"{kind}:"))


def _rated(ratings: Iterable[StoredRating]) -> defaultdict[str, list[StoredRating]]:
    found: defaultdict[str, list[StoredRating]] = defaultdict(list)
    for rating in sorted(ratings, key=lambda one: (-one.at, one.about, one.note)):
        found[rating.about].append(rating)
    return found


def _downs(ratings: Sequence[StoredRating]) -> int:
    return sum(not rating.up for rating in ratings)


def _feedback(ratings: Sequence[StoredRating]) -> Json:
    notes = [{"up": rating.up, "text": rating.note} for rating in ratings if rating.note]
    return {"up": len(ratings) - _downs(ratings), "down": _downs(ratings), "notes": notes}


def _groups(texts: Sequence[UnansweredText], encoder: Encoder | None) -> list[Json]:
    """Groups of similar texts, the most frequent first; each text once, with how often it was sent."""
    newest = sorted(texts, key=lambda one: (-one.at, one.text))
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for one in newest:
        key = " ".join(one.text.lower().split())
        counts[key] += 1
        written.setdefault(key, one.text)
    keys = list(written)[:MAX_GROUPED]
    found = []
    for members in group([written[key] for key in keys], encoder):
        own = [keys[at] for at in members]
        found.append({"count": sum(counts[key] for key in own), "texts": [written[key] for key in own]})
    return sorted(found, key=lambda one: -int(one["count"]))


def report_text(pack: Pack, report: Json) -> str:
    talks, questions = report["talks"], report["questions"]
    days = report["days"]
    title = f"What people asked and said: the last {days['counts']} days, up to {report['until']}"
    parts = (
        [title],
        _talks(pack, talks),
        _asked(report["asked"], questions),
        _unanswered(report["unanswered"], questions, days["unanswered"]),
        _opinions(report["feedback"]),
    )
    return "\n\n".join(map("\n".join, parts)) + "\n"


def _talks(pack: Pack, talks: Json) -> list[str]:
    if not talks["begun"]:
        return ["TALKS", "  None yet."]
    lines = [f"TALKS  begun: {talks['begun']}"]
    rows = [(f"result: {pack.verdict(verdict).name}", count) for verdict, count in talks["results"].items()]
    rows += [(f"left at: {pack.question(question).name}", count) for question, count in talks["left"].items()]
    rows.append(("stopped", talks["stopped"]))
    lines += _table([(str(count), name) for name, count in rows if count])
    return [*lines, "  What is still going on counts as left."]


def _asked(asked: Sequence[Json], questions: Json) -> list[str]:
    title = f"MOST ASKED  answers: {questions['answered']}, “did you mean”: {questions['offered']}"
    if not asked:
        return [title, "  Nothing yet."]
    rows = [(str(one["count"]), _named_entry(one), _thumbs(one)) for one in asked[:_SHOWN_ASKED]]
    return [title, *_table(rows), *_rest(len(asked) - _SHOWN_ASKED, "answer")]


def _unanswered(unanswered: Json, questions: Json, days: int) -> list[str]:
    groups = unanswered["groups"]
    lines = [f"WITHOUT AN ANSWER  questions: {questions['unanswered']}; texts of the last {days} days, alike together"]
    for one in groups[:_SHOWN_GROUPS]:
        lines += _item(f"{one['count']:>5}  ", one["texts"][0])
        for text in one["texts"][1:_SHOWN_TEXTS]:
            lines += _item("       · ", text)
        lines += _rest(len(one["texts"]) - _SHOWN_TEXTS, "text", "       ")
    lines += _rest(len(groups) - _SHOWN_GROUPS, "group")
    if not groups:
        lines.append("  None is kept.")
    match unanswered["kept"]:
        case "off":
            lines.append("  ADVISOR_UNANSWERED is off: no texts are kept.")
        case "shared" if questions["unanswered_not_kept"]:
            private = questions["unanswered_not_kept"]
            lines.append(f"  Asked in private, so their texts are not kept: {private} (ADVISOR_UNANSWERED).")
    return lines


def _opinions(feedback: Json) -> list[str]:
    results = [one for one in feedback["results"] if one["up"] or one["down"]]
    passages = feedback["passages"]
    if not results and not passages:
        return ["FEEDBACK", "  None yet."]
    lines = ["FEEDBACK  each person's last press"]
    for one, name in [(one, f"result: {one['name']}") for one in results] + [(p, _named_entry(p)) for p in passages]:
        lines += _table([(_thumbs(one), name)])
        for note in one["notes"][:_SHOWN_NOTES]:
            lines += _item(f"{'+' if note['up'] else '-':>9} ", f"“{note['text']}”")
        lines += _rest(len(one["notes"]) - _SHOWN_NOTES, "note", "        ")
    return lines


def _named_entry(one: Json) -> str:
    return f"{one['title'] or 'no longer in the pack'} ({one['id']})"


def _thumbs(one: Json) -> str:
    return f"+{one['up']} -{one['down']}" if one["up"] or one["down"] else ""


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [f"{row[0]:>{7 if '+' in row[0] else 5}}  {'   '.join(filter(None, row[1:]))}".rstrip() for row in rows]


def _item(mark: str, text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark)) or [mark.rstrip()]


def _rest(count: int, what: str, margin: str = "  ") -> list[str]:
    """What is left out of the text."""
    return [f"{margin}… and {count} more {what}{'s' if count > 1 else ''}; --json has all."] if count > 0 else []
