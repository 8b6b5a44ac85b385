import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from normalizers.links.matching import rivalry
from pipeline.errors import FiliationError
from pipeline.judgements import exercise_years, read_judgements
from pipeline.link import (
    Links,
    document_acronyms,
    lineages_of,
    link,
    link_actions,
    read_knowledge,
)
from pipeline.models import (
    Action,
    AnnexTable,
    CandidatePair,
    Cell,
    Document,
    Finding,
    Judgement,
    Lineage,
    Link,
    Mention,
    Territory,
)
from pipeline.store import read_records, write_records

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
KNOWLEDGE = read_knowledge(REFERENCE)
VALMORE = Territory(territory_id="200000001", name="Métropole de Valmore", short_name="Valmore")

BEFORE = {
    "coordination": ("Poste de coordinateur", "Un chef de projet anime la démarche"),
    "mobilier": ("Ressourcerie solidaire", "Collecte et livraison de meubles aux ménages relogés"),
    "nuit": ("Nuit de la solidarité de Valmore", "Compter les personnes à la rue"),
    "formation": (
        "Former les travailleurs sociaux",
        "Six modules sur la prévention des expulsions",
    ),
    "courrier": ("Domiciliation des sans-abri", "Second guichet et casiers pour le courrier"),
}
AFTER = {
    "coordination": ("Un chef de projet anime la démarche", "Poste de coordinateur du programme"),
    "mobilier": (
        "Equiper en meubles les ménages relogés",
        "Collecte par la ressourcerie solidaire",
    ),
    "nuit": ("Décompte nocturne des personnes à la rue", "Nuit de la solidarité"),
    "courrier": ("Organiser la domiciliation", "Guichet et casiers à courrier des sans-abri"),
}


def action(key: str, exercise: str, label: str, description: str = "", **more: object) -> Action:
    values: dict[str, object] = {
        "action_id": f"{exercise}/{key}",
        "document_id": f"acte-{exercise}",
        "territory_id": VALMORE.territory_id,
        "exercise": exercise,
        "table_id": f"acte-{exercise}-1",
        "label": label,
        "description": description or None,
        "pilot_raw": "Valmore",
        "page": 1,
    }
    return Action.model_validate(values | more)


def rows(exercise: str, texts: dict[str, tuple[str, str]]) -> list[Action]:
    return [action(key, exercise, *both) for key, both in texts.items()]


def judged(left: str, right: str, verdict: str = "positive", **more: object) -> Judgement:
    values: dict[str, object] = {
        "left_territory": "Valmore",
        "left_exercise": "2023",
        "left_label": left,
        "right_territory": "métropole  de valmore",
        "right_exercise": "2024",
        "right_label": right,
        "judgement": verdict,
    }
    return Judgement.model_validate(values | more)


def linked(
    actions: Sequence[Action],
    judgements: Sequence[Judgement] = (),
    mentions: Sequence[Mention] = (),
) -> Links:
    return link_actions(actions, [], [], mentions, judgements, [VALMORE], KNOWLEDGE)


def pairs(result: Links) -> set[tuple[str, str]]:
    return {(x.source_action_id, x.target_action_id) for x in result.links}


def same(*keys: str, before: str = "2023", after: str = "2024") -> set[tuple[str, str]]:
    return {(f"{before}/{k}", f"{after}/{k}") for k in keys}


BOTH = rows("2023", BEFORE) + rows("2024", AFTER)


@pytest.mark.parametrize(
    ("exercise", "years"),
    [("2023", (2023, 2023)), ("2024-2025", (2024, 2025)), ("Exercice n°2", None)],
)
def test_exercise_years(exercise: str, years: tuple[int, int] | None) -> None:
    assert exercise_years(exercise) == years


def test_actions_are_found_again_under_other_words() -> None:
    assert pairs(linked(BOTH)) == same("coordination", "mobilier", "nuit", "courrier")


def test_links_say_why() -> None:
    evidence = {x.target_action_id: json.loads(x.evidence) for x in linked(BOTH).links}
    assert "mobilier" in evidence["2024/mobilier"]["notions_communes"]
    assert "ressourcerie" in evidence["2024/mobilier"]["mots_communs"]


