"""Asking a language model about a document (询问): its passages in pieces, several at once; the rules' reading is kept.

If the server fails on any piece, the document is read by the rules alone: what a document gives does not depend on when
a server went away. Answers that came before are kept, so the next run asks for the others only.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings
from nlp.extraction import Context, Extraction
from nlp.gazetteer import Gazetteer
from nlp.language_model.answer import Completion, read_answer
from nlp.language_model.checking import Checking
from nlp.language_model.kept import Answers
from nlp.language_model.prompt import DIGEST, LONGEST
from nlp.language_model.refusal import Reason, in_words
from nlp.language_model.server import Server, UnreachableError

_SHORTEST: Final = 8  # characters; a date line or a heading number says nothing
_CHINESE: Final = re.compile("[\u4e00-\u9fff]{2}")
_ENDS: Final = re.compile("[。！？；\n]")
_REST: Final = 60.0  # seconds for which a server that is away, too slow, busy or refuses the key is not asked


def identity(settings: Settings) -> str:
    """What the answers are a function of beside the text: model, limit of tokens, prompt; empty where none is asked."""
    if not settings.model_name:
        return ""
    return f"{settings.model_name}\x1f{settings.model_tokens:g}\x1f{DIGEST}"


class LanguageModel:
    """A model on a server, as the settings say; `model.address` or `model.client` where that cannot be."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.model_name
        self._server = Server(settings)
        self._seconds = settings.model_file_seconds
        self._requests = int(settings.model_requests)
        folder = Path(settings.model_answers).expanduser() if settings.model_answers else None
        self._answers = Answers(folder, identity(settings))
        self._failed: tuple[float, UnreachableError] | None = None

    def answers(self, texts: Sequence[str]) -> dict[str, Completion]:
        """The answer to each text; `model.unreachable` where one of them has none."""
        found = {text: kept for text in texts if (kept := self._answers.find(text)) is not None}
        wanted = [text for text in dict.fromkeys(texts) if text not in found]
        if not wanted:
            return found
        if self._failed is not None and time.monotonic() < self._failed[0] + _REST:
            raise self._failed[1]
        with ThreadPoolExecutor(1) as apart:  # a notebook has a loop of its own in this thread
            try:
                return found | apart.submit(asyncio.run, self._ask(wanted)).result()
            except UnreachableError as error:
                if error.lasting:
                    self._failed = time.monotonic(), error
                raise

    async def _ask(self, texts: Sequence[str]) -> dict[str, Completion]:
        found: dict[str, Completion] = {}
        waiting = iter(texts)
        failures: list[UnreachableError] = []

        async def work() -> None:
            for text in waiting:
                if failures:
                    return
                try:
                    found[text] = await self._server.complete(client, text)
                except UnreachableError as error:
                    failures.append(error)
                    return
                self._answers.keep(text, found[text])

        async with self._server.client() as client:
            try:
                async with asyncio.timeout(self._seconds):
                    await asyncio.gather(*(work() for _ in range(min(self._requests, len(texts)))))
            except TimeoutError:
                reason = f"LIANTU_MODEL_FILE_SECONDS > {self._seconds:g} s"
                failures.append(UnreachableError(self._server.address, reason, lasting=True))
        if self._server.declined is not None and not self._server.answered:
            failures.append(self._server.declined)  # whatever it is asked
        if failures:
            raise failures[0]
        return found


class Consultation:
    """What a model added to one document, or to what one command read, and what was refused."""

    def __init__(self, model: LanguageModel, gazetteer: Gazetteer) -> None:
        self._model = model
        self._gazetteer = gazetteer
        self.asked = 0
        self.taken = 0
        self.agreed = 0
        self.refused: Counter[Reason] = Counter()
        self.failure: LiantuError | None = None

    def add(self, extractions: Sequence[Extraction], context: Context) -> tuple[Extraction, ...]:
        """The extractions with what the model adds to them; as they were where it has failed."""
        if self.failure is not None:
            return tuple(extractions)
        pieces = [list(_pieces(extraction.passage.text)) for extraction in extractions]
        texts = [
            extraction.passage.text[begin:end]
            for extraction, places in zip(extractions, pieces, strict=True)
            for begin, end in places
        ]
        try:
            answers = self._model.answers(texts)
        except LiantuError as error:
            self.failure = error
            return tuple(extractions)
        self.asked += len(texts)
        return tuple(
            self._checked(extraction, places, answers, context) if places else extraction
            for extraction, places in zip(extractions, pieces, strict=True)
        )

    def _checked(
        self,
        extraction: Extraction,
        places: Sequence[tuple[int, int]],
        answers: dict[str, Completion],
        context: Context,
    ) -> Extraction:
        checking = Checking(extraction, context, self._gazetteer)
        for begin, end in places:
            answer = read_answer(answers[extraction.passage.text[begin:end]])
            if isinstance(answer, Reason):
                self.refused[answer] += 1
            else:
                checking.read(answer, begin, end)
        self.refused += checking.refused
        self.agreed += checking.agreed
        self.taken += checking.taken
        return checking.extraction()

    def summary(self) -> Text:
        """What came of it, in one line."""
        name = "".join(c if c.isprintable() else "�" for c in self._model.name[:80])
        refused = sum(self.refused.values())
        words = in_words(self.refused)
        zh = f"语言模型 {name}：读 {self.asked} 段，与规则一致 {self.agreed} 处，补充 {self.taken} 处，"
        zh += f"不采用 {refused} 处"
        en = (
            f"language model {name}: {self.asked} pieces read, {self.agreed} as the rules have it, {self.taken} added, "
            f"{refused} refused"
        )
        return Text(f"{zh}（{words.zh}）" if refused else zh, f"{en} ({words.en})" if refused else en)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of a passage that are asked about: whole sentences, as many as fit."""
    begin = last = 0
    bounds = [match.end() for match in _ENDS.finditer(text)]
    for end in [*bounds, len(text)]:
        while end - begin > LONGEST:
            stop = last if last > begin else begin + LONGEST
            yield from _worth(text, begin, stop)
            begin = stop
        last = end
    yield from _worth(text, begin, len(text))


def _worth(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[begin:end]
    if len(piece.strip()) >= _SHORTEST and _CHINESE.search(piece):
        yield begin, end
