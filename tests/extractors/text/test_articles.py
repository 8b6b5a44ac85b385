"""Articles in the typographies that acts use."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.pages.lines import read_lines
from extractors.pages.page import Box, Line, Word
from extractors.text.annexes import annex_headings
from extractors.text.articles import read_articles
from normalizers.words import Vocabulary
from pipeline.extracted import ExtractedArticle
from tests.extractors.text.acts import lines_of
from tests.extractors.typesetter import Typesetter


def articles_of(*pages: str) -> list[ExtractedArticle]:
    lines = lines_of(*pages)
    return read_articles(lines, Vocabulary.of(line.text for line in lines))


def outline(*pages: str) -> list[tuple[str, str]]:
    return [(a.number, a.title) for a in articles_of(*pages)]


FILLER = "Les parties conviennent de mettre en œuvre le plan sur le territoire de la commune.\n" * 3


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("# ARTICLE 1 – OBJET", "1", "OBJET"),
        ("# Article 1er : objet", "1", "objet"),
        ("# Article II.1. L'État", "2.1", "L'État"),
        ("# ARTICLE 1. OBJET", "1", "OBJET"),
        ("# Article 1. — Objet", "1", "Objet"),
        ("# Article 1er : Objet", "1", "Objet"),
        ("# Article 1 - Objet", "1", "Objet"),
        ("# Article 1 / Objet", "1", "Objet"),
        ("# ARTICLE PREMIER : Objet", "1", "Objet"),
        ("# Article deuxième — Montant", "2", "Montant"),
        ("# ARTICLE SECOND : Durée", "2", "Durée"),
        ("# ARTICLE PREMIER", "1", ""),
        ("# Article unique", "1", ""),
        ("# ARTICLE UNIQUE – OBJET", "1", "OBJET"),
        ("# Art. 3 Durée", "3", "Durée"),
        ("# Article II – Durée", "2", "Durée"),
        ("# ARTICLE N° 2 : Durée", "2", "Durée"),
        ("# ARTICLE 4 bis – Avance", "4bis", "Avance"),
        ("# ARTICLE 4", "4", ""),
        ("# ARTICLE 1 – ENGAGEMENTS DE\n# L'ÉTAT", "1", "ENGAGEMENTS DE L'ÉTAT"),
        ("ARTICLE 5 – DURÉE", "5", "DURÉE"),
    ],
)
def test_article_headings(heading: str, number: str, title: str) -> None:
    assert outline(f"{heading}\n{FILLER}") == [(number, title)]


def test_numbers_below_an_article() -> None:
    found = articles_of(
        f"""# ARTICLE 2 – ENGAGEMENTS
# 2.1 Stratégie
{FILLER}# 2.1.1. Actions d'appui
{FILLER}# 2.2 - Financement
{FILLER}# I. Versement
{FILLER}# II. Contrôle
{FILLER}# A. Pièces
{FILLER}# ARTICLE 3 – DURÉE
{FILLER}"""
    )
    assert [(a.number, a.parent_number) for a in found] == [
        ("2", None),
        ("2.1", "2"),
        ("2.1.1", "2.1"),
        ("2.2", "2"),
        ("2.2.I", "2.2"),
        ("2.2.II", "2.2"),
        ("2.2.II.A", "2.2.II"),
        ("3", None),
    ]
    assert [a.position for a in found] == list(range(1, 9))


def test_decimal_numbers_below_roman_ones() -> None:
    found = articles_of(
        f"""# I. CONTEXTE
{FILLER}# II. ENGAGEMENTS
# 2.1 Engagement de l'État
{FILLER}# 2.2 Versement
{FILLER}# 2.2.1 Avance
{FILLER}# III. GOUVERNANCE
{FILLER}# 3.1 Instances
{FILLER}Fait à Grandrieu, le 12 mars 2031"""
    )
    assert [(a.number, a.parent_number) for a in found] == [
        ("I", None),
        ("II", None),
        ("2.1", "II"),
        ("2.2", "II"),
        ("2.2.1", "2.2"),
        ("III", None),
        ("3.1", "III"),
    ]


def test_headings_that_are_not_bold_in_an_act_with_a_bold_title() -> None:
    assert outline(
        f"""# CONVENTION
