"""Parses typed text into an intent: what it means at this point of a conversation."""

from collections.abc import Iterator, Mapping

from dialogs import board_commands, corrections, lesson_parser, result_talk, small_talk, typed_answers
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.earlier_answers import answer_elsewhere, without_passing
from dialogs.flows.base import Flow
from dialogs.intents import (
    Acknowledgement,
    AdviceRequest,
    BoardRequest,
    Correction,
    Hello,
    Intent,
    ProgressQuestion,
    ProgressTopic,
    ResultQuestion,
    ResultTopic,
    SmallTalk,
    SubjectQuestion,
    Thanks,
    TriageRequest,
    TypedCommand,
    Unknown,
    WhatIf,
)
from dialogs.list_parser import LIST_MARK, asked_list, is_heading, lines_of, next_idea
from dialogs.message import ARGUMENTS, Action, Verb
from dialogs.phrases import Words, asks_inside, contains, is_question, requests, respelled, rest_of, starts, without
from dialogs.typed_answers import SURE_PROJECT
from dialogs.utterances import answers_by_sentence
from knowledge.answer_parser import Prompt, exact_options, fold, parse_answer, stands_alone
from knowledge.interfaces import PROJECT, Decision, Reading
from knowledge.outside import OutsideEntry
from knowledge.pack import Question
from knowledge.sentences import parts_between_marks, sentences

_LIST_LINES, _LONG_LIST = 3, 5
"""A text with so many marked lines is a list of ideas; so many lines in all look like one."""

_FEW_MARKS = 4
"""Where fewer than one line in so many is marked, the others are ideas as well: notes of different hands."""

_LIST_LINE_WORDS = 30
"""A line of a list has no more words."""

_SURE, _NEAR = 0.65, 0.4
"""From these scores on a question gets the closest passages first, or beside the questions that it asks for."""

_WISH = 0.8
"""From this sureness on, a question that nothing in the pack answers describes a project: "could it sort our mail?".
And so does one with answers in it that is near to nothing: "we get 200 invoices a week, can AI type them in?"."""

_SHORT_REQUEST = 5
"""A text of so few words that holds the word "summary" asks for the result's."""

_SHORTEST_CLAUSE, _MOST_CLAUSES = 3, 6

_PROJECT_IN_CLAUSE = 0.8
"""From this sureness on a clause of a text names a project: of 1,080 descriptions 88 in a hundred begin so
instead of 85, and of 100 texts that describe none no more than before."""

_SECOND_TRY = 0.1
"""The same for what is typed after "tell me in a sentence what it should do"; there, any answer is enough as well."""

_HINT = 0.06
"""A single answer in a text makes it a description only where it sounds at least so much like a project."""


def parse_intent(advisor: Advisor, conversation: Conversation, text: str) -> Intent:
    """The meaning of a text. Total: any text has one."""
    words = fold(text)
    of_list = asked_list(advisor, conversation, text, words)
    if of_list is not None:
        return of_list
    pressed = board_commands.pressed(advisor, conversation, words)
    if pressed is not None:
        return TypedCommand(pressed)
    of_board = board_commands.parse(advisor, conversation, text, words)
    if of_board is not None:
        return BoardRequest(of_board)
    flow = advisor.flows.current(conversation)
    prompt = flow.prompt(conversation)
    asks_it = flow is advisor.flows.questions  # lessons and lists have numbers and a yes of their own
    of_proposal = typed_answers.reply_to_proposal(advisor, conversation, text, words) if asks_it else None
    if of_proposal is not None:
        question = _framework_question(advisor, prompt)
        said = answers_by_sentence(advisor, conversation, question, text, of_proposal) or of_proposal
        return _kept(advisor, conversation, question, text, words, said) or said
    of_reading = typed_answers.reply_to_reading(advisor, conversation, prompt, words)
    if of_reading is not None:
        return of_reading
    if lesson_parser.begins(advisor, words):
        return TypedCommand(Action(Verb.LEARN))
    of_lessons = lesson_parser.parse(advisor, conversation, flow, prompt, text, words)
    if of_lessons is not None:
        return of_lessons
    small = _short(advisor, conversation, flow, prompt, text, words)
    if small is not None:
        return small
    listed = next_idea(advisor, conversation, text, words)
    if listed is not None:
        return listed
    ideas = _unasked_list(advisor, prompt, text)
    if ideas:
        return TriageRequest(ideas)
    marked = _marked_idea(advisor, _framework_question(advisor, prompt), text) if flow.accepts_descriptions else ""
    if marked:
        return AdviceRequest(marked, advisor.knowledge.reader.read(marked))
    answer = _answer(advisor, flow, conversation, prompt, text, words)
    if answer is not None:
        return answer
    answering = prompt is not None and bool(conversation.answers)
    whole = _request_or_question(advisor, conversation, flow, text, words, answering=answering)
    if isinstance(whole, Unknown) and prompt is None and conversation.started and asks_inside(advisor, words):
        return SubjectQuestion(whole.match)
    clear = isinstance(whole, SubjectQuestion) and whole.match.decision is Decision.ANSWER
    if clear or isinstance(whole, AdviceRequest | SmallTalk):
        return whole
    part = _part(advisor, conversation, flow, prompt, text, answering=answering)
    if part is None and (prompt is None or conversation.flow == advisor.flows.board.name):
        number = board_commands.named_idea(conversation, text)
        if number is not None:
            return TypedCommand(Action(Verb.IDEA, (str(number),)))
    if part is None and isinstance(whole, Unknown) and flow is advisor.flows.questions:
        return answer_elsewhere(advisor, conversation, text) or whole
    return part or whole


