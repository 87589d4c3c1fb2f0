"""Every value of a report has a reason: a rule, or a default with a name."""

from __future__ import annotations

import pytest

from sijill.model import Article, Report
from sijill.pipeline import Pipeline

TEXT = """استعادت القوات العراقية حي المعلمين في الموصل.
وقال متحدث عسكري إن القوات تواصل التقدم نحو حي الجزائر. وكان تنظيم داعش أعلن هجوما في الموصل."""


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    return Pipeline().read(Article("a", TEXT, published="2017-03-09")).reports


def test_every_filled_slot_has_a_trace(reports: tuple[Report, ...]) -> None:
    assert reports
    for one in reports:
        for slot in ("type", "status", "actor", "target", "place", "time"):
            assert not getattr(one, slot) or one.traces[slot].rule, (one.id, slot)
            assert not getattr(one, slot) or one.traces[slot].where, (one.id, slot)


def test_defaults_are_named(reports: tuple[Report, ...]) -> None:
    capture = next(one for one in reports if one.type == "capture")
    rules = {slot: trace.rule for slot, trace in capture.traces.items()}
    assert rules["status"] == "default.status"
    assert rules["time"] == "default.time"
    assert rules["target"] == "default.enemy"
