"""YAML whose scalars stay text and whose mappings remember their line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sijill.errors import Fault
from sijill.lexicon.tables import letter_faults, short_name

#: The key under which a mapping keeps the line that it starts on.
LINE = "__line__"

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(path: Path, faults: list[Fault]) -> tuple[str, Any]:
    """The short name of ``path`` and its content; scalars are text, mappings carry ``LINE``.

    A file that does not parse, keys that come twice (the later one would silently take the place
    of the first), and letters outside the allowed table are added to ``faults``.
    """
    name = short_name(path)
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.isascii() and not line.lstrip().startswith("#"):
            faults.extend(letter_faults(name, number, line))
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line_number = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.append(Fault(name, line_number, f"not YAML: {error.problem}"))
        return name, None
    for number, key in _twice(node):
        faults.append(Fault(name, number, f"{key!r} is there already; give it another name"))
    return name, _plain(node)


def _twice(node: Any) -> Iterator[tuple[int, str]]:
    """The keys that come twice in a mapping, with their lines."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, str(key.value)
            seen.add(key.value)
            yield from _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _twice(item)


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        made: dict[str, Any] = {_plain(key): _plain(value) for key, value in node.value}
        made[LINE] = node.start_mark.line + 1
        return made
    return None
