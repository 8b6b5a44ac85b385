"""From extracted documents to tables, on a small invented territory."""

import json
from pathlib import Path

import pytest
from documents import REFERENCE, article, document, row, table

from pipeline.extracted import LISTED, ExtractedDocument, PlacedText
from pipeline.models import (
    TABLES,
    Action,
    ActionPilot,
    AnnexColumn,
    Cell,
    Document,
    Finding,
    Funding,
    Mention,
    Organisation,
    Signatory,
    StatedAmount,
    StatedFate,
    Territory,
)
from pipeline.normalize import NOWHERE, WRITTEN, normalize
from pipeline.partition import FoldersReport
from pipeline.store import read_records
from pipeline.table_records import add_table

SIRET = "73282932000074"
HEAD = ["Porteur", "Intitulé", "Avancement", "Crédits AMI", "Cofinancements", "Remarques", "Météo"]
ROWS = [
    ["SOM", "Mentorat des jeunes", "A lancer", "20 000 €", "9 000 € (Ville)", "", "Beau"],
    ["Ville/DDETS 38", "Maraudes", "Terminée", "entre 5 et 9 k€", "-", "Reliquat de 800 €", ""],
]
PARTIES = {
    "beneficiary": "Métropole de Saint-Orme",
    "siret": SIRET,
    "party.state": "L'Etat, représenté par Madame Alix NOREL, préfète de l'Isère",
    "party.beneficiary": "La Métropole de Saint-Orme, représentée par M. Yves Brun, président",
}
CONVENTION = document(
    "convention-2031",
    table(
        HEAD,
        row("section", "Axe 1"),
        *ROWS,
        row("total", "TOTAL", "", "", "20 000 €"),
        title="Annexe 1 – Actions financées par l'AMI en 2031",
    ),
    articles=[
        article("2", "Montant", "L'Etat apporte une subvention de 20 000 € au titre de 2031."),
        article("3", "Annexe", "Les actions portées directement par la métropole sont en gras."),
        article("9", "Contact", "Joindre le service au [téléphone]."),
    ],
    title="CONVENTION 2031-2033 AVEC LA MÉTROPOLE DE SAINT-ORME (SOM)",
    kind="convention",
    period_start="2031",
    period_end="2033",
    exercise="2031",
    iban_masked="FR** **** 123",
    iban_valid="false",
    **PARTIES,
)
AVENANT = document(
    "avenant-2032",
    table(
        HEAD[:4],
        ["Métropole", "Mentorat : issu de l'action 3", "En cours", "25 000 €"],
        title="Annexe 1 – Actions financées par l'AMI en 2032",
    ),
    title="AVENANT N°1 À LA CONVENTION",
    kind="avenant",
    exercise="2032",
    signed_on="2032-05-02",
    **PARTIES,
)


def run(folder: Path, *documents: ExtractedDocument, unreadable: str = "[]") -> FoldersReport:
    extracted = folder / "extracted"
    extracted.mkdir(exist_ok=True, parents=True)
    for one in documents:
        (extracted / f"{one.document_id}.json").write_text(one.model_dump_json(), encoding="utf-8")
    (extracted / "unreadable.json").write_text(unreadable, encoding="utf-8")
    return normalize(extracted, REFERENCE, folder / "normalized")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("normalize")
    refused = {
        "document_id": "perdu", "filename": "perdu.pdf", "sha256": None,
        "reason": "Fichier vide.", "advice": "Redemandez-le.", "english": "Empty file.",
    }  # fmt: skip
    report = run(folder, CONVENTION, AVENANT, unreadable=json.dumps([refused]))
    assert report == FoldersReport(("732829320", NOWHERE), ())
    return lambda model: read_records(model, folder / "normalized")


def test_every_table_but_those_of_linking_is_written() -> None:
    missing = {m.__name__ for m in TABLES} - {m.__name__ for m in WRITTEN}
    assert missing == {"Link", "CandidatePair", "Lineage", "Judgement"}


