"""Invented words, figures and tables for the made documents: seeded, in English and in French."""

from dataclasses import dataclass, field
from random import Random


def listed(text: str, separator: str | None = None) -> list[str]:
    return text.split(separator)


WORDS = {
    "en": listed(
        "agency budget county estimate federal growth household income labour market measure "
        "office period programme public quarter rate region report review sector share state "
        "survey system trade training transport unit value water year housing energy health"
    ),
    "fr": listed(
        "action agence année budget commune compte département dépense emploi énergie enquête "
        "estimation exercice foyer logement marché mesure ménage montant part période plan "
        "programme région revenu santé secteur service taux territoire transport unité"
    ),
}
LINKS = {
    "en": listed("the of in for and by with from its on to a this over"),
    "fr": listed("le de en pour et par avec dans la du sur une des"),
}
REGIONS = {
    "en": listed(
        "Northern Plains|Great Lakes and Saint Lawrence|Coastal counties|Mountain West|Capital"
        "|Southern delta|Islands|Central valley|Eastern border|New territories",
        "|",
    ),
    "fr": listed(
        "Plaine du Nord|Grands lacs et Saint-Laurent|Littoral|Montagne|Capitale|Delta du Sud"
        "|Îles|Vallée centrale|Frontière de l'Est|Nouveaux territoires",
        "|",
    ),
}
TERMS = {
    "en": {
        "total": "Total",
        "item": "Item",
        "region": "Region",
        "unit": "(in thousands)",
        "question": "Question",
        "body": "Responsible body",
        "due": "Due date",
        "state": "Status",
        "amount": "Amount",
        "measure": "Measure",
        "groups": "Planned|Spent|Men|Women|Urban areas|Rural areas|Exports|Imports",
        "sub": "2010|2011|2012|Share (%)|Change|Number",
        "heads": "Number of units|Average|Growth rate (%)|Share of total|Index|Net value",
        "answers": "Agree|Disagree|Neither|No answer",
        "states": "Completed|In progress|Not started|Delayed",
        "table": "Table",
        "source": "Source",
        "note": "Note",
    },
    "fr": {
        "total": "Total",
        "item": "Poste",
        "region": "Région",
        "unit": "(en milliers)",
        "question": "Question",
        "body": "Organisme responsable",
        "due": "Échéance",
        "state": "État",
        "amount": "Montant",
        "measure": "Mesure",
        "groups": "Prévu|Réalisé|Hommes|Femmes|Zones urbaines|Zones rurales|Recettes|Dépenses",
        "sub": "2010|2011|2012|Part (%)|Évolution|Nombre",
        "heads": "Nombre d'unités|Moyenne|Taux de croissance (%)|Part du total|Indice|Valeur nette",
        "answers": "D'accord|Pas d'accord|Sans avis|Sans réponse",
        "states": "Terminé|En cours|Non commencé|Retardé",
        "table": "Tableau",
        "source": "Source",
        "note": "Note",
    },
}


@dataclass
class Cell:
    """`rows`, `columns`: how many it covers; `indent`: steps to the right; `align`: l, c or r."""

    text: str
    rows: int = 1
    columns: int = 1
    indent: int = 0
    align: str = "l"
    bold: bool = False


@dataclass
class Table:
    """`head`: how many of `rows` are its head; `widths`: relative; `notes` stand beneath."""

    rows: list[list[Cell]]
    head: int
    widths: list[float]
    title: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def placed(self) -> list[tuple[int, int, Cell]]:
        """(row, column, cell) of each cell."""
        taken: set[tuple[int, int]] = set()
        result = []
        for r, row in enumerate(self.rows):
            c = 0
            for cell in row:
                while (r, c) in taken:
                    c += 1
                result.append((r, c, cell))
                taken |= {
                    (y, x) for y in range(r, r + cell.rows) for x in range(c, c + cell.columns)
                }
        return result


