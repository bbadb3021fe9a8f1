"""The command line: what can be typed after `advisor`."""

from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

_STATUS = "Exit status: 0 good, 1 some input was bad, 2 wrong usage, 78 settings. Settings: see docs/settings.md."


class _Version(Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        from bot.config.version import installed_version

        print(f"advisor {installed_version()}")
        parser.exit()


def parser() -> ArgumentParser:
    top = ArgumentParser(
        prog="advisor",
        description="A chat advisor: a few questions, one recommendation, and the reasons for it.",
        epilog=_STATUS,
        formatter_class=RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run the bot for Slack and Teams")
    serve.add_argument("--open", action="store_true", help="open the playground in a browser, if both are available")

    chat = commands.add_parser("chat", help="talk to it here; piped, one message a line")
    chat.add_argument("--resume", action="store_true", help="continue the last conversation")
    chat.add_argument(
        "--jsonl", action="store_true", help='read {"text": …} or {"press": button} line by line, write the state'
    )

    ask = commands.add_parser("ask", help="answer one question about the subject")
    ask.add_argument("text", nargs="*", metavar="TEXT", help="the question")
    ask.add_argument("--jsonl", action="store_true", help='read {"text": …} line by line, write one answer a line')

    triage = commands.add_parser("triage", help="triage one idea, or a whole backlog")
    triage.add_argument("what", nargs="?", metavar="X", help="a file of CSV with a column `text`, or an idea as text")
    triage.add_argument("--jsonl", action="store_true", help='read {"text": …} line by line, write one result a line')
    triage.add_argument("--output", type=Path, metavar="OUT.csv", help="file for the triaged backlog")
    triage.add_argument(
        "--evidence", action="store_true", help="add to each result the words that answers were read from"
    )

    commands.add_parser("mcp", help="let an assistant on this machine ask it, over the Model Context Protocol (stdio)")

    knowledge = commands.add_parser("knowledge", help="work on the content")
    jobs = knowledge.add_subparsers(dest="job", required=True, metavar="JOB")
    check = jobs.add_parser("check", help="check a pack: file, line, what is wrong, what would be right")
    check.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="the pack; else the one that is used")
    facts = jobs.add_parser("facts", help="facts from outside: age, source, and what depends on them")
    facts.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="the pack; else the one that is used")
    learn = jobs.add_parser(
        "learn", help="train the pack's classifiers now and store them in its folder, so that no start has to"
    )
    learn.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="the pack; else the one that is used")
    new = jobs.add_parser("new", help="write a small working pack to start from")
    new.add_argument("name", metavar="NAME", help="its folder, named like the pack")

    board = commands.add_parser("board", help="check the boards of ideas")
    duties = board.add_subparsers(dest="job", required=True, metavar="JOB")
    duties.add_parser("check", help="which ideas would come out differently, or stand where others see them")

    report = commands.add_parser("report", help="what people ask, get no answer to, and think of answers")
    report.add_argument("--json", action="store_true", help="all of it as one JSON object")

    evaluation = commands.add_parser("eval", help="measure how well text is understood, on labelled sets")
    evaluation.add_argument("folder", type=Path, metavar="FOLDER", help="*.jsonl, in the form of tests/eval")
    evaluation.add_argument("--json", action="store_true", help="the figures as one JSON object")

    package = commands.add_parser("teams-package", help="write the app package to upload to Teams")
    package.add_argument("--name", default="Advisor", help="the name that people mention (default: Advisor)")
    package.add_argument("--output", type=Path, default=Path("advisor-teams.zip"), metavar="OUT.zip")
    package.add_argument("--developer", metavar="NAME", help="the developer shown to people: your organisation")
    package.add_argument("--website", metavar="URL", help="your organisation's page on it, https://…")
    package.add_argument("--privacy", metavar="URL", help="your privacy statement, https://…")
    package.add_argument("--terms", metavar="URL", help="your terms of use, https://…")
    package.add_argument("--version", dest="package_version", metavar="N.N.N", help="for an update: above the last one")

    manifest = commands.add_parser("slack-manifest", help="print the manifest to paste into Slack")
    manifest.add_argument("--url", "--address", metavar="URL", help="where Slack reaches the advisor, https://…")
    manifest.add_argument("--socket", "--socket-mode", action="store_true", help="for Socket Mode, without an address")
    manifest.add_argument("--mcp", action="store_true", help="let Slack's own assistant call it; see docs/mcp.md")

    model = commands.add_parser("model", help="try the language model that listens along")
    uses = model.add_subparsers(dest="job", required=True, metavar="JOB")
    uses.add_parser("check", help="how fast it answers, and what it hears in 150 lines whose meaning is known")

    doctor = commands.add_parser("doctor", help="check settings, Slack, Teams and Redis, and say what to fix")
    doctor.add_argument("--json", action="store_true", help="the findings as one JSON object")
    return top