def test_the_order_of_rows_changes_nothing() -> None:
    one, other = linked(BOTH), linked(BOTH[::-1])
    key = lambda x: x.model_dump_json()  # noqa: E731
    assert sorted(one.links, key=key) == sorted(other.links, key=key)
    assert sorted(one.lineages, key=key) == sorted(other.lineages, key=key)


def test_another_public_is_another_action() -> None:
    lookalike = action(
        "lookalike",
        "2024",
        "Former les bailleurs sociaux",
        "Six modules sur la prévention des expulsions",
    )
    result = linked([*BOTH, lookalike])
    assert ("2023/formation", "2024/lookalike") not in pairs(result)


def test_territories_are_not_mixed() -> None:
    abroad = [
        a.model_copy(update={"territory_id": "200000002"}) for a in BOTH if a.exercise == "2024"
    ]
    assert not linked(rows("2023", BEFORE) + abroad).links


def test_rows_of_one_exercise_are_not_linked() -> None:
    twice = rows("2023", BEFORE) + [
        a.model_copy(update={"action_id": f"again/{a.action_id}"}) for a in rows("2023", BEFORE)
    ]
    assert not linked(twice).links


def test_an_action_comes_back_after_a_gap() -> None:
    between = {k: v for k, v in AFTER.items() if k != "mobilier"}
    back = {"mobilier": BEFORE["mobilier"], "nuit": BEFORE["nuit"]}
    result = linked(rows("2023", BEFORE) + rows("2024", between) + rows("2025", back))
    assert ("2023/mobilier", "2025/mobilier") in pairs(result)
    assert ("2024/nuit", "2025/nuit") in pairs(result)
    assert ("2023/nuit", "2025/nuit") not in pairs(result)


def test_two_cities_become_one_action() -> None:
    before = [
        action("a", "2023", "Nuit de la solidarité de Valmore", "Compter les personnes à la rue"),
        action("b", "2023", "Nuit de la solidarité de Brive", "Compter les personnes à la rue"),
        *rows("2023", {k: v for k, v in BEFORE.items() if k != "nuit"}),
    ]
    after = action(
        "ab",
        "2024",
        "Nuit de la solidarité de Valmore et de Brive",
        "Compter les personnes à la rue des deux villes",
    )
    result = linked([*before, after, *rows("2024", {"mobilier": AFTER["mobilier"]})])
    merged = {x.source_action_id for x in result.links if x.relation == "merges"}
    assert merged == {"2023/a", "2023/b"}


def test_rows_that_state_one_action_twice_share_its_lineage() -> None:
    sheet = action("sheet", "2024", "FA 3. Ressourcerie solidaire", reference="FA 3", table_id="t2")
    row = action("row", "2024", "Ressourcerie solidaire", reference="FA 3")
    ids = {x.action_id: x.lineage_id for x in linked([row, sheet]).lineages}
    assert ids["2024/sheet"] == ids["2024/row"]


@pytest.mark.parametrize(
    "said",
    ["Ressourcerie solidaire des meubles de Valmore", "Ressourcerie solidaire des meubles de Va"],
)
def test_a_report_that_says_labels_alone_shares_the_lineage_of_the_act(said: str) -> None:
    whole = action("row", "2023", "Ressourcerie solidaire des meubles de Valmore", "Collecte")
    other = action("nuit", "2023", *BEFORE["nuit"])
    bare: dict[str, object] = {"pilot_raw": None, "document_id": "acte-2022-bilan"}
    report = action("bilan", "2023", said, **bare)
    ids = {x.action_id: x.lineage_id for x in linked([report, whole, other]).lineages}
    assert ids["2023/bilan"] == ids["2023/row"] != ids["2023/nuit"]


def numbered(actions: Sequence[Action], numbers: Sequence[int]) -> list[Action]:
    return [
        a.model_copy(update={"reference": f"FA {n}"}) for a, n in zip(actions, numbers, strict=True)
    ]


