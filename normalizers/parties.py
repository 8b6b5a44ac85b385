"""Parties to an act: organisations without article, people without civility or office."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from normalizers.terms import ARTICLE

CIVILITY = re.compile(
    r"(?:\b(?:M\.|MM\.|Mme|Mmes|Mr|Monsieur|Madame|Messieurs|Mesdames|Mlle|Maître|Dr|Docteur)\s+)+"
    r"(?:et\s+)?",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"\b(?:pr[ée]f[eè]te?s?|sous-pr[ée]f[eè]te?|pr[ée]sidente?|vice-pr[ée]sidente?|maire|adjointe?|"
    r"directeur|directrice|secr[ée]taire|ministre|d[ée]l[ée]gu[ée]e?|conseill[eè]re?|chef|cheffe|"
    r"commissaire|recteur|rectrice|administrateur|administratrice|g[ée]rante?|responsable)\b",
    re.IGNORECASE,
)
# Le Havre Seine Métropole · LE MANS MÉTROPOLE, and not Le Département
OF_ITS_NAME = re.compile(
    r"(?:L(?:e|a|es)|L(?:E|A|ES)(?=\s[^,;]+\s(?:M[ÉE]TROPOLE|AGGLO(?:M[ÉE]RATION)?|COMMUNAUT[ÉE])\b))"
    r"\s(?!(?i:m[ée]tropole|euro|commun|d[ée]partement|r[ée]gion|ville|collectivit|conseil"
    r"|agglom|mairie|centre|caisse|pr[ée]f|direct|minist|[ée]tablis|associat|fondat|syndic|soci[ée]t"
    r"|office|agence|union|p[ôo]le|groupement|parc|sivom|ccas|ca[ft]?\b|siao))[A-ZÀ-Ý]"
)
STATE = re.compile(
    r"(?:l['’])?\s*[EÉ]tat\b|(?:le|la)?\s*pr[ée]f[eè](?:te?|cture)\b|(?:le\s+)?minist"
    r"|(?:la\s+)?(?:dihal\b|d[ée]l[ée]gation\s+interminist)"
    r"|(?:la\s+)?(?:direction\s+(?:r[ée]gionale|d[ée]partementale|interminist)|d[rd]?eets\b)"
    r"|l['’]administration\b(?!\s(?:d[ue]s?|g[ée]n[ée]rale|p[ée]nitentiaire)\b)"
    r"|.*\brepr[ée]sentant\s+l['’][EÉ]tat\b",
    re.IGNORECASE | re.DOTALL,
)
REPRESENTED = re.compile(
    r"\s*,?\s*(?:(?:dûment|dument|valablement|ici)\s+)?repr[ée]sent[ée]e?s?\s*,?\s*"
    r"(?:(?:aux fins des présentes|à l['’]effet des présentes)\s*,?\s*)?par\s*:?\s+"
    r"|\s*,?\s*ayant\s+pour\s+représentante?s?\s*:?\s+"
    r"|\s*,?\s*(?:prise?s?\s+)?en\s+la\s+personne\s+de\s+"
    r"|\s*,?\s*dont\s+l[ae]\s+représentante?\s+est\s+"
    r"|\s*,?\s*agissant\s+(?:poursuites\s+et\s+diligences\s+de|par\s+l['’]intermédiaire\s+de"
    r"|par(?=\s(?:son|sa|le|la|M\w*)\b))\s+",
    re.IGNORECASE,
)
# représenté par la préfecture de l'Yonne en la personne de M. Luc Roy, préfet
IN_PERSON = re.compile(r"^(?:la|le)\s[^,;]{3,80}?\s*,?\s+en\s+la\s+personne\s+d[eu]\s+(?=M|le|la)")
# Le préfet du Torvan, agissant au nom et pour le compte de l'État, M. Luc Roy
FOR_THE_STATE = re.compile(
    r"\s*,?\s*agissant\s(?:au nom|pour le compte)(?:\set\s(?:au nom|pour le compte))?"
    r"\sde\sl['’][EÉ]tat(?=\s*,)",
    re.IGNORECASE,
)
# Monsieur le Maire du Mans, Stéphane LE FOLL, représentant la Ville du Mans
REPRESENTING = re.compile(
    r"(?P<person>[^;]{3,120}?)\s*,?\s(?:agissant (?:au nom|pour le compte) de|représentant)\s"
    r"(?P<organisation>(?:la\s|le\s|l['’])[^,;]{3,120})",
    re.IGNORECASE,
)
# et, pour la Métropole de Saint-Orme, M. Luc ROY, président
ON_BEHALF = re.compile(
    r"(?i:pour)\s(?P<organisation>(?:l['’]|la\s|le\s)[^,;]{2,120}?)\s*,\s+"
    r"(?P<person>(?:M\.|Mme|Monsieur|Madame)\s.+)",
    re.DOTALL,
)
TAIL = re.compile(
    r"\s*,?\s*(?:\(?\s*(?:(?:conjoint|collectiv|solidair)ement\s|ensemble\s)?"
    r"(?:ci-après|ci après)\b|(?:(?:conjoint|collectiv)ement|ensemble)\s+d[ée](?:nomm|sign)"
    r"|et\s*,?\s+pour\s+(?:la\s|le\s|l['’])|sous\s+l['’]autorité\b|ou\s+son\s+représentant\b|et\s+son\s+(?:centre|C[CI]AS)\b"
    r"|et\s+d[ée]sign[ée]e?s?\b|d[ée]sign[ée]e?s?\s|"
    r"d[ée]nomm[ée]e?s?\b|d['’]une\s+part\b|d['’]autre\s+part\b|"
    r"de\s+(?:première|premiere|seconde|deuxième|deuxieme|troisième|troisieme|quatrième)\s+part\b|d[ûu]ment\b|habilit[ée]e?\b|"
    r"agissant\b(?!\sen\s(?:sa\s)?qualité)|en\s+vertu\b|autoris[ée]e?\b|par\s+d[ée]lib[ée]ration\b|en\s+application\b|"
    r"\(?\s*(?:N°\s*)?SIRET|\(\s*d[ée]lib[ée]ration\b)",
    re.IGNORECASE,
)
# La Ville de Limoges et son centre communal d'action sociale
ITS_CCAS = re.compile(r"\bet\sson\s(?:centre\scommunal\b|CCAS\b)", re.IGNORECASE)
CITY = re.compile(r"(?:ville|commune)\s(?P<of>(?:de\s|d['’]|du\s|des\s).+)", re.IGNORECASE)
# Centre communal d'action sociale (CCAS) de Limoges
INNER_SIGLE = re.compile(r"\s*\([A-Z][\w .-]{1,20}\)(?=\s+(?:d[eu]s?\s|d['’]))")
BY = re.compile(
    r"^(?:et\s+)?par\s+(?=(?:M\.|Mme|Monsieur|Madame)\s)"
)  # …, par délégation, par M. X
# …, préfète de l'Orne, par délégation, la directrice : who signs for her
FOR_ANOTHER = re.compile(r"(?:et\s+)?par\s+(?:délégation\b|(?:M\.|Mme|Monsieur|Madame|le|la)\s)")
# représenté par M. X, délégué interministériel, et par Mme la préfète, Mme Y ·
# représenté par Mme X, préfète de l'Orne, et M. Y, préfet du Perche ·
# représenté par : - Mme X, préfète, - M. Y, préfet
ALSO_BY = re.compile(
    r"\s*,?\s+et\s+(?:également\s+)?par\s+(?=(?:M\.|Mme|Monsieur|Madame|le|la)\s)"
    r"|(?:\s*,?\s+et|\s*[,;]\s*[-–—•])\s+"
    r"(?=(?:s(?:on|a)\s[\w'’-]+(?:\s[\w'’-]+){0,3}\s)?(?:M\.|Mme|Monsieur|Madame)\s)"
)
# M. Kévin PRADEAU en qualité de président
PARTS = re.compile(
    r"\s*,\s*|\s+[–—-]\s+|\s*\n\s*|(?<!agissant)\s+(?=(?:agissant )?en (?:sa )?qualité d)"
)
PARTICLE = r"(?:d[eu]s?|la|le|van|von|el|ben|d['’])"
NAME = re.compile(rf"[A-ZÀ-Ý][\w'’.-]*(?:\s+(?:{PARTICLE}\s*)*[A-ZÀ-Ý][\w'’.-]*)+", re.UNICODE)
# what the name of a body says it is
LOCAL = (
    r"(?:communauté|métropole|département|collectivité|commune|ville|région|syndicat|agglomération"
    r"|établissement|association|centre|groupement|caisse|office|chambre|pôle|fondation|agence)\b"
)
BODY = re.compile(rf"\b(?:euro)?{LOCAL}|\b(?:agglo|conseil|CCAS)\b", re.IGNORECASE)
# Mme la Préfète Agnès Laborde : no place follows this office without « de »
PREFECT = re.compile(r"(?:(?:le|la)\s+)?pr[ée]f[eè]te?$", re.IGNORECASE)
# Monsieur le haut-commissaire Évrard LACAZE: an office, then a name in capitals
OFFICE_THEN_NAME = re.compile(
    rf"(?P<office>(?:(?:le|la|son|sa)\s+)?(?:[\w-]+-)?{OFFICE.pattern})\s+"
    rf"(?!{PARTICLE}\s)(?P<name>{NAME.pattern})$",
    re.IGNORECASE,
)
# préfète de la Drôme Sophie ROY · préfet de la région Grand Est préfet du Bas-Rhin Luc ROY: a place
# of one word, a first name, a name in capitals
PLACE_THEN_NAME = re.compile(
    rf"(?P<office>(?i:{OFFICE.pattern}).*\b(?:d[eu]s?|la|région|département|d['’]|l['’])\s?"
    r"[A-ZÀ-Ý][\w]*(?:-[\w]+)*)\s"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)*(?:\s[A-ZÀ-Ý][A-ZÀ-Ý'’-]+)+)"
)
# Département de la Vézelle – Hôtel du Département, 61000 Vézelle
ADDRESS = (
    r"\s+[–—-]\s+"
    r"(?=(?i:h[ôo]tel\sd|si[èe]ge|place\s|rue\s|avenue\s|boulevard\s|bp\s?\d|cs\s?\d|\d))"
)
# Entre les soussignés : · Et : · - · 1)
LEAD = re.compile(
    r"^\s*(?:(?:Et|ET|et|Entre|ENTRE)\b(?i:\s*les (?:parties )?soussignée?s)?\s*[:,]?\s*"
    r"|[-–—•]\s*|\d\s*[.)°]\s*)*"
)
QUOTATION = re.compile(r"[«»“”\"]")
# ci-après dénommé « le bénéficiaire »
CALLED_BENEFICIARY = re.compile(
    r"\bci-après\b[^«“\"]{0,40}[«“\"]\s?(?:l[ae]\s)?bénéficiaire\s?[»”\"]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Person:
    """A representative: name without civility, None where only the office stands; office."""

    name: str | None
    office: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """A party: organisation without article, its representative, and whether it is the State."""

    organisation: str
    representative: str | None
    office: str | None
    kind: Literal["state", "other"]


def read_person(text: str) -> Person:
    """'Madame Martine VASSAL, Présidente de …' → name and office; an office alone has no name."""
    name, offices = None, []
    for part in PARTS.split(_trimmed(text)):
        if name and FOR_ANOTHER.match(part):
            break
        part = BY.sub("", part)
        bare = CIVILITY.sub("", part).strip()
        told = OFFICE.search(bare.split(" de ")[0]) or BODY.search(bare)
        if name is None and not told and NAME.fullmatch(bare):
            name = bare
            continue
        titled = OFFICE_THEN_NAME.match(bare) if name is None else None
        if titled and NAME.fullmatch(titled["name"]) and _ends_with_a_name(titled):
            name = titled["name"]
            offices.append(titled["office"])
            continue
        placed = PLACE_THEN_NAME.search(bare) if name is None else None
        if placed and placed.end() == len(bare):
            name = placed["name"]
            offices.append(bare[: placed.start("name")].strip())
            continue
        before = OFFICE.search(bare)
        inline = re.search(rf"{CIVILITY.pattern}(?P<name>{NAME.pattern})$", part, re.IGNORECASE)
        if name is None and before and inline and NAME.fullmatch(inline["name"]):
            name = inline["name"] if not OFFICE.search(inline["name"]) else None
            part = part[: inline.start()] if name else part
        if part.strip() not in ("", "et"):
            offices.append(CIVILITY.sub("", part, count=1).strip())
    office = ", ".join(o for o in offices if o)
    office = re.sub(
        r"^(?:le|la|son|sa|(?:agissant )?en (?:sa )?qualité de)\s+", "", office, flags=re.IGNORECASE
    )
    return Person(name, office or None)


def _ends_with_a_name(titled: re.Match[str]) -> bool:
    """Is what follows an office a name, by its capitals or for want of 'de': 'préfète A. Roy'?"""
    last = titled["name"].split()[-1]
    return last.isupper() or PREFECT.match(titled["office"]) is not None


def read_party(text: str) -> Party | None:
    """The party that a paragraph of an act introduces: 'La Métropole X, représentée par …'.

    None where the text names no organisation.
    """
    head, tail = _introduced(text)
    if not tail and not STATE.match(head) and not TAIL.search(head):
        return None
    return _party(head, tail)


def named_party(text: str) -> Party | None:
    """The party that `text` introduces, or names alone: 'Département de l'Orne – Hôtel du …'."""
    return _party(*_introduced(text))