Article 1 – Objet
{FILLER}L'article 2 de la présente convention et
Article 2 de la loi du 5 mars 2007
Article 2 – Engagements
2.1 Stratégie
{FILLER}2.2 Financement
{FILLER}4.7 Kilomètres parcourus"""
    ) == [("1", "Objet"), ("2", "Engagements"), ("2.1", "Stratégie"), ("2.2", "Financement")]


def test_a_title_may_begin_with_a_small_letter() -> None:
    act = f"""# CONVENTION
# Article 1 : objet
{FILLER}Comme le prévoit l'
Article 2 de la loi du 5 mars 2007, elle est signée.
# Article 2 – montant de l'aide
{FILLER}"""
    found = [(a.number, a.title) for a in articles_of(act)]
    assert found == [("1", "objet"), ("2", "montant de l'aide")]


@pytest.mark.parametrize(
    ("paragraph", "numbers"),
    [
        ("2.1 – Pour 2024, l'État alloue une enveloppe à la commune, dans la\nlimite fixée.", "12"),
        ("2.1 Les montants sont fixés\npar avenant.", "12"),
        ("2.1 – L'État alloue 206 500 €", "12"),
        ("2.1 Le coût total du programme est évalué à 1 254\n000 €, selon l'annexe 2.", "12"),
        (
            "2.1 L'administration contribue pour un montant prévisionnel maximal de 480 000\n"
            "EUR, soit 63 % des coûts éligibles estimés.",
            "12",
        ),
        ("2.1 Stratégie\nLe plan vise les personnes sans abri.", "1 2 2.1"),
    ],
)
def test_a_numbered_paragraph_is_no_heading(paragraph: str, numbers: str) -> None:
    act = f"# CONVENTION\nArticle 1 – Objet\n{FILLER}Article 2 – Soutien\n{paragraph}"
    found = articles_of(act)
    assert [a.number for a in found] == (numbers.split() if " " in numbers else list(numbers))
    assert paragraph.split("\n")[0].split(" ", 1)[1] in found[-1].text or len(found) == 3


@pytest.mark.parametrize(("bold", "plain"), [(" :", ""), (".", "– ")])
def test_a_run_in_heading_leaves_its_text_to_the_article(bold: str, plain: str) -> None:
    sheet = Typesetter()
    for number in (1, 2):
        sheet.at(f"Article {number}{bold}", 71, sheet.y, bold=True)
        sheet.line(f"{plain}La présente convention a pour objet le plan", x=135)
        sheet.line("du territoire.").line("Elle dure trois ans.", gap=24)
    lines = [line for page in sheet.pages() for line in read_lines(page)]
    found = read_articles(lines, Vocabulary.of(line.text for line in lines))
    assert [(a.number, a.title) for a in found] == [("1", ""), ("2", "")]
    assert found[1].text.startswith("La présente convention a pour objet le plan du territoire.")


def test_run_in_headings_without_the_word_article() -> None:
    sheet = Typesetter()
    for head, x in (("1. Objet.", 128), ("2. Crédits de l'État.", 192), ("3. Durée.", 130)):
        sheet.at(head, 71, sheet.y, bold=True)
        sheet.line("La présente convention a pour objet le plan", x=x)
        sheet.line("du territoire.")
    sheet.line("Fait à Brumeval, le 4 octobre 2024")
    lines = [line for page in sheet.pages() for line in read_lines(page)]
    found = read_articles(lines, Vocabulary.of(line.text for line in lines))
    titles = [("1", "Objet"), ("2", "Crédits de l'État"), ("3", "Durée")]
    assert [(a.number, a.title) for a in found] == titles
    assert found[1].text == "La présente convention a pour objet le plan du territoire."


def test_the_number_of_a_run_in_heading_belongs_to_it_bold_or_not() -> None:
    sheet = Typesetter()
    for number in (1, 2):
        sheet.at("ARTICLE", 71, sheet.y, bold=True)
        sheet.line(f"{number} : Objet. La convention a pour objet le plan", x=118)
        sheet.line("du territoire, de ses communes et de leurs habitants.")
    lines = [line for page in sheet.pages() for line in read_lines(page)]
    found = read_articles(lines, Vocabulary.of(line.text for line in lines))
    assert [(a.number, a.text.split(".")[0]) for a in found] == [("1", "Objet"), ("2", "Objet")]


def test_a_sentence_behind_the_number_of_an_article_is_no_title() -> None:
    found = articles_of(
        """# AVENANT