@pytest.mark.parametrize(("numbers", "found"), [([1, 2, 3, 4, 5], True), ([5, 4, 2, 1, 3], False)])
def test_a_reference_counts_where_references_are_kept(numbers: list[int], found: bool) -> None:
    texts = {**{k: BEFORE[k] for k in BEFORE if k != "formation"}, "x": ("Synchro, phase 1", "")}
    again = {**{k: v for k, v in texts.items() if k != "x"}, "x": ("Synchro : analyse", "")}
    result = linked(
        numbered(rows("2023", texts), [1, 2, 3, 4, 5]) + numbered(rows("2024", again), numbers)
    )
    (pair,) = [
        x
        for x in [*result.links, *result.candidates]
        if (x.source_action_id, x.target_action_id) == ("2023/x", "2024/x")
    ] or [None]
    assert isinstance(pair, Link) == found


# --- what documents say


def said(action_id: str, kind: str, reference: str, quote: str = "…") -> Mention:
    values = {"action_id": action_id, "kind": kind, "reference": reference, "quote": quote}
    return Mention.model_validate(values | {"page": 2})


def test_a_document_names_the_origins() -> None:
    actions = [
        action("x", "2023", "Parcours des jeunes", reference="Action 15"),
        action("y", "2023", "Participation citoyenne", reference="Action n° 16"),
        action("z", "2024", "Accélérateur de l'autonomie", reference="FA 20"),
    ]
    quote = "issue des actions 15 et 16"
    result = linked(
        actions, mentions=[said("2024/z", "comes_from", r, quote) for r in ("15", "16")]
    )
    assert {(x.source_action_id, x.relation, x.decided_by) for x in result.links} == {
        ("2023/x", "merges", "document"),
        ("2023/y", "merges", "document"),
    }
    assert all(quote in x.evidence for x in result.links)


def test_an_action_that_takes_another_in_carries_on_its_own() -> None:
    actions = [
        action("mobilier", "2023", *BEFORE["mobilier"], reference="L1"),
        action("com", "2023", "Campagne d'affichage", reference="S2"),
        action("mobilier", "2024", *AFTER["mobilier"], reference="L1"),
        *rows("2023", {"nuit": BEFORE["nuit"]}),
    ]
    mention = said("2024/mobilier", "comes_from", "s2", "Se poursuit, intègre l'action S2")
    result = linked(actions, mentions=[mention])
    assert pairs(result) == same("mobilier") | {("2023/com", "2024/mobilier")}
    assert {x.relation for x in result.links} == {"merges"}


def test_an_action_of_which_a_part_goes_its_own_way_is_carried_on() -> None:
    actions = [
        action("mobilier", "2023", *BEFORE["mobilier"], reference="2"),
        action("mobilier", "2024", *AFTER["mobilier"]),
        action("camion", "2024", "Camion partagé", "Prêt à l'heure"),
        *rows("2023", {"nuit": BEFORE["nuit"]}),
    ]
    quote = "Issue de la scission de l'action 2"
    result = linked(actions, mentions=[said("2024/camion", "comes_from", "2", quote)])
    assert pairs(result) == same("mobilier") | {("2023/mobilier", "2024/camion")}
    assert {x.relation for x in result.links} == {"splits"}


@pytest.mark.parametrize("status", ["Poursuivie", "Regroupement de deux actions"])
def test_a_row_that_says_it_was_merged(status: str) -> None:
    before = [
        action("a", "2023", "Coordination du plan et des instances", "Un poste de chef de projet"),
        action("b", "2023", "Évaluation du plan par un cabinet", "Rapport annuel"),
    ]
    after = action("ab", "2024", "Coordination et évaluation du plan", status_raw=status)
    merged = {x.relation for x in linked([*before, after]).links} == {"merges"}
    assert merged == status.startswith("Regroupement")


