"""The contract of an engine: one class, run on each engine."""

from __future__ import annotations

from tests.search.contract.choosing import Choosing
from tests.search.contract.inside import Inside, shelf
from tests.search.contract.keeping import Keeping
from tests.search.contract.limits import Limits
from tests.search.contract.matching import Matching
from tests.search.contract.ordering import Ordering
from tests.search.contract.staging import Staging
from tests.search.contract.wishing import Wishing, room


class TestEveryEngine(Matching, Staging, Choosing, Ordering, Keeping, Limits, Wishing, Inside):
    """What the search promises, whichever engine answers."""


__all__ = ["TestEveryEngine", "room", "shelf"]
