"""Links that documents state themselves."""

import pytest

from pipeline.models import Mention
from tests.pipeline.linked_actions import AFTER, BEFORE, action, linked, pairs, rows, same


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


@pytest.mark.parametrize(
    ("known", "told", "found"),
    [
        (["LDA-04", "LDA-05"], "4", "LDA-04"),
        (["4", "5"], "lda 4", "4"),
        (["AC-03", "AC-04"], "ac 3", "AC-03"),
        (["AC-04", "LDA-04"], "4", None),  # which?
        (["AC-04", "5"], "lda 4", None),
    ],
)
def test_a_number_may_be_told_without_its_letters(
    known: list[str], told: str, found: str | None
) -> None:
    texts = ("Parcours des jeunes", "Observatoire des loyers")
    before = [
        action(number, "2023", text, reference=number)
        for number, text in zip(known, texts, strict=True)
    ]
    after = action("z", "2024", "Accélérateur de l'autonomie", reference="FA 20")
    result = linked([*before, after], mentions=[said("2024/z", "comes_from", told)])
    assert pairs(result) == ({(f"2023/{found}", "2024/z")} if found else set())


@pytest.mark.parametrize(
    ("quote", "links"),
    [
        ("Fusionnée avec A2", {("2023/a2", "2024/a2"), ("2023/a3", "2024/a2")}),
        ("Intégrée à l'action A2 depuis 2024", {("2023/a2", "2024/a2"), ("2023/a3", "2024/a2")}),
        ("Sera fusionnée avec A2 en 2025", {("2023/a2", "2024/a2"), ("2023/a3", "2024/a3")}),
        ("En lien avec A2", {("2023/a2", "2024/a2"), ("2023/a3", "2024/a3")}),
    ],
)
def test_a_row_may_only_say_into_which_action_it_went(
    quote: str, links: set[tuple[str, str]]
) -> None:
    advice = "Conseil juridique aux locataires en impayé"
    actions = [
        action("a2", "2023", "Plateforme d'accompagnement", reference="A2", funded=True),
        action("a3", "2023", advice, reference="A3", funded=True),
        action("a2", "2024", "Plateforme d'accompagnement", reference="A2", funded=True),
        action("a3", "2024", advice, reference="A3", funded=False),
    ]
    result = linked(actions, mentions=[said("2024/a3", "becomes", "a2", quote)])
    assert pairs(result) == links


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


@pytest.mark.parametrize("quote", ["Intégrée à l'action 1", "Fusionnée avec l'action 1"])
def test_an_action_that_another_joins_carries_on_its_own(quote: str) -> None:
    actions = [
        action("mobilier", "2023", *BEFORE["mobilier"], reference="1"),
        action("com", "2023", "Campagne d'affichage", reference="2"),
        action("mobilier", "2024", *AFTER["mobilier"], reference="1"),
        *rows("2023", {"nuit": BEFORE["nuit"]}),
    ]
    result = linked(actions, mentions=[said("2023/com", "becomes", "1", quote)])
    assert pairs(result) == same("mobilier") | {("2023/com", "2024/mobilier")}


@pytest.mark.parametrize(
    "quote",
    [
        "L'action LOG-2 est fusionnée avec l'action LOG-1.",
        "L'action LOG-2 est intégrée à l'action LOG-1.",
        "LOG-2 est rattachée à LOG-1.",
        "L'action LOG-2 est absorbée par l'action LOG-1.",
    ],
)
@pytest.mark.parametrize(
    ("label", "more", "goes_on"),
    [
        ("Plateforme de mobilisation de logements", {"pilot_raw": "Soliha"}, True),
        ("Captation de logements du parc privé", {"pilot_raw": "Agence immobilière"}, True),
        ("Plateforme de mobilisation de logements", {"pilot_raw": "Agence immobilière"}, False),
        ("Plateforme", {"pilot_raw": "Soliha", "status_raw": "Nouvelle action"}, False),
        ("Équipe mobile de rue", {"pilot_raw": "Soliha"}, False),  # it is the ACC-1 of before
    ],
)
def test_an_action_that_keeps_its_reference_goes_on_with_those_it_takes_in(
    quote: str, label: str, more: dict[str, str], goes_on: bool
) -> None:
    actions = [
        action(
            "captation", "2023", "Captation du parc privé", reference="LOG-1", pilot_raw="SOLIHA"
        ),
        action("bail", "2023", "Bail glissant", reference="LOG-2", pilot_raw="SOLIHA"),
        action("rue", "2023", "Équipe mobile de rue", reference="ACC-1"),
        action("parc", "2024", label, reference="LOG-1", **more),
    ]
    result = linked(actions, mentions=[said("2024/parc", "comes_from", "LOG-2", quote)])
    stated = {(x.source_action_id, x.relation) for x in result.links if x.decided_by == "document"}
    if goes_on:
        assert stated == {("2023/bail", "merges"), ("2023/captation", "merges")}
    else:
        assert "2023/captation" not in {source for source, _ in stated}