def _part(
    advisor: Advisor, conversation: Conversation, flow: Flow, prompt: Prompt | None, text: str, *, answering: bool
) -> Intent | None:
    """What one of a text's sentences says where the whole says little: an idea, else a command or small talk."""
    parts = sentences(text)
    if len(parts) < 2:
        return None
    for part in parts if flow.accepts_descriptions else ():
        found = _request_or_question(advisor, conversation, flow, part, fold(part), answering=answering)
        if isinstance(found, AdviceRequest):
            return AdviceRequest(text, advisor.knowledge.reader.read(text), match=found.match)
    known = (_short(advisor, conversation, flow, prompt, part, fold(part)) for part in parts)
    return next((intent for intent in known if intent is not None and not isinstance(intent, Hello | Thanks)), None)


def _short(
    advisor: Advisor, conversation: Conversation, flow: Flow, prompt: Prompt | None, text: str, words: Words
) -> Intent | None:
    """Commands, small talk and questions about the result: texts that are known as a whole."""
    if prompt is not None and exact_options(prompt, " ".join(words)) and not _skips(advisor, conversation, flow, words):
        return None
    bare = without(words, advisor.catalogue.phrases.courtesies)
    said = _known(advisor, conversation, flow, prompt, text, words, bare)
    if said is not None:
        return said
    again = respelled(advisor, bare)
    return None if again == bare else _known(advisor, conversation, flow, prompt, text, again, again)


def _skips(advisor: Advisor, conversation: Conversation, flow: Flow, words: Words) -> bool:
    """Whether a word that may mean "not sure" means the button *Skip*, which is on the card."""
    meanings = advisor.catalogue.command_of.get(" ".join(words), ())
    return Verb.SKIP in meanings and flow.accepts(conversation, Verb.SKIP)


def _known(
    advisor: Advisor,
    conversation: Conversation,
    flow: Flow,
    prompt: Prompt | None,
    text: str,
    words: Words,
    bare: Words,
) -> Intent | None:
    if _goes_on(advisor, prompt, words):
        starts_here = flow is advisor.flows.questions and flow.accepts(conversation, Verb.START)
        return TypedCommand(Action(Verb.START)) if starts_here else Acknowledgement()
    progress = _progress(advisor, flow.progress_topics(conversation), words, bare)
    if progress is not None:
        return progress
    if flow is advisor.flows.questions and conversation.started:
        mended = corrections.mended(advisor, conversation, bare)
        if mended is not None:
            return mended
    if prompt is None and flow.accepts_descriptions and conversation.started:
        about = _about_result(advisor, conversation, text, words, bare)
        if about is not None:
            return about
    command = _command(advisor, conversation, words, bare)
    if command is None and prompt is not None and flow.accepts_descriptions and _needs_result(advisor, words, bare):
        return SmallTalk("no_result_yet")
    remark = command if command is not None else small_talk.remark_in(advisor, text, words, bare)
    return remark or _ahead(advisor, flow.progress_topics(conversation), bare)


def _goes_on(advisor: Advisor, prompt: Prompt | None, words: Words) -> bool:
    """ "yes start", "ok lets go", "go ahead" while something is asked: about the talk, and no answer."""
    phrases, commands = advisor.catalogue.phrases, advisor.catalogue.commands
    rest = words if prompt is not None else ()
    while rest:
        said = " ".join(without(rest, phrases.courtesies))
        if {said, " ".join(rest)} & {*phrases.go_on} or (rest != words and said in commands["start"]):
            return True
        after = rest_of(rest, (*phrases.confirm, *phrases.courtesies))
        rest = () if after == rest else after
    return False


