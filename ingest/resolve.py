"""One name, one node (实体归并): which ids mean the same thing, decided from all that the sources state.

Every source gives a node an id by official code or by name. Here ids of one kind are joined, rule after rule, where

1. a person judged them to be the same (`judgements.csv`);
2. a name without code is the name of exactly one coded node (for companies also of the register of listed companies);
3. two names have the same telling part (`ingest.skeleton`), score 0.95;
4. a name is the declared alias of exactly one other node;

never two official codes, and never what a person judged to be different. Likeness alone joins nothing: names that
are merely alike, and joins that were refused, go to the review list. Each rule looks at the whole set of statements
and takes its pairs in a fixed order, so the order of loading cannot matter.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import pyarrow as pa

from graph import reference
from graph.identity import label_of, node_id, normalise_name, scope_of, with_scope
from ingest.judgement import Judgement
from ingest.skeleton import COMPARED, skeleton

SKELETON_SCORE = 0.95


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ids that may mean one thing: the rule that says so and its score; `reason` where it was not followed."""

    left: str
    right: str
    rule: str
    score: float
    reason: str = ""


@dataclass(slots=True)
class Resolution:
    """The final id of every id that a source gave; `review` is what a person should look at."""

    _joined: dict[str, str] = field(default_factory=dict)
    review: tuple[Pair, ...] = ()

    def final(self, local: str) -> str:
        """The id of the node that `local` stands for; a scoped id follows its scope."""
        scope = scope_of(local)
        if scope is not None:
            local = with_scope(local, self.final(scope))
        return self._joined.get(local, local)

    def apply(self, column: pa.ChunkedArray) -> pa.ChunkedArray:
        """`final` of every id of an Arrow column; nulls stay."""
        encoded = column.combine_chunks().dictionary_encode()
        finals = pa.array([self.final(value) for value in encoded.dictionary.to_pylist()], pa.string())
        return pa.chunked_array([finals.take(encoded.indices)])


@dataclass(slots=True)
class _Named:
    """What is stated of one id: its names, its declared aliases, and whether its key is a name (not a code)."""

    names: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    by_name: bool = True


def resolve(
    statements: pa.Table,
    judgements: Sequence[Judgement] = (),
    *,
    fresh: frozenset[str] = frozenset(),
    review_score: float = 0.82,
) -> Resolution:
    """Resolve the ids of `statements` (STATES rows of all sources: columns `local`, `name`, `aliases`).

    The review list holds the refused joins, and what the `fresh` ids (those that this load brings) are alike to.
    """
    named = _collect(statements)
    groups = _Groups(named, {frozenset((j.left, j.right)) for j in judgements if j.verdict == "different"})
    groups.join_all(Pair(j.left, j.right, "judged", 1.0) for j in judgements if j.verdict == "same")
    groups.join_all(_same_name(named))
    groups.join_all(_same_skeleton(named))
    groups.join_all(_alias(named, groups))
    alike = _alike(named, groups, fresh, review_score)
    return Resolution(groups.joined(), (*groups.refused, *alike))


def _collect(statements: pa.Table) -> dict[str, _Named]:
    named: dict[str, _Named] = defaultdict(_Named)
    columns = (statements.column(name).to_pylist() for name in ("local", "name", "aliases"))
    for local, name, aliases in zip(*columns, strict=True):
        if scope_of(local) is not None:
            continue  # a scoped id follows its scope
        entry = named[local]
        entry.names.add(normalise_name(name))
        entry.by_name = entry.by_name and node_id(label_of(local), name=name) == local
        if aliases and aliases != "[]":
            entry.aliases.update(normalise_name(alias) for alias in json.loads(aliases))
    return dict(named)


class _Groups:
    """Ids that were joined so far, and the joins that were refused."""

    def __init__(self, named: dict[str, _Named], different: set[frozenset[str]]) -> None:
        self._named = named
        self._different = different
        self._group: dict[str, set[str]] = {}
        self.refused: list[Pair] = []

    def of(self, local: str) -> set[str]:
        """All ids that mean the same as `local`."""
        return self._group.setdefault(local, {local})

    def join_all(self, pairs: Iterable[Pair]) -> None:
        """Join pair after pair, in the order of the ids; refuse what is ambiguous or forbidden."""
        for pair in sorted(pairs, key=lambda p: (p.left, p.right)):
            left, right = self.of(pair.left), self.of(pair.right)
            if left is right:
                continue
            reason = pair.reason or self._forbids(pair, left, right)
            if reason:
                self.refused.append(Pair(pair.left, pair.right, pair.rule, pair.score, reason))
                continue
            big, small = (left, right) if len(left) >= len(right) else (right, left)
            big |= small
            self._group.update(dict.fromkeys(small, big))

    def _forbids(self, pair: Pair, left: set[str], right: set[str]) -> str:
        if pair.rule != "judged" and any(map(self._is_code, left)) and any(map(self._is_code, right)):
            return "two official codes"
        if self._different and any(frozenset((a, b)) in self._different for a in left for b in right):
            return "judged different"
        return ""

    def _is_code(self, local: str) -> bool:
        return local not in self._named or not self._named[local].by_name

    def joined(self) -> dict[str, str]:
        """Every id that gives way → the id that stands for its group: a code first, else the longest name."""
        found: dict[str, str] = {}
        for local, members in self._group.items():
            if len(members) > 1:
                chosen = min(members, key=lambda member: (not self._is_code(member), -len(member), member))
                if local != chosen:
                    found[local] = chosen
        return found