Article 1 : Le plan

Le plan vise les personnes sans abri et les
ménages hébergés.

Article 2 : Les crédits non consommés en 2020, soit 35 200 €,
viennent en déduction ; le versement 2021 est donc
de 389 300 €.

Article 3 : Les modalités de versement, de contrôle
et de bilan

Trois ans."""
    )
    assert [a.title for a in found] == [
        "Le plan",
        "",
        "Les modalités de versement, de contrôle",
    ]
    assert "soit 35 200 €" in found[1].text


def test_an_office_in_the_text_is_no_signature() -> None:
    found = articles_of(
        """# ARTICLE 1 – CONTRÔLE
Le Préfet de département constate les manquements
et en informe la collectivité par lettre.
Le Président de la Métropole répond dans le mois.
# ARTICLE 2 – DURÉE
Trois ans."""
    )
    assert [a.number for a in found] == ["1", "2"]
    assert "répond dans le mois" in found[0].text


def test_references_and_lists_are_no_headings() -> None:
    found = articles_of(
        """# ARTICLE 1 – OBJET
Le versement s'appuie sur le rapport mentionné à l'article
2.3 de la présente convention pour décider du montant
Article 2 de la présente convention demeure applicable.
1. Produire et mobiliser des solutions de logement ;
2. Faciliter l'accès au logement.
# ARTICLE 2 – DURÉE
La convention prend effet à sa signature."""
    )
    assert [a.number for a in found] == ["1", "2"]
    assert "2.3 de la présente" in found[0].text
    assert "\n1. Produire" in found[0].text


def test_without_bold_the_wording_decides() -> None:
    assert outline(
        """Article 1 – Objet
Le rapport mentionné à l'article
2.3 de la présente convention est remis avant le 31 mars.
2.3 de la présente
Article 2 – Engagements
2.1 Stratégie
Les parties s'engagent."""
    ) == [("1", "Objet"), ("2", "Engagements"), ("2.1", "Stratégie")]


def test_lines_read_as_one_word_each_have_their_headings() -> None:
    act = "Article 1 – Objet\n1.1 Part\nPour 2024, l'État verse une aide à la ville.\n"
    act += "1.2 Terme\nLa convention dure un an, au plus tard en mai."
    lines = [
        Line((replace(line.words[0], text=line.text, box=line.box),), line.page)
        for line in lines_of(act)
    ]
    assert [a.number for a in read_articles(lines, Vocabulary.of([]))] == ["1", "1.1", "1.2"]


def test_quoted_articles_stay_in_the_text_that_quotes_them() -> None:
    found = articles_of(
        """# ARTICLE 1 – MODIFICATION
L'article 5 est remplacé par : « 
# ARTICLE 5 – DURÉE
La convention dure quatre ans. »
# ARTICLE 2 – AUTRES DISPOSITIONS
Les autres articles demeurent inchangés."""
    )
    assert [a.number for a in found] == ["1", "2"]


