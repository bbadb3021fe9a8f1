"""The `advisor` command from outside: what goes in, what comes out, and the exit status.

Each command runs once in a process of its own (some of them in other files), and otherwise in this one.
"""

import csv
import json
import shlex
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

from bot.assembly import TRAINING
from knowledge.pack_loader import builtin, load_pack
from knowledge.starter import write_starter
from tests.bot.in_process import in_process
from tests.bot.run import COMMAND, ROOT, advisor, environment
from tests.patience import STARTING

LOGIN = {
    "MICROSOFT_APP_ID": "11111111-2222-3333-4444-555555555555",
    "MICROSOFT_APP_PASSWORD": "p",
    "MICROSOFT_APP_TYPE": "MultiTenant",
}


@pytest.fixture
def broken_pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(builtin(), folder)
    file = folder / "pack.yaml"
    lines = file.read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("title:"))
    lines[at] = lines[at].replace("title:", "titel:")
    file.write_text("\n".join(lines))
    return folder


def test_ask_prints_the_passage(tmp_path: Path) -> None:
    done = in_process(tmp_path, "ask", "How", "much", "does", "fine-tuning", "cost?")
    assert done.returncode == 0
    assert done.stdout.startswith("How much does fine-tuning cost?\n")
    assert "hundreds to thousands of dollars" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_ask_reads_a_pipe(tmp_path: Path) -> None:
    assert "hundreds to thousands" in advisor(tmp_path, "ask", typed="How much does fine-tuning cost?\n").stdout


def test_triage_of_a_text_prints_what_it_read_what_is_missing_and_the_result(tmp_path: Path) -> None:
    done = in_process(tmp_path, "triage", "a shop assistant; we have no data at all")
    assert done.returncode == 0
    read, missing, result = (done.stdout.index(words) for words in ("What I read", "Still missing", " · "))
    assert read < missing < result
    assert "First step" in done.stdout
    assert "Change:" not in done.stdout


@pytest.fixture
def backlog(tmp_path: Path) -> Path:
    file = tmp_path / "ideas.csv"
    file.write_text("id,text,data\n1,a bot for our shop,no\n2,contract summaries,purple\n3,,\n")
    return file


def test_triage_of_a_backlog(tmp_path: Path, backlog: Path) -> None:
    out = tmp_path / "out.csv"
    done = advisor(tmp_path, "triage", str(backlog), "--output", str(out))
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert done.returncode == 1
    assert "3 rows, 1 of them could not be triaged: line 3" in done.stderr
    assert done.stdout == ""
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert [row["verdict"] for row in rows] == ["prompt_engineering", "", ""]
    assert [bool(row["error"]) for row in rows] == [False, True, False]
    assert in_process(tmp_path, "triage", str(backlog)).stdout.startswith("id,text,data,verdict,")
    assert {file.name for file in tmp_path.iterdir()} == {"ideas.csv", "out.csv", "state"}


def test_a_backlog_in_windows_1252_comes_out_readable_in_spreadsheets(tmp_path: Path) -> None:
    file, out = tmp_path / "ideas.csv", tmp_path / "out.csv"
    file.write_bytes("text;wer\nein bot für alle;Jörg\n".encode("cp1252"))
    assert in_process(tmp_path, "triage", str(file), "--output", str(out)).returncode == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "für alle;Jörg;" in out.read_text("utf-8-sig")


def test_a_workbook_is_no_backlog(tmp_path: Path) -> None:
    file = tmp_path / "ideas.xlsx"
    with ZipFile(file, "w") as workbook:
        workbook.writestr("xl/workbook.xml", "<workbook/>")
    done = in_process(tmp_path, "triage", str(file))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{file}: It is an Excel workbook. Save it as CSV UTF-8.\n"


@pytest.mark.parametrize(("content", "says"), [(None, "No such file"), ("idea\nx\n", "`text`"), ("", "`text`")])
def test_a_backlog_that_cannot_be_judged(tmp_path: Path, content: str | None, says: str) -> None:
    file, out = tmp_path / "ideas.csv", tmp_path / "out.csv"
    if content is not None:
        file.write_text(content)
    done = in_process(tmp_path, "triage", str(file), "--output", str(out))
    assert done.returncode == 1
    assert says in done.stderr
    assert not out.exists()


def test_knowledge_check_of_the_shipped_pack(tmp_path: Path) -> None:
    done = advisor(tmp_path, "knowledge", "check")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("tune-or-prompt, version ")


def test_knowledge_facts_lists_what_is_from_outside_and_who_would_miss_it(tmp_path: Path) -> None:
    done = advisor(tmp_path, "knowledge", "facts")
    assert done.returncode == 0
    assert "out-openai: Is fine-tuning still available at OpenAI?" in done.stdout
    assert "missed by: verdicts fine_tuning; passages def-ft; whoever asks" in done.stdout
    assert "lessons map" in done.stdout.partition("out-gap: ")[2].partition("out-")[0]


