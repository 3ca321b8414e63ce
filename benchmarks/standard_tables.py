"""The national standard: a million graduates as csv, 200 thousand rows of cooperation as a workbook, 2 GB of csv.

The rows are those of ODS_BYQXJYSJ (22 fields, a row a graduate). Our side reads the csv, drops what is about persons,
checks every cell that is used, counts by specialty, company, city and industry, and makes the claims. The other side
reads the same file with `polars.read_csv` and does the same checks and counts by hand in polars expressions. A workbook
of ODS_CXHZSJ is read by us, and by `python-calamine` with the same checks in Python. Turn about in one run; the median
counts; `ratio` is ours ÷ theirs in speed, `processor_ratio` the same by the processor time of all threads, which other
work on the machine moves less. Last a csv of the given size is read in a process of its own, for its memory.
`records.py` runs it.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine as calamine
from openpyxl import Workbook

from ingest.records import read_records
from ingest.records.standard import personal_columns, standard_columns

Side = Callable[[Path], int]

TABLE = "ODS_BYQXJYSJ"
SCHOOLS = [f"41500{number:05d}" for number in range(12200, 12240)]
COMPANIES = [f"示例第{number}制造有限公司" for number in range(3000)]
CITIES = ["500100", "510100", "520100", "440300", "310100"]


def write_graduates(path: Path, rows: int) -> None:
    """Rows of ODS_BYQXJYSJ with all fields, those of persons too."""
    chance = random.Random(11)  # noqa: S311 (the same rows in every run)
    names = [c.name for c in (*standard_columns(TABLE), *personal_columns(TABLE))]
    fixed = {"jydwsfxqhzdw": "1", "jydwxzm": "33", "jydwgmm": "3", "jyqyshjgmc": "", "jyqysjgbm": "500000"}
    fixed |= {"jyqysjgmc": "重庆市", "jyrq": "20240701", "sfzzcy": "0", "cyxmmc": "", "sflhjy": "0"}
    fixed |= {"gzgwmc": "装调工", "sjcjsj": "20240930 101500"}
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(names) + "\n")
        for number in range(rows):
            specialty = number % 10
            row = fixed | {
                "zjsjwyxbs": f"{number:032d}",
                "xxdm": SCHOOLS[number % 40],
                "xh": f"2021{number:08d}",
                "xm": "某某某",
                "zyh": f"ZY{specialty:02d}",
                "zymc": f"示例专业{specialty}",
                "jydwmc": COMPANIES[(number % 40 * 70 + specialty * 7 + chance.randrange(30)) % 3000],
                "jydwhym": "CGIFM"[number % 5],
                "qxx": str(3500 + 50 * (number % 80)),
                "sfdk": "01"[number % 3 > 0],
                "jyqyshjgbm": CITIES[number % 5],
            }
            file.write(",".join(row[name] for name in names) + "\n")


def by_hand(path: Path) -> int:
    """The same checks and counts in polars; the number of groups."""
    table = pl.read_csv(path, infer_schema=False)
    text = ["xxdm", "zyh", "zymc", "jydwmc"]
    clean = [pl.col(n).str.strip_chars().str.replace_all(r"[\u200b-\u200f\ufeff]", "") for n in text]
    table = table.with_columns(clean)
    personal = r"(?:^|\D)1[3-9]\d{9}(?:\D|$)|(?:^|\D)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?:\D|$)"
    good = (
        pl.col("xxdm").str.contains(r"^\d{10}$")
        & pl.col("zymc").is_not_null()
        & pl.col("sfdk").is_in(["0", "1"])
        & pl.col("jydwhym").str.contains(r"^(?:[A-T]|\d{2,4})$")
        & pl.col("jyqyshjgbm").str.contains(r"^\d{6}$")
        & pl.col("qxx").cast(pl.Float64, strict=False).is_not_null()
        & pl.col("sjcjsj").str.contains(r"^\d{8} \d{6}$")
        & ~pl.any_horizontal(pl.col(n).str.contains(personal) for n in ("zyh", "zymc", "jydwmc"))
        & (pl.col("jydwmc").str.len_chars() <= 200)
        & ~pl.col("zymc").is_in(["合计", "小计", "总计"])
        & pl.col("zjsjwyxbs").is_first_distinct()
    )
    table = table.filter(good).with_columns(
        year=pl.col("sjcjsj").str.slice(0, 4).cast(pl.Int64), pay=pl.col("qxx").cast(pl.Float64)
    )
    groups = 0
    for by in ([], ["jydwmc"], ["jyqyshjgbm"], ["jydwhym"]):
        grouped = table.group_by(["xxdm", "zyh", "zymc", "year", *by]).agg(
            people=pl.len(), in_field=(pl.col("sfdk") == "1").sum(), pay=pl.col("pay").mean()
        )
        groups += grouped.height
    return groups


def ours(path: Path) -> int:
    """The claims of a file."""
    read = read_records(path, "0123456789abcdef")
    assert not read.rejects
    return int(read.claims.num_rows)


def write_workbook(path: Path, rows: int) -> None:
    """A workbook of ODS_CXHZSJ."""
    columns = [c.name for c in standard_columns("ODS_CXHZSJ")]
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("ODS_CXHZSJ")
    sheet.append(columns)
    for number in range(rows):
        cells = [f"{number:032d}", SCHOOLS[number % 40], f"ZY{number % 10:02d}", None]
        cells += [
            COMPANIES[number % 3000],
            f"2{number % 20:03d}09",
            number % 90,
            2,
            1,
            0,
            5,
            number % 7,
            1000,
        ]
        sheet.append([*cells, "20240930 101500"][: len(columns)])
    workbook.save(path)


def workbook_by_hand(path: Path) -> int:
    """The same cells by calamine, checked row by row in Python."""
    rows = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    good = 0
    for row in rows[1:]:
        school, company, since = str(row[1]), str(row[4]).strip(), str(row[5])
        figures = [cell for cell in row[6:13] if cell not in {"", None}]
        sound = school.isdigit() and len(school) == 10 and 0 < len(company) <= 200 and len(since) == 6
        good += sound and all(float(cell) >= 0 for cell in figures)
    return good


def against(name: str, rows: int, path: Path, sides: tuple[Side, Side], runs: int) -> dict[str, Any]:
    """One line of the table: the medians of our side and of theirs, turn about."""
    spent: tuple[list[float], list[float]] = ([], [])
    worked: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for side, clock, processor in zip(sides, spent, worked, strict=True):
            begin, busy = time.perf_counter(), time.process_time()
            side(path)
            clock.append(time.perf_counter() - begin)
            processor.append(time.process_time() - busy)
    mine, theirs = map(statistics.median, spent)
    my_work, their_work = map(statistics.median, worked)
    return {
        "name": name,
        "rows": rows,
        "seconds": round(mine, 2),
        "by_hand_seconds": round(theirs, 2),
        "rows_per_second": round(rows / mine),
        "ratio": round(theirs / mine, 3),
        "processor_ratio": round(their_work / my_work, 3),
    }


_PEAK = """
import sys
from pathlib import Path
from ingest.records import read_records
read = read_records(Path(sys.argv[1]), "0123456789abcdef")
status = Path("/proc/self/status")
if status.exists():  # getrusage would count the process that started this one, too
    peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(read.rows_taken, peak // 1024)
"""


def memory(folder: Path, megabytes: int) -> dict[str, Any]:
    """The highest memory of a process that reads a csv of this size; not on Windows, which counts otherwise."""
    path = folder / f"{TABLE}.csv"
    write_graduates(path, 20_000)
    head, _, rest = path.read_bytes().partition(b"\n")
    block = rest.replace(b",ZY0", b",ZY1")
    with path.open("wb") as file:
        file.write(head + b"\n")
        copies = 0
        while file.tell() < megabytes * 1_000_000:
            mark = f"{copies:06d}".encode()  # other keys: a row sent twice is refused
            file.write(b"\n".join(mark + line[6:] for line in block.splitlines()) + b"\n")
            copies += 1
    size = path.stat().st_size
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(path)], capture_output=True, text=True, check=True
    )
    seconds = time.perf_counter() - begin
    rows, peak = map(int, done.stdout.split())
    path.unlink()
    return {
        "name": f"csv of {size / 1e9:.1f} GB",
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(rows / seconds),
        "peak_megabytes": peak,
        "ratio": round(1024 / peak, 3),  # of the gigabyte that it may take
    }


def measure(rows: int, runs: int, workbook_rows: int, megabytes: int) -> list[dict[str, Any]]:
    """One result for csv, one for the workbook, one for memory."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        table, workbook = folder / f"{TABLE}.csv", folder / "ODS_CXHZSJ.xlsx"
        write_graduates(table, rows)
        results = [against("graduates, csv: against polars", rows, table, (ours, by_hand), runs)]
        table.unlink()
        write_workbook(workbook, workbook_rows)
        sides = (ours, workbook_by_hand)
        results.append(against("cooperation, xlsx: against calamine", workbook_rows, workbook, sides, 1))
        if megabytes and sys.platform != "win32":
            results.append(memory(folder, megabytes))
    return results