def test_a_quotation_that_opens_again_at_each_paragraph_ends_once() -> None:
    found = articles_of(
        """# ARTICLE 1 – MODIFICATION
L'article 5 est remplacé par :
« Article 5 – Durée
« La convention dure quatre ans dans le cadre du plan
« Logement d'abord » de l'État.
« Elle peut être prorogée. »
# ARTICLE 2 – AUTRES DISPOSITIONS
Les autres articles demeurent inchangés."""
    )
    assert [a.number for a in found] == ["1", "2"]


def test_preamble_signature_and_annexes_stay_out() -> None:
    found = articles_of(
        """# CONVENTION
Entre
L'Etat, représenté par le préfet, d'une part,
# PRÉAMBULE
Le plan a été lancé en 2018.
# ARTICLE 1 – OBJET
La convention a pour objet le plan.
Fait à Brumeval, le 3 mai 2024
Pour l'Etat, Pour la Ville,""",
        """# Annexe 1 – Tableau des actions
Pilote Action Montant""",
    )
    assert [(a.number, a.text) for a in found] == [
        ("0", "Le plan a été lancé en 2018."),
        ("1", "La convention a pour objet le plan."),
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "Il est préalablement exposé que l'État a attribué 210 000 € en 2022.",
        "Étant rappelé que la Ville met en œuvre le plan depuis 2018,",
        "Attendu que la Ville a été retenue le 30 mars 2018,",
    ],
)
def test_what_opens_a_preamble_without_heading(opening: str) -> None:
    found = articles_of(
        f"# CONVENTION\nEntre\nL'Etat, représenté par le préfet, d'une part,\n\n{opening}\n\n"
        "# ARTICLE 1 – OBJET\nLa convention a pour objet le plan."
    )
    assert next((a.number, a.text) for a in found) == ("0", opening)


def test_what_is_exposed_beforehand_is_the_preamble() -> None:
    found = articles_of(
        f"""{SIGNED_ACT}
Préalablement, il est exposé ce qui suit :
La Ville a reçu 140 000 € en 2021.
# ARTICLE 1 – OBJET
{FILLER}"""
    )
    assert [a.number for a in found] == ["0", "1"]
    assert "140 000 €" in found[0].text


def test_the_heading_of_a_part_is_no_text_of_the_article_above() -> None:
    found = articles_of(
        f"""# Première partie – Objet
# ARTICLE 1
La convention court douze mois.
# Deuxième partie – Engagements financiers
# ARTICLE 2
{FILLER}"""
    )
    assert found[0].text == "La convention court douze mois."


def test_text_cut_by_a_page_is_one_paragraph() -> None:
    found = articles_of(
        "# ARTICLE 1 – OBJET\nLa stratégie vise à réduire le sans-abris-",
        "me sur la commune.\n\n# ARTICLE 2 – DURÉE\nTrois ans.",
    )
    assert found[0].text == "La stratégie vise à réduire le sans-abrisme sur la commune."
    assert (found[0].page_first, found[0].page_last) == (1, 2)


def test_a_table_of_contents_has_no_articles() -> None:
    contents = "# SOMMAIRE\n" + "".join(
        f"ARTICLE {n} – {title} {'.' * 40} {n + 1}\n" for n, title in ((1, "OBJET"), (2, "DURÉE"))
    )
    found = articles_of(contents, f"# ARTICLE 1 – OBJET\n{FILLER}# ARTICLE 2 – DURÉE\n{FILLER}")
    assert [(a.number, a.page_first) for a in found] == [("1", 2), ("2", 2)]


