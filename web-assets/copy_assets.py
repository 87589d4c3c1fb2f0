"""Copies the front-end files that Sijill packages, from npm packages pinned by the lock file.

``python web-assets/copy_assets.py`` needs npm and the package registries, and writes all files
anew. Run it after a change of a pinned version, or of the towns in the gazetteer.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import basemap

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
VENDOR = HERE.parent / "src" / "sijill" / "web" / "static" / "vendor"
TESTS = HERE.parent / "tests" / "web" / "vendor"
_FACE = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*(?P<rule>@font-face \{.*?\n\})", re.DOTALL)
_FONT = re.compile(r"src: url\(\./(files/[\w-]+\.woff2)\)[^;]*;")
_MAP_LINE = re.compile(rb"\n//# sourceMappingURL=\S+\s*$")


class Asset(NamedTuple):
    """A package, the folder it goes to, and the files that are wanted of it.

    ``styles`` are its files of font rules, and ``subsets`` the letters wanted of its fonts.
    """

    package: str
    folder: str
    files: tuple[str, ...]
    styles: tuple[str, ...] = ()
    subsets: tuple[str, ...] = ()


_LEAFLET = ("layers", "layers-2x", "marker-icon", "marker-icon-2x", "marker-shadow")
_MAPLIBRE = ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css")
_PLEX = ("400.css", "600.css")

PACKAGED = (
    Asset("maplibre-gl", "maplibre-gl", ("LICENSE.txt", *(f"dist/{name}" for name in _MAPLIBRE))),
    Asset(
        "leaflet",
        "leaflet",
        (
            *("LICENSE", "dist/leaflet.js", "dist/leaflet.css"),
            *(f"dist/images/{name}.png" for name in _LEAFLET),
        ),
    ),
    Asset("htmx.org", "htmx", ("LICENSE", "dist/htmx.min.js")),
    Asset(
        "@fontsource-variable/noto-naskh-arabic",
        "fonts/noto-naskh-arabic",
        ("LICENSE",),
        ("wght.css",),
        ("arabic", "latin"),
    ),
    Asset(
        "@fontsource/ibm-plex-sans-arabic",
        "fonts/ibm-plex-sans-arabic",
        ("LICENSE",),
        _PLEX,
        ("arabic",),
    ),
    Asset("@fontsource/ibm-plex-sans", "fonts/ibm-plex-sans", ("LICENSE",), _PLEX, ("latin",)),
)
FOR_TESTS = (Asset("axe-core", "axe-core", ("LICENSE", "LICENSE-3RD-PARTY.txt", "axe.min.js")),)


def main() -> None:
    """Copies everything anew and draws the base map.

    Raises ``subprocess.CalledProcessError`` where npm, pip or mapshaper fails, and
    ``FileNotFoundError`` where a package no longer has a file that is wanted of it.
    """
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True
    )
    copy(PACKAGED, VENDOR)
    copy(FOR_TESTS, TESTS)
    basemap.build()


def copy(assets: tuple[Asset, ...], target: Path) -> None:
    """Writes the files of all the assets into an emptied folder, with a manifest of them."""
    shutil.rmtree(target, ignore_errors=True)
    entries = [_copy_one(asset, target) for asset in assets]
    text = json.dumps({"packages": entries}, indent=1)
    (target / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _copy_one(asset: Asset, target: Path) -> dict[str, Any]:
    """Copies one asset; returns its entry in the manifest."""
    source, folder = MODULES / asset.package, target / asset.folder
    folder.mkdir(parents=True, exist_ok=True)
    rules = [rule for name in asset.styles for rule in _rules(asset, source / name)]
    names = [*asset.files, *(name for _, name in rules)]
    for name in names:
        place = folder / name.removeprefix("dist/")
        place.parent.mkdir(exist_ok=True)
        # The map of the source is not packaged, and browsers would ask for it.
        place.write_bytes(_MAP_LINE.sub(b"\n", (source / name).read_bytes()))
    if rules:
        text = "\n\n".join(rule for rule, _ in rules)
        (folder / "font.css").write_text(text + "\n", encoding="utf-8")
    package = json.loads((source / "package.json").read_text(encoding="utf-8"))
    return {
        "name": asset.package,
        "version": package["version"],
        "licence": package["license"],
        "licence_file": f"{asset.folder}/{asset.files[0]}",
        "files": basemap.sums(target, folder),
    }


def _rules(asset: Asset, path: Path) -> Iterator[tuple[str, str]]:
    """Each wanted ``@font-face`` of a file, with WOFF 2 alone, and the font that it names."""
    family = asset.package.split("/")[-1]
    for face in _FACE.finditer(path.read_text(encoding="utf-8")):
        subset = face["name"].removeprefix(f"{family}-").rsplit("-", 2)[0]
        if subset in asset.subsets:
            start, font, end = _FONT.split(face["rule"])
            yield f"{start}src: url(./{font}) format('woff2');{end}", font


if __name__ == "__main__":
    main()