def _introduced(text: str) -> tuple[str, list[str]]:
    """Who a paragraph introduces, and, where it says so, who represents it."""
    text = LEAD.sub("", text)
    text = re.sub(r"^d['’](?:une|autre) part\s*,?\s*", "", text, flags=re.IGNORECASE).strip()
    if behalf := ON_BEHALF.match(text):
        return behalf["organisation"], [behalf["person"]]
    head, *tail = REPRESENTED.split(text, maxsplit=1)
    if not tail and CIVILITY.match(head) and (acting := REPRESENTING.match(head)):
        head, tail = acting["organisation"], [acting["person"]]
    if not tail and STATE.match(CIVILITY.sub("", head)):
        head = CIVILITY.sub("", head)
    return head, tail


def _party(head: str, tail: Sequence[str]) -> Party | None:
    organisation = clean_organisation(
        re.split(rf"\s*,\s|\s+\(|\s+sise?\b|{ADDRESS}", INNER_SIGLE.sub("", _trimmed(head)))[0]
    )
    if not organisation:
        return None
    # another party may follow, in lines that nothing sets apart: its person is not this one's
    said = ALSO_BY.split(LEAD.sub("", IN_PERSON.split(tail[0])[-1]))[0] if tail else ""
    person = read_person(REPRESENTED.split(said)[0]) if said else Person(None, None)
    if STATE.match(head):
        if not tail:
            person = read_person(FOR_THE_STATE.sub("", head))
        return Party("État", person.name, person.office, "state")
    return Party(organisation, person.name, person.office, "other")


