"""What the option parser says of a misspelt command, in the language spoken: it knows English."""

import re

from pipeline.language import spoken

FRENCH = tuple(
    (re.compile(pattern), french)
    for pattern, french in (
        (r"Missing (?:argument|option|parameter):? '?(.+?)'?\.", "il manque {0}."),
        (r"No such command '(.+?)'\. Did you mean (.+)\?", "« {0} » n'existe pas ; plutôt {1} ?"),
        (r"No such command '(.+?)'\.", "« {0} » n'existe pas."),
        (
            r"No such option:? '?([^\s']+?)'?\.? \(?(?:Possible options:|Did you mean) (.+?)[?)]",
            "l'option {0} n'existe pas ; plutôt {1} ?",
        ),
        (r"No such option:? '?([^\s']+?)'?\.?", "l'option {0} n'existe pas."),
        (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", "« {0} » est de trop."),
        (r"Option '(.+)' requires an argument\.", "l'option {0} demande une valeur."),
        (r"Option '(.+)' does not take a value\.", "l'option {0} ne prend pas de valeur."),
        (
            r"Invalid value for '(.+?)': (?:Input should be|.* is not) a valid integer.*",
            "{0} demande un nombre entier.",
        ),
        (
            r"Invalid value for '(.+?)': Input should be greater than or equal to (\S+)",
            "{0} demande au moins {1}.",
        ),
        (
            r"Invalid value for '(.+?)': '(.*)' is not one of (.+)\.",
            "{0} ne peut pas être « {1} », mais {2}.",
        ),
    )
)


def in_words(line: str) -> str:
    """A line of the option parser in the language spoken; as it is where nothing translates it."""
    line = line.replace("Value error, ", "")
    if spoken() == "fr":
        for pattern, french in FRENCH:
            if match := pattern.fullmatch(line):
                return french.format(*(group.replace("'", "") for group in match.groups()))
    return line