def _progress(advisor: Advisor, topics: frozenset[ProgressTopic], words: Words, bare: Words) -> ProgressQuestion | None:
    """What a text asks about where somebody is, of what can be told."""
    for candidate in (words, bare):
        topic = advisor.catalogue.progress_topic_of.get(" ".join(candidate))
        if topic in topics:
            return ProgressQuestion(ProgressTopic(topic))
    return None


def _ahead(advisor: Advisor, topics: frozenset[ProgressTopic], bare: Words) -> ProgressQuestion | TypedCommand | None:
    """ "can I skip to the costs", "skip to lesson 4"."""
    phrases = advisor.catalogue.phrases
    if ProgressTopic.AHEAD not in topics or not starts(bare, phrases.ahead):
        return None
    about = tuple(word for word in rest_of(bare, phrases.ahead) if word not in phrases.ahead_fillers)
    if len(about) == 1 and about[0].isdecimal():
        return TypedCommand(Action(Verb.READ, about))
    match = advisor.knowledge.matcher.passage(" ".join(about))
    near = () if match.decision is Decision.UNKNOWN else match.top
    return ProgressQuestion(ProgressTopic.AHEAD, about, near)


def _needs_result(advisor: Advisor, words: Words, bare: Words) -> bool:
    """Whether a text asks for something that there is only once all questions are answered."""
    texts = [" ".join(candidate) for candidate in (words, bare)]
    meanings = {meaning for text in texts for meaning in advisor.catalogue.command_of.get(text, ())}
    topics = {advisor.catalogue.result_topic_of.get(text) for text in texts}
    return bool(meanings & {Verb.DETAILS, Verb.SHARE} or topics & {ResultTopic.SUMMARY, ResultTopic.CHANGES})


def _answer(
    advisor: Advisor, flow: Flow, conversation: Conversation, prompt: Prompt | None, text: str, words: Words
) -> Intent | None:
    if not flow.accepts_descriptions:
        answer = typed_answers.answer_to_prompt(advisor, flow, prompt, text, words) if prompt is not None else None
        recorded = flow.chosen(conversation)
        if answer is None and recorded:
            return corrections.correction_of_case(advisor, recorded, prompt, text, words)
        return answer
    question = _framework_question(advisor, prompt)
    if question is None and not conversation.started:
        return None
    amount = corrections.other_amount(advisor, conversation, text) if conversation.confirm is None else None
    if amount is not None:
        return amount
    text = corrections.as_correction(advisor, text, words)
    words = fold(text)
    whole = typed_answers.answers_in(advisor, conversation, question, text, words)
    said = answers_by_sentence(advisor, conversation, question, text, whole)
    if flow is not advisor.flows.questions:
        return said
    return _kept(advisor, conversation, question, text, words, said)


def _kept(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, text: str, words: Words, said: Intent | None
) -> Intent | None:
    """What a text answers while a question is open: what was answered on purpose is not changed in passing."""
    return said if prompt is None else without_passing(advisor, conversation, prompt, text, words, said)


def _framework_question(advisor: Advisor, prompt: Prompt | None) -> Question | None:
    return next((q for q in advisor.pack.questions if prompt is not None and q.id == prompt.id), None)


def _about_result(
    advisor: Advisor, conversation: Conversation, text: str, words: Words, bare: Words
) -> ResultQuestion | WhatIf | Acknowledgement | None:
    """What a text asks about the result that is shown."""
    for candidate in (words, bare):
        topic = advisor.catalogue.result_topic_of.get(" ".join(candidate))
        if topic is not None:
            return ResultQuestion(ResultTopic(topic))
    said = result_talk.said_of_result(advisor, bare)
    if said is not None:
        return said
    before, added = result_talk.supposed_so_far(advisor, conversation, bare)
    also = _supposed(advisor, added) if before else {}
    if also:
        return WhatIf({**before, **also})
    if bare[:1] == fold(advisor.catalogue.result["reasons"][0]) and not _is_answered(advisor, text):
        return ResultQuestion(ResultTopic.REASONS)
    if len(bare) <= _SHORT_REQUEST and bare and {*bare} & {*fold(advisor.catalogue.result["summary"][0])}:
        return ResultQuestion(ResultTopic.SUMMARY)
    for opener in sorted(advisor.catalogue.phrases.hypothetical, key=len, reverse=True):
        phrase = fold(opener)
        if bare[: len(phrase)] == phrase:
            rest = bare[len(phrase) :]
            return WhatIf(result_talk.named_otherwise(advisor, conversation, rest) or _supposed(advisor, rest))
    return None