def test_a_report_behind_the_act_is_numbered_apart() -> None:
    found = outline(
        f"# ARTICLE 1 – OBJET\n{FILLER}Fait à Brumeval, le 3 mai 2024\nPour l'Etat, Pour la Ville,",
        f"# 1. Bilan\n{FILLER}# 1.1 Action 1\n{FILLER}# 1.2 Action 2\n{FILLER}"
        f"# 2.1 Suites\n{FILLER}",
    )
    assert found == [
        ("1", "OBJET"),
        ("R.1", "Bilan"),
        ("R.1.1", "Action 1"),
        ("R.1.2", "Action 2"),
        ("R.2.1", "Suites"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("# 1 - OBJET", "# 2 - DURÉE", ["1", "2"]),
        ("# 1-OBJET", "# 2- DURÉE", ["1", "2"]),
        ("# 1) Objet", "# 2) Durée", ["1", "2"]),
        ("# I. Objet", "# II. Durée", ["I", "II"]),
        ("# A. Objet", "# B. Durée", ["A", "B"]),
        ("# 1° Objet", "# 2° Durée", ["1", "2"]),
    ],
)
def test_sections_without_the_word_article(first: str, second: str, numbers: list[str]) -> None:
    found = outline(f"{first}\n{FILLER}{second}\n{FILLER}")
    assert [n for n, _ in found] == numbers
    assert [t.lower() for _, t in found] == ["objet", "durée"]


def test_headings_without_a_number_are_counted() -> None:
    sheet = Typesetter()
    for title in ("Calendrier prévisionnel", "Financements"):
        sheet.line(title, bold=True, size=14, gap=20).lines(FILLER)
    lines = [line for page in sheet.pages() for line in read_lines(page)]
    found = read_articles(lines, Vocabulary.of(line.text for line in lines))
    assert [(a.number, a.title) for a in found] == [
        ("S1", "Calendrier prévisionnel"),
        ("S2", "Financements"),
    ]


SIGNED_ACT = """# CONVENTION
Entre
L'État, représenté par Mme A. Blanc, préfète,
et la Ville, représentée par M. B. Noir, maire,
"""


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("{roman}.- ", ["I", "II", "II.1", "III"]),
        ("{roman} – ", ["I", "II", "II.1", "III"]),
        ("{digit}) ", ["1", "2", "2.1", "3"]),
        ("{digit}/ ", ["1", "2", "2.1", "3"]),
        ("{capital} - ", ["A", "B", "B.1", "C"]),
        ("Chapitre {digit} – ", ["1", "2", "2.1", "3"]),
        ("CLAUSE {roman} : ", ["I", "II", "II.1", "III"]),
        ("Engagement {digit} – ", ["1", "2", "2.1", "3"]),
        ("§ {digit}. ", ["1", "2", "2.1", "3"]),
    ],
)
def test_articles_of_a_signed_act_without_the_word(mark: str, numbers: list[str]) -> None:
    heads = [mark.format(roman="I" * n, digit=n, capital="ABC"[n - 1]) for n in (1, 2, 3)]
    act = f"""{SIGNED_ACT}
{heads[0]}Objet
{FILLER}
{heads[1]}Montant
{FILLER}
{numbers[2]} – Versement
{FILLER}
{heads[2]}Durée
{FILLER}
À Brumeval, le 4 octobre 2024
# ANNEXE – RAPPORT
# 1. Contexte
{FILLER}# 2. Résultats
{FILLER}# 2.1 Accès
{FILLER}"""
    found = outline(act)
    titles = ["Objet", "Montant", "Versement", "Durée"]
    assert found[:4] == list(zip(numbers, titles, strict=True))
    assert [n for n, _ in found[4:]] == ["R.1", "R.2", "R.2.1"]


def test_two_articles_with_a_sign_and_a_list() -> None:
    act = f"""{SIGNED_ACT}
§ 1. CONCOURS DES SIGNATAIRES
a) Le Département : 24 000 € ;
b) La Ville : néant.
§ 2. DURÉE
{FILLER}
Fait à Brumeval, le 4 octobre 2024"""
    assert outline(act) == [("1", "CONCOURS DES SIGNATAIRES"), ("2", "DURÉE")]


