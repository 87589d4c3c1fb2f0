"""What an address asks for: the filters of the record, read from the query and written back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.datastructures import QueryParams

from sijill.errors import UsageError
from sijill.record.filters import ORDERS

#: What most witnesses tell of comes first: the days of a few events are misread, and the newest
#: would be among them.
DEFAULT_ORDER = "-witnesses"
#: Filters in the order in which the page shows them.
FILTERS = (
    "text",
    "place",
    "after",
    "before",
    "type",
    "actor",
    "status",
    "standing",
    "killed_min",
    "known_on",
    "located",
)
#: Filters that take several values.
MANY = ("type", "actor", "status", "standing")


class Asked(msgspec.Struct, frozen=True):
    """The filters of one address. ``filters`` holds only those that ask something, as texts."""

    filters: dict[str, str]
    order: str = DEFAULT_ORDER
    page: int = 1

    def values(self, name: str) -> list[str]:
        """The values of a filter, one by one."""
        given = self.filters.get(name, "")
        if name not in MANY:
            return [given] if given else []
        return [part.strip() for part in given.split(",") if part.strip()]

    def without(self, name: str, value: str = "") -> Asked:
        """These filters but one, or but one value of it, from the first page on."""
        left = [one for one in self.values(name) if value and one != value]
        filters = {**self.filters, name: ",".join(left)}
        return Asked({name: one for name, one in filters.items() if one}, self.order)

    @property
    def question(self) -> dict[str, Any]:
        """The filters as :meth:`sijill.record.record.Record.events` takes them."""
        asked: dict[str, Any] = dict(self.filters)
        if "killed_min" in asked:
            asked["killed_min"] = int(asked["killed_min"])
        return asked

    def query(self, **changes: Any) -> dict[str, Any]:
        """The values of an address: these filters with ``changes``; nothing takes one away."""
        order = {"order": self.order} if self.order != DEFAULT_ORDER else {}
        merged: Mapping[str, Any] = {**self.filters, **order, **changes}
        return {name: value for name, value in merged.items() if value not in (None, "")}


def read_asked(query: QueryParams) -> Asked:
    """Read the filters of an address. Several values of one filter are joined by commas.

    Raises:
        UsageError: a number that is none, or an unknown order.
    """
    filters = given_filters(query)
    order = query.get("order") or DEFAULT_ORDER
    if order not in ORDERS:
        raise UsageError(f"no order {order!r}; there are: {', '.join(ORDERS)}")
    if not filters.get("killed_min", "0").isdecimal():
        raise UsageError(f"{filters['killed_min']!r} is no number of people")
    return Asked(filters, order, read_page(query))


def read_page(query: QueryParams) -> int:
    """The page of a list that an address asks for; the first where it asks for none."""
    page = query.get("page") or "1"
    return max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1


def given_filters(query: QueryParams) -> dict[str, str]:
    """The filters of an address as they were typed, whether they can be asked or not."""
    filters = {}
    for name in FILTERS:
        given = [value.strip() for value in query.getlist(name) if value.strip()]
        if given:
            filters[name] = ",".join(given) if name in MANY else given[-1]
    return filters