def parties_of(text: str) -> list[Party]:
    """The party that a paragraph introduces or names, again by each further person who represents
    it, and a city's CCAS: 'la Ville de Sens et son CCAS'."""
    party = named_party(text)
    if party is None:
        return []
    _, tail = _introduced(text)
    others = [read_person(said) for said in ALSO_BY.split(_trimmed(" ".join(tail)))[1:]]
    city = CITY.match(party.organisation) if ITS_CCAS.search(text) else None
    return [
        party,
        *(replace(party, representative=p.name, office=p.office) for p in others if p.name),
        *([replace(party, organisation=f"CCAS {city['of']}")] if city else []),
    ]


def organisations_of(text: str) -> list[str]:
    """The organisations of the party that a paragraph introduces: a city, 'et son CCAS'."""
    introduced = parties_of(text) if read_party(text) else []
    return list(dict.fromkeys(party.organisation for party in introduced))


def is_called_beneficiary(text: str) -> bool:
    """Does a paragraph that introduces a party call it « le bénéficiaire »?"""
    return CALLED_BENEFICIARY.search(text) is not None


# Quimerc'h Communauté Communauté d'agglomération – SIRET : its form on a line of its own
ITS_KIND = re.compile(
    r"(?:\s+(?:communauté (?:urbaine|d['’]agglomération|de communes)|métropole|EPCI"
    r"|établissement public\b[^–—-]{0,60}?|collectivité (?:territoriale|unique)|commune))?"
    r"\s*[–—-]+$",
    re.IGNORECASE,
)


def clean_organisation(text: str) -> str:
    """'La Métropole Aix-Marseille-Provence' → 'Métropole Aix-Marseille-Provence'."""
    name = " ".join(QUOTATION.sub(" ", text).split()).strip(" ,;:.")
    name = ITS_KIND.sub("", name)
    bare = name if OF_ITS_NAME.match(name) else ARTICLE.sub("", name)
    return bare[:1].upper() + bare[1:]


def read_siret(text: str) -> str | None:
    """The 14 digits of a SIRET that blanks or dots may space; None where there are not 14."""
    match = re.search(r"(?<!\d)(?:\d[\s\u00a0.]?){13}\d(?!\d)", text)
    return re.sub(r"\D", "", match[0]) if match else None


def _trimmed(text: str) -> str:
    """`text` up to what follows a party's name: 'ci-après dénommée', 'd'une part'."""
    match = TAIL.search(text)
    return (text[: match.start()] if match else text).strip(" ,;.")