@pytest.mark.parametrize(
    ("name", "kind", "carrier", "linked_rows"),
    [
        ("Le bail glissant", "comes_from", "2024/z", {("2023/x", "2024/z")}),
        ("Tout autre intitulé", "becomes", "2023/x", {("2023/x", "2024/z")}),
        ("Le bail tournant des Tilleuls", "comes_from", "2024/z", set()),
        ("Halte de jour", "comes_from", "2024/z", set()),  # two are called so
    ],
)
def test_a_document_names_an_action_by_its_label(
    name: str, kind: str, carrier: str, linked_rows: set[tuple[str, str]]
) -> None:
    actions = [
        action("x", "2023", "Le Bail glissant", pilot_raw="Un"),
        action("h1", "2023", "Halte de jour", pilot_raw="Deux"),
        action("h2", "2023", "Halte de jour", pilot_raw="Trois"),
        action("z", "2024", "Tout autre intitulé", pilot_raw="Quatre"),
    ]
    quote = f"suite de l'action « {name} »"
    mention = said(carrier, kind, "", quote).model_copy(update={"reference": None, "name": name})
    result = linked(actions, mentions=[mention])
    assert {pair for pair in pairs(result) if pair[1] == "2024/z"} == linked_rows
    assert all(x.decided_by == "document" and quote in x.evidence for x in result.links)


def test_a_renamed_action_keeps_its_reference() -> None:
    actions = [
        action("old", "2023", "Garantir un socle commun", reference="Action 5"),
        action("new", "2024", "Tout autre intitulé", reference="FA 5"),
    ]
    assert pairs(linked(actions, mentions=[said("2024/new", "becomes", "5")])) == {
        ("2023/old", "2024/new")
    }


def test_a_document_that_numbers_its_actions_links_them() -> None:
    one = {"document_id": "rapport"}
    first = [
        action("etude", "2031", "Plateforme / étude", reference="7", **one),
        action("creation", "2031", "Plateforme / création", reference="7", **one),
        action("bail", "2031", "Bail glissant", reference="9", **one),
        action("suivi", "2031", "Diagnostic / démarche de suivi", reference="1'", **one),
    ]
    later = [
        action("creation", "2032", "Plateforme / création", reference="FA 7", **one),
        action("cllaj", "2032", "Comité pour les jeunes", reference="FA 9", **one),
        action("suivi", "2033", "Diagnostic – démarche de suivi", reference="FA 1 bis", **one),
    ]
    found = [x for x in linked([*first, *later]).links if x.decided_by == "document"]
    assert {(x.source_action_id, x.target_action_id) for x in found} == {
        ("2031/creation", "2032/creation"),
        ("2031/suivi", "2033/suivi"),
    }


def test_what_a_document_calls_new_waits_for_a_person() -> None:
    source = action("bail", "2031", "Bail glissant pour les jeunes")
    target = action("bail", "2032", "Bail glissant pour les jeunes", status_raw="Nouvelle action")
    result = linked([source, target])
    assert not result.links
    assert [c.target_action_id for c in result.candidates] == ["2032/bail"]


def test_a_row_with_the_same_texts_in_another_table_is_no_half_of_a_split() -> None:
    text = ("Bagagerie", "Un local de quarante casiers tenu par des bénévoles")
    again = action("encore", "2024", *text, table_id="acte-2024-2", funded=False)
    result = linked([action("local", "2023", *text), action("local", "2024", *text), again])
    assert pairs(result) == same("local")
    assert len({x.lineage_id for x in result.lineages}) == 1


def test_a_sentence_of_its_own_tells_more_than_a_label_that_another_takes() -> None:
    label = "Logement et suivi intensif des 18-22 ans"
    north = "Equipe adossée à une association, présence soirs et week-ends, bourse mensuelle"
    south = "Six professionnels et une psychologue suivent trente locataires en sous-location"
    other = {"pilot_raw": "CCAS de Brume"}
    result = linked(
        [
            action("nord", "2023", label, north),
            action("sud", "2023", "Equipe mobile pour jeunes majeurs", south, **other),
            action("nord", "2024", "Un chez-soi d'abord « jeunes »", north),
            action("sud", "2024", label, south, **other),
            *rows("2023", {"mobilier": BEFORE["mobilier"]}),
            *rows("2024", {"nuit": AFTER["nuit"]}),
        ]
    )
    assert pairs(result) == same("nord", "sud")


