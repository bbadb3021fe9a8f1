"""Peers of the advisor in Teams, on the stock adapter without credentials: `python -m tests.bench.peers.teams KIND`.

echo: one reply to each message. waterfall: five choice prompts of botbuilder-dialogs, in memory.
"""

import os
import sys
from typing import Any

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication


class _Anonymous:
    APP_ID = ""
    APP_PASSWORD = ""


class Echo(ActivityHandler):  # type: ignore[misc]
    """Says what it heard."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(f"You said: {turn_context.activity.text}")


def waterfall() -> Any:
    """Five questions one after the other."""
    from botbuilder.core import ConversationState, MemoryStorage, MessageFactory
    from botbuilder.dialogs import DialogSet, DialogTurnStatus, WaterfallDialog, WaterfallStepContext
    from botbuilder.dialogs.choices import Choice
    from botbuilder.dialogs.prompts import ChoicePrompt, PromptOptions

    choices = [Choice(word) for word in ("Yes", "No", "Unsure")]

    def asking(number: int) -> Any:
        async def step(context: WaterfallStepContext) -> Any:
            if context.result is not None:
                context.values[str(number - 1)] = context.result.value
            question = MessageFactory.text(f"Question {number} of 5: does this hold for your idea?")
            return await context.prompt("choice", PromptOptions(prompt=question, choices=choices))

        step.__name__ = f"question_{number}"
        return step

    async def result(context: WaterfallStepContext) -> Any:
        context.values["5"] = context.result.value
        said = ", ".join(str(context.values[str(number)]) for number in range(1, 6))
        await context.context.send_activity(f"You answered {said}.")
        return await context.end_dialog()

    class Questions(ActivityHandler):  # type: ignore[misc]
        def __init__(self) -> None:
            self._state = ConversationState(MemoryStorage())
            self._dialogs = DialogSet(self._state.create_property("dialogs"))
            self._dialogs.add(ChoicePrompt("choice"))
            self._dialogs.add(WaterfallDialog("questions", [*(asking(n) for n in range(1, 6)), result]))

        async def on_message_activity(self, turn_context: TurnContext) -> None:
            context = await self._dialogs.create_context(turn_context)
            went = await context.continue_dialog()
            if went.status == DialogTurnStatus.Empty:
                await context.begin_dialog("questions")
            await self._state.save_changes(turn_context)

    return Questions()


def main(kind: str) -> None:
    """Serves until the process is ended."""
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(_Anonymous))
    bot = waterfall() if kind == "waterfall" else Echo()

    async def messages(request: web.Request) -> web.Response:
        answer: web.Response | None = await adapter.process(request, bot)
        return answer or web.Response(status=200)

    app = web.Application()
    app.add_routes([web.post("/api/messages", messages)])
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)


if __name__ == "__main__":
    main(sys.argv[1])
