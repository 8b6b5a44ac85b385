"""What the page of a territory counts."""

from typing import Any

from pipeline.report_territories import _by_lineage, _last_statements


def action(action_id: str, document_id: str, ami: int, restated_in: str | None) -> dict[str, Any]:
    return {
        "action_id": action_id,
        "document_id": document_id,
        "lineage_id": "L",
        "exercise": "2024",
        "ami": ami,
        "amounts": [(ami, None, None)],
        "restated_in": restated_in,
    }


ACTIONS = [action("conv:1", "conv", 20, "av"), action("av:1", "av", 35, None)]


def test_money_stated_again_stands_once_beside_its_exercise() -> None:
    event = {
        "lineage_id": "L",
        "label": "Former",
        "exercise": "2024",
        "event": "new",
        "action_ids": ["av:1", "conv:1"],
    }
    (line,) = _by_lineage([event], {a["action_id"]: a for a in ACTIONS})
    assert line["years"]["2024"]["amounts"] == [(35, None, None)]


def test_a_link_of_a_statement_is_that_of_the_last_one() -> None:
    assert _last_statements(ACTIONS) == {"conv:1": "av:1"}