def test_document_and_territory(tables) -> None:
    (territory,) = tables(Territory)
    assert (territory.territory_id, territory.name) == ("732829320", "Métropole de Saint-Orme")
    assert territory.department_code == "38"
    avenant, convention = tables(Document)
    assert (avenant.kind, avenant.amends_document_id) == ("avenant", "convention-2031")
    assert (convention.period_start, convention.period_end) == (2031, 2033)
    assert (convention.iban_valid, convention.copy_of) == (False, None)
    assert convention.beneficiary == "Métropole de Saint-Orme"
    roles = {(s.role, s.representative) for s in tables(Signatory)}
    assert roles == {("state", "Alix NOREL"), ("beneficiary", "Yves Brun")}


def test_actions(tables) -> None:
    mentorat, maraudes, later = sorted(
        tables(Action), key=lambda a: (a.exercise or "", a.row_index or 0)
    )
    assert mentorat.action_id == "convention-2031:1-1"
    assert (mentorat.label, mentorat.status, mentorat.funded) == (
        "Mentorat des jeunes",
        "planned",
        True,
    )
    assert (mentorat.section, mentorat.run_by_beneficiary) == ("Axe 1", False)
    assert json.loads(mentorat.other or "") == {"Météo": "Beau"}
    assert (maraudes.status, maraudes.row_index) == ("done", 2)
    assert (later.exercise, later.run_by_beneficiary) == ("2032", None)
    assert [m.reference for m in tables(Mention) if m.action_id == later.action_id] == ["3"]


def test_pilots_are_organisations(tables) -> None:
    names = {o.organisation_id: o.name for o in tables(Organisation)}
    pilots = {(p.action_id, names[p.organisation_id]) for p in tables(ActionPilot)}
    assert pilots == {
        ("convention-2031:1-1", "Métropole de Saint-Orme"),
        ("convention-2031:1-2", "Ville de Saint-Orme"),
        ("convention-2031:1-2", "DDETS 38"),
        ("avenant-2032:1-1", "Métropole de Saint-Orme"),
    }


def test_sums(tables) -> None:
    sums = {
        (f.action_id, f.funder, f.stage, f.exercise, f.amount_eur and int(f.amount_eur))
        for f in tables(Funding)
    }
    assert sums == {
        ("convention-2031:1-1", "AMI", "granted", "2031", 20000),
        ("convention-2031:1-1", "Ville de Saint-Orme", "granted", "2031", 9000),
        ("convention-2031:1-2", "AMI", "granted", "2031", None),
        ("convention-2031:1-2", "AMI", "carry_over", "2031", 800),
        ("avenant-2032:1-1", "AMI", "granted", "2032", 25000),
    }
    (stated,) = tables(StatedAmount)
    assert (stated.kind, int(stated.amount_eur), stated.article_number) == ("grant", 20000, "2")


def test_cells_and_columns(tables) -> None:
    cells = [c for c in tables(Cell) if c.table_id == "convention-2031:t1"]
    assert {(c.row_index, c.row_kind) for c in cells} == {(1, "body"), (2, "body"), (3, "total")}
    empty = next(c for c in cells if (c.row_index, c.column_index) == (1, 6))
    assert (empty.text, empty.header, empty.section) == (None, "Remarques", "Axe 1")
    fields = {c.header: c.field for c in tables(AnnexColumn)}
    assert (fields["Crédits AMI"], fields["Météo"]) == ("ami", None)


def test_findings_of_reading(tables) -> None:
    found = {(f.rule, f.document_id, f.action_id) for f in tables(Finding)}
    assert found == {
        ("document_unreadable", "perdu", None),
        ("figure_doubtful", "convention-2031", "convention-2031:1-2"),
    }


def test_columns_of_years_that_add_up_what_articles_grant(tmp_path: Path) -> None:
    text = "Pour l'année 1, la subvention est de 15 €. Elle est estimée à 13 € pour l'année 2."
    rows = [["Maraudes", "Ville", "10 €", "9 €"], ["Étude", "CCAS", "5 €", "4 €"]]
    annex = table(["Action", "Porteur", "Année 1", "Année 2"], *rows)
    facts = {"kind": "convention", "period_start": "2031", "period_end": "2032"}
    for name, article_text in (("a", text), ("b", text.replace("13", "14"))):
        run(
            tmp_path / name,
            document("act", annex, articles=[article("2", "", article_text)], **facts),
        )
    paid = [
        [
            (f.exercise, f.funder, f.amount_eur)
            for f in read_records(Funding, tmp_path / name / "normalized")
        ]
        for name in ("a", "b")
    ]
    assert sorted(paid[0]) == [
        ("2031", "AMI", 5),
        ("2031", "AMI", 10),
        ("2032", "AMI", 4),
        ("2032", "AMI", 9),
    ]
    assert paid[1] == []


