"""Statuses as documents word them."""

import csv

import pytest
from documents import REFERENCE

from normalizers.statuses import load_statuses, read_status

PATTERNS = load_statuses(REFERENCE / "statuses.csv")


def rows() -> list[dict[str, str]]:
    with (REFERENCE / "statuses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["notes"])
def test_each_wording_is_that_of_its_own_examples(row: dict[str, str]) -> None:
    assert {read_status(one, PATTERNS) for one in row["notes"].split(";")} == {row["status"]}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("1 - Action à lancer", "planned"),
        ("Action lancer", "planned"),
        ("& lancer", "planned"),
        ("Action lancée", "in_progress"),
        ("Pas encore démarrée", "planned"),
        ("Lancement prévu à l'automne", "planned"),
        ("Nouvelle", "planned"),
        ("Scission de 3.1", "modified"),
        ("Séparée de nouveau", "modified"),
        ("Ne sera pas poursuivie en 2031", "abandoned"),
        ("Opération ajoutée", "planned"),
        ("Reprise par la Ville, action suspendue", "abandoned"),
        ("Renommée", "modified"),
        ("Recentrée sur les sortants de détention", "modified"),
        ("Entrée dans le programme", "planned"),
        ("Regroupement de 1.1 et 3.3", "modified"),
        ("Démarrage", "planned"),
        ("Démarrage effectif en mai", "in_progress"),
        ("2-Action en cours", "in_progress"),
        ("A POURSUIVRE", "in_progress"),
        ("Engagée", "in_progress"),
        ("Continue", "in_progress"),
        ("En cours / sera terminée en décembre", "in_progress"),
        ("Engagée, moyens renforcés", "increased"),
        ("Augmentation du financement", "increased"),
        ("3-Action modifiée (périmètre)", "modified"),
        ("Action reconduite", "renewed"),
        ("Maintenue à l'identique", "renewed"),
        ("Fusionnée avec l'action 4", "modified"),
        ("Fusion des actions « Renforcement des équipes » et « Maintien à domicile »", "modified"),
        ("Suite de “Création d'un réseau”", "unknown"),
        ("« En cours »", "in_progress"),
        ("Arrêt", "abandoned"),
        ("5-Suspension dans l'attente du bilan", "abandoned"),
        ("Arrêt au 31/12/2024", "abandoned"),
        ("Renouvellement du financement AMI", "renewed"),
        ("Action prolongée sur reliquat", "in_progress"),
        ("Action non reconduite", "abandoned"),
        ("Abandonnée", "abandoned"),
        ("ACTION TERMINÉE", "done"),
        ("Réalisée en 2025", "done"),
        ("Réalisée à 80 %", "in_progress"),
        ("Réalisée à 100 %", "done"),
        ("Partiellement réalisée", "in_progress"),
        ("Non réalisée", "unknown"),
        ("Pas encore achevée", "in_progress"),
        ("Livrée en mai", "done"),
        ("Reportée en 2026", "planned"),
        ("En attente", "planned"),
        ("Sans suite", "abandoned"),
        ("Étendue à deux communes", "increased"),
        ("Réduite", "modified"),
        ("Identique", "renewed"),
        ("Ouverte", "in_progress"),
        ("Création", "planned"),
        ("☐ À lancer ☒ En cours ☐ Terminée", "in_progress"),
        ("☐ À lancer ☐ En cours ☐ Terminée", "unknown"),
        ("☒ En cours ☒ Terminée", "unknown"),
        ("voir annexe", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_status(text: str | None, status: str) -> None:
    assert read_status(text, PATTERNS) == status


@pytest.mark.parametrize("content", ["pattern,status\n[,done\n", "pattern,status\nfini,finie\n"])
def test_a_wrong_line_is_named(content: str, tmp_path) -> None:
    path = tmp_path / "statuses.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"statuses\.csv, ligne 2"):
        load_statuses(path)
