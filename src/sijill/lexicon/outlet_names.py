"""What outlets and agencies are called in print, and which one a name means."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sijill.errors import Fault
from sijill.lexicon.entries import OUTLET_COLUMNS
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table
from sijill.text.fold import fold


class OutletNames(msgspec.Struct, frozen=True):
    """Names in English and Arabic by id, and ids by every name that an outlet goes by."""

    names: dict[str, tuple[str, str]]
    ids: dict[str, str]

    def key(self, outlet: str) -> str:
        """The id of the outlet that ``outlet`` names; of an unknown one its folded name."""
        folded = _folded(outlet)
        return self.ids.get(folded, folded)

    def printed(self, outlet: str) -> tuple[str, str]:
        """What to call it in English and in Arabic: its name, else its address as it came."""
        bare = outlet.removeprefix("www.")
        return self.names.get(self.key(outlet), (bare, bare))


@lru_cache(maxsize=4096)
def _folded(outlet: str) -> str:
    """The name without differences of spelling; asked again and again for the same few outlets."""
    return fold(outlet).removeprefix("www.")


@lru_cache(maxsize=1)
def load_outlet_names() -> OutletNames:
    """Load the names of ``knowledge/outlets.tsv``.

    Raises:
        KnowledgeError: when the table is not as it should be.
    """
    faults: list[Fault] = []
    table = OutletNames({}, {})
    for row in read_table(knowledge_dir() / "outlets.tsv", OUTLET_COLUMNS, faults):
        latin = [name for name in (*row.many("aliases"), *row.many("domain")) if name.isascii()]
        table.names[row["id"]] = (latin or [row["id"]])[0], row["name"]
        for name in (row["id"], row["name"], *row.many("aliases"), *row.many("domain")):
            table.ids.setdefault(fold(name), row["id"])
    raise_faults(faults)
    return table
