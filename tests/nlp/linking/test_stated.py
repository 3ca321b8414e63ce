"""What the frames have said of the names of a pair is evidence, too."""

from __future__ import annotations

from nlp.extraction import Relation
from nlp.linking.pairs import Pair
from nlp.linking.stated import OF_ALL, Stated


def relation(kind: str, head: int, tail: int) -> Relation:
    return Relation(kind, head, tail, 0, 9)


def evidence(
    stated: list[Relation], heads: tuple[int, ...] = (0,), tails: tuple[int, ...] = (1,)
) -> set[str]:
    return set(Stated(stated).evidence(Pair(heads, tails, ("School", "Specialty"), 0, 9, "→", ()), "OFFERS"))


def test_names_of_which_nothing_is_stated() -> None:
    nothing = {"nothing stated of the head", "nothing stated of the tail"}
    assert evidence([]) == nothing
    assert evidence([relation("LEADS", 7, 8)]) == nothing


def test_another_relation_between_the_two_in_either_direction() -> None:
    assert evidence([relation("HOSTS", 0, 1)]) == {"stated as HOSTS"}
    assert evidence([relation("HOSTS", 1, 0)]) == {"stated as HOSTS"}


def test_another_end_of_the_same_relation() -> None:
    assert evidence([relation("OFFERS", 0, 5)]) == {"head has another tail", "nothing stated of the tail"}
    assert evidence([relation("OFFERS", 5, 1)]) == {"tail has another head", "nothing stated of the head"}
    assert evidence([relation("HOSTS", 5, 1)]) == {"nothing stated of the head"}


def test_members_of_the_same_lists() -> None:
    assert evidence([relation("OFFERS", 0, 2)], tails=(1, 2)) == {"stated of others in these lists"}


def test_all_that_may_be_told_is_known_beforehand() -> None:
    stated = [relation("OFFERS", 0, 5), relation("OFFERS", 5, 1), relation("UPSTREAM_OF", 0, 1)]
    assert evidence(stated) | evidence([]) <= set(OF_ALL)


def test_what_is_stated_leaves_no_room_for_its_reverse_and_for_other_leaders() -> None:
    stated = Stated([relation("LEADS", 0, 1), relation("OFFERS", 2, 3)])
    assert stated.excludes("LEADS", 5, 1)  # who leads is said at once
    assert not stated.excludes("OFFERS", 5, 3)
    assert stated.excludes("OFFERS", 3, 2)


def test_names_that_are_told_two_by_two_go_with_no_other() -> None:
    stated = Stated([relation("COOPERATES_WITH", 0, 1), relation("COOPERATES_WITH", 2, 3)])
    assert stated.excludes("COOPERATES_WITH", 0, 3)
    assert stated.excludes("COOPERATES_WITH", 2, 1)
    assert not stated.excludes("COOPERATES_WITH", 0, 4)
    assert not Stated([relation("COOPERATES_WITH", 0, 1)]).excludes("COOPERATES_WITH", 0, 2)