def test_a_new_action_that_takes_others_in_has_no_origin_of_its_number() -> None:
    actions = [
        action("captation", "2023", "Captation du parc privé", reference="1"),
        action("bail", "2023", "Bail glissant", reference="2"),
        action("parc", "2024", "Plateforme", reference="1"),
    ]
    quote = "L'action 2 est intégrée à la nouvelle action 1."
    result = linked(actions, mentions=[said("2024/parc", "comes_from", "2", quote)])
    assert pairs(result) == {("2023/bail", "2024/parc")}


def test_a_stated_link_is_not_found_again_by_the_words() -> None:
    actions = rows("2023", BEFORE) + rows("2024", AFTER)
    actions = [
        a.model_copy(update={"reference": "5"}) if a.action_id == "2024/mobilier" else a
        for a in actions
    ]
    quote = "Renumérotée 5, pourra être fusionnée à l'issue de l'évaluation"
    result = linked(actions, mentions=[said("2023/mobilier", "becomes", "5", quote)])
    decided = [x.decided_by for x in result.links if x.source_action_id == "2023/mobilier"]
    assert decided == ["document"]
    assert "2023/mobilier" not in {x.source_action_id for x in result.candidates}


def test_a_later_act_that_lists_the_actions_of_before_says_what_they_become() -> None:
    listed = {"document_id": "acte-2024", "table_id": "acte-2024-1", "pilot_raw": None}
    actions = [
        action("com", "2023", "Campagne d'affichage", reference="2"),
        action("listed", "2023", "Campagne d'affichage", reference="2", **listed),
        action("new", "2024", "Écoute", reference="3", table_id="acte-2024-2"),
    ]
    result = linked(actions, mentions=[said("2023/listed", "becomes", "3", "Renumérotée 3")])
    assert pairs(result) == {("2023/com", "2024/new")}


@pytest.mark.parametrize(
    "quote",
    [
        "À l'issue de l'évaluation, devient l'action 5",
        "À l’issue de la réunion du comité, devient l'action 5",
        "Reprise intégralement dans l'action 5",
    ],
)
def test_an_action_carried_on_as_a_whole_is_carried_on_by_no_other(quote: str) -> None:
    actions = [
        action("mobilier", "2023", *BEFORE["mobilier"], reference="2"),
        action("com", "2023", "Campagne d'affichage", reference="3"),
        action("mobilier", "2024", *AFTER["mobilier"], reference="2"),
        action("presse", "2024", "Campagne d'affichage et presse", reference="5"),
    ]
    result = linked(actions, mentions=[said("2023/mobilier", "becomes", "5", quote)])
    assert pairs(result) == {("2023/mobilier", "2024/presse")}


@pytest.mark.parametrize(
    "quote",
    [
        "Issue de la scission de l'action 2",
        "Détachée de l'action 2",
        "Reprend une partie de l'action 2",
    ],
)
def test_an_action_of_which_a_part_goes_its_own_way_is_carried_on(quote: str) -> None:
    actions = [
        action("mobilier", "2023", *BEFORE["mobilier"], reference="2"),
        action("mobilier", "2024", *AFTER["mobilier"]),
        action("camion", "2024", "Camion partagé", "Prêt à l'heure"),
        *rows("2023", {"nuit": BEFORE["nuit"]}),
    ]
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


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Poste transféré de la Ville de Brive à l'Agence", "brive"),
        ("Précédemment portée par le CCAS de Lézin", "lezin"),
        ("Précédemment portée par l'ADIL", None),  # which ran none of that name
        (None, None),
    ],
)
def test_a_row_that_says_who_ran_it_before_is_that_action(
    said: str | None, expected: str | None
) -> None:
    before = [
        action("brive", "2023", "Coordination", pilot_raw="Ville de Brive"),
        action("lezin", "2023", "Coordination", pilot_raw="CCAS de Lézin"),
        action("adil", "2023", "Permanences juridiques", pilot_raw="ADIL"),
    ]
    after = action("x", "2024", "Coordination", pilot_raw="Agence", comment=said)
    found = [x for x in linked([*before, after]).links if x.decided_by == "document"]
    assert [x.source_action_id for x in found] == ([f"2023/{expected}"] if expected else [])


def test_two_rows_that_name_one_former_pilot_are_left_to_people() -> None:
    said = {"comment": "Précédemment portée par le CCAS"}
    before = action("x", "2023", "Coordination", pilot_raw="CCAS")
    after = [action(k, "2024", "Coordination", pilot_raw=k, **said) for k in ("Ville", "Agence")]
    assert not [x for x in linked([before, *after]).links if x.decided_by == "document"]
