"""What the checks of `pipeline/sql/checks/` need and SQL does not have."""

from collections import Counter
from collections.abc import Iterator

import duckdb
from stdnum.fr import siret

from normalizers.contacts import SIGNS, find_contacts
from normalizers.privacy import CODE
from pipeline.models import TABLES, Document, DocumentFact, Finding
from pipeline.store import plain_type, table_name
from pipeline.wording import agreed

FUNCTIONS = {"siret_is_valid": lambda number: bool(siret.is_valid(number))}
CODED = tuple(f"{table_name(model)}." for model in (Document, DocumentFact))


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions of this module known to `connection`; undo with `unregister`."""
    for name, function in FUNCTIONS.items():
        connection.create_function(name, function, ["VARCHAR"], "BOOLEAN")


def public_names(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Those who sign or represent a party: their names stay."""
    signed = connection.execute("SELECT DISTINCT representative FROM signatory").fetchall()
    heads = connection.execute(
        "SELECT unnest([state_representative, beneficiary_representative]) FROM document"
    ).fetchall()
    return {name for (name,) in (*signed, *heads) if name}


def contacts_left(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """A finding a column that holds personal or bank data in clear, whatever its table.

    The detectors are those of the policy (`normalizers/privacy.py`); what is found is counted and
    not repeated.
    """
    public = public_names(connection)
    held: Counter[str] = Counter()
    for place, text in connection.execute(_texts_with_signs(), {"signs": SIGNS}).fetchall():
        coded = place.startswith(CODED) and CODE.fullmatch(text)  # "0177120217" is an activity
        held[place] += not coded and bool(find_contacts(text, public))
    for place, number in held.items():
        if number:
            yield Finding(
                finding_id=f"contact_left-{place}",
                rule="contact_left",
                severity="warning",
                document_id=None,
                action_id=None,
                article_number=None,
                page=None,
                message="Coordonnées de personnes ou compte bancaire en clair dans"
                f" {agreed(number, 'texte')} de {place} : ne publiez pas cette base, ou"
                " refaites-la sans --keep-contacts.",
                expected="0",
                observed=str(number),
            )


def _texts_with_signs() -> str:
    """SELECT of the texts that match $signs, each with its table and column. All tables are put
    together first: the engine reads the pattern anew for each filter."""
    told = {
        table_name(model): [
            column
            for column, field in model.model_fields.items()
            # an identifier is a hash, which may look like any account
            if plain_type(field.annotation) is str and not column.endswith("_id")
        ]
        for model in TABLES
    }
    texts = " UNION ALL ".join(
        f"SELECT unnest({[f'{table}.{column}' for column in columns]}) AS place,"
        f" unnest([{', '.join(columns)}]) AS text FROM {table}"
        for table, columns in told.items()
        if columns
    )
    return f"""WITH texts AS MATERIALIZED (SELECT DISTINCT * FROM ({texts}))
        SELECT place, text FROM texts WHERE regexp_matches(text, $signs)
        ORDER BY ALL"""


def unregister(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget the functions again: DuckDB leaks a connection that is closed with some."""
    for name in FUNCTIONS:
        connection.remove_function(name)
