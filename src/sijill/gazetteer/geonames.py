"""GeoNames: the lines of a country's dump as places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sijill.errors import SourceError
from sijill.gazetteer.dump import (
    DumpPlace,
    arabic_names,
    on_earth,
    plain_latin,
    settlement,
)
from sijill.gazetteer.unpack import unpacked
from sijill.issues import IssueLog

COLUMNS = 19
#: So many broken lines with no good one before them: this is some other file.
_PATIENCE = 20

#: Our kinds, each with the classes and codes of GeoNames that are one
#: (https://www.geonames.org/export/codes.html); settlements are told apart in :func:`_kind`.
_CODES = {
    "country": "A.PCL A.PCLD A.PCLF A.PCLI A.PCLS",
    "governorate": "A.ADM1",
    "district": "A.ADM2 A.ADM3",
    "quarter": "P.PPLX",
    "mountain": "T.MT T.MTS T.PK T.PKS T.HLL T.HLLS T.RDGE T.PLAT T.UPLD T.PASS",
    "region": "L.AREA L.LCTY L.OAS L.RGN L.RGNE T.DSRT T.ISL T.ISLS T.PEN T.PLN T.PLNS T.VAL "
    "T.VALS H.MRSH H.WAD H.WADS",
    "river": "H.STM H.STMI H.STMS H.CNL H.CNLI H.LK H.LKI H.LKS H.LKN H.RSV",
    "sea": "H.SEA H.GULF H.BAY H.STRT",
    "airport": "S.AIRP S.AIRF",
    "base": "S.AIRB S.INSM L.MILB L.NVB",
    "bridge": "S.BDG",
    "camp": "S.CMP S.CMPRF",
    "crossing": "S.PSTB S.PSTC S.CSTM",
    "dam": "S.DAM",
    "hospital": "S.HSP S.HSPC",
    "mosque": "S.MSQE S.SHRN",
    "oil_field": "L.OILF L.GASF S.OILR",
    "prison": "S.PRN",
    "road": "R.RD R.ST R.RDJCT",
    "facility": "L.PRT H.HBR S.CH S.CSTL S.FT S.MKT S.MSTY S.PAL S.PS S.RSTN S.SQR S.STDM S.UNIV",
}
_KINDS = {code: kind for kind, codes in _CODES.items() for code in codes.split()}
_SEATS = ("P.PPLA", "P.PPLC", "P.PPLG")
#: Settlements that were, and capitals that were; a destroyed one may still be fought over.
_PAST = ("P.PPLH", "P.PPLCH")


def read_geonames(path: Path, log: IssueLog) -> Iterator[DumpPlace]:
    """The places of a dump such as ``SY.txt``, also as .zip or .gz, line by line.

    A line that says no place is a ``skipped`` issue in ``log``.

    Raises:
        SourceError: the file is empty, broken, or no dump of GeoNames.
        OSError: the file cannot be opened.
    """
    good = False
    with unpacked(path, (".txt",)) as stream:
        for number, line in enumerate(stream, 1):
            if line.isspace():
                continue
            try:
                yield _place(line, str(path), number)
                good = True
            except SourceError as error:
                log.skip(error)
                if not good and len(log) >= _PATIENCE:
                    break
    if not good:
        raise _no_dump(path, log)


def _no_dump(path: Path, log: IssueLog) -> SourceError:
    first = next(iter(log), None)
    message = (
        f"is no dump of GeoNames ({first.message if first else 'it holds no line'}); "
        "get one such as SY.zip from https://download.geonames.org/export/dump/"
    )
    return SourceError(str(path), "not-a-dump", message, first.place if first else None)


def _place(line: bytes, source: str, number: int) -> DumpPlace:
    cells = _cells(line, source, number)
    lat, lon, population = _numbers(cells, source, number)
    feature = f"{cells[6]}.{cells[7]}"
    kind = _kind(feature, population)
    spelt = (cells[1], *cells[3].split(","), cells[2])
    key, within = _divisions(feature, cells[10:13])
    return DumpPlace(
        ident=int(cells[0]),
        kind=kind,
        their_kind=feature,
        lat=lat,
        lon=lon,
        country=cells[8].lower(),
        name_en=plain_latin(cells[2]) or plain_latin(cells[1]),
        names=arabic_names(spelt),
        population=population,
        latin=tuple(filter(None, map(plain_latin, spelt))) if key else (),
        key=key,
        within=within,
    )


def _cells(line: bytes, source: str, number: int) -> list[str]:
    try:
        cells = line.decode("utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise SourceError(source, "encoding", "is not in UTF-8", number) from error
    if len(cells) != COLUMNS:
        message = f"{len(cells)} column(s) where a dump has {COLUMNS}"
        raise SourceError(source, "columns", message, number)
    return cells


def _numbers(cells: list[str], source: str, number: int) -> tuple[float, float, int]:
    """Latitude, longitude and population of a line."""
    try:
        int(cells[0])
        lat, lon, population = float(cells[4]), float(cells[5]), int(cells[14] or 0)
    except ValueError as error:
        raise SourceError(source, "number", f"a number is none: {error}", number) from error
    if not on_earth(lat, lon):
        raise SourceError(source, "nowhere", f"lies at {lat}, {lon}, which is nowhere", number)
    return lat, lon, population


def _kind(feature: str, population: int) -> str:
    """Our kind for a class and code, or nothing."""
    if feature in _KINDS or feature in _PAST:
        return _KINDS.get(feature, "")
    if feature.startswith(_SEATS):
        return "town"
    if feature.startswith("P.PPL") or feature == "P.STLMT":
        return settlement(population)
    return ""


def _divisions(feature: str, codes: list[str]) -> tuple[str, tuple[str, ...]]:
    """What a division is called by the places in it, and what a place lies in, the finest first."""
    keys = [".".join(codes[:depth]) for depth in range(len(codes), 0, -1) if codes[depth - 1]]
    if feature in ("A.ADM1", "A.ADM2", "A.ADM3") and keys:
        return keys[0], tuple(keys[1:])
    return "", tuple(keys)
