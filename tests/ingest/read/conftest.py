"""Lets the tests of this folder import what they share: `typesetting` and `pdf_writer` stand beside them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
