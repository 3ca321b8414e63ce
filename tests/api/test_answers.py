from __future__ import annotations

import asyncio

import pytest

from api.answers import Answers


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