def test_years_that_the_budget_of_a_sheet_counts(tmp_path: Path) -> None:
    sheet = table(
        [""] * 3,
        ["Pilote", "Ville", ""],
        ["Objectifs", "Loger trente ménages", ""],
        ["Calendrier", "Année 2", ""],
        ["Financement", "Année 1", "Année 2"],
        ["État (AMI)", "10 €", "9 €"],
        ["CAF", "3 €", "2 €"],
        ["Total", "13 €", "11 €"],
        title="Fiche action n° 1 – Maraudes",
    )
    granted = article("2", "", "L'État verse 10 € en 2031 et 9 € en 2032.")
    period = {"period_start": "2031", "period_end": "2032"}
    run(tmp_path, document("act", sheet, articles=[granted], kind="convention", **period))
    (one,) = read_records(Action, tmp_path / "normalized")
    assert one.exercise == "2031"
    assert "Année 2" in str(one.other)
    paid = {
        (f.exercise, f.funder, int(f.amount_eur or 0))
        for f in read_records(Funding, tmp_path / "normalized")
        if f.funder
    }
    assert paid == {
        ("2031", "AMI", 10), ("2032", "AMI", 9), ("2031", "CAF", 3), ("2032", "CAF", 2)
    }  # fmt: skip
    texts = {c.text for c in read_records(Cell, tmp_path / "normalized")}
    assert {"Année 1", "Année 2"} <= texts


def test_a_document_that_cannot_be_interpreted_costs_itself_only(tmp_path, monkeypatch) -> None:
    def refuse(document_id, table, columns, records):
        if document_id == CONVENTION.document_id:
            raise KeyError("montant")
        return add_table(document_id, table, columns, records)

    monkeypatch.setattr("pipeline.document_records.add_table", refuse)
    run(tmp_path, CONVENTION, AVENANT)
    found = [f for f in read_records(Finding, tmp_path / "normalized") if f.severity == "error"]
    assert [(f.rule, f.document_id) for f in found] == [
        ("document_unreadable", CONVENTION.document_id)
    ]
    assert "KeyError : 'montant'" in found[0].message
    actions = {a.document_id for a in read_records(Action, tmp_path / "normalized")}
    assert actions == {AVENANT.document_id}
    documents = {d.document_id for d in read_records(Document, tmp_path / "normalized")}
    assert documents == {CONVENTION.document_id, AVENANT.document_id}


def test_readers_that_disagree_on_a_sum_are_a_finding(tmp_path) -> None:
    (first,) = CONVENTION.tables[0].rows[1:2]
    label, sum_ = first.cells[1], first.cells[3]
    doubts = [PlacedText(text=c.text, place=c.place) for c in (label, sum_)]
    doubted = CONVENTION.tables[0].model_copy(update={"disagreements": doubts})
    run(tmp_path, CONVENTION.model_copy(update={"tables": [doubted]}))
    found = read_records(Finding, tmp_path / "normalized")
    messages = [f.message for f in found if "ne s'accordent pas" in f.message]
    assert len(messages) == 1
    assert "« Crédits AMI »" in messages[0] and "20 000 €" in messages[0]


def test_a_sum_and_its_year_may_be_put_in_the_place_of_others(tmp_path: Path) -> None:
    said = (
        "À l'article 4, la somme « 90 000 € » est remplacée par la somme « 96 000 € » et l'année"
        " « 2024 » par l'année « 2025 »."
    )
    acts = (
        (2024, "convention", "4", "L'État alloue une dotation de 90 000 € pour l'année 2024."),
        (2025, "avenant", "1", said),
    )
    run(
        tmp_path,
        *(
            document(
                f"act-{year}",
                articles=[article(number, "", text)],
                kind=kind,
                exercise=str(year),
                signed_on=f"{year}-03-01",
                beneficiary="Métropole d'Orval",
                period_start="2024",
                period_end="2026",
            )
            for year, kind, number, text in acts
        ),
    )
    stated = read_records(StatedAmount, tmp_path / "normalized")
    grants = {(s.document_id, s.exercise, int(s.amount_eur)) for s in stated if s.kind == "grant"}
    assert grants == {
        ("act-2024", "2024", 90000),
        ("act-2025", "2025", 96000),
    }


