"""The order of ids (标识的次序): that of code points, which Neo4j does not keep when it compares.

Neo4j 5 sorts stored texts by code points, and compares a stored text with a parameter by UTF-16 units, in which every
character above U+FFFF comes before those of U+E000 to U+FFFF: 𠮷 before （. A key brings both orders together, and a
node whose id is not its own key has it beside the id.
"""

from __future__ import annotations

import re
from typing import Final

from graph.store.choice import Dialect

KEY: Final = "ordered_as"
ORDERED: Final = f"coalesce(n.{KEY}, n.id)"
_TOP: Final = "\uffff"
_APART: Final = re.compile(r"[\uffff-\U0010ffff]")


def order_key(identifier: str) -> str:
    """A text whose order by UTF-16 units is the order of `identifier` by code points; nearly always itself."""
    return _APART.sub(lambda found: _TOP + ("\x01" if found[0] == _TOP else found[0]), identifier)


def stored_key(identifier: str) -> str | None:
    """The key that a node has beside its id, none where the id is its own key."""
    key = order_key(identifier)
    return None if key == identifier else key


DIALECT: Final = Dialect("toLower", ORDERED, order_key)
