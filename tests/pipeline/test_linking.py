"""Links between actions of several exercises, and what people say of them."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from normalizers.links.matching import rivalry
from pipeline.errors import FiliationError
from pipeline.exercise_pair import QUEUE
from pipeline.judgements import Decisions, exercise_years, read_judgements
from pipeline.linking import Links
from pipeline.models import Action, Funding, Judgement, Link, StatedFate
from tests.pipeline.linked_actions import (
    AFTER,
    BEFORE,
    BOTH,
    VALMORE,
    action,
    judged,
    linked,
    pairs,
    rows,
    rules_of,
    same,
)


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


def test_the_lot_tells_more_than_who_runs_it() -> None:
    label, told = "Accompagnement renforcé", "20 ménages suivis par un référent"
    actions = [
        action("one", "2023", f"{label} – lot 1", told, pilot_raw="CCAS"),
        action("two", "2023", f"{label} – lot 2", told, pilot_raw="CCAS"),
        action("one", "2024", f"{label} – lot 1", told, pilot_raw="CCAS"),
        action("two", "2024", f"{label} – lot 2", told, pilot_raw="Jeunesse et Habitat"),
    ]
    assert pairs(linked(actions)) == same("one", "two")


def test_who_runs_it_tells_actions_of_one_label_apart() -> None:
    told = "Créer vingt logements pour personnes avec des troubles"
    actions = [
        action("one", "2024", "Résidence accueil", told, pilot_raw="UDAF"),
        action("two", "2024", "Résidence accueil", "Créer des logements", pilot_raw="Papillons"),
        action("two", "2025", "Résidence accueil", "Créer des logements", pilot_raw="Papillons"),
        action("new", "2025", "Résidence accueil", "Créer dix logements", pilot_raw="Trévidy"),
    ]
    assert pairs(linked(actions)) == same("two", before="2024", after="2025")


def test_a_place_that_goes_on_takes_in_no_other_unsaid() -> None:
    label, told = "Logements passerelles pour femmes", "Trois logements, un accompagnement"
    actions = [
        action("joue", "2023", f"{label} à Joué-lès-Tours", told, pilot_raw="CIDFF"),
        action("corps", "2023", f"{label} à Saint-Pierre-des-Corps", told, pilot_raw="CIDFF"),
        action("corps", "2024", f"{label} à Saint-Pierre-des-Corps", told, pilot_raw="CIDFF"),
        action("fondettes", "2024", f"{label} à Fondettes", told, pilot_raw="CIDFF"),
    ]
    assert pairs(linked(actions)) == same("corps")


def test_a_house_that_goes_on_is_not_split_into_another() -> None:
    house = "Accompagner les résidents, dont cinq sortants de rue"
    actions = [
        action("lime", "2023", "Ouverture de la pension de famille Les Tilleuls", house),
        action("lime", "2024", "Pension de famille Les Tilleuls", house),
        action("acacia", "2024", "Pension de famille Les Acacias", "Accompagner les résidents"),
        *rows("2023", {"mobilier": BEFORE["mobilier"]}),
        *rows("2024", {"mobilier": AFTER["mobilier"]}),
    ]
    assert pairs(linked(actions)) == same("lime", "mobilier")


@pytest.mark.parametrize(
    ("end", "goes_on"),
    [
        ({"name": "le garde-meubles solidaire"}, False),
        ({"name": "Garde-meubles"}, True),  # of which action?
        ({"name": "Garde-meubles solidaire", "quote": "… prend fin le 31 mai 2025."}, True),
        ({"reference_key": "7"}, False),  # a number of the year before
        ({"reference_key": "7", "quote": "L'action 7 est suspendue en 2024."}, True),
        ({"reference_key": "3"}, True),  # which of the two actions of that number?
        ({"reference_key": "3", "quote": "L'action 3 de l'avenant n° 1 s'achève."}, False),
        ({"reference_key": "3", "name": "Garde-meubles solidaire"}, False),
    ],
)
def test_what_an_act_says_to_be_over_is_not_guessed_to_go_on(
    end: dict[str, str], goes_on: bool
) -> None:
    told = "Stocker et livrer les meubles des ménages relogés"
    number = end.get("reference_key", "1")
    actions = [
        action("store", "2023", "Garde-meubles solidaire", told, reference=f"Action {number}"),
        action("store", "2024", "Mobilier des ménages relogés", told, reference="Action 3"),
    ]
    told_end = {"document_id": "acte-2024", "quote": "… prend fin.", "page": 1} | end
    result = linked(actions, ends=[StatedFate.model_validate(told_end)])
    assert bool(pairs(result)) == goes_on
    assert bool(result.candidates) != goes_on  # people may judge otherwise


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


@pytest.mark.parametrize(("paid", "found"), [("2024", True), ("2023", False)])
def test_an_action_paid_for_years_ahead_has_left_no_gap(paid: str, found: bool) -> None:
    between = {k: v for k, v in AFTER.items() if k != "mobilier"}
    back = action("mobilier", "2025", "Équiper les ménages", "Livraison de meubles")
    nuit = rows("2025", {"nuit": BEFORE["nuit"]})
    money = {"action_id": "2023/mobilier", "funder": "AMI", "stage": "granted", "page": 1,
             "amount_eur": 20_000, "raw": "20 000", "exercise": paid}  # fmt: skip
    actions = [*rows("2023", BEFORE), *rows("2024", between), back, *nuit]
    funding = [Funding.model_validate(money)]
    result = linked(actions, funding=funding)
    assert (("2023/mobilier", "2025/mobilier") in pairs(result)) is found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Reprise", True),
        ("Reprise après une année d'interruption", True),
        ("Réactivée", True),
        ("Remise en place d'une action de 2023", True),
        ("Reprise de l'action suspendue en 2024", True),
        ("Reprise de la coordination, sans autre changement", False),
        ("Reprise du pilotage par le CCAS", False),
        ("Poursuivie", False),
        (None, False),
    ],
)
def test_a_row_that_says_it_comes_back_asks_for_less_proof(said: str | None, found: bool) -> None:
    between = {k: v for k, v in AFTER.items() if k != "mobilier"}
    back = action("mobilier", "2025", "Équiper les ménages", "Livraison de meubles", comment=said)
    nuit = rows("2025", {"nuit": BEFORE["nuit"]})
    result = linked([*rows("2023", BEFORE), *rows("2024", between), back, *nuit])
    assert (("2023/mobilier", "2025/mobilier") in pairs(result)) is found


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


def test_two_namesakes_take_no_place_of_a_third_that_is_closer_by_far() -> None:
    towns = ("Brive", "Cornouans", "Lézin")
    label, text = "Référent Logement d'abord de la commune", "Repérage et orientation des ménages"
    actions = [
        *(action(t, "2023", label, text, pilot_raw=f"Ville de {t}") for t in towns),
        action("both", "2024", "Référents communaux", text, pilot_raw="CCAS de Lézin"),
        action("Cornouans", "2024", label, text, pilot_raw="Ville de Cornouans"),
    ]
    sums = {"2023/Brive": 20_000, "2023/Lézin": 20_500, "2023/Cornouans": 21_000,
            "2024/both": 39_000, "2024/Cornouans": 21_000}  # fmt: skip
    paid = [
        Funding.model_validate(
            {"action_id": key, "exercise": key[:4], "funder": "AMI", "stage": "granted",
             "amount_eur": amount, "raw": str(amount), "page": 1}
        )
        for key, amount in sums.items()
    ]  # fmt: skip
    found = pairs(linked(actions, funding=paid))
    assert {x for x in found if x[1] == "2024/Cornouans"} == same("Cornouans")


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


@pytest.mark.parametrize(
    ("label", "more", "same_action"),
    [
        ("Ressourcerie solidaire de Valmore", {}, True),
        ("Ressourcerie solidaire de Valmore", {"pilot_raw": "Ville"}, True),
        ("Ressourcerie solidaire", {"pilot_raw": "Ville"}, False),  # of another pilot
        ("Ressourcerie solidaire", {}, True),
        ("Ressourcerie solidaire", {"document_id": "acte-2024"}, False),  # two rows of one act
    ],
)
def test_a_following_act_states_an_action_again_by_its_label(
    label: str, more: dict[str, object], same_action: bool
) -> None:
    first = action("un", "2024", label, "Collecte de meubles")
    values: dict[str, object] = {"document_id": "avenant-2024", "table_id": "t2", **more}
    again = action("zwei", "2024", label, **values)
    ids = {x.action_id: x.lineage_id for x in linked([first, again]).lineages}
    assert (ids["2024/un"] == ids["2024/zwei"]) is same_action


def test_a_report_that_tells_actions_by_their_numbers_shares_their_lineages() -> None:
    first = action("un", "2023", "Bail glissant", reference="2")
    other = action("deux", "2023", "Maraude", reference="3")
    bare: dict[str, object] = {"document_id": "avenant-2024", "table_id": "t2", "pilot_raw": None}
    report = action("bilan", "2023", None, reference="2", **bare)
    later = action("drei", "2024", "Sous-location", reference="2", document_id="avenant-2024")
    ids = {x.action_id: x.lineage_id for x in linked([first, other, report, later]).lineages}
    assert ids["2023/un"] == ids["2023/bilan"] != ids["2023/deux"]
    (link,) = linked([report, later]).links
    assert (link.source_action_id, link.decided_by) == ("2023/bilan", "document")


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


@pytest.mark.parametrize(
    "said",
    [
        {"status_raw": "Nouvelle action"},
        {"status_raw": "Création"},
        {"comment": "Action nouvelle en 2032."},
        {"other": '{"Origine": "Nouvelle"}'},
    ],
)
def test_what_a_document_calls_new_waits_for_a_person(said: dict[str, str]) -> None:
    source = action("bail", "2031", "Bail glissant pour les jeunes")
    target = action("bail", "2032", "Bail glissant pour les jeunes", **said)
    result = linked([source, target])
    assert not result.links
    assert [c.target_action_id for c in result.candidates] == ["2032/bail"]


@pytest.mark.parametrize(
    "said",
    [
        {"comment": "Nouveau pilote"},
        {"comment": "Nouvelle en ce qu'elle s'adresse aux jeunes"},
        {"status_raw": "Création d'un second poste"},
        {"other": '{"Priorité": "Nouvelle"}'},
    ],
)
def test_what_is_new_of_an_action_makes_no_new_action(said: dict[str, str]) -> None:
    source = action("bail", "2031", "Bail glissant pour les jeunes")
    target = action("bail", "2032", "Bail glissant pour les jeunes", **said)
    assert pairs(linked([source, target])) == same("bail", before="2031", after="2032")


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


@pytest.mark.parametrize(
    ("sums", "merged"),
    [
        ({"2023/one": 30_000, "2023/two": 20_000, "2024/both": 50_000}, True),
        ({"2023/one": 30_000, "2023/two": 20_000, "2024/both": 45_000}, False),
        (  # which two?
            {"2023/one": 30_000, "2023/two": 20_000, "2023/nuit": 20_000, "2024/both": 50_000},
            False,
        ),
    ],
)
def test_sums_that_add_up_prove_a_merger(sums: dict[str, int], merged: bool) -> None:
    actions = [
        action("one", "2023", "Accueil des sans-abri", "Douches et laverie", pilot_raw="ADIL"),
        action("two", "2023", "Bagagerie solidaire", "Consigne et casiers", pilot_raw="CCAS"),
        action("both", "2024", "Maison des sans-abri", "Douches, laverie, sacs", pilot_raw="Ville"),
        *(x for year, texts in (("2023", BEFORE), ("2024", AFTER))
          for x in rows(year, {"nuit": texts["nuit"]})),
    ]  # fmt: skip
    paid = [
        Funding.model_validate(
            {"action_id": key, "exercise": key[:4], "funder": "AMI", "stage": "granted",
             "amount_eur": amount, "raw": str(amount), "page": 1}
        )
        for key, amount in sums.items()
    ]  # fmt: skip
    found = pairs(linked(actions, funding=paid))
    assert ({("2023/one", "2024/both"), ("2023/two", "2024/both")} <= found) is merged


@pytest.mark.parametrize(("recalled", "merged"), [(52_000, True), (60_000, False)])
def test_what_a_later_row_recalls_is_the_last_of_two_years(recalled: int, merged: bool) -> None:
    actions = [
        action("one", "2023", "Accueil des sans-abri", "Douches et laverie", pilot_raw="ADIL"),
        action("two", "2023", "Bagagerie solidaire", "Consigne et casiers", pilot_raw="CCAS"),
        action("both", "2025", "Maison des sans-abri", "Douches, laverie, sacs", pilot_raw="Ville"),
        *rows("2023", {"nuit": BEFORE["nuit"]}),
        *rows("2025", {"nuit": AFTER["nuit"]}),
    ]
    sums = [("2023/one", "granted", "2023", 29_000), ("2023/one", "granted", "2024", 31_000),
            ("2023/two", "granted", "2023", 19_000), ("2023/two", "granted", "2024", 21_000),
            ("2025/both", "previous", "2024", recalled)]  # fmt: skip
    paid = [
        Funding.model_validate(
            {"action_id": key, "exercise": year, "funder": "AMI", "stage": stage,
             "amount_eur": amount, "raw": str(amount), "page": 1}
        )
        for key, stage, year, amount in sums
    ]  # fmt: skip
    found = pairs(linked(actions, funding=paid))
    assert ({("2023/one", "2025/both"), ("2023/two", "2025/both")} <= found) is merged


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
    assert rules_of(both) == ["judgement_conflict"]
    assert ("2023/mobilier", "2024/mobilier") not in pairs(result)


def test_a_judgement_given_twice_is_no_contradiction() -> None:
    one = judged(BEFORE["mobilier"][0], AFTER["mobilier"][0])
    twice = [one, one.model_copy(update={"author": "Ida"})]
    assert rules_of(twice) == []
    assert ("2023/mobilier", "2024/mobilier") in pairs(linked(BOTH, twice))


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
    assert rules_of([lost]) == ["judgement_orphan"]
    assert pairs(linked(BOTH, [lost])) == pairs(linked(BOTH))


def test_a_lost_judgement_is_told_the_nearest_label() -> None:
    lost = judged("Ressourcerie solidair", AFTER["mobilier"][0])
    (finding,) = Decisions(BOTH, [lost], [VALMORE]).findings
    assert "le plus proche étant « Ressourcerie solidaire »" in finding.message
    unlike = judged("Halte de nuit", AFTER["mobilier"][0])
    (finding,) = Decisions(BOTH, [unlike], [VALMORE]).findings
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


def test_a_document_s_own_sigle_links_what_it_spells_out() -> None:
    before = [action("a", "2023", "Déploiement du GIPSA"), action("b", "2023", "Kits de mobilier")]
    after = [
        action("c", "2024", "Déploiement du groupement pour les soins ambulants"),
        action("d", "2024", "Déploiement de la bagagerie"),
    ]
    known = {"acte-2023": {"gipsa": ("groupement", "soins", "ambulants")}}
    plain, told = (linked([*before, *after], acronyms=acronyms) for acronyms in ({}, known))

    def score(found: Links) -> float:
        pairs = [*found.links, *found.candidates]
        return max((x.score for x in pairs if x.target_action_id == "2024/c"), default=0.0)

    assert score(told) > score(plain)


def reworded(pilot: str = "Valmore", status: str | None = None) -> list[Action]:
    """Actions that keep their number, the last of them under other words."""
    numbers = {"mobilier": "LA 1", "nuit": "LA 2", "courrier": "LA 3"}
    kept = [
        action(key, exercise, *texts[key], reference=number)
        for exercise, texts in (("2023", BEFORE), ("2024", AFTER))
        for key, number in numbers.items()
    ]
    before = action("old", "2023", "Observatoire des loyers", reference="LA 7")
    after = action(
        "new",
        "2024",
        "Mobilité des saisonniers",
        reference="LA7",
        pilot_raw=pilot,
        status_raw=status,
    )
    return [*kept, before, after]


def test_one_reference_and_pilot_under_other_words_goes_to_people() -> None:
    result = linked(reworded())
    assert ("2023/old", "2024/new") not in pairs(result)
    queued = {(x.source_action_id, x.target_action_id): x for x in result.candidates}
    assert queued["2023/old", "2024/new"].score == QUEUE
    evidence = json.loads(queued["2023/old", "2024/new"].evidence)
    assert (evidence["pilotes"], evidence["reference"]) == (1, "LA7")


@pytest.mark.parametrize(
    "actions",
    [
        pytest.param(reworded(pilot="Fondation du Port"), id="another pilot"),
        pytest.param(reworded(status="Nouvelle action"), id="said to be new"),
        pytest.param(
            [
                a.model_copy(update={"reference": f"LA {9 - int((a.reference or '')[-1])}"})
                if a.exercise == "2024" and a.action_id != "2024/new"
                else a
                for a in reworded()
            ],
            id="numbers begin anew",
        ),
    ],
)
def test_one_reference_says_nothing_of_other_actions(actions: list[Action]) -> None:
    assert not [x for x in linked(actions).candidates if x.target_action_id == "2024/new"]


def alone(*pilots: str) -> list[Action]:
    """Two actions that share no word, and one more of 2024 for each of the other `pilots`."""
    before = action("old", "2023", "Observatoire des loyers", pilot_raw=pilots[0])
    after = [
        action(f"new{i}", "2024", label, pilot_raw=pilot)
        for i, (label, pilot) in enumerate(
            zip(("Mobilité des saisonniers", "Café itinérant"), pilots, strict=False)
        )
    ]
    return [before, *after]


def test_an_action_alone_with_its_pilot_goes_to_people() -> None:
    result = linked(alone("Fondation du Port", "Valmore"))
    assert not result.links
    assert [(x.source_action_id, x.target_action_id) for x in result.candidates] == [
        ("2023/old", "2024/new0")
    ]


def test_a_pilot_of_several_actions_says_nothing() -> None:
    assert not linked(alone("Fondation du Port", "Fondation du Port")).candidates


@pytest.mark.parametrize(("status", "asked"), [("renewed", True), ("unknown", False)])
def test_the_only_action_left_to_a_pilot_is_asked_where_one_is_said_to_go_on(
    status: str, asked: bool
) -> None:
    before, *after = alone("Fondation du Port", "Valmore")
    pilot = {"pilot_raw": "Fondation du Port"}
    kept = [action("mobilier", "2023", *BEFORE["mobilier"], **pilot),
            action("mobilier", "2024", *AFTER["mobilier"], **pilot)]  # fmt: skip
    after[0] = after[0].model_copy(update={"status": status})
    result = linked([before, *after, *kept])
    assert pairs(result) == same("mobilier")
    assert bool(result.candidates) == asked


@pytest.mark.parametrize(
    ("sums", "asked"),
    [
        ({"2023/com": 12_000, "2024/affiche": 12_000}, True),
        ({"2023/com": 12_000, "2024/affiche": 12_500}, False),
        ({"2023/com": 12_000, "2024/affiche": 12_000, "2023/autre": 12_000}, False),
    ],
)
def test_one_sum_with_one_pilot_goes_to_people(sums: dict[str, int], asked: bool) -> None:
    actions = [
        *BOTH,
        action("com", "2023", "Atelier « Bien habiter »"),
        action("autre", "2023", "Camion de nuit"),
        action("affiche", "2024", "Réparer son logement"),
    ]
    funding = [
        Funding(
            action_id=name,
            exercise=name[:4],
            funder="AMI",
            stage="granted",
            amount_eur=Decimal(amount),
            raw=str(amount),
            page=1,
        )
        for name, amount in sums.items()
    ]
    result = linked(actions, funding=funding)
    asked_for = {(x.source_action_id, x.target_action_id) for x in result.candidates}
    assert (("2023/com", "2024/affiche") in asked_for) == asked
    assert ("2023/com", "2024/affiche") not in pairs(result)