def test_an_article_without_the_word_may_open_with_its_first_paragraph() -> None:
    act = f"""{SIGNED_ACT}
1. Contexte
{FILLER}
2. Engagement de l'État
2.1 Montant. L'enveloppe de l'État pour 2023 est de 300 000 €.
3. Engagement du Département
{FILLER}
Fait à Brumeval, le 4 octobre 2024"""
    titles = ["Contexte", "Engagement de l'État", "Engagement du Département"]
    assert outline(act) == [(str(n), title) for n, title in enumerate(titles, 1)]


@pytest.mark.parametrize(
    ("counts", "numbers"),
    [
        ("1234", ["1", "2", "3", "4"]),  # through the titles
        ("1212", ["I", "II", "III"]),  # within each of them
    ],
)
def test_titles_above_articles_without_the_word(counts: str, numbers: list[str]) -> None:
    heads = iter(
        f"# {number} – Engagement {letter}" for number, letter in zip(counts, "abcd", strict=True)
    )
    act = f"""{SIGNED_ACT}
# TITRE I – CADRE
{next(heads)}
{FILLER}
{next(heads)}
{FILLER}
# TITRE II – MOYENS
{next(heads)}
{FILLER}
# TITRE III – VIE DU CONTRAT
{next(heads)}
{FILLER}
À Brumeval, le 4 octobre 2024"""
    assert [n for n, _ in outline(act) if len(n) < 4 and "." not in n] == numbers


def test_a_list_is_no_row_of_articles() -> None:
    act = f"""{SIGNED_ACT}
{FILLER}1. Produire des logements
2. Faciliter l'accès
3. Prévenir les ruptures
{FILLER}
Fait à Brumeval, le 4 octobre 2024"""
    assert outline(act) == []


@pytest.mark.parametrize("mark", ["# ", ""])
def test_letters_below_roman_numbers(mark: str) -> None:
    heads = ["I – Objet", "II – Montant", "II.A – Part fixe", "II.B – Part variable", "III – Durée"]
    text = "\n".join(f"{mark}{head}\n{FILLER}" for head in heads)
    found = outline(f"{SIGNED_ACT}\n{text}\nFait à Brumeval, le 4 octobre 2024")
    assert [n for n, _ in found] == ["I", "II", "II.A", "II.B", "III"]


def test_the_word_may_be_cut_short() -> None:
    act = f"# Art 1 : Objet\n{FILLER}# Art. 2 : Montant\n{FILLER}# ART 3 : Durée\n{FILLER}"
    assert outline(act) == [("1", "Objet"), ("2", "Montant"), ("3", "Durée")]


def test_numbers_with_a_hyphen() -> None:
    act = f"# Article 2 : Engagements\n{FILLER}# 2-1 De la Ville\n{FILLER}# 2-2 De l'État\n{FILLER}"
    assert [n for n, _ in outline(act)] == ["2", "2.1", "2.2"]


def test_the_heading_of_a_group_is_no_text_of_the_article_above() -> None:
    first, second = articles_of(
        "# Article 1 – Objet\nLa convention soutient le plan.\n\n# TITRE II – DISPOSITIONS\n"
        "# FINANCIÈRES\n\n# Article 2 – Dépenses\nLa dépense est celle du\nTitre II du budget."
    )
    assert first.text == "La convention soutient le plan."
    assert second.text == "La dépense est celle du Titre II du budget."


def test_signatures_on_a_screen_end_the_act() -> None:
    (article,) = articles_of(
        "# Article 1 – Objet\nLa convention soutient le plan.\n\n"
        "Signé électroniquement par : Anne Le Bras\nDate de signature : 16/11/2023"
    )
    assert article.text == "La convention soutient le plan."


def test_a_title_below_its_article() -> None:
    act = f"ARTICLE 1\nObjet et champ\n{FILLER}\nARTICLE 2\nDurée\n{FILLER}\nARTICLE 3\n{FILLER}"
    assert outline(act) == [("1", "Objet et champ"), ("2", "Durée"), ("3", "")]


