"""What a line says to what was just asked, proposed or offered, and words that are a button: nothing else is meant."""

from collections.abc import Iterator, Sequence

from dialogs.advisor import Advisor
from dialogs.commands.command import NONE, OWN_NAME, Command, Kind, Sure, What
from dialogs.commands.shortcuts import AGREED, HELLO, NO, THANKS, YES
from dialogs.conversation import Conversation, options_beside, shown_readings
from dialogs.executor.buttons import command_of
from dialogs.executor.items import Item, Items, Readings, Told, Unclear
from dialogs.flows.board_position import board_of
from dialogs.flows.pending_proposals import accepted_by
from dialogs.flows.replay import open_question
from dialogs.message import ARGUMENTS, Verb, number_in
from dialogs.replies.questions import AmbiguousAnswer
from dialogs.understanding.asked_forms import filtered
from dialogs.understanding.lesson_subjects import said_in_lesson
from dialogs.understanding.parts import Heard
from dialogs.understanding.phrases import Words, contains, rest_of, says, starts, without, written_out
from dialogs.understanding.references import numbers_named
from dialogs.understanding.remarks import remark_in
from dialogs.understanding.statements import Line, statements
from dialogs.understanding.thresholds import LOOKS
from dialogs.understanding.typed_text import TypedText
from knowledge.pack import Question
from knowledge.reading import sums
from knowledge.reading.sums import answer_value, as_value
from knowledge.typed_answers.word_parser import exact_options, fold, folded, parse_answer, place_named, place_word


def reply_in(advisor: Advisor, conversation: Conversation, text: str) -> Items:
    """What such a line does; none if it says something else."""
    typed = TypedText.at(advisor, conversation, text)
    return (
        answer_in(typed) or _of_offered(typed) or _of_button(typed) or _to_go_on(typed)
        or remark_in(advisor, typed.words) or said_in_lesson(typed)
    )  # fmt: skip


def _to_go_on(typed: TypedText) -> Items:
    """What is open is asked, for somebody who is ready for it ("yes, go ahead")."""
    catalogue = typed.advisor.catalogue
    known = (*catalogue.phrases["go_on"], *catalogue.commands["start"])
    said = [without(typed.words, around) for around in (catalogue.phrases["courtesies"], catalogue.phrases["confirm"])]
    ready = typed.asks_framework and typed.question is not None and any(" ".join(words) in known for words in said)
    return (Command(Kind.GO, What.CONTINUE),) if ready else ()


def answer_in(typed: TypedText) -> Items:
    """What a text does that answers what is open, in the words that were asked for."""
    readers = (_to_sum, _to_proposal, _to_offer, _to_readings, _of_option, _of_each)
    return next(filter(None, (read(typed) for read in readers)), ())


def answer_to(advisor: Advisor, conversation: Conversation, option: str) -> Items:
    flows = advisor.flows
    flow, prompt = flows.current(conversation), flows.open_prompt(conversation)
    if prompt is None:
        return ()
    if flow is flows.lessons:
        question = prompt.id if isinstance(prompt, Question) else NONE
        given = ("", option) if question != NONE else (option, NONE)
        return (Command(Kind.LEARN, What.ANSWER, question=question, value=given[0], option=given[1]),)
    listing = conversation.listing
    ideas: tuple[str, ...] = (OWN_NAME,)
    if flow is flows.board and listing is not None:
        ideas = tuple(map(str, listing.rows or (listing.idea,)))
    return (Command(Kind.SET, ideas=ideas, question=prompt.id, option=option, sure=Sure.STATED),)


def accepted(conversation: Conversation, said: Sequence[Item]) -> Items:
    """The proposed answer, where the only person in the thread goes on to other questions without confirming it."""
    sets = [each for each in said if isinstance(each, Command) and each.command is Kind.SET]
    about = {each.question for each in sets if each.ideas in ((), (OWN_NAME,))}
    about |= {each.question for item in said if isinstance(item, Readings) and item.asked for each in item.commands}
    proposal = accepted_by(conversation, about) if about else None
    if proposal is None:
        return ()
    taken = Command(Kind.SET, ideas=(OWN_NAME,), question=proposal.question, option=proposal.option, sure=Sure.IMPLIED)
    return (taken.replace(quote=proposal.evidence),)