def _is_answered(advisor: Advisor, text: str) -> bool:
    """Whether a passage answers a text: "why do models hallucinate?" is not about the result."""
    return advisor.knowledge.matcher.passage(text).decision is Decision.ANSWER


def _supposed(advisor: Advisor, words: Words) -> Mapping[str, Reading]:
    """The answers of a supposition, read as if it were a fact: "we had no budget" as "we have no budget"."""
    tenses = advisor.catalogue.tenses
    text = " ".join(tenses.get(word, word) for word in words)
    found = {
        answer.question: Reading(answer.option, answer.evidence)
        for answer in advisor.knowledge.replies.answers(text, None)
    }
    if found:
        return found
    for question in advisor.pack.questions:
        if {*words} & {*fold(question.name), question.id}:
            value = " ".join(word for word in text.split() if word not in {*fold(question.name), question.id})
            own = [a for a in advisor.knowledge.replies.answers(value, question.id) if a.question == question.id]
            options = parse_answer(question, text).options
            if own or len(options) == 1:
                return {question.id: Reading(own[0].option if own else options[0], text)}
    return {}


def _unasked_list(advisor: Advisor, prompt: Prompt | None, text: str) -> tuple[str, ...]:
    """The ideas of a pasted list: lines with marks, or without a question open short lines that each sound like a
    project. Where the lines state facts about one idea, there are none.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < _LIST_LINES:
        return ()
    marked = tuple(LIST_MARK.sub("", line).strip() for line in lines if LIST_MARK.match(line))
    if len(marked) >= _LIST_LINES:
        if _FEW_MARKS * len(marked) < len(lines):
            marked = lines_of("\n".join(lines[1:] if lines[0].rstrip().endswith("?") else lines))
        facts = sum(_is_fact(advisor, line) for line in marked)
        return marked if 2 * facts < len(marked) else ()
    if prompt is not None or any(len(fold(line)) > _LIST_LINE_WORDS for line in lines):
        return ()
    asked = lines[0].rstrip().endswith("?")
    body = tuple(line.strip() for line in lines[1 if asked else 0 :] if not is_heading(line))
    if len(body) < _LIST_LINES:
        return ()
    ideas = sum(advisor.knowledge.matcher.project(line) >= PROJECT for line in body)
    return body if 3 * ideas >= 2 * len(body) else ()


def _marked_idea(advisor: Advisor, prompt: Question | None, text: str) -> str:
    """The idea of a single line with a mark of a list while a question is open: it answers nothing."""
    mark = LIST_MARK.match(text)
    if prompt is None or mark is None or len(text.splitlines()) > 1:
        return ""
    idea = text[mark.end() :].strip()
    if not idea or advisor.knowledge.matcher.project(idea) < SURE_PROJECT:
        return ""
    answered = any(answer.question == prompt.id for answer in advisor.knowledge.replies.answers(idea, prompt.id))
    return "" if answered else idea


def _is_fact(advisor: Advisor, line: str) -> bool:
    """Whether a line states answers and hardly sounds like an idea of its own."""
    return bool(advisor.knowledge.reader.read(line)) and advisor.knowledge.matcher.project(line) < PROJECT


def _command(
    advisor: Advisor, conversation: Conversation, words: Words, bare: Words
) -> TypedCommand | Hello | Thanks | Acknowledgement | Correction | None:
    for candidate in (words, bare):
        for meaning, arguments in _meanings(advisor, candidate):
            match meaning:
                case "hello":
                    return Hello()
                case "thanks":
                    return Thanks()
                case "okay":
                    return Acknowledgement()
                case _ if _is_accepted(advisor, conversation, Verb(meaning)):
                    return TypedCommand(Action(Verb(meaning), arguments))
    if advisor.flows.board.numbers_are_ideas(conversation) and len(bare) == 1 and bare[0].isdecimal():
        return TypedCommand(Action(Verb.IDEA, bare))
    change = corrections.change_in(advisor, bare)
    match change:
        case (question, str(option)) if conversation.started:
            return Correction({question: Reading(option, " ".join(bare))})
        case (question, None):
            return TypedCommand(Action(Verb.EDIT, (question,)))
        case _:
            return None


def _meanings(advisor: Advisor, words: Words) -> Iterator[tuple[str, Words]]:
    """What a whole text may stand for; a word for something numbered is followed by its number ("learn 3")."""
    meanings = advisor.catalogue.command_of
    yield from ((m, ()) for m in meanings.get(" ".join(words), ()) if m not in ARGUMENTS)
    if len(words) > 1 and words[-1].isdecimal():
        yield from ((m, words[-1:]) for m in meanings.get(" ".join(words[:-1]), ()) if m in ARGUMENTS)


def _is_accepted(advisor: Advisor, conversation: Conversation, verb: Verb) -> bool:
    match verb:
        case Verb.HELP | Verb.COMPARE:
            return True
        case Verb.CONTINUE:
            flow = advisor.flows.current(conversation)
            return flow.accepts(conversation, verb) or advisor.flows.waiting(conversation) is not None
        case _:
            return advisor.flows.flow_for(conversation, verb).accepts(conversation, verb)


def _request_or_question(
    advisor: Advisor, conversation: Conversation, flow: Flow, text: str, words: Words, *, answering: bool
) -> Intent:
    """A clear question is answered before anything is asked; a project starts the questions. `answering`: somebody is
    in the middle of them, so that only what is surely another project does.
    """
    matcher = advisor.knowledge.matcher
    greetings = (*advisor.catalogue.commands["hello"], *advisor.catalogue.phrases.courtesies)
    explains = starts(without(words, greetings), advisor.catalogue.phrases.explain)
    asks = is_question(advisor, text, words)
    match = matcher.passage(text)
    clear = match.decision is Decision.ANSWER or (match.decision is Decision.OFFER and match.score >= _SURE)
    project = matcher.project(text)
    if not explains and requests(advisor, words):
        readings = advisor.knowledge.reader.read(text)
        # What an idea calls for from outside is said below its verdict: it is no question while it states answers.
        called = bool(readings) and isinstance(advisor.pack.entry(match.top[0]), OutsideEntry) if match.top else False
        if clear and project < PROJECT and not called:
            return SubjectQuestion(match)
        asks_besides = asks and project < PROJECT and match.decision is not Decision.UNKNOWN and match.score >= _NEAR
        return AdviceRequest(text, readings, _is_list(text), match if asks_besides and not called else None)
    opens = starts(words, advisor.catalogue.phrases.auxiliaries)
    wished = project >= _WISH and (
        (opens and match.decision is Decision.UNKNOWN)
        or (asks and match.score < _NEAR and bool(advisor.knowledge.reader.read(text)))
    )
    if not explains and not clear and flow.accepts_descriptions and (wished or _names_idea(advisor, words)):
        return AdviceRequest(text, advisor.knowledge.reader.read(text), _is_list(text))
    other = small_talk.foreign(advisor, words)
    if other is not None and match.decision is not Decision.ANSWER:
        return other
    about_this = conversation.started and typed_answers.refers_back(advisor, words)
    if flow.accepts_descriptions and not asks and len(words) > 3 and not about_this:
        readings = advisor.knowledge.reader.read(text)
        stated = advisor.knowledge.reader.stated(text)
        fact = bool(stated) and stands_alone(words, *(reading.evidence for reading in stated.values()))
        plain = len(readings) > 1 or fact or (readings and project >= _HINT)
        prompted = bool(conversation.missed) and not conversation.started
        least, in_clause = (SURE_PROJECT, SURE_PROJECT) if answering else (PROJECT, _PROJECT_IN_CLAUSE)
        again = prompted and not clear and (project >= _SECOND_TRY or bool(readings))
        named = again or project >= least or _names_project(advisor, text, in_clause)
        if named or (not answering and plain and (not clear or fact)):
            return AdviceRequest(text, readings, _is_list(text))
    return SubjectQuestion(match) if asks or match.decision is Decision.ANSWER else Unknown(match)


def _names_project(advisor: Advisor, text: str, least: float) -> bool:
    """Whether one clause of a text surely names a project, whatever stands around it: "email bot, no idea if …"."""
    long = [clause for clause in parts_between_marks(text) if len(fold(clause)) >= _SHORTEST_CLAUSE]
    return len(long) > 1 and any(advisor.knowledge.matcher.project(clause) >= least for clause in long[:_MOST_CLAUSES])


def _names_idea(advisor: Advisor, words: Words) -> bool:
    return contains(words, advisor.catalogue.phrases.ideas)


def _is_list(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= _LONG_LIST or sum(LIST_MARK.match(line) is not None for line in lines) >= _LIST_LINES
