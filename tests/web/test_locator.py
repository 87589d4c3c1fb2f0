"""The small map of a place: what it shows, of which size, and where there is none."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from sijill.model import Place
from sijill.web.locator import locator, outlines

MOSUL = Place("الموصل", lat=36.34, lon=43.13, id="iq_mosul", radius_km=10)


def test_the_circle_is_as_large_as_the_place() -> None:
    shown = locator(MOSUL)
    assert shown is not None
    assert shown.radius == pytest.approx(10 / 111.2, rel=0.01)
    assert shown.y == -36.34


def test_the_box_holds_the_place_in_its_middle() -> None:
    shown = locator(MOSUL)
    assert shown is not None
    x, y, wide, high = map(float, shown.box.split())
    assert x + wide / 2 == pytest.approx(shown.x, abs=0.01)
    assert y + high / 2 == pytest.approx(shown.y, abs=0.01)


def test_a_large_place_is_seen_whole() -> None:
    shown = locator(Place("الأنبار", lat=33, lon=42, radius_km=200))
    assert shown is not None
    assert shown.reach > shown.radius > 1.6


@pytest.mark.parametrize(
    "place",
    [None, Place("موضع"), Place("العالم العربي", lat=25, lon=40, radius_km=2500)],
    ids=["no place", "no point", "too large"],
)
def test_what_has_no_position_has_no_map(place: Place | None) -> None:
    assert locator(place) is None


def test_names_of_towns_do_not_lie_on_each_other() -> None:
    shown = locator(MOSUL)
    assert shown is not None
    heights = sorted(town.y for town in shown.towns)
    assert len(heights) > 2
    assert all(b - a > shown.reach * 0.2 for a, b in pairwise(heights))


def test_the_outlines_are_a_sound_drawing(made: TestClient) -> None:
    names = {one.get("id") for one in ET.fromstring(outlines()).iter() if one.get("id")}
    assert names == {"land", "water", "rivers", "borders"}
    answer = made.get("/outlines.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "private, max-age=86400"
