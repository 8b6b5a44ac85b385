import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook
from rich.console import Console

from pipeline.errors import FiliationError
from pipeline.judgements import read_judgements
from pipeline.language import Language, speak
from pipeline.link import link
from pipeline.load import load
from pipeline.models import Action, CandidatePair, Document, Funding, Record, Territory
from pipeline.review import marked, questions, review
from pipeline.review_sheet import SHEET, export_sheet, import_sheet
from pipeline.store import write_records
from tests.pipeline.world import act_record

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


def _action(exercise: str, key: str, label: str) -> Action:
    return Action(
        action_id=f"{exercise}/{key}",
        document_id=f"acte-{exercise}",
        territory_id="200000001",
        exercise=exercise,
        pilot_raw="CCAS",
        label=label,
        page=3,
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    labels = ["Loger les jeunes", "=Former les élus", "Meubler"]
    actions = [
        _action(y, str(k), label) for y in ("2023", "2024") for k, label in enumerate(labels)
    ]
    pairs = [
        CandidatePair(
            source_action_id=f"2023/{k}",
            target_action_id=f"2024/{k}",
            score=score,
            evidence='{"notions_communes": ["jeunes"]}',
        )
        for k, score in enumerate((0.2, 0.5, 0.3))
    ]
    funding = Funding(
        action_id="2023/1",
        exercise="2023",
        funder="AMI",
        stage="granted",
        amount_eur=Decimal(55000),
        raw="55 000 €",
        page=3,
    )
    write_records(actions, Action, tmp_path)
    write_records(pairs, CandidatePair, tmp_path)
    write_records([funding], Funding, tmp_path)
    write_records([Territory(territory_id="200000001", name="Valmore")], Territory, tmp_path)
    write_records([], Document, tmp_path)
    return tmp_path


def answers(*given: str) -> Callable[[str], str]:
    turn: Iterator[str] = iter(given)

    def ask(_: str) -> str:
        try:
            return next(turn)
        except StopIteration:
            raise EOFError from None

    return ask


def walk(data: Path, *given: str) -> tuple[list[tuple[str, str]], str]:
    console = Console(record=True, width=140, file=(data / "screen").open("w"))
    csv = data / "judgements.csv"
    review(data, data, csv, "Zoé", answers(*given), console)
    return [(j.left_label, j.judgement) for j in read_judgements(csv)], console.export_text()


def test_the_best_pair_comes_first(data: Path) -> None:
    assert [q.score for q in questions(data, data)] == [0.5, 0.3, 0.2]


@pytest.mark.parametrize(
    ("given", "saved"),
    [
        (["y", "n", "u"], ["positive", "negative", "unsure"]),
        (["y"], ["positive"]),
        (["s", "y"], ["positive"]),
        (["y", "undo", "n"], ["negative"]),
        (["undo", "y"], ["positive"]),
        (["s", "undo", "n", "q", "y"], ["negative"]),
        (["peut-être", "y", "q"], ["positive"]),
        ([], []),
    ],
)
def test_answers(data: Path, given: list[str], saved: list[str]) -> None:
    assert [verdict for _, verdict in walk(data, *given)[0]] == saved


def test_each_answer_is_saved_before_the_next_question(data: Path) -> None:
    seen: list[int] = []

    def ask(_: str) -> str:
        seen.append(len(read_judgements(data / "judgements.csv")))
        return "y"

    review(data, data, data / "judgements.csv", "Zoé", ask, Console(quiet=True))
    assert seen == [0, 1, 2]


def test_what_was_judged_is_not_asked_again(data: Path) -> None:
    walk(data, "y")
    assert walk(data, "n", "n", "n")[0] == [
        ("=Former les élus", "positive"),
        ("Meubler", "negative"),
        ("Loger les jeunes", "negative"),
    ]


def test_undo_does_not_touch_earlier_sittings(data: Path) -> None:
    walk(data, "y", "q")
    assert walk(data, "undo", "q")[0] == [("=Former les élus", "positive")]


def test_the_screen_shows_amounts_pages_and_reasons(data: Path) -> None:
    screen = walk(data, "q")[1]
    for shown in (
        "Former les élus",
        "55\u202f000\u00a0€",
        "p. 3",
        "CCAS",
        "notions communes : jeunes",
    ):
        assert shown in screen


def test_words_that_differ_are_marked() -> None:
    line = marked("Loger « 30 » jeunes de l'Aire", ["Le logement pour 30 seniors, une aire"])
    spans = {line.plain[s.start : s.end].strip() for s in line.spans if s.style}
    assert spans == {"Loger", "jeunes"}


def test_both_actions_stand_side_by_side(data: Path) -> None:
    screen = walk(data, "q")[1]
    assert any(line.count("Former les élus") == 2 for line in screen.splitlines())


def test_what_is_no_answer_shows_the_pair_no_second_time(data: Path) -> None:
    judged, screen = walk(data, "peut-être", "undo", "oui", "q")
    assert judged == [("=Former les élus", "positive")]
    assert "« peut-être » n'est pas une réponse" in screen and "Rien à reprendre" in screen
    assert screen.count("1 / 3") == 1


def test_a_total_cost_is_called_so(data: Path) -> None:
    cost = {"funder": None, "stage": "total_cost", "amount_eur": Decimal(70000)}
    money = Funding.model_validate(
        {"action_id": "2023/1", "exercise": "2023", "raw": "70 000 €", "page": 3, **cost}
    )
    write_records([money], Funding, data)
    assert "coût total : 70\u202f000\u00a0€" in walk(data, "q")[1]


def _fill(path: Path, verdicts: dict[int, str]) -> None:
    book = load_workbook(path)
    for row, verdict in verdicts.items():
        book.active.cell(row, list(SHEET).index("judgement") + 1, verdict)
    book.save(path)


def test_a_sheet_goes_out_and_comes_back(data: Path) -> None:
    sheet, csv = data / "review.xlsx", data / "judgements.csv"
    assert export_sheet(data, data, sheet) == 3
    _fill(sheet, {2: "y", 4: "negative"})
    assert import_sheet(sheet, csv, "Zoé") == 2
    assert import_sheet(sheet, csv, "Zoé") == 0
    assert [(j.left_label, j.judgement, j.author) for j in read_judgements(csv)] == [
        ("=Former les élus", "positive", "Zoé"),
        ("Loger les jeunes", "negative", "Zoé"),
    ]


@pytest.mark.parametrize(
    ("language", "head", "answers", "yes"),
    [("fr", "Action antérieure", '"o,n,u"', "o"), ("en", "Earlier action", '"y,n,u"', "y")],
)
def test_a_sheet_speaks_the_language_of_who_fills_it_in(
    data: Path, language: Language, head: str, answers: str, yes: str
) -> None:
    sheet = data / "review.xlsx"
    speak(language)
    export_sheet(data, data, sheet)
    page = load_workbook(sheet).active
    assert page.cell(1, list(SHEET).index("left_label") + 1).value == head
    assert [choice.formula1 for choice in page.data_validations.dataValidation] == [answers]
    _fill(sheet, {2: yes})
    speak("fr")
    assert import_sheet(sheet, data / "judgements.csv") == 1


def test_no_text_becomes_a_formula(data: Path) -> None:
    export_sheet(data, data, data / "review.xlsx")
    cells = [c for row in load_workbook(data / "review.xlsx").active for c in row]
    assert any(str(c.value).startswith("=") for c in cells)
    assert all(c.data_type != "f" for c in cells)


def test_a_wrong_answer_in_the_sheet_is_named_and_nothing_written(data: Path) -> None:
    sheet, csv = data / "review.xlsx", data / "judgements.csv"
    export_sheet(data, data, sheet)
    _fill(sheet, {2: "y", 3: "bof"})
    with pytest.raises(FiliationError, match=r"ligne 3 : « bof »"):
        import_sheet(sheet, csv)
    assert not csv.exists()


def state(folder: Path) -> dict[str, bytes]:
    linked = folder / "linked"
    return {p.relative_to(linked).as_posix(): p.read_bytes() for p in linked.rglob("*.parquet")}


def relink(project: Path) -> dict[str, bytes]:
    link(project / "normalized", project / "reference", project / "linked")
    return state(project)


def database_rows(project: Path, sql: str) -> list[tuple[object, ...]]:
    load(
        project / "normalized",
        project / "linked",
        project / "f.duckdb",
        project / "metrics.json",
    )
    with duckdb.connect(str(project / "f.duckdb"), read_only=True) as database:
        return database.execute(sql).fetchall()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder of three actions in two years, one of them in doubt, with reference data."""
    shutil.copytree(REFERENCE, tmp_path / "reference")
    normalized = tmp_path / "normalized"
    texts = {
        "2023": ("Animer le plan local", "Soutenir les pensions de famille", "Captation privée"),
        "2024": (
            "Animer le plan local",
            "Soutenir les pensions de famille",
            "Aider les propriétaires qui rénovent",
        ),
    }
    actions = [_action(y, str(k), label) for y, ls in texts.items() for k, label in enumerate(ls)]
    records: dict[type[Record], list[Record]] = {model: [] for model in Record.__subclasses__()}
    records[Action] = list(actions)
    records[Territory] = [Territory(territory_id="200000001", name="Valmore")]
    records[Document] = [
        act_record(f"acte-{y}", territory_id="200000001", title=f"Convention {y}", exercise=y)
        for y in texts
    ]
    for model, rows in records.items():
        write_records(rows, model, normalized)
    return tmp_path


def test_a_judgement_changes_just_what_it_should_and_its_removal_restores_all(
    project: Path,
) -> None:
    pairs = "SELECT source_action_id, target_action_id, decided_by FROM link ORDER BY ALL"
    before, rows = relink(project), database_rows(project, pairs)
    sure = [("2023/0", "2024/0", "auto"), ("2023/1", "2024/1", "auto")]
    assert rows == sure
    judgements = project / "reference/judgements.csv"
    untouched = judgements.read_bytes()
    asked = review(project / "normalized", project / "linked", judgements, None, answers("y"))
    assert asked.answers["positive"] == 1
    relink(project)
    assert database_rows(project, pairs) == [*sure, ("2023/2", "2024/2", "human")]
    judgements.write_bytes(untouched)
    assert relink(project) == before
    assert database_rows(project, pairs) == rows


HEAD = (
    "left_territory;left_exercise;left_label;right_territory;right_exercise;right_label;"
    "judgement;author;decided_on;note"
)


def test_judgements_that_a_french_excel_has_saved_are_read(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    line = "Métropole X;2023;Été;Métropole X;2024;Hiver;positive;C. Martin;02/03/2026;"
    path.write_bytes(f"{HEAD}\r\n{line}\r\n;;;;;;;;;\r\n".encode("cp1252"))
    (judgement,) = read_judgements(path)
    assert (judgement.left_label, judgement.decided_on) == ("Été", date(2026, 3, 2))


def test_a_judgement_that_cannot_be_read_is_told_with_what_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(f"{HEAD}\nX;2023;a;X;2024;b;positif;;3/2/26;\n", encoding="utf-8")
    with pytest.raises(FiliationError) as caught:
        read_judgements(path)
    assert str(caught.value) == (
        "judgements.csv, ligne 2 : valeur illisible : judgement « positif » (positive | negative |"
        " unsure), decided_on « 3/2/26 » (2026-03-31). Corrigez ce fichier de référence."
    )