def test_knowledge_new_writes_a_pack_that_talks_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "hire-or-not"
    made = advisor(tmp_path, "knowledge", "new", str(folder))
    assert made.returncode == 0
    assert sorted(line for line in made.stdout.splitlines() if line.startswith("wrote ")) == sorted(
        f"wrote {file}" for file in folder.rglob("*.yaml")
    )
    checked = in_process(tmp_path, "knowledge", "check", str(folder))
    assert (checked.returncode, "no errors, no warnings" in checked.stdout) == (0, True)
    asked = in_process(tmp_path, "ask", "freelancer?", ADVISOR_PACK=str(folder))
    assert "works for several companies" in asked.stdout
    again = in_process(tmp_path, "knowledge", "new", str(folder))
    assert (again.returncode, "exists already" in again.stderr) == (1, True)
    wrong = in_process(tmp_path, "knowledge", "new", str(tmp_path / "Hire Or Not"))
    assert (wrong.returncode, "cannot be the id of a pack" in wrong.stderr) == (2, True)


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    """A pack from the starter, with enough texts to learn from."""
    folder = tmp_path / "hire-or-not"
    write_starter(folder)
    passage = load_pack(folder).passages[0].id
    texts = {
        "passages": {passage: ["when do i hire somebody", "is a contract better", "who is cheaper, staff or not"]},
        "beside": {"office": ["where is the printer", "when is lunch", "who has the key"]},
    }
    (folder / "phrasings.yaml").write_text(yaml.safe_dump({"phrasings": texts}))
    return folder


def test_knowledge_learn_writes_into_the_pack_so_that_no_start_has_to(tmp_path: Path, small_pack: Path) -> None:
    asked = ["ask", "is a contract better"]
    before = in_process(tmp_path, *asked, ADVISOR_PACK=str(small_pack), ADVISOR_STATE=str(tmp_path / "one"))
    assert TRAINING in before.stderr
    learnt = advisor(tmp_path, "knowledge", "learn", str(small_pack))
    assert (learnt.returncode, f"wrote {small_pack / 'model.npz'}" in learnt.stdout) == (0, True)
    after = in_process(tmp_path, *asked, ADVISOR_PACK=str(small_pack), ADVISOR_STATE=str(tmp_path / "two"))
    assert (after.stderr, after.stdout) == ("", before.stdout)


def test_what_was_learnt_is_passed_over_once_the_texts_have_changed(tmp_path: Path, small_pack: Path) -> None:
    in_process(tmp_path, "knowledge", "learn", ADVISOR_PACK=str(small_pack))
    file = small_pack / "phrasings.yaml"
    file.write_text(file.read_text().replace("when is lunch", "what is for lunch"))
    state = str(tmp_path / "elsewhere")  # the usual one has what earlier runs fitted
    assert TRAINING in in_process(tmp_path, "ask", "lunch", ADVISOR_PACK=str(small_pack), ADVISOR_STATE=state).stderr


def test_knowledge_learn_says_where_there_is_nothing_to_learn_or_nowhere_to_write(
    tmp_path: Path, small_pack: Path
) -> None:
    assert "is already trained" in in_process(tmp_path, "knowledge", "learn").stdout
    (small_pack / "model.partial").mkdir()
    taken = in_process(tmp_path, "knowledge", "learn", str(small_pack))
    assert (taken.returncode, "cannot be written to" in taken.stderr) == (1, True)
    (small_pack / "phrasings.yaml").unlink()
    assert "nothing to train" in in_process(tmp_path, "knowledge", "learn", str(small_pack)).stdout


def test_knowledge_check_names_file_and_line(tmp_path: Path, broken_pack: Path) -> None:
    done = in_process(tmp_path, "knowledge", "check", str(broken_pack))
    assert done.returncode == 1
    file = broken_pack / "pack.yaml"
    line = next(number for number, text in enumerate(file.read_text().splitlines(), 1) if text.startswith("titel:"))
    assert f"{file}:{line}: `titel` is no key here. Did you mean `title`?" in done.stdout
    assert "does not start" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("words", [["serve"], ["chat"], ["ask", "hi"], ["triage", "hi"]])
def test_a_pack_with_a_mistake_never_starts(tmp_path: Path, broken_pack: Path, words: list[str]) -> None:
    done = in_process(tmp_path, *words, ADVISOR_PACK=str(broken_pack))
    assert done.returncode == 78
    assert done.stderr.startswith("ADVISOR_PACK names a pack that cannot be used.\n")
    assert f"\n{broken_pack / 'pack.yaml'}:" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_names_the_setting_of_a_wrong_pack(tmp_path: Path) -> None:
    done = in_process(tmp_path, "doctor", ADVISOR_PACK="/nowhere")
    assert done.returncode == 78
    assert "BAD   Pack (ADVISOR_PACK): /nowhere: There is no such folder." in done.stdout