def test_a_sum_put_in_the_place_of_another_is_what_the_convention_tells(tmp_path: Path) -> None:
    sums = "La subvention de 2023 est de 120 000 €. La Ville apporte 24 000 €."
    first = (
        "À l'article 4, la somme « 120 000 € » est remplacée par la somme « 140 000 € » et le"
        " montant de 24 000 € est remplacé par 20 000 €. Il est inséré un article 4 bis ainsi"
        " rédigé : « La subvention de 2024 est de 81 000 €. »"
    )
    second = (
        "À l'article 4 bis créé par l'avenant n° 1, les mots « 81 000 € » sont remplacés par les"
        " mots « 79 500 € »."
    )
    of_act = {"beneficiary": "Métropole d'Orval", "period_start": "2023", "period_end": "2025"}
    run(
        tmp_path,
        *(
            document(
                f"act-{year}",
                articles=[article(number, "", text)],
                kind="convention" if year == 2023 else "avenant",
                exercise=str(year),
                signed_on=f"{year}-03-01",
                **of_act,
            )
            for year, number, text in ((2023, "4", sums), (2024, "1", first), (2025, "1", second))
        ),
    )
    stated = read_records(StatedAmount, tmp_path / "normalized")
    assert {
        (s.document_id, int(s.amount_eur), s.kind, s.exercise)
        for s in stated
        if s.document_id != "act-2023"
    } == {
        ("act-2024", 120000, "other", "2024"),
        ("act-2024", 140000, "grant", "2023"),
        ("act-2024", 24000, "other", "2024"),
        ("act-2024", 20000, "other", "2024"),
        ("act-2024", 81000, "grant", "2024"),
        ("act-2025", 81000, "other", "2025"),
        ("act-2025", 79500, "grant", "2024"),
    }


@pytest.mark.parametrize(
    ("title", "text", "named"),
    [
        ("CONVENTION « LOGEMENT D'ABORD »", "Objet", "title"),
        ("CONVENTION", "Elle met en œuvre le Logement d'abord.", "text"),
        ("CONTRAT DE VILLE", "Il fixe les opérations.", None),
    ],
)
def test_where_an_act_names_the_programme(
    tmp_path: Path, title: str, text: str, named: str | None
) -> None:
    run(tmp_path, document("act", articles=[article("1", "", text)], title=title))
    (act,) = read_records(Document, tmp_path / "normalized")
    assert act.programme_named == named


def test_what_stands_above_the_title_names_the_programme(tmp_path: Path) -> None:
    above = "LE LOGEMENT D'ABORD EN PAYS D'ORVAL"
    run(tmp_path, document("act", articles=[article("1", "", "Objet")], above_title=above))
    (act,) = read_records(Document, tmp_path / "normalized")
    assert act.programme_named == "title"


def test_the_words_that_introduce_a_party_name_the_programme(tmp_path: Path) -> None:
    party = "La Métropole d'Orval, au titre du programme « Logement d'abord »"
    run(tmp_path, document("act", articles=[article("1", "", "Objet")], beneficiary=party))
    (act,) = read_records(Document, tmp_path / "normalized")
    assert act.programme_named == "text"


@pytest.mark.parametrize(
    ("granted", "exercise"),
    [
        ("est fixée à 30 000 € pour 2032 et à 20 000 € pour 2033", "2032"),
        ("est fixée à 30 000 € pour 2031 et à 20 000 € pour 2033", None),
    ],
)
def test_the_first_exercise_that_articles_and_annex_pay(
    tmp_path: Path, granted: str, exercise: str | None
) -> None:
    head = ["Intitulé", "Porteur", "AMI 2032", "AMI 2033"]
    annex = table(head, ["Mentorat", "Métropole", "30 000 €", "20 000 €"])
    said = article("2", "Montant", f"La subvention de l'État {granted}.")
    run(tmp_path, document("act", annex, articles=[said], kind="avenant"))
    (action,) = read_records(Action, tmp_path / "normalized")
    assert action.exercise == exercise


