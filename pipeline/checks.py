"""What the checks of `pipeline/sql/checks/` need and SQL does not have."""

from collections.abc import Iterator

import duckdb
from stdnum.fr import siret

from normalizers.privacy import SIGNS, find_contacts
from pipeline.models import TABLES, Document, DocumentFact, Finding
from pipeline.store import plain_type, table_name
from pipeline.wording import agreed

FUNCTIONS = {"siret_is_valid": lambda number: bool(siret.is_valid(number))}


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions of this module known to `connection`; undo with `unregister`."""
    for name, function in FUNCTIONS.items():
        connection.create_function(name, function, ["VARCHAR"], "BOOLEAN")


def contacts_left(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """A finding a column that holds personal or bank data in clear, whatever its table.

    The detectors are those of the policy (`normalizers/privacy.py`); what is found is counted and
    not repeated.
    """
    signed = connection.execute("SELECT DISTINCT representative FROM signatory").fetchall()
    heads = connection.execute(
        "SELECT unnest([state_representative, beneficiary_representative]) FROM document"
    ).fetchall()
    public = {name for (name,) in (*signed, *heads) if name}
    for model in TABLES:
        for column, field in model.model_fields.items():
            if plain_type(field.annotation) is not str or column.endswith("_id"):
                continue  # an identifier is a hash, which may look like any account
            name = f"{table_name(model)}.{column}"
            texts = connection.execute(
                f"SELECT DISTINCT {column} FROM {table_name(model)}"
                f" WHERE regexp_matches({column}, $signs)",
                {"signs": SIGNS},
            ).fetchall()
            coded = model in (Document, DocumentFact)  # "0177120217" is an activity there
            number = sum(
                bool(not (coded and text.isdecimal()) and find_contacts(text, public))
                for (text,) in texts
            )
            if number:
                yield Finding(
                    finding_id=f"contact_left-{name}",
                    rule="contact_left",
                    severity="warning",
                    document_id=None,
                    action_id=None,
                    article_number=None,
                    page=None,
                    message="Coordonnées de personnes ou compte bancaire en clair dans"
                    f" {agreed(number, 'texte')} de {name} : ne publiez pas cette base, ou"
                    " refaites-la sans --keep-contacts.",
                    expected="0",
                    observed=str(number),
                )


def unregister(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget the functions again: DuckDB leaks a connection that is closed with some."""
    for name in FUNCTIONS:
        connection.remove_function(name)
