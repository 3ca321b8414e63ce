"""Why a school and a need go together (推荐理由), or why nobody does, and the claims that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import numpy as np

from graph.gaps.distance import FAR, NEAR
from graph.gaps.matching import HIGHER, SERVING
from graph.gaps.provision import Offering
from graph.gaps.stable_round import Round
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

Rows = Mapping[str, set[int]]
_NAMES: Final = 2  # names in a reason


class Reasons:
    """Tells of the pairs of a round why they are listed, and on which claims that rests."""

    def __init__(self, projection: Projection, held: Round, minimum_confidence: float) -> None:
        self._projection, self._round, self._minimum = projection, held, minimum_confidence
        self._supplied, self._needed = held.market.supplied, held.market.needed

    def of(self, row: int) -> tuple[Text, ...]:
        """The reasons of a pair, in the order in which they count."""
        lists = self._round.lists
        need, offering = self._needed[lists.needs[row]], self._supplied[lists.offerings[row]]
        told = [self._fit(row)]
        if lists.works[row]:
            modes = self._round.lists.together[offering.school or "", need.demander].modes
            said = self._names(modes)
            told.append(
                Text(f"已有合作：{said.zh}", f"work together already: {said.en}")
                if modes
                else Text("已有合作", "work together already")
            )
        if lists.near[row] < FAR:
            told.append(NEAR[int(lists.near[row])])
        if lists.serves[row] and lists.misfit[row] < SERVING:
            told.append(self._chains(row))
        if offering.graduates is None:
            told.append(
                Text("毕业生数未知，未参加本轮", "its graduates are unknown: it takes no part in the round")
            )
        if need.headcount is None:
            told.append(
                Text("需求人数未知，未参加本轮", "it is not told how many: it takes no part in the round")
            )
        return tuple(told)

    def _fit(self, row: int) -> Text:
        misfit = int(self._round.lists.misfit[row])
        need = self._needed[self._round.lists.needs[row]]
        steps = misfit % SERVING // HIGHER
        if misfit >= SERVING:
            chains = self._chains(row)
            what = Text(
                f"专业与岗位的关系无记载，{chains.zh}",
                f"nothing tells what the specialty prepares for; {chains.en}",
            )
        elif label_of(need.demanded) == "Specialty":
            what = Text("正是所需专业", "the specialty asked for")
        else:
            what = Text("专业面向该岗位", "the specialty prepares for the post")
        if steps:
            return Text(
                f"{what.zh}，层次高 {steps} 级", f"{what.en}, {steps} level(s) above the one asked for"
            )
        return what

    def _chains(self, row: int) -> Text:
        need = self._needed[self._round.lists.needs[row]]
        offering = self._supplied[self._round.lists.offerings[row]]
        said = self._names(
            self._projection.name(one) for one in self._accepted(need.chains) & offering.chains
        )
        return Text(f"对接其产业链：{said.zh}", f"serves its chain: {said.en}")

    def _accepted(self, chains: frozenset[str]) -> set[str]:
        answers = self._round.market.answers
        return {part for chain in chains for part in answers.get(chain, {chain})}

    def _names(self, names: Iterable[str]) -> Text:
        ordered = sorted(names)
        more = len(ordered) > _NAMES
        return Text(
            "、".join(ordered[:_NAMES]) + ("等" if more else ""),
            ", ".join(ordered[:_NAMES]) + (" …" if more else ""),
        )

    def of_none(self, number: int, by: str) -> Text:
        """Why a need has no school, or an offering no need."""
        if by == "school":
            return Text("没有企业记载需要它面向的岗位", "no enterprise is said to need what it prepares for")
        demanded = self._needed[number].demanded
        suited = self._round.market.suited.get(demanded, set())
        if not suited:
            return Text("没有专业记载面向它", "no specialty is said to prepare for it")
        said = self._names({self._projection.name(one) for one in suited})
        if suited.isdisjoint(self._taught):
            return Text(
                f"面向它的专业没有院校开设：{said.zh}", f"no school offers what prepares for it: {said.en}"
            )
        return Text(
            f"开设院校的层次都低于要求：{said.zh}",
            f"those who teach it are below the level asked for: {said.en}",
        )

    @cached_property
    def _taught(self) -> set[str]:
        """The specialties that some known school offers."""
        ids = self._supplied.nodes.ids
        taught = self._supplied.specialties[self._supplied.schools >= 0]
        return {ids[number] for number in np.unique(taught).tolist()}

    def premises(self, row: int) -> tuple[Rows, ...]:
        """The claims of the need, of the offering, of what links them, and of their cooperation; those there are."""
        lists = self._round.lists
        need, offering = self._needed[lists.needs[row]], self._supplied[lists.offerings[row]]
        found: list[Rows] = [
            self.of_need(int(lists.needs[row])),
            self.of_offering(int(lists.offerings[row])),
        ]
        if lists.misfit[row] >= SERVING:
            heads = {offering.specialty, *self.groups(int(lists.offerings[row]))}
            chains = self._accepted(need.chains) & offering.chains
            found.append({"SERVES": self._joining("SERVES", heads, chains)})
        elif label_of(need.demanded) == "Occupation":
            rows = self._joining("PREPARES_FOR", {offering.specialty}, {need.demanded})
            found.append({"PREPARES_FOR": rows})
        if lists.works[row]:
            found.append(lists.together[offering.school or "", need.demander].rows)
        return tuple(one for one in found if any(one.values()))

    def of_need(self, number: int) -> Rows:
        """The claims that tell of a need."""
        return {"DEMANDS": set(self._needed[number].rows)}

    def of_offering(self, number: int) -> Rows:
        """The claims that tell of an offering: of the school's own, else of its groups."""
        one = self._supplied[number]
        if one.rows:
            return {"OFFERS": set(one.rows)}
        return {"INCLUDES": self._joining("INCLUDES", self.groups(number), {one.specialty})}

    def groups(self, number: int) -> set[str]:
        """The groups of its school that an offering belongs to."""
        one = self._supplied[number]
        return self._round.market.provided.groups_of(Offering(one.school, one.specialty))

    def _joining(self, kind: str, heads: set[str], tails: set[str]) -> set[int]:
        claims = self._projection.claims(kind)
        sure, head = claims.column("confidence"), claims.column("head")
        return {
            row
            for tail in tails
            for row in claims.by_tail.get(tail, ())
            if head[row] in heads and sure[row] >= self._minimum
        }
