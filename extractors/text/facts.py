"""What the prose states about the act itself: title, parties, dates, references, budget line.

Values are the document's words, cleaned where the contract asks for it (a person without civility,
an organisation without article); an IBAN or RIB is masked from the start.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from extractors.pages.page import Line
from extractors.text.accounts import read_bank, read_budget, siret_of_act
from extractors.text.annexes import AnnexHeading
from extractors.text.dates import dates_of_act
from extractors.text.deliberations import read_deliberation
from extractors.text.parties import read_contact, read_grantee, read_grantor, read_parties
from extractors.text.passages import Passage
from extractors.text.terms import exercise_of_act, term_from_signature, term_of_act
from extractors.text.title import (
    above_title,
    names_one_exercise,
    read_title,
    title_facts,
    titled_exercise,
)
from normalizers.words import Vocabulary
from pipeline.extracted import Fact, PlacedText


def read_facts(
    lines: Sequence[Line],
    furniture: Sequence[PlacedText],
    annexes: Sequence[AnnexHeading],
    vocabulary: Vocabulary,
) -> list[Fact]:
    """The facts that the prose of a document states, in the order of the contract.

    `party.<role>` facts hold the paragraph that introduces the party; the columns drawn from them
    (`beneficiary`, `state_representative`…) are given beside.
    """
    title, title_lines = read_title(lines, vocabulary)
    whole = Passage.of(lines, vocabulary)
    facts: list[Fact] = []
    if title:
        facts += title_facts(title, title_lines)
        facts += above_title(lines, title_lines)
    titled = {f.name: f.value for f in facts}
    term = term_of_act(Passage.of([x for x in lines if x not in title_lines], vocabulary))
    if "period_start" not in titled or names_one_exercise(title) or _prolongs(term, titled):
        facts = [f for f in facts if f.name not in {t.name for t in term}] + term
    facts += read_parties(lines, vocabulary)
    facts += read_contact(lines, {f.name for f in facts})
    if not any(f.name == "beneficiary" or f.name.startswith("party.") for f in facts):
        facts += read_grantor(lines) + read_grantee(whole)
    facts += read_deliberation(whole)
    facts += dates_of_act(lines, furniture)
    told = {f.name: f.value for f in facts}
    if "period_start" not in told and "signed_on" in told:
        begun = term_from_signature(whole, date.fromisoformat(told["signed_on"]))
        facts = [f for f in facts if f.name not in {b.name for b in begun}] + begun
    facts += read_budget(whole)
    facts += read_bank(whole)
    facts += siret_of_act(whole, facts)
    exercise = exercise_of_act(annexes, whole, facts)
    facts += _later(exercise, titled_exercise(title, title_lines))
    return facts


def _prolongs(term: Sequence[Fact], titled: Mapping[str, str]) -> bool:
    """Does the act hold for longer than its title says, from the same year on? An avenant that
    prolongs the convention 2021-2023 to 2025 keeps its name."""
    held = {f.name: f.value for f in term}
    same_start = held.get("period_start") in (titled.get("period_start"), None)
    return same_start and held.get("period_end", "") > titled.get("period_end", "")


def _later(told: list[Fact], titled: list[Fact]) -> list[Fact]:
    """The exercise that is `told`, unless the one in the title begins after it: an act of 2024 that
    only names what was left of 2023."""
    ends_before = told and titled and told[0].value[-4:] < titled[0].value[:4]
    return titled if ends_before or not told else told