def set_line(text: str, row: int, bold: bool = False) -> Line:
    """A line of words, `row` from the top of its page, sixty rows a page."""
    words, x, y = [], 70.0, 30 + 13 * (row % 60)
    for word in text.split():
        words.append(Word(word, Box(x, y - 9, x + 5 * len(word), y + 2), y, 11, bold))
        x += 5 * len(word) + 3
    return Line(tuple(words), 1 + row // 60)


PATTERNS = st.sampled_from(
    ["ARTICLE {} – {}", "Article {} : {}", "ARTICLE {}. {}", "Art. {} - {}", "Article n° {} {}"]
)
TITLES = st.sampled_from(
    ["Objet", "DURÉE DE LA CONVENTION", "Coût de l'action", "L'État", "Évaluation 2031-2033"]
)


@settings(max_examples=100)
@given(PATTERNS, st.lists(st.tuples(TITLES, st.integers(0, 3)), min_size=2, max_size=9), st.data())
def test_any_outline_is_read_as_numbered(
    pattern: str, outline: list[tuple[str, int]], data: st.DataObject
) -> None:
    lines, expected = [], []
    between = data.draw(st.integers(2, 9))
    for number, (title, parts) in enumerate(outline, 1):
        numbers = [str(number), *(f"{number}.{part}" for part in range(1, parts + 1))]
        for one in numbers:
            text = pattern.format(one, title) if one == str(number) else f"{one} {title}"
            lines.append((text, True))
            lines += [
                ("Les parties conviennent de mettre en œuvre le plan du territoire.", False)
            ] * (between)
            expected.append((one, title))
    read = [set_line(text, row, bold) for row, (text, bold) in enumerate(lines)]
    found = read_articles(read, Vocabulary.of(line.text for line in read))
    assert [(a.number, a.title) for a in found] == expected
    assert all(a.text.count("conviennent") == between for a in found)


PIECES = st.sampled_from(
    [
        "ARTICLE",
        "Article",
        "1",
        "2.1",
        "II",
        "1er",
        "bis",
        "–",
        ":",
        "Annexe",
        "OBJET",
        "a)",
        "le",
        "plan",
        "PRÉAMBULE",
        "Fait à Brest",
        "....",
        "5 000 €",
        "Sommaire",
        "Pour l'État",
        "« titre »",
    ]
)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.lists(PIECES, min_size=1, max_size=6), st.booleans()), max_size=30))
def test_any_lines_make_articles_with_numbers_of_their_own(
    drawn: list[tuple[list[str], bool]],
) -> None:
    lines = [set_line(" ".join(words), row, bold) for row, (words, bold) in enumerate(drawn)]
    vocabulary = Vocabulary.of(line.text for line in lines)
    articles = read_articles(lines, vocabulary)
    numbers = [a.number for a in articles]
    assert len(numbers) == len(set(numbers)) and all(numbers)
    assert {a.parent_number for a in articles} <= {None, *numbers}
    assert all(1 <= a.page_first <= a.page_last <= 1 + len(lines) // 60 for a in articles)
    printed = {word for line in lines for word in line.text.split()}
    said = {word for a in articles for word in f"{a.title} {a.text}".split()}
    assert said <= printed | {"-"}
    annex_headings(lines, vocabulary)


def test_figures_one_below_the_other_are_no_one_number() -> None:
    (article,) = articles_of("# Article 1 – Objet\nLe plan en chiffres :\n3\n463 000 €\n")
    assert article.text.splitlines()[-1] == "463 000 €"


@pytest.mark.parametrize("mark", list("•➔➲"))
def test_items_of_a_list_keep_their_lines(mark: str) -> None:
    items = (
        f"{mark} Axe 1 : observation - coordination - formation",
        f"{mark} Axe 2 : sécurisation - fluidité des parcours résidentiels",
    )
    page = "Article 1 – Objet\nLe plan a pour axes :\n" + "\n".join(items)
    (article,) = articles_of(page)
    assert article.text.split("\n")[1:] == list(items)
