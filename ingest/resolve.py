"""One name, one node (实体归并): which ids mean the same thing, decided from all that the sources state.

Every source gives a node an id by official code or by name. Here ids of one kind are joined, rule after rule, where

1. a person judged them to be the same (`judgements.csv`);
2. a name without code is the name of exactly one coded node (for companies also of the register of listed companies);
3. two names have the same telling part (`ingest.skeleton`), score 0.95; a group and a company of one stem are two;
4. a name is the declared alias of exactly one other node;
5. a specialty group that is named without its school is that of the only school which has one of this name;

never two official codes, and never what a person judged to be different. Likeness alone joins nothing: names that
are merely alike, and joins that were refused, go to the review list. Each rule looks at the whole set of statements
and takes its pairs in a fixed order, so the order of loading cannot matter.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, pairwise
from operator import add
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph import reference
from graph.identity import label_of, node_id, normalise_name, scope_of, with_scope
from ingest.judgement import Judgement
from ingest.skeleton import COMPARED, legal_person, says_group, telling_part

SKELETON_SCORE = 0.95
_NUMBERED: Final = "Specialty:"
_GROUP: Final = "SpecialtyGroup:"
_COMPARISONS: Final = 2_000_000  # of names that may be alike, in one load: about a second
_ASKED: Final = 20_000  # fresh names of a kind that are compared: nobody reviews a register name by name
_REVIEWED: Final = 1000  # alike pairs of one load that a person is given, the likeliest first


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
    _numbers: dict[str, str] = field(default_factory=dict)  # what a school's own number stands for

    def final(self, local: str) -> str:
        """The id of the node that `local` stands for; a scoped id follows its scope."""
        scope = scope_of(local)
        if scope is not None:
            local = with_scope(local, self.final(scope))
            if local in self._numbers:
                return self.final(self._numbers[local])
        return self._joined.get(local, local)

    def learn_numbers(self, statements: pa.Table) -> None:
        """Take up what schools say of their own numbers of specialties (专业号): a code or a name, where it is one.

        The id of such a number lies inside its school. Tables that use a number state it under itself, and so say
        nothing of it; where a school gives a number two meanings none is taken.
        """
        if "properties" not in statements.column_names:
            return
        local = statements.column("local")
        scoped = pc.and_(pc.starts_with(local, _NUMBERED), pc.match_substring(local, "@"))
        codes: dict[str, set[str]] = defaultdict(set)
        names: dict[str, set[str]] = defaultdict(set)
        for row in statements.filter(scoped).select(["local", "name", "properties"]).to_pylist():
            key, _, scope = row["local"].partition("@")
            final = with_scope(row["local"], self.final(scope))
            code = json.loads(row["properties"] or "{}").get("code")
            if code:
                codes[final].add(node_id("Specialty", code=code))
            elif row["name"] and normalise_name(row["name"]) != key.removeprefix(_NUMBERED):
                names[final].add(self.final(node_id("Specialty", name=row["name"])))
        for numbered in codes.keys() | names.keys():
            meanings = codes.get(numbered) or names[numbered]
            if len(meanings) == 1:
                self._numbers[numbered] = next(iter(meanings))

    def learn_schools(self, statements: pa.Table, different: Collection[frozenset[str]] = ()) -> None:
        """A group named without its school (光电显示技术专业群) is that of the only school which has one of this name.

        Where several schools have one it stays by itself, and where a person judged it to be another (`different`).
        """
        schools: dict[str, set[str]] = defaultdict(set)
        for local in pc.unique(statements.column("local")).to_pylist():
            if local.startswith(_GROUP) and scope_of(local) is not None:
                schools[local.partition("@")[0]].add(self.final(local))
        for named, groups in sorted(schools.items()):
            alone = next(iter(groups))
            if len(groups) == 1 and frozenset((named, alone)) not in different:
                joined = [other for other, final in self._joined.items() if final == named]
                self._joined.update(dict.fromkeys([named, *joined], alone))

    def apply(self, column: pa.ChunkedArray) -> pa.ChunkedArray:
        """`final` of every id of an Arrow column; nulls stay."""
        encoded = column.combine_chunks().dictionary_encode()
        finals = pa.array([self.final(value) for value in encoded.dictionary.to_pylist()], pa.string())
        return pa.chunked_array([finals.take(encoded.indices)])


@dataclass(slots=True)
class _Named:
    """What is stated of one id: its kind, names, declared aliases, and whether its key is a name (not a code)."""

    label: str
    # frozen, because a graph has hundreds of thousands of them and nearly all have one name and no alias
    names: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
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
    different = {frozenset((j.left, j.right)) for j in judgements if j.verdict == "different"}
    groups = _Groups(named, different)
    groups.join_all(Pair(j.left, j.right, "judged", 1.0) for j in judgements if j.verdict == "same")
    groups.join_all(_same_name(named))
    groups.join_all(_same_skeleton(named))
    groups.join_all(_alias(named, groups))
    alike = _alike(named, groups, fresh, review_score)
    resolution = Resolution(groups.joined())
    resolution.learn_schools(statements, different)
    resolution.learn_numbers(statements)
    resolution.review = (*groups.refused, *alike)
    return resolution


def _collect(statements: pa.Table) -> dict[str, _Named]:
    named: dict[str, _Named] = {}
    columns = (statements.column(name).to_pylist() for name in ("local", "name", "aliases"))
    for local, name, aliases in zip(*columns, strict=True):
        if scope_of(local) is not None:
            continue  # a scoped id follows its scope
        entry = named.get(local)
        if entry is None:
            entry = named[local] = _Named(label_of(local))
        normal = normalise_name(name)
        if normal not in entry.names:
            entry.names |= {normal}
            entry.by_name = entry.by_name and node_id(entry.label, name=name) == local
        if aliases and aliases != "[]":
            entry.aliases |= {normalise_name(alias) for alias in json.loads(aliases)}
    return named


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
            coded[entry.label, name].add(local)
    register = _register()
    for local, entry in named.items():
        for name in entry.names if entry.by_name else ():
            owners = coded.get((entry.label, name), set())
            if not owners and entry.label == "Enterprise" and name in register:
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
    by_core: dict[tuple[str, str], list[str]] = defaultdict(list)
    for local, entry in named.items():
        if entry.label in COMPARED:
            for core in {telling_part(entry.label, name) for name in entry.names} - {""}:
                by_core[entry.label, core].append(local)
    for (label, core), members in by_core.items():
        if len(members) < 2:
            continue
        parts = [members]
        if label == "Enterprise":
            parts, refused = _legal_persons(named, core, members)
            yield from refused
        for part in parts:
            coded = {local for local in part if not named[local].by_name}
            plain = sorted(set(part) - coded)
            if len(coded) > 1:
                for local in plain:
                    yield from _to_one(local, coded, "skeleton")
            else:
                for left, right in pairwise([*coded, *plain]):
                    yield Pair(left, right, "skeleton", SKELETON_SCORE)


@dataclass(frozen=True, slots=True)
class _Person:
    """A company among those of one stem: the legal forms that its whole names have, and the ids that mean it."""

    forms: frozenset[str]
    locals: list[str]

    def chief(self, named: dict[str, _Named]) -> str:
        """The id that a review shows for it: a coded one first."""
        return min(self.locals, key=lambda local: (named[local].by_name, local))


def _legal_persons(
    named: dict[str, _Named], core: str, members: Sequence[str]
) -> tuple[list[list[str]], list[Pair]]:
    """The companies of one stem told apart by their legal forms, with the short names of each; what a person should say.

    A group that is named short is the one group; a short name that may be several is none of them.
    """
    persons: list[_Person] = []
    short: list[str] = []
    for local in sorted(members):
        names = [name for name in named[local].names if telling_part("Enterprise", name) == core]
        forms = frozenset(form for name in names if (form := legal_person(name)))
        same = [person for person in persons if person.forms & forms]
        if forms:
            persons = [person for person in persons if person not in same]
            ids = [local, *(other for person in same for other in person.locals)]
            persons.append(_Person(forms.union(*(person.forms for person in same)), ids))
        else:
            short.append(local)
    if len(persons) < 2:
        return [list(members)], []
    chiefs = sorted(person.chief(named) for person in persons)
    refused = [
        Pair(left, right, "skeleton", SKELETON_SCORE, "two legal persons")
        for left, right in combinations(chiefs, 2)
    ]
    groups = [person for person in persons if person.forms - {"company"}]
    for local in short:
        meant = groups if any(map(says_group, named[local].names)) else persons
        if len(meant) == 1:
            meant[0].locals.append(local)
        else:
            refused += _to_one(local, {person.chief(named) for person in meant}, "skeleton")
    return [person.locals for person in persons], refused


def _alias(named: dict[str, _Named], groups: _Groups) -> Iterable[Pair]:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for local, entry in named.items():
        for alias in entry.aliases:
            owners[entry.label, alias].add(local)
    for local in sorted(named) if owners else ():
        entry = named[local]
        if entry.by_name:
            for name in sorted(entry.names):
                others = owners.get((entry.label, name), set())
                others = others - groups.of(local) if others else others
                # owners that are one node already count once
                yield from _to_one(local, {min(groups.of(other)) for other in others}, "alias")


def _alike(
    named: dict[str, _Named], groups: _Groups, fresh: frozenset[str], review_score: float
) -> list[Pair]:
    """Fresh names that are nearly another name of their kind and were not joined to it: for a person to judge."""
    asked: dict[str, list[str]] = defaultdict(list)
    for local in fresh & named.keys():
        entry = named[local]
        if entry.by_name and entry.label in COMPARED:
            asked[entry.label].append(local)
    found: dict[tuple[str, str], Pair] = {}
    for label, locals_ in asked.items():
        known: dict[str, str] = {}  # a name → the first of the ids that have it
        for local, entry in named.items():
            for name in entry.names if entry.label == label else ():
                known[name] = min(local, known.get(name, local))
        names = {name: local for local in sorted(locals_)[:_ASKED] for name in named[local].names}
        near = _Near(known, names, review_score)
        for name, local in names.items():
            for other, score in near.to(name):
                right = known[other]
                if right not in groups.of(local):
                    ends = (min(local, right), max(local, right))
                    found.setdefault(ends, Pair(*ends, "alike", score, "not alike enough to join"))
    return sorted(found.values(), key=lambda p: (-p.score, p.left, p.right))[:_REVIEWED]


class _Near:
    """Names that may be alike: those that share one of a name's rarest pairs of characters (a blocking key)."""

    def __init__(self, names: Iterable[str], asked: Collection[str], score: float) -> None:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a load needs it

        self._score = score
        # few names are compared with all that could be alike, many with the likeliest alone
        self._most = _COMPARISONS // max(len(asked), 1)
        self._extract, self._scorer = process.extract, fuzz.ratio
        wanted = {two for name in asked for two in _twos(name)}
        self._holders: dict[str, list[str]] = {two: [] for two in wanted}
        for name in names:
            for two in wanted.intersection(_twos(name)):
                self._holders[two].append(name)

    def to(self, name: str) -> list[tuple[str, float]]:
        """The names alike to `name`, with their score; at most four."""
        # A name alike by this score differs in few enough places that one of these pairs must survive.
        pairs = sorted(set(_twos(name)), key=lambda two: (len(self._holders[two]), two))
        candidates: dict[str, None] = {}
        for two in pairs[: int(4 * (1 - self._score) * len(name)) + 2]:
            if len(candidates) + len(self._holders[two]) > self._most:
                break
            candidates.update(dict.fromkeys(self._holders[two]))
        candidates.pop(name, None)
        if not candidates:
            return []
        hits = self._extract(
            name, list(candidates), scorer=self._scorer, score_cutoff=self._score * 100, limit=4
        )
        return [(other, round(score / 100, 3)) for other, score, _ in hits]


def _twos(name: str) -> Iterable[str]:
    """The pairs of neighbouring characters of a name, in order."""
    return map(add, name, name[1:])
