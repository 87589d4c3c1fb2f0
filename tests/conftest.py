"""Tests read the packaged gazetteer alone: no table that a user of this machine has added."""

from __future__ import annotations

import os
import tempfile

os.environ["SIJILL_PLACES"] = tempfile.mkdtemp(prefix="sijill-places-")
