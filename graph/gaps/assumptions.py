"""What is assumed, in words (假设的写法): a line a change, as a planner says it, read against a projection.

    建群 重庆工程职业技术学院·储能技术专业群 → 新能源及新型储能：光伏工程技术、机电一体化技术
    学位 重庆水利电力职业技术学院·光伏工程技术 +60
    退出 弗迪电池有限公司

Names are looked up as everywhere (`graph.gaps.scope.node_called`): by id, code, name or alias. Only a new group and a
new enterprise may have a name that the graph does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.errors import LiantuError
from graph.gaps.alteration import Alteration, Counted, Gone, Linked, Realised, Stated, Unlinked
from graph.gaps.scope import node_called
from graph.identity import node_id, normalise_name, scope_of
from graph.language import Text
from graph.ontology import EDGES, NODES, SCHOOL_LEVELS
from graph.project import Projection

MOST: Final = 200
"""How many changes are assumed at once, at most."""
CHARACTERS: Final = 20_000
"""How many characters they are written in, at most."""
SHOWN: Final = 60
"""How many characters of a change an error shows."""
_STATEMENT: Final = re.compile(r"[;；\n]+")
_PAIR: Final = re.compile(r"\s*[·/／]\s*")
_ARROW: Final = re.compile(r"\s*(?:→|->|⇒)\s*")
_DETAILS: Final = re.compile(
    r"\s*" + "".join(f"(?<!{label})" for label in NODES) + r"[：:]\s*"
)  # not within an id
_LIST: Final = re.compile(r"\s*[、,，]\s*")
_PEOPLE: Final = re.compile(r"\s*([+＋\-－−–=＝])\s*(\d[\d,，]{0,11})\s*[人个]?$")
_LEVEL: Final = re.compile(r"\s*[（(]([^（()）]+)[)）]$")
_SIGNS: Final = str.maketrans("＋－−–＝", "+---=")
_BODIES: Final = (
    "Enterprise",
    "School",
    "SpecialtyGroup",
    "Park",
    "Consortium",
    "ResearchPlatform",
    "IndustryCollege",
    "TrainingBase",
    "TalentProgram",
    "Agency",
)
_SERVING: Final = ("SpecialtyGroup", "Specialty", "School", "Consortium", "ResearchPlatform", "TrainingBase")
_MEMBERS: Final = ("School", "Enterprise", "Park", "Agency", "ResearchPlatform")


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of assumption: its words, how it is written, and how it is read."""

    words: tuple[str, ...]
    written: Text
    read: Callable[[_Reader, str, str], Iterator[Alteration]]


class _Reader:
    """Looks names up in a projection."""

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        self.made: dict[str, str] = {}  # name → id of what an earlier line made

    def one(self, labels: Iterable[str], word: str) -> str:
        """The node of one of these kinds that a word names; the kinds are tried in order."""
        for label in labels:
            known = self.made.get(node_id(label, name=word))
            if known is not None:
                return known
            try:
                return node_called(self._projection, label, word)
            except LiantuError as error:
                if error.code != "node.unknown":
                    raise
            except KeyError:  # the kind was not read
                continue
        raise LiantuError("node.unknown", name=word)

    def several(self, labels: Iterable[str], words: str) -> list[str]:
        """The nodes that a list names."""
        return [self.one(labels, word) for word in _LIST.split(words) if word]

    def group(self, words: str) -> str:
        """A group, told with its school (`school·group`) or alone."""
        parts = _PAIR.split(words, maxsplit=1)
        if len(parts) == 1:
            return self.one(("SpecialtyGroup",), words)
        school = self.one(("School",), parts[0])
        found = self.hosted(school, parts[1])
        if found is None:
            raise LiantuError("node.unknown", name=words)
        return found

    def hosted(self, school: str, name: str) -> str | None:
        """The group of this name at a school; None where it has none."""
        wanted = normalise_name(name)
        made = self.made.get(node_id("SpecialtyGroup", name=name, scope=school))
        if made is not None:
            return made
        hosts = self._projection.claims("HOSTS")
        at_school = {hosts.column("tail")[row] for row in hosts.by_head.get(school, ())}
        for group in self._projection.ids("SpecialtyGroup"):
            if normalise_name(self._projection.name(group)) == wanted and (
                group in at_school or scope_of(group) == school
            ):
                return group
        return None

    def specialty(self, word: str, school: str | None = None) -> str:
        """A specialty by name or code; of one name at several levels that in brackets, else what the school offers."""
        level = _LEVEL.search(word)
        if level is None or level[1] not in SCHOOL_LEVELS:
            plain, wanted = word, None
        else:
            plain, wanted = word[: level.start()], level[1]
        named = normalise_name(plain)
        same = [
            one
            for one in self._projection.ids("Specialty")
            if normalise_name(self._projection.name(one)) == named
            and wanted in (None, self._projection.value(one, "level"))
        ]
        if len(same) > 1 and school is not None:
            offers = self._projection.claims("OFFERS")
            taught = {offers.column("tail")[row] for row in offers.by_head.get(school, ())}
            at_level = self._projection.value(school, "level")
            for chosen in (
                [one for one in same if one in taught],
                [one for one in same if self._projection.value(one, "level") == at_level],
            ):
                if len(chosen) == 1:
                    return chosen[0]
        return same[0] if len(same) == 1 else self.one(("Specialty",), plain)

    def linked(self, kind: str, head: str, tail: str) -> bool:
        """Whether the graph has a claim of a kind from one node to another."""
        if kind not in self._projection.edges:
            return False
        claims = self._projection.claims(kind)
        tails = claims.column("tail")
        return any(tails[row] == tail for row in claims.by_head.get(head, ()))

    def specialties(self, words: str, school: str | None) -> list[str]:
        """The specialties that a list names."""
        return [self.specialty(word, school) for word in _LIST.split(words) if word]