def test_the_other_half_of_a_doubtful_split_is_shown_to_people() -> None:
    both = "Deux maraudeurs et un lieu d'accueil offrant douches, repas et consigne à bagages"
    result = linked(
        [
            action("rue", "2023", "Veille de rue et accueil de jour", both),
            action("jour", "2024", "Accueil de jour : douches, repas et consigne", "Un lieu"),
            action("tour", "2024", "Maraudeurs de rue", "Deux maraudeurs vont vers les personnes"),
            *rows("2023", {"mobilier": BEFORE["mobilier"]}),
            *rows("2024", {"nuit": AFTER["nuit"]}),
        ]
    )
    assert pairs(result) == {("2023/rue", "2024/jour")}
    shown = [c.target_action_id for c in result.candidates if c.source_action_id == "2023/rue"]
    assert shown == ["2024/tour"]


def test_what_becomes_of_an_action_may_be_its_variant() -> None:
    first = action("socle", "2031", "Socle de connaissances", reference="5")
    later = [
        action("socle", "2032", "Socle de connaissances", reference="FA 5"),
        action("ahi", "2032", "Formation des équipes", reference="FA 5 adaptée"),
    ]
    result = linked([first, *later], mentions=[said("2032/socle", "becomes", "5")])
    assert {(x.target_action_id, x.relation) for x in result.links} == {
        ("2032/socle", "splits"),
        ("2032/ahi", "splits"),
    }


# --- what people say


def test_people_link_what_texts_do_not() -> None:
    result = linked(BOTH, [judged("former  les Travailleurs sociaux", AFTER["courrier"][0])])
    (human,) = [x for x in result.links if x.decided_by == "human"]
    assert (human.source_action_id, human.target_action_id) == ("2023/formation", "2024/courrier")


@pytest.mark.parametrize("verdict", ["negative", "unsure"])
def test_people_forbid_what_texts_would_link(verdict: str) -> None:
    no = judged(BEFORE["mobilier"][0], AFTER["mobilier"][0], verdict)
    result = linked(BOTH, [no])
    assert ("2023/mobilier", "2024/mobilier") not in pairs(result)
    assert ("2023/mobilier", "2024/mobilier") not in {
        (c.source_action_id, c.target_action_id) for c in result.candidates
    }


def test_the_sides_of_a_judgement_may_be_swapped() -> None:
    swapped = judged(
        AFTER["mobilier"][0],
        BEFORE["mobilier"][0],
        left_exercise="2024",
        right_exercise="2023",
    )
    (human,) = [x for x in linked(BOTH, [swapped]).links if x.decided_by == "human"]
    assert human.source_action_id == "2023/mobilier"


def test_contradicting_judgements_are_a_finding_and_decide_nothing() -> None:
    both = [
        judged(BEFORE["mobilier"][0], AFTER["mobilier"][0]),
        judged(BEFORE["mobilier"][0], AFTER["mobilier"][0], "negative"),
    ]
    result = linked(BOTH, both)
    assert [f.rule for f in result.findings] == ["judgement_conflict"]
    assert ("2023/mobilier", "2024/mobilier") not in pairs(result)


def test_a_judgement_given_twice_is_no_contradiction() -> None:
    one = judged(BEFORE["mobilier"][0], AFTER["mobilier"][0])
    result = linked(BOTH, [one, one.model_copy(update={"author": "Ida"})])
    assert result.findings == []
    assert ("2023/mobilier", "2024/mobilier") in pairs(result)


@pytest.mark.parametrize(
    "more",
    [
        {"left_label": "Ressourcerie solidair"},
        {"left_territory": "Vallemore"},
        {"right_exercise": "2025"},
    ],
)
def test_a_judgement_that_matches_nothing_is_a_finding(more: dict[str, str]) -> None:
    lost = judged(BEFORE["mobilier"][0], AFTER["mobilier"][0], **more)
    result = linked(BOTH, [lost])
    assert [f.rule for f in result.findings] == ["judgement_orphan"]
    assert pairs(result) == pairs(linked(BOTH))


def test_a_lost_judgement_is_told_the_nearest_label() -> None:
    lost = judged("Ressourcerie solidair", AFTER["mobilier"][0])
    (finding,) = linked(BOTH, [lost]).findings
    assert "le plus proche étant « Ressourcerie solidaire »" in finding.message
    (finding,) = linked(BOTH, [judged("Halte de nuit", AFTER["mobilier"][0])]).findings
    assert "le plus proche" not in finding.message


