"""Label Studio: documents with the reports found in them, for people to correct.

Offsets are code points, as Label Studio has stored them since its version 1.4.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import msgspec

from sijill.errors import UsageError
from sijill.lexicon.labels import load_labels
from sijill.publish.bundle import Meta, Request, program_version
from sijill.publish.parts import part_of, settle, unfinished
from sijill.publish.tally import Tally
from sijill.testimony import Testimony

#: Names of the controls in the labelling interface.
TYPE, STATUS, TEXT = "type", "status", "text"


class Page(msgspec.Struct, frozen=True):
    """A document as it was read, with its testimonies; offsets count its ``text``."""

    document: str
    doc: str
    text: str
    testimonies: tuple[Testimony, ...] = ()


def interface_path(path: Path) -> Path:
    """Where the labelling interface lies that belongs to the tasks at ``path``."""
    return path.with_name(path.name + ".interface.xml")


def write_tasks(pages: Iterable[Page], path: Path, request: Request | None = None) -> Meta:
    """Write ``pages`` to ``path`` as tasks with predictions, one at a time.

    Beside them lies the labelling interface, to be given to the project.

    Raises:
        UsageError: unless names are asked for: an article's text stands in its task as it is.
        ExportError: where the pages or the disk end too soon.
    """
    wanted = request or Request()
    if not wanted.names:
        raise UsageError(
            "tasks for Label Studio hold the articles' texts with all names in them; "
            "ask for names if the people who label may read them"
        )
    tally = Tally("label-studio", wanted)
    names = path, interface_path(path)
    with unfinished(names, tally), part_of(path).open("wb") as stream:
        between = b"[\n"
        for page in pages:
            line = msgspec.json.encode(task(page))
            tally.see(page.testimonies, line)
            stream.write(between + line)
            between = b",\n"
            tally.wrote(len(page.testimonies))
            for one in page.testimonies:
                if one.actor or one.target or one.place or one.figures or one.speaker:
                    tally.lose("slots", one.id)
        stream.write(b"\n]\n" if tally.given else b"[]\n")
        part_of(names[1]).write_text(labelling_config(), encoding="utf-8")
    return settle(names, tally.meta())


def task(page: Page) -> dict[str, Any]:
    """A document as a task; what was found in it is a prediction."""
    said_on = next((one.said_on for one in page.testimonies if one.said_on), None)
    result = [piece for one in page.testimonies for piece in _regions(page, one)]
    return {
        "data": {
            "text": page.text,
            "document": page.document,
            "doc": page.doc,
            "said_on": said_on,
        },
        "predictions": [{"model_version": f"sijill {program_version()}", "result": result}],
    }


def region_id(testimony: str, place: int) -> str:
    """The id of the region of a testimony's piece of evidence number ``place``."""
    return f"{testimony}#{place}"


def _regions(page: Page, one: Testimony) -> list[dict[str, Any]]:
    """The pieces of evidence of a testimony, each labelled with its type and status."""
    found = []
    for place, (start, end) in enumerate(one.evidence):
        span = {"start": start, "end": end, "text": page.text[start:end]}
        both = {"id": region_id(one.id, place), "to_name": TEXT}
        labelled = {"from_name": TYPE, "type": "labels", "value": {**span, "labels": [one.type]}}
        chosen = {"from_name": STATUS, "type": "choices"}
        found.append({**both, **labelled})
        found.append({**both, **chosen, "value": {**span, "choices": [one.status]}})
    return found


def labelling_config() -> str:
    """The labelling interface of a Label Studio project: our types and statuses, in Arabic."""
    labels = load_labels()
    ids = {kind: [one for found, one in labels.pairs if found == kind] for kind in (TYPE, STATUS)}
    types = "".join(
        f"\n    <Label value={quoteattr(one)} hint={quoteattr(labels.arabic(TYPE, one))}/>"
        for one in ids[TYPE]
    )
    statuses = "".join(
        f"\n    <Choice value={quoteattr(one)} hint={quoteattr(labels.arabic(STATUS, one))}/>"
        for one in ids[STATUS]
    )
    return f"""<View>
  <Labels name="{TYPE}" toName="{TEXT}">{types}
  </Labels>
  <View style="direction: rtl; text-align: right">
    <Text name="{TEXT}" value="$text"/>
  </View>
  <Choices name="{STATUS}" toName="{TEXT}" perRegion="true" choice="single">{statuses}
  </Choices>
</View>
"""
