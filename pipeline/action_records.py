"""The actions that the tables and articles of a document state → their records."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain, count

from normalizers.actions.action_rows import ActionRow, numbered
from normalizers.actions.annexes import BoldMeaning
from normalizers.actions.headings import Column
from normalizers.actions.miscounted import IN_DOUBT, READ_AS
from normalizers.actions.parts import Part, Statement, heading_above
from normalizers.actions.proved import is_illegible, proved_by_totals
from normalizers.actions.registry import read_parts, unallocated
from normalizers.actions.statements import StatedAction, merge
from normalizers.actions.yearly import yearly_exercises
from normalizers.checkboxes import chosen
from normalizers.funders import Funders
from normalizers.links.correspondence import ends_in_tables, formerly, said_in_tables
from normalizers.links.mentions import Said, mentions
from normalizers.links.prose import said_in_prose, said_on_condition
from normalizers.organisations import Directory
from normalizers.references import reference_key
from normalizers.statuses import is_status_alone, read_status
from normalizers.themes import deciding_terms, expense_category_of, theme_of
from pipeline.extracted import ExtractedCell, ExtractedDocument, Place, fact_of
from pipeline.models import (
    Action,
    ActionPilot,
    Funding,
    Mention,
    Organisation,
    OrganisationAlias,
    StatedAmount,
    StatedFate,
)
from pipeline.records import DOUBTS, Knowledge, Records
from pipeline.table_records import table_id_of
from pipeline.wording import article_called, euros, short

KEPT = ("renewed", "in_progress")
SHOWN_LABEL = 80  # characters


@dataclass(frozen=True)
class ActionReader:
    """Turns what one document says of actions into records."""

    source: ExtractedDocument
    columns: Sequence[Sequence[Column]]
    exercise: str | None
    territory_id: str | None
    directory: Directory
    knowledge: Knowledge
    records: Records

    def read(self) -> None:
        """Add the actions of the tables, and what the articles say of them."""
        self._actions()
        self._kept()
        self._said_in_prose()

    def _actions(self) -> None:
        """Add the actions that the tables state, each once an exercise however often stated."""
        own = self.exercise
        past = next((e for c in self.columns if (e := yearly_exercises(c, own))), [])
        granted: dict[str | None, set[Decimal]] = defaultdict(set)
        for stated in self.records.of(StatedAmount):
            if stated.kind == "grant":
                granted[stated.exercise].add(stated.amount_eur)
        parts = [
            Part(
                table,
                columns,
                heading_above(table, self.source.articles),
                own,
                past,
                self.knowledge.vocabulary,
                self.knowledge.table_kinds,
                Funders(self.directory.name, self.knowledge.vocabulary.money),
                granted,
            )
            for table, columns in zip(self.source.tables, self.columns, strict=True)
        ]
        bold_is_own = BoldMeaning.of(a.text for a in self.source.articles)
        taken: set[str] = set()
        stated = read_parts(parts)
        apart = unallocated(stated, parts)
        for one in apart:
            self._unallocated(one)
        own_rows = [one for one in stated if one not in apart]
        actions = merge(own_rows, self.knowledge.vocabulary.money)
        run_together = self._paid_by_a_status(actions)
        for action in actions:
            table, row = action.table, action.row
            place = row.index or reference_key(row.texts.get("reference"))
            names = [f"{table.annex}-{place}"] if table.annex else []
            names += [f"t{table.position}-{place}", f"t{table.position}-{place}-{action.exercise}"]
            more = (f"{names[-1]}-{k}" for k in count(2))
            name = next(n for n in chain(names, more) if n not in taken)
            taken.add(name)
            action_id = f"{self.source.document_id}:{name}"
            self._action(action_id, action, bold_is_own)
            self._doubt_columns(action_id, action, run_together)
            same = [str(a.exercise) for a in actions if _is_same_row(a, action)]
            self._said_beside(action_id, action, sorted(same))

    def _unallocated(self, one: Statement) -> None:
        """Find the sums of a row that is no action ('Réserve'): no funding tells them."""
        sums = [s for s, _ in one.row.sums if s.amount]
        if not sums:
            return
        label = one.row.texts["label"]
        told = ", ".join(f"{euros(s.amount)} ({s.funder or 'financeur non précisé'})" for s in sums)
        self.records.find(
            "sum_unallocated",
            "warning",
            f"Page {one.row.page} : la ligne « {label} » n'est pas une action ; sa somme"
            f" n'est affectée à aucune : {told}.",
            page=one.row.page,
            observed=told,
        )

    def _paid_by_a_status(self, actions: Sequence[StatedAction]) -> dict[tuple[int, int], str]:
        """The columns of scanned tables in which a status ('Engagée') stands as who pays, and that
        status: they are several columns, read as one."""
        return {
            (action.table.position, cell.column): one.funder
            for action in actions
            for one, cell in action.row.sums
            if cell.confidence is not None
            and one.funder
            and is_status_alone(one.funder, self.knowledge.vocabulary.statuses)
            and self.directory.one(one.funder) is None
        }

    def _action(self, action_id: str, action: StatedAction, bold_is_own: BoldMeaning) -> None:
        table, exercise, row = action.table, action.exercise, action.row
        texts = row.texts
        subject = [texts.get(f) for f in ("label", "objective", "description")]
        theme = theme_of(subject, self.knowledge.themes)
        category = expense_category_of(subject, self.knowledge.categories)
        status_raw = texts.get("status")
        self.records.add(
            Action(
                action_id=action_id,
                document_id=self.source.document_id,
                territory_id=self.territory_id,
                exercise=exercise,
                table_id=table_id_of(self.source.document_id, table),
                row_index=row.index,
                reference=texts.get("reference"),
                reference_key=reference_key(texts.get("reference")) or None,
                funded=row.funded,
                pilot_raw=texts.get("pilot"),
                label=texts.get("label"),
                objective=texts.get("objective"),
                description=texts.get("description"),
                indicators=texts.get("indicators"),
                status_raw=status_raw,
                status=read_status(status_raw, self.knowledge.vocabulary.statuses),
                comment=texts.get("comment"),
                expense_category=category,
                theme=theme,
                classified_by=self._classified_by(subject, theme, category),
                section=row.section,
                run_by_beneficiary=row.bold if bold_is_own.holds_in(table.annex) else None,
                other=json.dumps(row.other, ensure_ascii=False) if row.other else None,
                page=row.page,
            )
        )
        self._pilots(action_id, texts.get("pilot"), row.page)
        self._funding(action_id, exercise, row)
        said = [(one, page) for text, page in action.said for one in mentions(text)]
        for one, page in dict.fromkeys(said):
            self._mention(action_id, one, page)
        self._doubts(action_id, action)
        self._differences(action_id, action)

    def _doubts(self, action_id: str, action: StatedAction) -> None:
        """Tell where the reference of `action`, on a scanned page, is not what was read, or in
        doubt."""
        label = short(action.row.texts.get("label"), SHOWN_LABEL)
        if READ_AS in action.row.texts:
            read, meant = action.row.texts[READ_AS], action.row.texts["reference"]
            self.records.find(
                "reference_restored",
                "info",
                f"L'action « {label} » : sa référence, lue « {read} » sur cette page numérisée,"
                f" est « {meant} » d'après celles qui l'entourent.",
                action_id=action_id,
                page=action.row.page,
                expected=meant,
                observed=read,
            )
        if doubted := action.row.texts.get(IN_DOUBT):
            self.records.find(
                "reference_doubtful",
                "warning",
                f"L'action « {label} » : sa référence, lue « {doubted} » sur cette page numérisée,"
                " l'est avec doute, et celles qui l'entourent ne la confirment pas : vérifiez-la.",
                action_id=action_id,
                page=action.row.page,
                observed=doubted,
            )

    def _differences(self, action_id: str, action: StatedAction) -> None:
        """Find what the document states otherwise of `action` elsewhere: its name, its sums."""
        label = short(action.row.texts.get("label"), SHOWN_LABEL)
        for other, page in action.other_labels:
            self.records.find(
                "labels_differ",
                "info",
                f"L'action « {label} » est nommée « {other} » page {page}, sous le même"
                " numéro : une seule action est retenue.",
                action_id=action_id,
                page=page,
                expected=label,
                observed=other,
            )
        for conflict in action.conflicts:
            expected, observed = (
                euros(s) if s else "aucune somme" for s in (conflict.expected, conflict.observed)
            )
            states = "énonce" if conflict.expected else "n'énonce"
            self.records.find(
                "statements_differ",
                "warning",
                f"L'action « {label} » ({action.exercise}) :"
                f" « {conflict.quote} » (p. {conflict.page}) ne s'accorde pas avec la page"
                f" {action.row.page}, qui {states} {expected}.",
                action_id=action_id,
                page=conflict.page,
                expected=expected,
                observed=observed,
            )

    def _said_beside(self, action_id: str, action: StatedAction, exercises: Sequence[str]) -> None:
        """Add what the columns without a field say of where `action` comes from, and what it
        becomes: once, of the first and of the last of the `exercises` that its row states."""
        other = action.row.other
        told = [x for text in other.values() for x in mentions(text) if x.reference or x.name]
        known = {m.reference or m.name for text, _ in action.said for m in mentions(text)}
        ends: dict[str, str] = {"comes_from": exercises[0], "becomes": exercises[-1]}
        before = formerly(other, exercises[0])
        said = {(x.kind, reference_key(x.reference), x.name): x for x in (*before, *told)}
        for one in said.values():
            if (
                ends.get(one.kind) == str(action.exercise)
                and (one.reference or one.name) not in known
            ):
                self._mention(action_id, one, action.row.page)

    def _mention(self, action_id: str, one: Said, page: int) -> None:
        self.records.add(Mention(action_id=action_id, page=page, **asdict(one)))

    def _kept(self) -> None:
        """Add that an action of the year before goes on under its number, where the table that
        keeps it ('Maintenue') tells the new number of others ('Renumérotée 2.3')."""
        by_table: dict[str | None, list[Action]] = defaultdict(list)
        for action in self.records.of(Action):
            if self.exercise and action.exercise and action.exercise[:4] < self.exercise[:4]:
                by_table[action.table_id].append(action)
        told = {m.action_id for m in self.records.of(Mention)}
        renumbered = {m.action_id for m in self.records.of(Mention) if m.reference}
        cells = {
            (table_id_of(self.source.document_id, table), line.index): line.row.cells
            for table in self.source.tables
            for line in numbered(table)
        }
        for listed in by_table.values():
            if not any(a.action_id in renumbered for a in listed):
                continue
            for action in listed:
                row = cells.get((action.table_id or "", action.row_index or 0), ())
                stated = any(cell.text.strip() == action.status_raw for cell in row)
                kept = stated and action.status in KEPT and action.action_id not in told
                if kept and action.reference_key:
                    said = Said("becomes", action.reference_key, action.status_raw or "")
                    self._mention(action.action_id, said, action.page)

    def _said_in_prose(self) -> None:
        """Add what articles say of actions; what they say of one that no table holds is found."""
        actions = self.records.of(Action)
        in_prose = said_in_prose(self.source.articles, actions, self.source.notes)
        for one in (*in_prose, *said_in_tables(self.source.tables, actions)):
            said = one.said
            if one.action is None:
                where = article_called(one.article) if one.article else f"Page {one.page}"
                self.records.find(
                    "said_of_no_action",
                    "info",
                    f"{where} : « {said.quote} » parle d'une action qu'aucun tableau"
                    " du document ne nomme ainsi.",
                    article_number=one.article,
                    page=one.page,
                )
                continue
            self._mention(one.action.action_id, said, one.page)
        for end, page in ends_in_tables(self.source.tables):
            self.records.add(
                StatedFate(
                    document_id=self.source.document_id,
                    article_number=None,
                    reference_key=reference_key(end.reference) or None,
                    name=end.name,
                    kept=False,
                    quote=end.quote,
                    page=page,
                )
            )
        for sentence, article, page in said_on_condition(self.source.articles):
            self.records.find(
                "said_on_condition",
                "info",
                f"{article_called(article)} : « {sentence} » n'est dit que sous condition :"
                " aucun lien n'en est tiré.",
                article_number=article,
                page=page,
            )

    def _classified_by(
        self, texts: Sequence[str | None], theme: str | None, category: str
    ) -> str | None:
        """By which terms the theme and the category were told."""
        told = {
            "theme": deciding_terms(texts, self.knowledge.themes, theme or ""),
            "expense_category": deciding_terms(texts, self.knowledge.categories, category),
        }
        found = {what: terms for what, terms in told.items() if terms}
        return json.dumps(found, ensure_ascii=False) if found else None

    def _pilots(self, action_id: str, pilot: str | None, page: int) -> None:
        for organisation, written in self.directory.pilots(chosen(pilot or "")):
            territory_id = self.territory_id if organisation.local else None
            self.records.add(
                Organisation(
                    organisation_id=organisation.organisation_id,
                    name=organisation.name,
                    kind=organisation.kind,
                    territory_id=territory_id,
                ),
                OrganisationAlias(
                    alias=written,
                    territory_id=self.territory_id,
                    organisation_id=organisation.organisation_id,
                ),
                ActionPilot(action_id=action_id, organisation_id=organisation.organisation_id),
            )
            if organisation.kind is None:
                self.records.find(
                    "alias_unknown",
                    "info",
                    f"Le pilote « {written} » n'est rattaché à aucune organisation connue :"
                    " ajouter sa graphie aux données de référence.",
                    observed=written,
                )

    def _funding(self, action_id: str, exercise: str | None, row: ActionRow) -> None:
        recalls = fact_of(self.source.facts, "kind") == "report"  # which grants nothing itself
        pilot, money = row.texts.get("pilot", ""), self.knowledge.vocabulary.money
        for one, cell in row.sums:
            if recalls and one.stage == "granted":
                one = replace(one, stage="previous", exercise=one.exercise or exercise)
            box = cell.place.model_dump()
            own = None if one.stage == "previous" else exercise
            self.records.add(
                Funding(
                    action_id=action_id,
                    exercise=one.exercise or own,
                    funder=self.directory.payer(
                        one.funder, pilot, own=money.is_own(one.funder or "")
                    ),
                    stage=one.stage,
                    amount_eur=one.amount if self._is_sum(cell) else None,
                    raw=one.raw,
                    note=cell.note,
                    **box,
                )
            )
            if one.flag:
                self.records.find(
                    "figure_doubtful",
                    "warning",
                    f"La cellule « {one.raw} » {DOUBTS[one.flag]} : la somme reste à vérifier.",
                    action_id=action_id,
                    page=box["page"],
                    observed=one.raw,
                )

    def _doubt_columns(
        self, action_id: str, action: StatedAction, run_together: Mapping[tuple[int, int], str]
    ) -> None:
        """Find that the sums of `action` stand in columns that were `run_together`."""
        at = {(action.table.position, cell.column): cell for _, cell in action.row.sums}
        for column, cell in at.items():
            if status := run_together.get(column):
                text = " ".join(cell.text.split())
                self.records.find(
                    "figure_doubtful",
                    "warning",
                    f"La cellule « {text} » est d'une colonne numérisée où un état d'avancement"
                    f" (« {status} ») est lu comme financeur : des colonnes y sont sans doute lues"
                    " comme une seule. Les sommes et leurs financeurs restent à vérifier.",
                    action_id=action_id,
                    page=action.row.page,
                    observed=text,
                )

    def _is_sum(self, cell: ExtractedCell) -> bool:
        return not is_illegible(cell) or cell.place in self._proved

    @cached_property
    def _proved(self) -> frozenset[Place]:
        """Where sums stand that were hardly legible, and that a total proves."""
        return frozenset(p for table in self.source.tables for p in proved_by_totals(table))


def _is_same_row(one: StatedAction, other: StatedAction) -> bool:
    """Are they one row, of one exercise or of several?"""
    same_row = one.row.index is not None and one.row.index == other.row.index
    return one is other or (one.table is other.table and same_row)