def assumptions(projection: Projection, words: str) -> tuple[Alteration, ...]:
    """The alterations that lines of words mean; `;`, `；` and line ends part them, a line that begins with # is a remark.

    `LiantuError` assumption.words, assumption.many, assumption.nothing, node.unknown or node.ambiguous where one cannot
    be read.
    """
    lines = [] if len(words) > CHARACTERS else [line.strip() for line in _STATEMENT.split(words)]
    statements = [line for line in lines if line and not line.startswith("#")]
    if len(words) > CHARACTERS or len(statements) > MOST:
        raise LiantuError("assumption.many", lines=MOST, characters=CHARACTERS)
    reader = _Reader(projection)
    found: list[Alteration] = []
    for told in statements:
        word, _, rest = told.replace("　", " ").partition(" ")
        form = next((form for form in FORMS if word.lower() in form.words), None)
        if form is None or not rest.strip():
            raise LiantuError("assumption.words", words=told[:SHOWN], expected=written(form))
        try:
            found += form.read(reader, rest.strip(), told)
        except (ValueError, IndexError):
            raise LiantuError("assumption.words", words=told[:SHOWN], expected=written(form)) from None
    return tuple(found)


def written(form: Form | None = None) -> str:
    """How assumptions are written, one form or all."""
    return str(form.written) if form else str(Text("；", "; ")).join(str(one.written) for one in FORMS)


def _pair(words: str) -> tuple[str, str]:
    first, second = _PAIR.split(words, maxsplit=1)
    return first, second


def _arrow(words: str) -> tuple[str, str]:
    first, second = _ARROW.split(words, maxsplit=1)
    return first, second