def test_a_sum_stands_on_its_page(tmp_path) -> None:
    text = "Le coût est de 9 000 €. L'Etat apporte une subvention de 20 000 € au titre de 2031."
    one = article("2", "Montant", text, page=2).model_copy(
        update={"page_last": 3, "page_starts": [text.index("subvention")]}
    )
    run(tmp_path, CONVENTION.model_copy(update={"articles": [one]}))
    stated = read_records(StatedAmount, tmp_path / "normalized")
    assert sorted((s.amount_eur, s.page) for s in stated) == [(9000, 2), (20000, 3)]


@pytest.mark.parametrize(("kind", "stated"), [("call", "other"), ("convention", "grant")])
def test_a_call_grants_nothing(tmp_path: Path, kind: str, stated: str) -> None:
    text = "Un financement de l'État de 4 millions d'euros en 2031 sera réparti."
    run(tmp_path, document("appel", articles=[article("1", "Moyens", text)], kind=kind))
    assert [s.kind for s in read_records(StatedAmount, tmp_path / "normalized")] == [stated]


def test_a_report_recalls_what_was_granted(tmp_path: Path) -> None:
    of = table(
        ["Action", "Pilote", "AMI alloué", "AMI consommé"], ["Bail", "CCAS", "9 000 €", "8 000 €"]
    )
    run(tmp_path, document("bilan", of, kind="report", exercise="2031"))
    sums = read_records(Funding, tmp_path / "normalized")
    assert {(s.stage, s.exercise, s.amount_eur) for s in sums} == {
        ("previous", "2031", 9000), ("spent", "2031", 8000)
    }  # fmt: skip


def test_what_is_said_on_a_condition_is_found_and_links_nothing(tmp_path: Path) -> None:
    text = "L'action 2 rejoint l'action 3, sous réserve de l'avis du comité."
    rows = [["2", "Bail glissant", "CCAS", "9 000 €"], ["3", "Équipe", "CCAS", "8 000 €"]]
    of = table(["N°", "Action", "Pilote", "AMI 2031"], *rows)
    run(tmp_path, document("act", of, articles=[article("2", "Programme", text)], exercise="2031"))
    assert read_records(Mention, tmp_path / "normalized") == []
    (found,) = [
        f for f in read_records(Finding, tmp_path / "normalized") if f.rule == "said_on_condition"
    ]
    assert (found.article_number, text in found.message) == ("2", True)


def test_the_sums_of_a_sheet_in_prose_are_its_action_s(tmp_path: Path) -> None:
    said = "Pilote : CCAS\nBudget : État (AMI) 9 000 € ;\nsoit un coût total de 9 000 €"
    sheet = table(["Liste"], [f"Action 1 – Bail\n{said}"]).model_copy(update={"extractor": LISTED})
    articles = [article("S1", "Action 1 – Bail", said.replace("\n", " "))]
    articles += [article("2", "Coût", "Le coût total est de 12 000 €.")]
    run(tmp_path, document("act", sheet, articles=articles, kind="convention", exercise="2031"))
    stated = read_records(StatedAmount, tmp_path / "normalized")
    assert {(s.amount_eur, s.kind) for s in stated} == {(9000, "other"), (12000, "eligible_cost")}


@pytest.mark.parametrize("decided", ["Renumérotée 2.3", "Supprimée"])
def test_an_action_that_is_kept_keeps_its_number_where_others_change_theirs(
    tmp_path: Path, decided: str
) -> None:
    rows = [["2.2", "Bail glissant", decided], ["3.1", "Équipe mobile", "Maintenue"]]
    before = table(["N° 2030", "Action 2030", "Décision"], *rows, title="Actions de 2030")
    head = ["N°", "Action", "Pilote", "AMI 2031"]
    now = table(head, ["3.1", "Accompagnement social", "CCAS", "9 000 €"])
    run(tmp_path, document("act", before, now, exercise="2031"))
    told = read_records(Mention, tmp_path / "normalized")
    kept = {m.reference for m in told if m.quote == "Maintenue"}
    assert kept == ({"3.1"} if "2.3" in decided else set())


