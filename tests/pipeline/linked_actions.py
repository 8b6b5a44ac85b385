"""Actions of an invented territory in two exercises, and what links them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pipeline.judgements import Decisions
from pipeline.knowledge import Acronyms, read_knowledge
from pipeline.linking import Links, link_actions
from pipeline.models import Action, Document, Funding, Judgement, Mention, StatedFate, Territory
from tests.pipeline.world import act_record

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


def action(
    key: str, exercise: str, label: str | None, description: str = "", **more: object
) -> Action:
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


def act(document_id: str, exercise: str | None) -> Document:
    return act_record(document_id, kind="avenant", exercise=exercise)


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
    ends: Sequence[StatedFate] = (),
    funding: Sequence[Funding] = (),
    acronyms: Mapping[str, Acronyms] = MappingProxyType({}),
) -> Links:
    acts = {a.document_id: act(a.document_id, a.exercise) for a in actions}
    decisions = Decisions(actions, judgements, [VALMORE])
    documents = [*acts.values()]
    return link_actions(
        actions, funding, [], mentions, decisions, KNOWLEDGE, acronyms, ends, documents
    )


def rules_of(judgements: Sequence[Judgement]) -> list[str]:
    """The rules of what is found wrong in judgements on BOTH exercises."""
    return [f.rule for f in Decisions(BOTH, judgements, [VALMORE]).findings]


def pairs(result: Links) -> set[tuple[str, str]]:
    return {(x.source_action_id, x.target_action_id) for x in result.links}


def same(*keys: str, before: str = "2023", after: str = "2024") -> set[tuple[str, str]]:
    return {(f"{before}/{k}", f"{after}/{k}") for k in keys}


BOTH = rows("2023", BEFORE) + rows("2024", AFTER)
