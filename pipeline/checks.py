"""Functions that the checks of `pipeline/sql/checks/` need and SQL does not have."""

import duckdb
from stdnum.fr import siret

FUNCTIONS = {"siret_is_valid": lambda number: bool(siret.is_valid(number))}


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions of this module known to `connection`; undo with `unregister`."""
    for name, function in FUNCTIONS.items():
        connection.create_function(name, function, ["VARCHAR"], "BOOLEAN")


def unregister(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget the functions again: DuckDB leaks a connection that is closed with some."""
    for name in FUNCTIONS:
        connection.remove_function(name)