def test_rows_with_one_name_are_told_apart_by_their_pilot() -> None:
    twins = [
        action("a", "2023", "Mobiliser le parc privé", pilot_raw="Agglo"),
        action("b", "2023", "Mobiliser le parc privé", pilot_raw="ADIL"),
        action("c", "2024", "Tout autre intitulé"),
    ]
    result = linked(twins, [judged("Mobiliser le parc privé [ADIL]", "Tout autre intitulé")])
    assert pairs(result) == {("2023/b", "2024/c")}


def test_a_malformed_judgement_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(f"{','.join(Judgement.model_fields)}\na,2023,b,a,2024,c,peut-être,,,\n")
    with pytest.raises(FiliationError) as caught:
        read_judgements(path)
    assert "judgements.csv, ligne 2 : valeur illisible : judgement" in caught.value.french
    assert "judgements.csv, line 2: value not understood: judgement" in caught.value.english


@pytest.mark.parametrize(
    ("name", "change", "french", "english"),
    [
        ("link_weights.csv", ("weight", "poids"), "ligne 1 : colonne absente", "column missing"),
        ("link_weights.csv", ("champ,", "champ,x"), "ligne 3 : poids illisible", "no number"),
        ("link_weights.csv", ("champ,", "chant,"), "inconnu : champ, chant", "unknown: champ"),
    ],
)
def test_a_malformed_reference_says_what_is_wrong(
    tmp_path: Path, name: str, change: tuple[str, str], french: str, english: str
) -> None:
    reference = Path(shutil.copytree(REFERENCE, tmp_path / "reference"))
    content = (reference / name).read_text(encoding="utf-8")
    (reference / name).write_text(content.replace(*change, 1), encoding="utf-8")
    with pytest.raises(FiliationError) as caught:
        read_knowledge(reference)
    assert name in caught.value.french and french in caught.value.french
    assert name in caught.value.english and english in caught.value.english


# --- lineages


def lineage(result: Links) -> dict[str, str]:
    return {x.action_id: x.lineage_id for x in result.lineages if x.main}


def test_a_later_year_changes_no_lineage() -> None:
    early = lineage(linked(BOTH))
    later = rows("2025", {k: (b, a) for k, (a, b) in BEFORE.items()})
    both = lineage(linked([*BOTH, *later]))
    assert {k: both[k] for k in early} == early
    assert both["2025/mobilier"] == early["2023/mobilier"]


def test_row_numbers_do_not_make_a_lineage() -> None:
    moved = [a.model_copy(update={"row_index": 40 - n, "page": 9}) for n, a in enumerate(BOTH)]
    assert lineage(linked(moved)) == lineage(linked(BOTH))


def test_equal_rows_have_lineages_of_their_own() -> None:
    twins = [action(key, "2023", "Mobiliser le parc privé") for key in "ab"]
    assert len(set(lineage(linked(twins)).values())) == 2


def test_every_action_has_one_main_lineage() -> None:
    lost = action("lost", "sans date", "Sans exercice")
    result = linked([*BOTH, lost])
    assert sorted(x.action_id for x in result.lineages if x.main) == sorted(
        a.action_id for a in [*BOTH, lost]
    )


def test_a_merged_action_belongs_to_the_lineages_of_all_its_origins() -> None:
    actions = [
        action("ville", "2023", "Nuit de la solidarité en ville"),
        action("bourg", "2023", "Nuit de la solidarité au bourg"),
        action("both", "2024", "Nuit de la solidarité partout"),
        action("later", "2025", "Nuit de la solidarité"),
    ]
    links = [
        Link(
            source_action_id=source,
            target_action_id=target,
            relation=relation,
            score=score,
            decided_by="auto",
            evidence="{}",
        )
        for source, target, relation, score in (
            ("2023/ville", "2024/both", "merges", 0.9),
            ("2023/bourg", "2024/both", "merges", 0.95),
            ("2024/both", "2025/later", "continues", 0.99),
        )
    ]
    found = {(x.action_id, x.lineage_id): x.main for x in lineages_of(actions, links, {})}
    alone = {x.action_id: x.lineage_id for x in lineages_of(actions[:2], [], {})}
    assert found == {
        ("2023/ville", alone["2023/ville"]): True,
        ("2023/bourg", alone["2023/bourg"]): True,
        ("2024/both", alone["2023/bourg"]): True,
        ("2024/both", alone["2023/ville"]): False,
        ("2025/later", alone["2023/bourg"]): True,
        ("2025/later", alone["2023/ville"]): False,
    }


