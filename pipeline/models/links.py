"""Which action carries on which, through the years: as computed, and as people decided."""

from datetime import date

from pydantic import Field

from pipeline.kinds import DecidedBy, Relation, Verdict
from pipeline.models.record import NonEmpty, Record


class Link(Record):
    """Lien : l'action cible continue l'action source / Link: the target carries on the source."""

    primary_key = ("source_action_id", "target_action_id")
    foreign_keys = {"source_action_id": "action", "target_action_id": "action"}
    source_action_id: NonEmpty = Field(description="Action antérieure / Earlier action")
    target_action_id: NonEmpty = Field(description="Action postérieure / Later action")
    relation: Relation = Field(
        description="Continue, se divise, fusionne / Continues, splits, merges"
    )
    score: float = Field(description="Probabilité estimée, 0 à 1 / Estimated probability, 0 to 1")
    decided_by: DecidedBy = Field(description="Décidé par / Decided by")
    evidence: str = Field(description="Éléments de preuve, en JSON / Evidence, as JSON")


class CandidatePair(Record):
    """Paire ni liée ni écartée avec assurance /
    Pair neither linked nor rejected with confidence."""

    primary_key = ("source_action_id", "target_action_id")
    foreign_keys = {"source_action_id": "action", "target_action_id": "action"}
    source_action_id: NonEmpty = Field(description="Action antérieure / Earlier action")
    target_action_id: NonEmpty = Field(description="Action postérieure / Later action")
    score: float = Field(description="Probabilité estimée, 0 à 1 / Estimated probability, 0 to 1")
    evidence: str = Field(description="Éléments de preuve, en JSON / Evidence, as JSON")


class Lineage(Record):
    """Filiation : une action à travers les années / Lineage: one action through the years."""

    primary_key = ("lineage_id", "action_id")
    foreign_keys = {"action_id": "action"}
    lineage_id: NonEmpty = Field(description="Filiation / Lineage")
    action_id: NonEmpty = Field(description="Action / Action")
    main: bool = Field(
        description="Filiation où compte l'argent de l'action ; faux pour celles qu'elle absorbe / "
        "Lineage in which the action's money counts; false for those that it absorbs"
    )


class Judgement(Record):
    """Décision humaine sur une paire d'actions / Human decision on a pair of actions."""

    left_territory: NonEmpty = Field(description="Territoire de gauche / Left territory")
    left_exercise: NonEmpty = Field(description="Exercice de gauche / Left exercise")
    left_label: NonEmpty = Field(description="Intitulé de gauche / Left label")
    right_territory: NonEmpty = Field(description="Territoire de droite / Right territory")
    right_exercise: NonEmpty = Field(description="Exercice de droite / Right exercise")
    right_label: NonEmpty = Field(description="Intitulé de droite / Right label")
    judgement: Verdict = Field(description="Verdict / Verdict")
    author: str | None = Field(None, description="Auteur / Author")
    decided_on: date | None = Field(None, description="Date / Date")
    note: str | None = Field(None, description="Note / Note")