def test_what_another_table_says_of_an_action_decides_nothing_in_this_one(tmp_path: Path) -> None:
    rows = [["2.2", "Bail glissant", "Renumérotée 2.3"], ["3.1", "Équipe mobile", ""]]
    before = table(["N° 2030", "Action 2030", "Décision"], *rows, title="Actions de 2030")
    head = ["N°", "Action", "Pilote", "État d'avancement"]
    report = table(head, ["3.1", "Équipe mobile", "CCAS", "Maintenue"], title="Bilan 2030")
    run(tmp_path, document("act", before, report, exercise="2031"))
    told = read_records(Mention, tmp_path / "normalized")
    kept = [a for a in read_records(Action, tmp_path / "normalized") if a.status == "renewed"]
    assert [a.table_id for a in kept] == ["act:t1"]  # where the action is first stated
    assert [m.reference for m in told] == ["2.3"]


def test_columns_without_a_field_tell_origins(tmp_path: Path) -> None:
    head = ["N°", "Action", "Pilote", "AMI 2031", "Filiation", "Ancien n°"]
    rows = [
        ["I", "Équipe mobile", "CCAS", "9 000 €", "Fusion des actions 1.1 et 1.2", ""],
        ["II", "Bail associatif", "CCAS", "8 000 €", "Sans changement", "2.1"],
        ["III", "Formation", "CCAS", "7 000 €", "Fiche 3 de 2030", ""],
    ]
    correspondence = table(
        ["Ancienne lettre", "Nouveau numéro"], ["C (arrêtée)", "II"], ["D", "Achevée"]
    )
    run(tmp_path, document("act", table(head, *rows), correspondence, exercise="2031"))
    told = read_records(Mention, tmp_path / "normalized")
    assert sorted((m.action_id[-3:], m.kind, m.reference) for m in told) == [
        ("1-1", "comes_from", "1.1"),
        ("1-1", "comes_from", "1.2"),
        ("1-2", "comes_from", "2.1"),
        ("1-2", "comes_from", "C"),
        ("1-3", "comes_from", "3"),
    ]
    (end,) = read_records(StatedFate, tmp_path / "normalized")
    assert (end.reference_key, end.article_number) == ("d", None)


