"""The resources and the prompt: what the pack holds, to be read by assistants; free of the protocol's SDK."""

import json
from dataclasses import dataclass
from datetime import date

from dialogs.advisor import Advisor
from dialogs.flows.lookups import entry_reply
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.pack import Pack

SCHEME = "advisor"
"""Of the resources' addresses."""

BACKLOG = "triage_backlog"
"""The prompt's name, and its argument's."""
IDEAS = "ideas"


@dataclass(frozen=True, slots=True)
class Document:
    """A text with an address."""

    uri: str
    name: str
    title: str
    description: str
    mime_type: str
    text: str


def documents(advisor: Advisor, today: date) -> dict[str, Document]:
    """The questions, then every passage, by address. `today` decides which facts from outside still stand there."""
    pack, catalogue = advisor.pack, advisor.catalogue
    questions = Document(
        uri=f"{SCHEME}://questions",
        name="questions",
        title=catalogue.mcp_text("questions_title"),
        description=catalogue.mcp_text("questions"),
        mime_type="application/json",
        text=json.dumps(_questions(pack), ensure_ascii=False, indent=2),
    )
    found = [questions]
    for passage in pack.passages:
        found.append(
            Document(
                uri=f"{SCHEME}://passages/{passage.id}",
                name=passage.id,
                title=passage.title,
                description=passage.title,
                mime_type="text/plain",
                text=plain(lay_out(advisor, (entry_reply(pack, (passage.id,), today, offer=False),), revision=0)),
            )
        )
    return {document.uri: document for document in found}


def _questions(pack: Pack) -> list[dict[str, object]]:
    return [
        {
            "id": question.id,
            "name": question.name,
            "prompt": question.prompt,
            "why": question.why.text,
            "options": [{"id": option.id, "label": option.label} for option in question.options],
        }
        for question in pack.questions
    ]
