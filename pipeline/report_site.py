"""The folder of the report: what its pages show, and the files written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.report_content import Content
from pipeline.report_places import Places
from pipeline.report_wording import (
    both,
    lineage_href,
    of_severity,
    quoted,
    unbroken,
    word,
)
from pipeline.store import write_text
from pipeline.wording import euros, short, words


class Site:
    """One run: what its pages show, and the files written."""

    def __init__(self, content: Content, places: Places, out_dir: Path) -> None:
        self.content = content
        self.places = places
        self.out_dir = out_dir
        self.written: list[str] = []
        self.environment = Environment(
            loader=PackageLoader("pipeline"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters |= {
            "euros": euros,
            "short": short,
            "unbroken": unbroken,
            "quoted": quoted,
        }
        self.environment.globals |= {
            "t": both,
            "word": word,
            "words": words,
            "lineage_href": lineage_href,
            "of_severity": of_severity,
        }

    def text(self, name: str, text: str) -> None:
        write_text(text, self.out_dir / name)
        self.written.append(name)

    def page(
        self, name: str, template: str, trail: Sequence[tuple[str, str]], **values: Any
    ) -> None:
        root = "../" * name.count("/")
        rendered = self.environment.get_template(template).render(root=root, trail=trail, **values)
        self.text(name, rendered)
