"""Small cases by the number of the rule of the law that settles them."""

from __future__ import annotations

from tests.law.by_rules.affairs import AFFAIRS
from tests.law.by_rules.methods import METHODS
from tests.law.by_rules.people import SAID
from tests.law.by_rules.steps import STEPS

CASES = (*STEPS, *SAID, *METHODS, *AFFAIRS)