class Author:
    """Writes prose and tables in one language."""

    def __init__(self, random: Random, language: str) -> None:
        self.random, self.language = random, language
        self.terms = TERMS[language]
        self.decimals = random.choice((0, 0, 1, 2))
        self.blank = random.choice(("–", "…", "n.a.", ""))
        self.count = 0

    def phrase(self, low: int, high: int) -> str:
        words = []
        for i in range(self.random.randint(low, high)):
            words.append(self.random.choice((LINKS if i % 3 == 2 else WORDS)[self.language]))
        if words[-1] in LINKS[self.language]:
            words.append(self.random.choice(WORDS[self.language]))
        return " ".join(words).capitalize()

    def paragraph(self) -> str:
        sentences = []
        for _ in range(self.random.randint(2, 5)):
            sentence = self.phrase(8, 24)
            if self.random.random() < 0.4:
                sentence += f" ({self.random.randint(1990, 2014)}), {self.number()} "
                sentence += self.phrase(4, 9).lower()
            sentences.append(sentence + ".")
        return " ".join(sentences)

    def number(self, low: float = 0, high: float = 90000) -> str:
        value = self.random.uniform(low, high) ** self.random.choice((1, 1, 0.7))
        text = f"{value:,.{self.decimals}f}"
        if self.language == "fr":
            text = text.replace(",", "\u00a0").replace(".", ",")
        if self.random.random() < 0.06:
            return self.random.choice((f"({text})", f"–{text}"))
        return text

    def percent(self) -> str:
        text = f"{self.random.uniform(0.2, 99):.1f}"
        return text.replace(".", ",") + " %" if self.language == "fr" else text

    def figures(self, count: int, align: str = "r") -> list[Cell]:
        return [
            Cell(self.blank if self.random.random() < 0.06 else self.number(), align=align)
            for _ in range(count)
        ]

    def titled(self, table: Table) -> Table:
        self.count += 1
        if self.random.random() < 0.85:
            table.title = f"{self.terms['table']} {self.count}. {self.phrase(4, 11)}"
        if self.random.random() < 0.5:
            table.notes.append(f"{self.terms['source']}: {self.phrase(3, 8)}, 2012.")
        if self.random.random() < 0.3:
            table.notes.insert(0, f"1. {self.phrase(8, 16)}.")
        return table

    def heads(self, count: int) -> list[str]:
        first = self.random.randint(1998, 2009)
        if self.random.random() < 0.6:
            return [str(first + i) for i in range(count)]
        return self.random.sample(self.terms["heads"].split("|"), count)

    def statistics(self, length: int = 0) -> Table:
        """Years or measures across, regions down, a total, maybe a row of units."""
        count = self.random.randint(2, 6)
        align = self.random.choice("rrrc")
        corner = self.terms["region"] if self.random.random() < 0.7 else ""
        rows = [
            [Cell(corner, bold=True), *(Cell(h, align=align, bold=True) for h in self.heads(count))]
        ]
        if self.random.random() < 0.25:
            rows.append([Cell(""), Cell(self.terms["unit"], columns=count, align="c")])
        head = len(rows)
        for i in range(length or self.random.randint(4, 12)):
            label = self.random.choice(REGIONS[self.language])
            if self.random.random() < 0.2:
                label = self.phrase(6, 12)
            rows.append(
                [Cell(f"{label} {i + 1}" if length else label), *self.figures(count, align)]
            )
        if self.random.random() < 0.6:
            total = [Cell(self.number(), align=align, bold=True) for _ in range(count)]
            rows.append([Cell(self.terms["total"], bold=True), *total])
        return self.titled(Table(rows, head, [3.0, *[1.2] * count]))

    def two_level(self, length: int = 0) -> Table:
        """Groups of columns under spanning heads."""
        groups = self.random.sample(self.terms["groups"].split("|"), self.random.choice((2, 2, 3)))
        each = self.random.choice((2, 2, 3)) if len(groups) == 2 else 2
        sub = self.random.sample(self.terms["sub"].split("|"), each)
        top = [Cell(g, columns=each, align="c", bold=True) for g in groups]
        rows = [[Cell(self.terms["region"], rows=2, bold=True), *top]]
        rows.append([Cell(s, align="r", bold=True) for _ in groups for s in sub])
        for i in range(length or self.random.randint(4, 11)):
            label = f"{self.random.choice(REGIONS[self.language])} {i + 1}"
            rows.append([Cell(label), *self.figures(each * len(groups))])
        return self.titled(Table(rows, 2, [2.6, *[1.0] * (each * len(groups))]))

    def budget(self, length: int = 0) -> Table:
        """Sub-headings, indented items, a total of each."""
        count = self.random.randint(2, 4)
        heads = [Cell(h, align="r", bold=True) for h in self.heads(count)]
        rows = [[Cell(self.terms["item"], bold=True), *heads]]
        for _ in range(max(2, (length or 9) // 4)):
            title = self.phrase(2, 4)
            blank = [Cell("") for _ in range(count)]
            rows.append([Cell(title, bold=self.random.random() < 0.7), *blank])
            for _ in range(self.random.randint(2, 4)):
                label = self.phrase(2, 4) if self.random.random() < 0.75 else self.phrase(7, 12)
                rows.append([Cell(label, indent=1), *self.figures(count)])
            if self.random.random() < 0.5:
                label = f"{self.terms['total']} {title.lower()}"
                rows.append([Cell(label, bold=True), *self.figures(count)])
        return self.titled(Table(rows, 1, [3.6, *[1.2] * count]))

    def survey(self, length: int = 0) -> Table:
        """Long questions, shares of answers, some heads on two lines."""
        answers = self.terms["answers"].split("|")
        heads = [Cell(a, align="c", bold=True) for a in answers]
        rows = [[Cell(self.terms["question"], bold=True), *heads]]
        for i in range(length or self.random.randint(3, 8)):
            question = f"Q{i + 1}. {self.phrase(6, 18)} ?"
            rows.append([Cell(question), *(Cell(self.percent(), align="c") for _ in answers)])
        return self.titled(Table(rows, 1, [3.4, *[1.0] * 4]))

    def measures(self, length: int = 0) -> Table:
        """Text with figures: measure, body, due date, state, amount."""
        names = [self.terms[k] for k in ("measure", "body", "due", "state")]
        rows = [[*(Cell(n, bold=True) for n in names)]]
        rows[0].append(Cell(self.terms["amount"], align="r", bold=True))
        for _ in range(length or self.random.randint(3, 8)):
            rows.append(
                [
                    Cell(self.phrase(4, 22)),
                    Cell(self.phrase(1, 5)),
                    Cell(f"{self.random.randint(1, 28):02}/{self.random.randint(1, 12):02}/2012"),
                    Cell(self.random.choice(self.terms["states"].split("|"))),
                    Cell("" if self.random.random() < 0.2 else self.number(), align="r"),
                ]
            )
        return self.titled(Table(rows, 1, [3.2, 2.0, 1.3, 1.4, 1.2]))

    def words(self, length: int = 0) -> Table:
        """Text alone, in three columns."""
        names = [self.terms[k] for k in ("measure", "body", "state")]
        rows = [[*(Cell(n, bold=True) for n in names)]]
        for _ in range(length or self.random.randint(3, 7)):
            texts = self.phrase(2, 8), self.phrase(3, 14), self.phrase(6, 26)
            rows.append([*(Cell(t) for t in texts)])
        return self.titled(Table(rows, 1, [1.6, 2.0, 3.0]))

    def small(self, length: int = 0) -> Table:
        """Two columns only."""
        rows = [
            [Cell(self.terms["item"], bold=True), Cell(self.terms["amount"], align="r", bold=True)]
        ]
        for _ in range(length or self.random.randint(4, 8)):
            rows.append([Cell(self.phrase(1, 4)), Cell(self.number(), align="r")])
        return self.titled(Table(rows, 1, [2.4, 1.0]))

    def merged(self, length: int = 0) -> Table:
        """A region over several of its rows."""
        heads = self.heads(3)
        rows = [[Cell(self.terms["region"], bold=True), Cell(self.terms["item"], bold=True)]]
        rows[0].extend(Cell(h, align="r", bold=True) for h in heads)
        for region in self.random.sample(REGIONS[self.language], 10 if length else 3):
            several = self.random.randint(2, 4)
            for i in range(several):
                stub = [Cell(region, rows=several)] if i == 0 else []
                rows.append([*stub, Cell(self.phrase(1, 3)), *self.figures(3)])
        return self.titled(Table(rows, 1, [1.8, 1.8, 1, 1, 1]))


CONTENTS = ("statistics", "two_level", "budget", "survey", "measures", "words", "small", "merged")
