"""The claims of every source that was read (留存的主张): a Parquet file each, from which the graph is built."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.claims import CLAIMS
from graph.errors import LiantuError
from graph.language import Text
from graph.store.protocol import Source
from ingest.records.scopes import SCOPE
from ingest.standing import Scoped

MARK: Final = "~"  # begins, in the key of a source, what tells which of its scopes do not stand


def extractor_of(key: str) -> str:
    """The key of the extractor, without what marks the scopes that do not stand."""
    return key.partition(MARK)[0]


class KeptClaims:
    """The folder `claims/` of a workplace. A file that stands there is whole: it is written beside and put in place."""

    def __init__(self, directory: Path, *, tidy: bool) -> None:
        """`tidy` clears what a killed batch left: only one writes at a time."""
        self._folder = directory / "claims"
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.glob("*.tmp") if tidy else ():
            left.unlink(missing_ok=True)

    def put(self, source: Source, claims: pa.Table, scoped: Scoped | None) -> None:
        """Keep the claims of a source, each with the scope that it belongs to."""
        target = self._file(source)
        if scoped is not None:
            claims = claims.append_column(SCOPE, scoped.of)
        partial = _beside(target)
        pq.write_table(claims, partial, compression="zstd")
        partial.replace(target)

    def has(self, source: Source) -> bool:
        """Whether the claims of a source are here."""
        return self._file(source).is_file()

    def whole(self, source: Source) -> bool:
        """Whether they are here and were not cut: the last bytes of a file describe the others."""
        try:
            pq.read_metadata(self._file(source))
        except (OSError, pa.ArrowException):
            return False
        return True

    def read(self, source: Source, without: Collection[str]) -> pa.Table:
        """The claims of a source in schema `CLAIMS`, but for those of the scopes `without`; `graph.damaged`."""
        file = self._file(source)
        try:
            if not without:
                return pq.read_table(file, schema=CLAIMS, memory_map=False)
            table = pq.read_table(file, schema=CLAIMS.append(pa.field(SCOPE, pa.string())), memory_map=False)
            gone = pc.is_in(pc.fill_null(table.column(SCOPE), ""), pa.array(sorted(without), pa.string()))
            return table.filter(pc.invert(gone)).drop_columns([SCOPE])
        except (OSError, pa.ArrowException) as error:
            raise LiantuError("graph.damaged", file=file.name, remedy=_remedy(source)) from error

    def take_over(self, directory: Path) -> int:
        """Take over what another workplace keeps; how many files came."""
        came = 0
        for file in sorted((directory / "claims").glob("*.parquet")):
            target = self._folder / file.name
            if target.is_file() and target.stat().st_size == file.stat().st_size:
                continue
            partial = _beside(target)
            shutil.copyfile(file, partial)
            partial.replace(target)
            came += 1
        return came

    def _file(self, source: Source) -> Path:
        return self._folder / f"{source.id}-{extractor_of(source.key)}.parquet"


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.{os.getpid()}.tmp")


def _remedy(source: Source) -> Text:
    if source.medium == "reference":
        return Text("请重新运行 liantu init。", "Run `liantu init` again.")
    return Text(
        f"请删除该文件，并重新入库 {source.name}。", f"Delete that file and ingest {source.name} again."
    )