def _of_option(typed: TypedText) -> Items:
    """An option of the open prompt in its own words. While a list is collected, any line may be an idea."""
    advisor, conversation, text, words, flow, prompt = typed
    if prompt is None or flow is advisor.flows.intake:
        return ()
    phrases = advisor.catalogue.phrases
    denied = phrases["reject"] if conversation.confirm is not None else ()
    bare = " ".join(without(words, (*phrases["courtesies"], *phrases["choice_openers"], *denied)))
    for found in (parse_answer(prompt, said) for said in (text, bare)):
        if (found.exact or found.plain) and len(found.options) == 1:
            if conversation.focus.offers and starts(words, phrases["confirm"]):  # beside a yes, nothing of the question
                after = parse_answer(prompt, " ".join(rest_of(words, phrases["confirm"])))
                return answer_to(advisor, conversation, found.options[0]) if after.options else YES
            return answer_to(advisor, conversation, found.options[0])
        if found.plain and len(found.options) > 1 and not flow.takes_unsure(conversation):
            return (Unclear(AmbiguousAnswer(prompt, found.options)),)
    unsure = flow.takes_unsure(conversation) and says(words, phrases["lesson_unsure"], phrases["courtesies"])
    return answer_to(advisor, conversation, "unsure") if unsure else ()


def _of_each(typed: TypedText) -> Items:
    """The same for ideas that are asked about together and named apart: "1 and 2 yes, the rest no"."""
    if typed.flow is not typed.advisor.flows.board or typed.prompt is None:
        return ()
    found: list[Command] = []
    for ideas, value in statements(typed.advisor, typed.conversation, typed.text, Line()):
        said = _of_option(typed.part(value))
        if not (ideas and len(said) == 1 and isinstance(said[0], Command)):
            return ()
        found.append(said[0].replace(ideas=ideas))
    told = [idea for command in found for idea in command.ideas]
    return tuple(found) if len(told) == len({*told}) else ()


def _to_readings(typed: TypedText) -> Items:
    """A bare yes or no below what was read from a text, which may be about that: it does not answer the question."""
    _, conversation, _, words, _, prompt = typed
    phrases, bare = typed.advisor.catalogue.phrases, " ".join(words)
    if not isinstance(prompt, Question) or not shown_readings(conversation):
        return ()
    if bare in phrases["confirm"]:
        return AGREED
    meant = exact_options(prompt, bare) if bare in phrases["reject"] else ()
    said = tuple(Command(Kind.SET, question=prompt.id, option=option) for option in meant)
    return (Readings(said, asked=True),) if len(said) == 1 else ()


def _to_offer(typed: TypedText) -> Items:
    """A bare yes or no to what was offered as a button."""
    phrases, bare = typed.advisor.catalogue.phrases, " ".join(typed.words)
    if not typed.conversation.focus.offers:
        return ()
    return YES if bare in phrases["confirm"] else NO if bare in phrases["reject"] else ()


def _of_offered(typed: TypedText) -> Items:
    """A passage that was offered, chosen by its place; or the last answer once more, in short. While a question with
    options of its own is open, a choice has to say that it means what was offered.
    """
    advisor, conversation, _, words, _, prompt = typed
    phrases, courtesies = advisor.catalogue.offers, advisor.catalogue.phrases["courtesies"]
    written, around = written_out(advisor, words), (*phrases["around"], *courtesies)
    if conversation.offered:
        place = place_word(written) if contains(written, phrases["marks"]) else None
        if place is None and prompt is None:
            told = written_out(advisor, fold(typed.text.partition(",")[0]))  # it may be named behind its place
            place = place_named(without(told, phrases["around"]))
            accepts = not conversation.answered and says(written, phrases["accepted"], phrases["around"])
            place = 0 if place is None and accepts else place
        if place is not None and place < len(conversation.offered):
            return (command_of(Verb.PASSAGE, conversation.offered[place]),)
    if conversation.answered and says(written, phrases["shorter"], around):
        return (Told(Command(Kind.ASK, value=conversation.answered[0])),)
    return ()


def _of_button(typed: TypedText) -> Items:
    """What a text does that is the words for a button, or a greeting, and nothing else."""
    advisor, conversation, _, words, flow, prompt = typed
    bare = without(words, advisor.catalogue.phrases["courtesies"])
    if not words and any(sign in typed.text for sign in advisor.catalogue.emoji["happy"]):
        return AGREED
    for candidate in (words, bare):
        for meaning, arguments in _meanings(advisor, candidate):
            match meaning:
                case "hello":
                    return HELLO
                case "thanks":
                    return THANKS
                case "okay":
                    return AGREED
                case _ if means_button(advisor, conversation, Verb(meaning)):
                    return (command_of(Verb(meaning), *arguments),)
    if advisor.flows.board.numbers_are_ideas(conversation) and len(bare) == 1 and bare[0].isdecimal():
        return (command_of(Verb.IDEA, *bare),)
    if bare in folded(advisor.catalogue.phrases["board_back"]) and conversation.board is not None:
        shown = flow is advisor.flows.board and flow.under_way(conversation)
        return (command_of(Verb.BACK if shown else Verb.IDEAS),)
    return filtered(advisor, conversation, words) if prompt is None else ()