def _with_details(words: str) -> tuple[str, str]:
    parts = _DETAILS.split(words, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _people(words: str) -> tuple[str, str, int]:
    found = _PEOPLE.search(words)
    if found is None:
        raise ValueError(words)
    number = int(found[2].replace(",", "").replace("，", ""))
    return words[: found.start()].strip(), found[1].translate(_SIGNS), number


def _group(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:
    rest, specialties = _with_details(words)
    name, *chains = _ARROW.split(rest, maxsplit=1)
    school_word, group_word = _pair(name)
    school = reader.one(("School",), school_word)
    group = reader.hosted(school, group_word)
    if group is None:
        group = node_id("SpecialtyGroup", name=group_word, scope=school)
        reader.made[group] = group
        yield Stated(group, group_word, told)
        yield Linked("HOSTS", school, group, told)
    for one in reader.specialties(specialties, school):
        yield Linked("INCLUDES", group, one, told)
    for chain in reader.several(("IndustryChain",), chains[0]) if chains else ():
        yield Linked("SERVES", group, chain, told)


def _serve(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:
    name, chains = _arrow(words)
    server = reader.group(name) if _PAIR.search(name) else reader.one(_SERVING, name)
    for chain in reader.several(("IndustryChain",), chains):
        yield Linked("SERVES", server, chain, told)


def _seats(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:
    name, sign, people = _people(words)
    school_word, specialty_word = _pair(name)
    school = reader.one(("School",), school_word)
    specialty = reader.specialty(specialty_word, school)
    yield Counted("OFFERS", school, specialty, "graduates", sign, people, told)


def _need(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:
    name, sign, people = _people(words)
    who, what = _pair(name)
    level = _LEVEL.search(what)
    if level is not None and level[1] in SCHOOL_LEVELS:
        what = what[: level.start()]
    demander = reader.one(("Enterprise", "IndustryChain"), who)
    demanded = reader.one(("Occupation", "Specialty"), what)
    told_level = level[1] if level is not None and level[1] in SCHOOL_LEVELS else None
    yield Counted("DEMANDS", demander, demanded, "headcount", sign, people, told, told_level)


def _leave(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:  # noqa: ARG001 (one form for all)
    yield Gone(reader.group(words) if _PAIR.search(words) else reader.one(_BODIES, words))


def _enter(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:
    rest, region = _with_details(words)
    name, chains = _arrow(rest)
    try:
        enterprise = reader.one(("Enterprise",), name)
    except LiantuError as error:
        if error.code != "node.unknown":
            raise
        enterprise = node_id("Enterprise", name=name)
        reader.made[enterprise] = enterprise
        yield Stated(enterprise, name, told)
    for chain in reader.several(("IndustryChain",), chains):
        yield Linked("OPERATES_IN", enterprise, chain, told)
    if region:
        yield Linked("LOCATED_IN", enterprise, reader.one(("Region", "Park"), region), told)


def _cooperate(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:
    rest, mode = _with_details(words)
    school_word, enterprise_word = _pair(rest)
    school, enterprise = reader.one(("School",), school_word), reader.one(("Enterprise",), enterprise_word)
    yield Linked("COOPERATES_WITH", school, enterprise, told, {"mode": mode} if mode else {})


def _join(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:
    name, consortium = _arrow(words)
    yield Linked("MEMBER_OF", reader.one(_MEMBERS, name), reader.one(("Consortium",), consortium), told)


def _part(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:
    name, other = _arrow(words)
    first = reader.group(name) if _PAIR.search(name) else reader.one((*_SERVING, *_BODIES), name)
    second = reader.one(("IndustryChain", "Consortium", "Enterprise", "Specialty"), other)
    ends = tuple(identifier.partition(":")[0] for identifier in (first, second))
    kinds = [kind.name for kind in EDGES.values() if ends in kind.ends]
    if not any(reader.linked(kind, first, second) for kind in kinds):
        raise LiantuError("assumption.nothing", words=told[:SHOWN])
    for kind in kinds:
        yield Unlinked(kind, first, second)


def _realise(reader: _Reader, words: str, told: str) -> Iterator[Alteration]:  # noqa: ARG001 (one form for all)
    statuses = tuple(word for word in _LIST.split(words) if word)
    if not set(statuses) <= {"在建", "计划", "倡导"}:
        raise ValueError(words)
    yield Realised(statuses)


FORMS: Final = (
    Form(
        ("建群", "group"),
        Text("建群 院校·专业群 → 产业链、…：专业、…", "group SCHOOL·GROUP → CHAIN, …: SPECIALTY, …"),
        _group,
    ),
    Form(("对接", "serve"), Text("对接 专业群 → 产业链、…", "serve GROUP → CHAIN, …"), _serve),
    Form(("学位", "seats"), Text("学位 院校·专业 +60", "seats SCHOOL·SPECIALTY +60"), _seats),
    Form(("需求", "need"), Text("需求 企业·岗位 +100", "need ENTERPRISE·POST +100"), _need),
    Form(("退出", "leave"), Text("退出 单位", "leave BODY"), _leave),
    Form(("入驻", "enter"), Text("入驻 企业 → 产业链：地区", "enter ENTERPRISE → CHAIN: REGION"), _enter),
    Form(
        ("合作", "cooperate"),
        Text("合作 院校·企业：方式", "cooperate SCHOOL·ENTERPRISE: MODE"),
        _cooperate,
    ),
    Form(("加入", "join"), Text("加入 单位 → 联合体", "join BODY → CONSORTIUM"), _join),
    Form(("脱离", "part"), Text("脱离 单位 → 联合体或产业链", "part BODY → CONSORTIUM or CHAIN"), _part),
    Form(("落实", "realise"), Text("落实 在建、计划", "realise 在建, 计划"), _realise),
)
"""The forms of assumptions, by their first word."""

PLANS_DONE: Final = "落实 在建、计划"
"""Assumed where nothing else is: what is under way or planned is done."""