def test_output_does_not_depend_on_the_run(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, documents in ((first, (CONVENTION, AVENANT)), (second, (AVENANT, CONVENTION))):
        folder.mkdir()
        run(folder, *documents)
    written = [
        {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.parquet")}
        for folder in (first, second)
    ]
    assert len(written[0]) == len(WRITTEN)
    assert written[0] == written[1]


def test_the_same_act_twice_counts_once(tmp_path: Path) -> None:
    scan = document(
        "signe",
        table(HEAD, *ROWS, title=CONVENTION.tables[0].title),
        title=CONVENTION.title,
        ocr=True,
        kind="convention",
        exercise="2031",
        **PARTIES,
    )
    run(tmp_path, CONVENTION, scan)
    written = tmp_path / "normalized"
    copies = {d.document_id: d.copy_of for d in read_records(Document, written)}
    assert copies == {"convention-2031": None, "signe": "convention-2031"}
    assert {a.document_id for a in read_records(Action, written)} == {"convention-2031"}
    (finding,) = [f for f in read_records(Finding, written) if f.rule == "duplicate_act"]
    assert (finding.document_id, finding.observed) == ("signe", "convention-2031")


def test_a_pilot_that_nobody_knows_is_named_once_for_all_copies(tmp_path: Path) -> None:
    rows = [["Les Quatre Vents", "Maraudes", "5 000 €"], ["Les Quatre Vents", "Bail", "6 000 €"]]
    copies = (
        document(
            name, table(["Pilote", "Action", "Crédits AMI"], *rows), kind="convention", title=name
        )
        for name in ("un", "zwei")
    )
    run(tmp_path, *copies)
    findings = read_records(Finding, tmp_path / "normalized")
    told = [f.document_id for f in findings if f.rule in ("duplicate_act", "alias_unknown")]
    assert sorted(told) == ["un", "zwei"]


def test_a_document_of_which_nothing_is_known(tmp_path: Path) -> None:
    run(tmp_path, document("inconnu"))
    (one,) = read_records(Document, tmp_path / "normalized")
    assert (one.kind, one.territory_id, one.exercise) == ("report", None, None)
    assert read_records(Action, tmp_path / "normalized") == []


def test_no_document_at_all(tmp_path: Path) -> None:
    assert run(tmp_path) == FoldersReport((), ())
    assert read_records(Document, tmp_path / "normalized") == []


def test_a_pilot_that_nobody_knows_is_named(tmp_path: Path) -> None:
    lonely = document(
        "x", table(["Pilote", "Action"], ["Les Quatre Vents", "Maraudes"]), kind="convention"
    )
    run(tmp_path, lonely)
    (finding,) = read_records(Finding, tmp_path / "normalized")
    assert (finding.rule, finding.severity, finding.observed) == (
        "alias_unknown",
        "info",
        "Les Quatre Vents",
    )


@pytest.mark.parametrize(
    ("last", "confidence", "rule"),
    [
        ("7", 0.4, "reference_doubtful"),
        ("4\n5", 0.9, "reference_doubtful"),
        ("A", 0.9, "reference_restored"),
        ("7", 0.9, None),
    ],
)
def test_a_reference_that_is_read_with_doubt_is_told(
    tmp_path: Path, last: str, confidence: float, rule: str | None
) -> None:
    names = ["Maraudes", "Étude", "Accueil de jour", "Bail glissant"]
    rows = [[k, n, "1 000 €"] for k, n in zip(["1", "2", "3", last], names, strict=True)]
    annex = table(["N°", "Action", "Crédits AMI"], *rows)
    scanned = [
        r.model_copy(
            update={
                "cells": [
                    c.model_copy(update={"confidence": sure if c.column == 1 else 0.9})
                    for c in r.cells
                ]
            }
        )
        for r, sure in zip(annex.rows, (0.9, 0.9, 0.9, confidence), strict=True)
    ]
    annex = annex.model_copy(update={"rows": scanned})
    run(tmp_path, document("act", annex, kind="convention", period_start="2031"))
    found = [
        (f.rule, f.severity, f.observed, f.page)
        for f in read_records(Finding, tmp_path / "normalized")
        if f.rule.startswith("reference_")
    ]
    severity = "warning" if rule == "reference_doubtful" else "info"
    assert found == ([(rule, severity, last, annex.rows[3].cells[0].place.page)] if rule else [])


def stated_twice(folder: Path, *again: list[str]) -> list[tuple[object, ...]]:
    """What is found where a second table of the act states its four actions, `again`."""
    rows = [
        ["1", "Maraudes", "10 000 €"],
        ["2", "Étude des besoins", "20 000 €"],
        ["3", "Observatoire", "5 000 €"],
        ["4", "Bail glissant", "30 000 €"],
    ]
    head = ["N°", "Action", "Crédits AMI"]
    first, second = table(head, *rows), table(head, *(again or rows), position=2, page=4)
    run(folder, document("act", first, second, kind="convention", period_start="2031"))
    assert len(read_records(Action, folder / "normalized")) == 4
    return [
        (f.rule, f.severity, f.page, f.expected, f.observed)
        for f in read_records(Finding, folder / "normalized")
        if f.rule in ("labels_differ", "statements_differ")
    ]


def test_what_two_tables_state_otherwise_is_told(tmp_path: Path) -> None:
    assert stated_twice(tmp_path / "alike") == []
    others = (
        ["1", "Maraudes", "12 000 €"],
        ["2", "Étude des besoins", "20 000 €"],
        ["3", "Observatoire", "5 000 €"],
        ["4", "Accueil de jour", "30 000 €"],
    )
    assert sorted(stated_twice(tmp_path / "otherwise", *others)) == [
        ("labels_differ", "info", 4, "Bail glissant", "Accueil de jour"),
        ("statements_differ", "warning", 4, "10\u202f000\xa0€", "12\u202f000\xa0€"),
    ]


@pytest.mark.parametrize(("party", "told"), [("qui succède à la CU de Saint-Orme, ", 1), ("", 0)])
def test_whom_the_beneficiary_succeeds_is_told(tmp_path: Path, party: str, told: int) -> None:
    quote = f"La Métropole de Saint-Orme, {party}représentée par M. Yves Brun, président"
    act = document("act", kind="convention", **PARTIES)
    facts = [
        f.model_copy(update={"quote": quote}) if f.name == "beneficiary" else f for f in act.facts
    ]
    run(tmp_path, act.model_copy(update={"facts": facts}))
    findings = read_records(Finding, tmp_path / "normalized")
    found = [f for f in findings if f.rule == "territory_succeeds"]
    assert [(f.severity, f.page) for f in found] == [("info", 1)] * told
    assert all("« CU de Saint-Orme »" in f.message for f in found)


def test_a_sum_that_can_hardly_be_read_is_not_counted(tmp_path: Path) -> None:
    annex = table(
        ["Action", "Pilote", "Crédits AMI"],
        ["Maraudes", "Ville", "45 300 €"],
        ["Étude", "CCAS", "9 000 €"],
    )
    rows = [
        r.model_copy(
            update={"cells": [*r.cells[:2], r.cells[2].model_copy(update={"confidence": sure})]}
        )
        for r, sure in zip(annex.rows, (0.4, 0.5), strict=True)
    ]
    annex = annex.model_copy(update={"rows": rows})
    run(tmp_path, document("act", annex, kind="convention", period_start="2031"))
    sums = {f.raw: f.amount_eur for f in read_records(Funding, tmp_path / "normalized")}
    assert sums == {"45 300 €": None, "9 000 €": 9000}


def test_a_sum_that_can_hardly_be_read_counts_where_a_total_proves_it(tmp_path: Path) -> None:
    annex = table(
        ["Action", "Pilote", "Crédits AMI"],
        ["Maraudes", "Ville", "45 300 €"],
        ["Étude", "CCAS", "9 000 €"],
        row("total", "Total", "", "54 300 €"),
    )
    first = annex.rows[0].cells
    doubted = first[2].model_copy(update={"confidence": 0.4})
    annex.rows[0] = annex.rows[0].model_copy(update={"cells": [*first[:2], doubted]})
    run(tmp_path, document("act", annex, kind="convention", period_start="2031"))
    sums = {f.raw: f.amount_eur for f in read_records(Funding, tmp_path / "normalized")}
    assert sums == {"45 300 €": 45_300, "9 000 €": 9000}


@pytest.mark.parametrize(
    ("payer", "confidence", "told"),
    [("Engagée", 0.9, {"act:1-1", "act:1-2"}), ("Engagée", None, set()), ("CAF", 0.9, set())],
)
def test_a_status_that_pays_on_a_scan_is_of_columns_read_as_one(
    tmp_path: Path, payer: str, confidence: float | None, told: set[str]
) -> None:
    annex = table(
        ["Action", "Pilote", "Cofinancements"],
        ["Maraudes", "Ville", f"{payer} : 73 000 € ; Bailleurs : 26 000 €"],
        ["Étude", "CCAS", "Bailleurs : 9 000 €"],
    )
    rows = [
        r.model_copy(
            update={"cells": [c.model_copy(update={"confidence": confidence}) for c in r.cells]}
        )
        for r in annex.rows
    ]
    annex = annex.model_copy(update={"rows": rows})
    run(tmp_path, document("act", annex, kind="convention", period_start="2031"))
    findings = read_records(Finding, tmp_path / "normalized")
    assert {f.action_id for f in findings if f.rule == "figure_doubtful"} == told


@pytest.mark.parametrize(
    ("label", "is_action"),
    [
        ("Réserve", False),
        ("Enveloppe non affectée", False),
        ("Crédits AMI restant à répartir", False),
        ("Reste à programmer", False),
        ("Frais de siège", False),
        ("Pour mémoire : PDALHPD", False),
        ("Réserve de logements pour les sortants d'hospitalisation", True),
        ("Logements à attribuer aux ménages prioritaires", True),
        ("Provisions alimentaires", True),
    ],
)
def test_a_sum_of_no_action_is_told(tmp_path: Path, label: str, is_action: bool) -> None:
    annex = table(
        ["Action", "Pilote", "Crédits AMI"],
        ["Maraudes", "Ville", "45 000 €"],
        [label, "", "9 000 €"],
        row("total", "Total", "", "54 000 €"),
    )
    run(tmp_path, document("act", annex, kind="convention", period_start="2031"))
    labels = [a.label for a in read_records(Action, tmp_path / "normalized")]
    assert labels == ["Maraudes", *([label] if is_action else [])]
    told = [
        (f.page, f.observed)
        for f in read_records(Finding, tmp_path / "normalized")
        if f.rule == "sum_unallocated"
    ]
    page = annex.rows[1].cells[0].place.page
    assert told == ([] if is_action else [(page, "9\u202f000\xa0€ (AMI)")])