def _same_name(named: dict[str, _Named]) -> Iterable[Pair]:
    coded: dict[tuple[str, str], set[str]] = defaultdict(set)
    for local, entry in named.items():
        for name in () if entry.by_name else entry.names:
            coded[label_of(local), name].add(local)
    register = _register()
    for local, entry in named.items():
        for name in entry.names if entry.by_name else ():
            owners = coded.get((label_of(local), name), set())
            if not owners and label_of(local) == "Enterprise" and name in register:
                owners = {register[name]}
            yield from _to_one(local, owners, "name")


def _to_one(local: str, owners: set[str], rule: str) -> Iterable[Pair]:
    """Join to the only owner; where there are several, none is right and a person must say."""
    reason = "" if len(owners) == 1 else "several nodes have this name"
    for owner in owners:
        yield Pair(local, owner, rule, 1.0 if not reason else 0.0, reason)


@cache
def _register() -> dict[str, str]:
    """Names and unambiguous short names of listed companies → the id by their credit code."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in reference.rows("companies"):
        for name in {row["name"], row["short_name"]} - {""}:
            found[normalise_name(name)].add(node_id("Enterprise", code=row["code"]))
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _same_skeleton(named: dict[str, _Named]) -> Iterable[Pair]:
    by_core: dict[tuple[str, str], set[str]] = defaultdict(set)
    for local, entry in named.items():
        if label_of(local) in COMPARED:
            for core in {skeleton(label_of(local), name) for name in entry.names} - {""}:
                by_core[label_of(local), core].add(local)
    for members in by_core.values():
        coded = {local for local in members if not named[local].by_name}
        plain = sorted(members - coded)
        if len(coded) > 1:
            for local in plain:
                yield from _to_one(local, coded, "skeleton")
        else:
            for left, right in pairwise([*coded, *plain]):
                yield Pair(left, right, "skeleton", SKELETON_SCORE)


def _alias(named: dict[str, _Named], groups: _Groups) -> Iterable[Pair]:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for local, entry in named.items():
        for alias in entry.aliases:
            owners[label_of(local), alias].add(local)
    for local, entry in sorted(named.items()):
        if entry.by_name:
            for name in sorted(entry.names):
                others = owners.get((label_of(local), name), set()) - groups.of(local)
                # owners that are one node already count once
                yield from _to_one(local, {min(groups.of(other)) for other in others}, "alias")


def _alike(
    named: dict[str, _Named], groups: _Groups, fresh: frozenset[str], review_score: float
) -> list[Pair]:
    """Fresh names that are nearly another name of their kind and were not joined to it: for a person to judge."""
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for local, entry in sorted(named.items()):
        if label_of(local) in COMPARED:
            for name in entry.names:
                known[label_of(local)].setdefault(name, local)
    found: dict[tuple[str, str], Pair] = {}
    for names in known.values():
        near = _Near(names, review_score)
        for name, local in names.items():
            if local in fresh and named[local].by_name:
                for other, score in near.to(name):
                    right = names[other]
                    if right not in groups.of(local):
                        ends = (min(local, right), max(local, right))
                        found.setdefault(ends, Pair(*ends, "alike", score, "not alike enough to join"))
    return sorted(found.values(), key=lambda p: (-p.score, p.left, p.right))


class _Near:
    """Names that may be alike: those that share one of a name's rarest pairs of characters (a blocking key)."""

    def __init__(self, names: Iterable[str], score: float) -> None:
        self._score = score
        self._holders: dict[str, list[str]] = defaultdict(list)
        for name in names:
            for two in set(map("".join, pairwise(name))):
                self._holders[two].append(name)

    def to(self, name: str) -> list[tuple[str, float]]:
        """The names alike to `name`, with their score; at most four."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a load needs it

        # A name alike by this score differs in few enough places that one of these pairs must survive.
        pairs = sorted(set(map("".join, pairwise(name))), key=lambda two: len(self._holders[two]))
        keys = pairs[: int(4 * (1 - self._score) * len(name)) + 2]
        candidates = Counter(other for two in keys for other in self._holders[two])
        del candidates[name]
        hits = process.extract(
            name, list(candidates), scorer=fuzz.ratio, score_cutoff=self._score * 100, limit=4
        )
        return [(other, round(score / 100, 3)) for other, score, _ in hits]