def _meanings(advisor: Advisor, words: Words) -> Iterator[tuple[str, Words]]:
    """The possible meanings of a whole text; the word for something numbered is followed by its number ("learn 3")."""
    meanings = advisor.catalogue.command_of
    yield from ((m, ()) for m in meanings.get(" ".join(words), ()) if m not in ARGUMENTS)
    if len(words) > 1 and words[-1].isdecimal():
        yield from ((m, words[-1:]) for m in meanings.get(" ".join(words[:-1]), ()) if m in ARGUMENTS)


def means_button(advisor: Advisor, conversation: Conversation, verb: Verb) -> bool:
    """Whether the word for a button means it now: some words mean something else in other places."""
    flows, listing = advisor.flows, conversation.listing
    flow, board = flows.current(conversation), flows.board
    shown, result = board.shown_idea(conversation) is not None, flows.questions.shows_result(conversation)
    match verb:
        case Verb.HELP | Verb.COMPARE | Verb.START | Verb.SHOW | Verb.LEARN | Verb.READ | Verb.IDEA | Verb.IDEAS:
            return True
        case Verb.CONTINUE:
            return flow.resumes(conversation) or flows.waiting(conversation) is not None
        case Verb.KEEP:
            return flow is flows.questions and conversation.revisit is not None
        case Verb.TRY | Verb.REPEAT:
            return flow is flows.lessons
        case Verb.FINISH:
            return flow in (flows.lessons, flows.intake)
        case Verb.SKIP if flow is board:
            return board.prompt(conversation) is not None and listing is not None and listing.guided
        case Verb.SKIP:
            return flow is flows.lessons
        case Verb.SHARE:
            return result or shown or flow is flows.lessons
        case Verb.DETAILS:
            return shown or (conversation.started and flows.questions.prompt(conversation) is None)
        case Verb.WHY if flow is board:
            return shown or board.prompt(conversation) is not None
        case Verb.WHY:
            return flow is not flows.intake
        case Verb.BACK | Verb.CANCEL | Verb.RESTART:
            return flow is not board or listing is not None
        case Verb.EXPORT | Verb.GUIDE:
            return bool(board_of(conversation).shown) or (flow is board and listing is not None)
        case Verb.MORE:
            return board.shows_list(conversation)
        case _:
            return False


def _to_sum(typed: TypedText) -> Items:
    """Another sum; or the number that one needs, in a line that may well state something."""
    advisor, conversation, text, *_ = typed
    value = as_value(text) if "\n" not in text.strip() else ""
    if value and (sums.says(text, "anew") or sums.prices_calls(text)):
        return (Command(Kind.CALCULATE, ideas=numbers_named(advisor, conversation, text), value=value),)
    wanted, just_now = conversation.focus.number_asked, conversation.last == Kind.CALCULATE
    if wanted is None or not (just_now or typed.prompt is None) or ":" in text or text.rstrip().endswith("?"):
        return ()
    if sums.says(text, "as_usual"):
        return (Command(Kind.CALCULATE, value=value),)
    phrases = advisor.catalogue.phrases
    unsure = (*phrases["lesson_unsure"], *phrases["deferred"], *advisor.catalogue.commands["skip"])
    if says(typed.words, unsure, phrases["courtesies"]) or (sums.says(text, "unknown") and not as_value(text)):
        return (Command(Kind.GO, What.SKIP),)
    if not just_now:
        return ()
    kind, probability = Heard.of(advisor, conversation, text).best
    states = kind in (Kind.SET, Kind.CALCULATE)
    value = answer_value(wanted, text, words=2 if states else 0)
    known = value and (states or probability < LOOKS or len(typed.words) <= 1)
    return (Command(Kind.CALCULATE, value=value),) if known else ()


def _to_proposal(typed: TypedText) -> Items:
    """A yes, a no, or the place of an option, while an answer is proposed."""
    advisor, conversation, text, words, *_ = typed
    proposal = conversation.confirm
    if proposal is None or not typed.asks_framework:
        return ()
    phrases, question = advisor.catalogue.phrases, advisor.pack.question(proposal.question)
    bare = " ".join(words)
    if not words:
        signs = advisor.catalogue.emoji
        return YES if any(s in text for s in signs["happy"]) else NO if any(s in text for s in signs["unhappy"]) else ()
    if open_question(advisor.pack, conversation) == question:
        place = place_named(words)
        number = number_in(words[0] if len(words) == 1 else "") or (0 if place is None else place + 1)
        if 1 <= number <= len(question.options):
            option = options_beside(question, proposal.option)[number - 1]
            return YES if option == proposal.option else answer_to(advisor, conversation, option)
        if without(words, phrases["courtesies"]) in folded(phrases["deferred"]):
            return YES
    if bare in phrases["confirm"]:
        return YES
    return NO if bare in phrases["reject"] and exact_options(question, text) in ((), (proposal.option,)) else ()
