"""What the annexes say: actions, who runs and who pays them, what they carry on."""

from typing import Literal

from pydantic import Field

from pipeline.kinds import Stage, Status
from pipeline.models.record import Euros, InDocument, NonEmpty, OnPage, Record


class Organisation(Record):
    """Organisation / Organisation."""

    primary_key = ("organisation_id",)
    organisation_id: NonEmpty = Field(description="Identifiant / Identifier")
    name: str = Field(description="Nom / Name")
    kind: str | None = Field(None, description="Nature / Kind")
    territory_id: str | None = Field(
        None, description="Territoire, si elle lui est propre / Territory, if local to it"
    )


class OrganisationAlias(Record):
    """Graphie d'une organisation / Spelling of an organisation."""

    foreign_keys = {"organisation_id": "organisation"}
    alias: NonEmpty = Field(description="Graphie / Spelling")
    territory_id: str | None = Field(
        None, description="Territoire où elle vaut / Territory where it holds"
    )
    organisation_id: NonEmpty = Field(description="Organisation / Organisation")


class Action(Record):
    """Une action telle qu'un document l'énonce pour un exercice /
    One action as one document states it for one exercise."""

    primary_key = ("action_id",)
    foreign_keys = {"document_id": "document", "territory_id": "territory"}
    action_id: NonEmpty = Field(description="Identifiant / Identifier")
    document_id: InDocument
    territory_id: str | None = Field(None, description="Territoire / Territory")
    exercise: str | None = Field(None, description="Exercice / Exercise")
    table_id: str | None = Field(None, description="Tableau d'origine / Table of origin")
    row_index: int | None = Field(None, description="Ligne du tableau / Row of the table")
    reference: str | None = Field(
        None, description="Référence donnée par le document / Reference given by the document"
    )
    reference_key: str | None = Field(
        None,
        description="La référence réduite à ce qui s'en compare : « FA n° 3 » et « Fiche 3 » → 3 / "
        "What of the reference is compared: 'FA n° 3' and 'Fiche 3' → 3",
    )
    funded: bool | None = Field(
        None, description="L'AMI paie pour cet exercice / The AMI pays in this exercise"
    )
    pilot_raw: str | None = Field(None, description="Pilote, tel qu'écrit / Pilot, as written")
    label: str | None = Field(None, description="Intitulé / Label")
    objective: str | None = Field(None, description="Objectif / Objective")
    description: str | None = Field(None, description="Description / Description")
    indicators: str | None = Field(
        None, description="Résultats attendus, indicateurs / Expected results, indicators"
    )
    status_raw: str | None = Field(None, description="Statut, tel qu'écrit / Status, as written")
    status: Status = Field("unknown", description="Statut normalisé / Normalised status")
    comment: str | None = Field(None, description="Commentaire / Comment")
    expense_category: str | None = Field(
        None, description="Catégorie de dépense éligible / Eligible expense category"
    )
    theme: str | None = Field(
        None, description="Thème commun aux territoires / Theme shared across territories"
    )
    classified_by: str | None = Field(
        None,
        description="Termes qui ont décidé du thème et de la catégorie, en JSON / "
        "Terms that decided the theme and the category, as JSON",
    )
    section: str | None = Field(
        None, description="Axe ou intertitre du tableau / Section title in the table"
    )
    run_by_beneficiary: bool | None = Field(
        None, description="Portée par le bénéficiaire (gras) / Run by the beneficiary (bold)"
    )
    other: str | None = Field(
        None,
        description="Colonnes qu'aucun champ n'explique, en JSON / "
        "Columns that no field explains, as JSON",
    )
    page: OnPage


class ActionPilot(Record):
    """Pilote d'une action / Pilot of an action."""

    primary_key = ("action_id", "organisation_id")
    foreign_keys = {"action_id": "action", "organisation_id": "organisation"}
    action_id: NonEmpty = Field(description="Action / Action")
    organisation_id: NonEmpty = Field(description="Organisation / Organisation")


class Funding(Record):
    """Somme attachée à une action / Sum attached to an action."""

    foreign_keys = {"action_id": "action"}
    action_id: NonEmpty = Field(description="Action / Action")
    exercise: str | None = Field(None, description="Exercice de la somme / Exercise of the sum")
    funder: str | None = Field(
        None,
        description="'AMI' ou financeur ; NULL si non dit / 'AMI' or funder; NULL where not said",
    )
    stage: Stage = Field(description="Étape de la somme / Stage of the sum")
    amount_eur: Euros | None = Field(
        None,
        description="Montant en euros ; n'additionner que d'une étape, et que ce que les actes "
        "suivants n'énoncent pas à nouveau (action_counted) / Amount in euros; add up those of one "
        "stage only, and what no following act states again (action_counted)",
    )
    raw: str = Field(description="Texte de la cellule / Text of the cell")
    note: str | None = Field(
        None,
        description="Notes que la cellule appelle : réserves, arrondis… / "
        "Notes that the cell calls: conditions, rounding…",
    )
    page: OnPage
    x0: float | None = Field(None, description="Gauche, en points / Left, in points")
    top: float | None = Field(None, description="Haut, en points / Top, in points")
    x1: float | None = Field(None, description="Droite, en points / Right, in points")
    bottom: float | None = Field(None, description="Bas, en points / Bottom, in points")


class Mention(Record):
    """Ce qu'un document dit lui-même de la suite d'une action /
    What a document itself says of an action's continuation."""

    foreign_keys = {"action_id": "action"}
    action_id: NonEmpty = Field(
        description="Action qui porte la mention / Action that carries the mention"
    )
    kind: Literal["comes_from", "becomes", "ended", "moved"] = Field(
        description="Sens de la mention / Direction of the mention"
    )
    reference: str | None = Field(
        None, description="Référence de l'autre action / Reference of the other action"
    )
    name: str | None = Field(
        None,
        description="Intitulé de l'autre action, entre guillemets dans le document / "
        "Name of the other action, in quotation marks in the document",
    )
    quote: str = Field(description="Citation / Quote")
    page: OnPage
