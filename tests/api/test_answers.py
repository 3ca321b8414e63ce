from __future__ import annotations

import asyncio

import pytest

from api.answers import Answers, beginning
from graph.errors import LiantuError


def test_what_many_ask_for_at_once_is_made_once() -> None:
    made: list[int] = []

    async def make() -> int:
        made.append(1)
        await asyncio.sleep(0.01)
        return 7

    async def run() -> list[int]:
        answers = Answers()
        first = await asyncio.gather(*(answers.of(("1", "x"), make) for _ in range(20)))
        return [*first, await answers.of(("1", "x"), make)]

    assert asyncio.run(run()) == [7] * 21
    assert len(made) == 1


def test_one_that_gives_up_takes_nothing_from_the_others() -> None:
    async def make() -> int:
        await asyncio.sleep(0.05)
        return 7

    async def run() -> int:
        answers = Answers()
        first = asyncio.ensure_future(answers.of(("1", "x"), make))
        second = asyncio.ensure_future(answers.of(("1", "x"), make))
        await asyncio.sleep(0.01)
        first.cancel()
        return await second

    assert asyncio.run(run()) == 7


def test_what_went_wrong_is_asked_again() -> None:
    tries: list[int] = []

    async def make() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("once")
        return 7

    async def run() -> int:
        answers = Answers()
        with pytest.raises(ValueError, match="once"):
            await answers.of(("1", "x"), make)
        return await answers.of(("1", "x"), make)

    assert asyncio.run(run()) == 7


def test_a_new_version_and_the_least_used_make_room() -> None:
    made: list[str] = []

    async def run() -> None:
        answers = Answers(kept=2)

        async def ask(version: str, name: str) -> None:
            async def make() -> str:
                made.append(f"{version}{name}")
                return name

            await answers.of((version, name), make)

        for name in ("a", "b", "a", "c", "a", "b"):
            await ask("1", name)
        await ask("2", "a")
        await ask("1", "a")

    asyncio.run(run())
    assert made == ["1a", "1b", "1c", "1b", "2a", "1a"]


def test_few_large_answers_are_kept_and_take_no_place_of_small_ones() -> None:
    made: list[str] = []

    async def run() -> None:
        answers = Answers(kept=2, large_kept=1)

        async def ask(name: str, *, large: bool) -> None:
            async def make() -> str:
                made.append(name)
                return name

            await answers.of(("1", name), make, large=large)

        await ask("small", large=False)
        for name in ("a", "b", "a"):
            await ask(name, large=True)
        await ask("small", large=False)

    asyncio.run(run())
    assert made == ["small", "a", "b", "a"]


@pytest.mark.parametrize("begun", [True, False])
def test_what_nobody_waits_for_is_made_only_where_it_was_begun(begun: bool) -> None:
    ended: list[int] = []

    async def make() -> int:
        if begun:
            beginning()()
        await asyncio.sleep(0.02)
        ended.append(1)
        return 7

    async def run() -> None:
        answers = Answers()
        both = [asyncio.ensure_future(answers.of(("1", "x"), make)) for _ in range(2)]
        await asyncio.sleep(0.005)
        for one in both:
            one.cancel()
        await asyncio.sleep(0.05)

    asyncio.run(run())
    assert bool(ended) == begun


def test_more_than_can_be_made_at_once_is_refused() -> None:
    async def make() -> int:
        await asyncio.sleep(0.01)
        return 7

    async def run() -> None:
        answers = Answers(pending=2, large_pending=1)
        asked = [asyncio.ensure_future(answers.of(("1", name), make)) for name in "abc"]
        large = [asyncio.ensure_future(answers.of(("1", name), make, large=True)) for name in "de"]
        *made, refused = await asyncio.gather(*asked, return_exceptions=True)
        one, too_many = await asyncio.gather(*large, return_exceptions=True)
        assert [*made, one] == [7, 7, 7]
        assert isinstance(refused, LiantuError)
        assert isinstance(too_many, LiantuError)
        assert refused.code == too_many.code == "api.busy"
        assert await answers.of(("1", "c"), make) == 7

    asyncio.run(run())