# --- the stage


def test_the_stage_writes_its_tables(tmp_path: Path) -> None:
    write_records(BOTH, Action, tmp_path / "in")
    write_records([VALMORE], Territory, tmp_path / "in")
    report = link(tmp_path / "in", REFERENCE, tmp_path / "out")
    assert report.computed == ("in", "jugements")
    here = linked(BOTH)
    assert len(read_records(Link, tmp_path / "out")) == len(here.links) == 4
    assert len(read_records(Lineage, tmp_path / "out")) == len(here.lineages) == len(BOTH)
    assert len(read_records(CandidatePair, tmp_path / "out")) == len(here.candidates)
    assert read_records(Finding, tmp_path / "out") == []


def test_removing_a_judgement_restores_the_links(tmp_path: Path) -> None:
    assert linked(BOTH).links == linked(BOTH, []).links
    changed = linked(BOTH, [judged(BEFORE["nuit"][0], AFTER["nuit"][0], "negative")])
    assert pairs(linked(BOTH)) - pairs(changed) == same("nuit")


def test_rivals_share_the_probability() -> None:
    import numpy as np

    one = rivalry(1, 1, np.array([0]), np.array([0]), np.array([2.0]))
    two = rivalry(1, 2, np.array([0, 0]), np.array([0, 1]), np.array([2.0, 2.0]))
    assert one[0] == pytest.approx(np.exp(2) / (1 + np.exp(2)))
    assert two[0] == two[1] == pytest.approx(np.exp(2) / (1 + 2 * np.exp(2)))


def act(year: str) -> Document:
    values = {"kind": "avenant", "filename": f"{year}.pdf", "sha256": "0", "page_count": 1}
    counted = {"ocr_page_count": 0, "extractor_version": "1"}
    own = {"document_id": f"acte-{year}", "territory_id": "200000001", "exercise": year}
    return Document.model_validate(values | counted | own)


def sigles_cell(row: int, column: int, text: str) -> Cell:
    box = {"page": 1, "x0": 0, "top": 0, "x1": 1, "bottom": 1}
    place = {"table_id": "acte-2024-1", "row_index": row, "column_index": column}
    return Cell.model_validate(place | box | {"text": text, "bold": False, "row_kind": "body"})


def test_a_table_of_sigles_is_read_for_its_document_and_later_ones() -> None:
    table = AnnexTable.model_validate(
        {"table_id": "acte-2024-1", "document_id": "acte-2024", "page_first": 1, "page_last": 1}
        | {"row_count": 1, "column_count": 2, "extractor": "x"}
        | {"characters": 1, "characters_in_cells": 1}
    )
    cells = [sigles_cell(1, 1, "GLS"), sigles_cell(1, 2, "gestion locative sociale")]
    found = document_acronyms([act("2025"), act("2023"), act("2024")], [], [table], cells)
    meaning = ("gestion", "locative", "sociale")
    assert [found[f"acte-{year}"].get("gls") for year in (2023, 2024, 2025)] == [
        None,
        meaning,
        meaning,
    ]


def test_a_document_s_own_sigle_links_what_it_spells_out() -> None:
    before = [action("a", "2023", "Déploiement du GIPSA"), action("b", "2023", "Kits de mobilier")]
    after = [
        action("c", "2024", "Déploiement du groupement pour les soins ambulants"),
        action("d", "2024", "Déploiement de la bagagerie"),
    ]
    known = {"acte-2023": {"gipsa": ("groupement", "soins", "ambulants")}}
    plain, told = (
        link_actions([*before, *after], [], [], [], [], [VALMORE], KNOWLEDGE, acronyms)
        for acronyms in (None, known)
    )

    def score(found: Links) -> float:
        pairs = [*found.links, *found.candidates]
        return max((x.score for x in pairs if x.target_action_id == "2024/c"), default=0.0)

    assert score(told) > score(plain)
