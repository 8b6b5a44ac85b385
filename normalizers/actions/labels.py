"""The name of an action and what is said of it, told in one cell of a table."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from normalizers.terms import fold

FEWEST = 2  # actions told so show that it is how the table is written
LONGEST_NAME = 90  # characters
GOAL = re.compile(r"\b(?:objectifs?|finalites?|buts?)\b")
# Action et contenu · Intitulé / descriptif : the heading itself announces both
CONTENT = re.compile(r"\b(?:contenus?|descripti\w+|details?|presentation|resume)\b")
BELOW = re.compile(r"\n+")
BELOW_OR_BEHIND = re.compile(r"\n+|\s:\s+|(?<=\w):\s+")


@dataclass(frozen=True, slots=True)
class LabelForm:
    """How a table tells more than the name in the cells of its labels: the field of what follows,
    and what stands between."""

    field: str
    mark: re.Pattern[str]

    @classmethod
    def of(
        cls, heading: str, labels: Sequence[str], fields: Collection[str | None]
    ) -> "LabelForm | None":
        """The form that most `labels` under `heading` show and none contradicts, where other
        columns of the table tell the pilot and none the same field."""
        said = fold(heading)
        field = "objective" if GOAL.search(said) else "description"
        announced = bool(GOAL.search(said) or CONTENT.search(said))
        mark = BELOW_OR_BEHIND if announced else BELOW
        split = [parts for label in labels if len(parts := mark.split(label, 1)) == 2]
        if (
            len(split) < FEWEST
            or 2 * len(split) <= len(labels)
            or "pilot" not in fields
            or field in fields
            or not all(_is_name(name) and (announced or rest[:1].isupper()) for name, rest in split)
        ):
            return None
        return cls(field, mark)

    def apart(self, texts: Mapping[str, str]) -> dict[str, str]:
        """`texts` by field, the label without what follows it."""
        name, *rest = self.mark.split(texts["label"], maxsplit=1)
        return {**texts, "label": name, **({self.field: rest[0]} if rest else {})}


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and not text.rstrip().endswith((".", ";", ",", ":"))
