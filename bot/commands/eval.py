"""`advisor eval`: how well text is understood, measured on labelled sets."""

import json
import sys
import time
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.assembly import open_advisor, pack_folder
from bot.commands.output import print_error
from bot.config.environment import read_settings
from knowledge.evaluation.evaluator import evaluate
from knowledge.evaluation.labelled_sets import EvaluationError, load_sets
from knowledge.pack_loader import load_pack


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Prints the figures of a folder of sets, as a table or as JSON."""
    try:
        sets = load_sets(arguments.folder)
    except EvaluationError as error:
        print(error, file=sys.stderr)
        return 1
    settings = read_settings(environment)
    advisor, _ = open_advisor(settings, datetime.now(UTC).date(), print_error)
    whole = replace(advisor.knowledge, pack=load_pack(pack_folder(settings)))  # what stands in the pack is left out
    report = evaluate(whole, sets, time.perf_counter)
    print(json.dumps(report.as_json(), ensure_ascii=False) if arguments.json else report.table())
    return 0