@pytest.mark.parametrize("words", [["serve"], ["chat"], ["doctor"]])
def test_wrong_settings_are_told_in_one_line(tmp_path: Path, words: list[str]) -> None:
    done = in_process(tmp_path, *words, ADVISOR_PORT="nowhere")
    assert done.returncode == 78
    told = done.stdout if words == ["doctor"] else done.stderr
    assert "ADVISOR_PORT must be a port number" in told.splitlines()[0]


def test_doctor_tells_what_is_on_and_what_would_turn_on_the_rest(tmp_path: Path) -> None:
    done = advisor(tmp_path, "doctor")
    assert "look  Slack: playground only (set SLACK_BOT_TOKEN" in done.stdout
    assert "ok    Teams: it is on" in done.stdout
    assert f"ok    Redis: embedded server in {tmp_path / 'state'}" in done.stdout
    assert "tune-or-prompt" in done.stdout
    wrong = [line for line in done.stdout.splitlines() if line.startswith("BAD")]
    assert done.returncode == (78 if wrong else 0)
    assert all(line.startswith("BAD   Playground: its page is not built") for line in wrong)


def test_doctor_says_what_redis_url_may_not_hold(tmp_path: Path) -> None:
    done = in_process(tmp_path, "doctor", REDIS_URL="redis://127.0.0.1:1/0?ssl=true")
    assert done.returncode == 78
    assert "BAD   Settings: REDIS_URL must be" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_package_for_teams(tmp_path: Path) -> None:
    done = advisor(tmp_path, "teams-package", "--name", "Ada", **LOGIN)
    assert done.returncode == 0
    assert "advisor-teams.zip" in done.stdout
    assert "example.com" in done.stderr
    assert "--developer, --website, --privacy, --terms" in done.stderr
    with ZipFile(tmp_path / "advisor-teams.zip") as package:
        assert json.loads(package.read("manifest.json"))["name"]["short"] == "Ada"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("triage 'a bot' <&-", 0),
        ("ask --jsonl <&-", 0),
        ("ask <&-", 2),
        ("ask 'how much does it cost?' >&-", 0),
        ("ask 'how much does it cost?' <&- >&- 2>&-", 0),
    ],
)
def test_a_stream_that_is_closed_is_no_trouble(tmp_path: Path, line: str, status: int) -> None:
    done = subprocess.run(
        f"{shlex.join(COMMAND)} {line}",
        shell=True,
        capture_output=True,
        text=True,
        env=environment(tmp_path),
        cwd=tmp_path,
        timeout=STARTING,
    )
    assert done.returncode == status
    assert "Traceback" not in done.stderr


def test_chat_through_a_pipe(tmp_path: Path) -> None:
    done = advisor(tmp_path, "chat", typed="should we fine-tune our support bot?\nyes\n\nwhy\n")
    assert done.returncode == 0
    first, second, third = (done.stdout.index(f"Question {n} of 5") for n in (1, 2, 2))
    assert first < second
    assert third
    assert "Why I ask" in done.stdout
    assert "\x1b" not in done.stdout
    assert "> " not in done.stdout


def test_chat_says_when_redis_is_away_and_goes_on(tmp_path: Path) -> None:
    done = in_process(tmp_path, "chat", typed="start\n", REDIS_URL="redis://127.0.0.1:1")
    assert done.returncode == 0
    assert "does not count yet" in done.stdout
    assert "Traceback" not in done.stderr


def test_eval_prints_the_figures_of_a_folder(tmp_path: Path) -> None:
    sets = tmp_path / "sets"
    sets.mkdir()
    for whole in (ROOT / "tests" / "eval" / "dev").glob("*.jsonl"):
        (sets / whole.name).write_text("".join(whole.read_text("utf-8").splitlines(keepends=True)[:5]), "utf-8")
    table = advisor(tmp_path, "eval", str(sets))
    assert table.returncode == 0
    assert "Questions" in table.stdout
    figures = json.loads(in_process(tmp_path, "eval", str(sets), "--json").stdout)
    assert 0 < figures["asked"]["rows"] <= 5


def test_a_text_with_an_idea_on_each_line_is_a_backlog(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("- slogans, we have no data at all\n- =letters\n\n")
    done = in_process(tmp_path, "triage", str(notes))
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [(row["text"], row["verdict"]) for row in rows] == [
        ("slogans, we have no data at all", "prompt_engineering"),
        ("'=letters", ""),
    ]
