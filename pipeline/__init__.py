"""From the signed conventions of the programme Logement d'abord to a database."""

__version__ = "0.1.0"
