"""Every rule reads its examples as it says and is silent where it says; nothing else is a rule."""

from __future__ import annotations

import pytest

from sijill.errors import UsageError
from sijill.extract import check
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.rules import EventRule

RULES = load_knowledge().rules


def test_every_example_of_every_rule_holds() -> None:
    assert [str(fault) for fault in check.check_rules()] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_it_means_and_has_cases(rule: EventRule) -> None:
    assert rule.means and rule.examples and rule.silent


def test_outcomes_of_one_rule_name_their_lines() -> None:
    outcomes = check.test_rule("capture.take")
    assert outcomes and all(one.where.startswith("rules/territory.yml:") for one in outcomes)


def test_an_unknown_rule_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match=r"capture\.take"):
        check.test_rule("capture.tak")
