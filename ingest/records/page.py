"""The pages of the docs on records (记录说明): the guide, and the two references that the declarations write.

    python -m ingest.records.page > docs/records.md    # the guide
    python scripts/write_docs.py --write               # the references, among other pages

Tests fail where a page is not what this module writes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Final

from graph.ontology import EDGES, NODES
from ingest.records.kind import PRESENT, ByChoice, Column, Edge, RecordKind
from ingest.records.kinds import RECORD_KINDS
from ingest.records.standard.links import SILENT_KINDS
from ingest.records.standard.links.silent import NOTHING_TO_SAY
from ingest.records.template import form_of

_GUIDE: Final = """\
# Records 记录

<!-- Written by `python -m ingest.records.page > docs/records.md`. Change `ingest/records/page.py`. -->

Schools and companies report in tables: csv or xlsx, a row a fact. liantu takes them as they are: exports of the national
data standard, a school's database, and spreadsheets that people made by hand.
院校和企业用表格报送（csv 或 xlsx，一行一条）。国家数据标准的导出表、学校数据库、手工表格，都照原样读取。

```sh
liantu inspect 甲学院.xlsx                     # what is understood of a table, nothing is loaded yet 入库前查看
liantu ingest 报送/                            # a folder of them: csv, xlsx, zip, in whatever order 整个文件夹入库
liantu ingest "mysql://reader@host/school"    # straight from a school's database 数据库直采
liantu quality --region 重庆市 -o 质量.xlsx     # what is wrong, what conflicts, who is missing 质量报告，发回学校
liantu ingest 更正.xlsx                        # rejected rows as they come back corrected 更正后的拒收行
liantu gaps talent_balance                     # the answers 问题与答案
liantu template enterprises -o 企业.xlsx        # an empty workbook for who has no table yet 空表模板
```

The kinds of tables, column by column: [record-kinds.md](record-kinds.md) (made by hand, {by_hand} kinds) and
[standard-tables.md](standard-tables.md) (the national standard, {standard} tables read, {left} known and left).

## How a table is read 读表规则

- **Recognition 识别.** The kind is told by the headers; order, spaces, case, width, `*` and units in brackets do not
  count, and other usual headers are taken too. Titles may stand above the header (first 10 rows). Where two kinds fit
  equally, the name of the sheet or file decides. Columns that mean nothing are left out, and the report says which. A
  column 类型 of a list of members that holds roles (牵头单位) is read as the roles.
- **Files 文件.** csv in UTF-8, GB18030 or UTF-16, separated by comma, semicolon or tab; xlsx with several sheets, merged
  cells (a merged column holds its value in every row, a number only where the rows name the same). Formulas that hold
  no value (in files that a program wrote) are empty, and the report names them. Encrypted files, zip bombs and XML
  with a DOCTYPE are refused.
- **Numbers 数字.** `１，２３４`, `1.2万`, `约300人`, `35人左右`, `100余人` are read; two numbers in one
  cell are refused. What is empty is unknown, never 0. Of `3-5 人`, `8000-1万` and `20人以上` the smaller number is taken;
  `若干` and `待统计` are unknown.
- **Units 单位** stand in the header (产值（万元）, 产值/亿元, 从业人员数（万）), in a row below it, or in a line above it
  (单位：万元), which the report tells. A unit in the cell goes before (800人 below 万人 are 800). A table whose header
  tells a unit that is not known (万美元) is refused, and the message says what to write. 单位认不得的整表拒收，不当作元。
- **Dates 日期.** `2023-10-27`, `2023/10`, `2023年10月`, `20231027`, `202310`, `2023`, and cells that hold a date.
  `长期` and `待定` are unknown.
  A school year (`2023-2024学年`) in a column of years is the year that it begins in; as a date it is refused.
- **Several names 多个名称** in one cell are separated by `、`, `；`, `，`, a line break or numbers (`1. … 2. …`); 等5家
  at the end goes; what brackets hold belongs to one name; labels and roles (院校：甲大学, 乙公司（理事长）) are no part
  of it. A line break within one name is known by how names of bodies end. Leaders of several kinds may have a column each
  (牵头企业, 牵头高校). Words that name nothing (暂未对接, 见附件, 20家, 不限) are unknown, and rejected where a name is
  required. “暂未对接”“见附件”“20家”之类不当作名称。
  Where the form says several, a cell of several names is as
  many rows. A row with a code or figure that can be that of one of them only, or with several names in two columns that
  would have to be paired, is rejected, to be written as several rows. Posts with one headcount (电工、焊工 30 人) are
  taken: both are needed, how many of each is unknown, the quote tells the whole, and the report says where.
  So it is with a number in a cell merged over rows of several names.
  几个岗位合写一个人数（同格或合并单元格）：各自按未知计，合计留在引文。
- **Codes 代码.** Schools have 10 digits (the last 5 alone are looked up), companies 18 characters, specialties 6 digits.
  A zero that a spreadsheet took from the code of an industry is put back by its name; a code and a name of two industries
  are rejected.
  A specialty without a code is found in the national catalogue by name and level, where that names exactly one.
  There is one catalogue: that of vocational education of 2021 with what was added until December 2025, and the
  undergraduate one of 2026. Those of former years (2015, 2019) are not kept, nor when a specialty was added, so a table
  of 2019 is not checked against the catalogue of 2019: a code that is in none of these is told with row and code
  (`liantu quality`), its specialty is found by name and level, else kept as it stands; nothing is rejected for it.
  往年专业目录未收录，旧代码按名称和层次对应并在质量报告中列出。
- **Made by hand 手工表.** Headers may have two or three rows; hidden rows and sheets are not read, and the report says
  so; a sheet without header goes on with the one before, unless it is of persons; rows of totals (合计, 医药类小计), the
  header once more and notes below the table (注：…) are set aside (不计行), so that nothing is counted twice; the report
  says how many and where. From the header of another table on nothing is read: it needs a sheet of its own.
  同一工作表里的另一张表不读，请分表。
- **In the title alone 标题里的学校和年份.** A school's own table often names school and year once, above the header
  (某某职业学院2025年招生计划), and has no columns of them: they are read from there, where the rows above the header name
  one school (of the national register, or by how its name ends) and one year. The report says so in one line, and the
  quote of every claim ends with the title, but for what it says of persons (联系人). Two schools, a department
  (重庆大学计算机学院), no year or two years: the table is refused, and the message says what to add.
  校名或年份在标题中不唯一时拒收，并说明应补的列。
  A list of members takes its consortium so, from the line above (甲市智能装备产教联合体成员单位名单) or the name of its
  sheet. 成员名单可在标题或工作表名中写明联合体。
- **What holds no more 撤销、退出与拟定.** A table whose title, sheet or file name says that its rows were revoked, left,
  ended or refused (撤销专业名单, 退出成员名单) is refused with the reason: its headers are those of what is there. Rows
  with such a remark (备注 已退出, 角色 拟加入) are set aside and told. Under a title of plans (拟组建…, 征求意见稿, 公示,
  申报) rows without a status are 计划. 已撤销、退出、终止的名单不读入；拟定、公示、申报的按“计划”读入。
- **As above 同上.** 同上 means what stands above, and so do blanks below a name in the first column where many cells are
  blank: a school, company, region, park or chain. With two such columns (区县, 学校) both are filled, the outer one
  first; a new district begins without a school. `inspect` and the report name the columns; `as_above: false` in the
  mapping turns it off.
- **Headers that narrow 限定表头.** 就业人数（市内）, 其中：女, 预计毕业生数 and rates (就业率) are not taken for the
  whole number: they are told as unused.
- **Looked at first 先看后入库.** `liantu inspect FILE` shows how sure each column is; `--column HEADER=COLUMN` puts one
  right, `--save` keeps it as `FILE.mapping.yaml`, by which every table in that folder with the same headers is read.
- **Wrong rows 错误行** go to the rejects with file, sheet, row, column, value and reason, the others go in; rows read =
  rows taken + rows rejected + rows set aside. Blank rows and the template's example are passed over.
- **Persons 个人.** Only the columns of the kind leave the reader: names, telephones and all that is not listed are
  dropped there. A cell that holds an identity or mobile number or a mail address is refused and never shown.
- **Twice the same 重复.** A claim that several rows of a file make in the same words is one claim, at the first of
  these rows. Rows that contradict each other are both kept.
- **Evidence 依据.** The quote of a claim is the words of the row, `重庆大学 | 车辆工程 | 年份 2024`, its place `l.12`
  (line of a csv) or `Sheet1!12` (row of a sheet), its method `record`, its status 完成 unless the row has another.

## What comes again 更正与重报

- **Corrected rows 更正.** Each batch with rejects leaves a workbook `rejects/0001.xlsx` in the graph's folder; `liantu
  quality SOURCE -o FILE.xlsx` writes one for one source. Its rejected rows stand there complete, each with a number in
  the first column. Correct them, leave the number, ingest the workbook (or a csv of it): the rows then stand in place of
  those that were rejected, and the first file counts as whole. What is still wrong goes out again. A row corrected twice
  says what the later one says. Of rows that are persons nothing goes out: they are corrected where they came from.
  拒收行连同“更正编号”发出，改好后直接入库，即取代原行；编号列请勿改动。
- **A report sent anew 重报.** The same file with other content replaces what it said before. A second file of the same
  table, school and period (the year of collection, `sjcjsj`) replaces the first, whatever it is called: the one that was
  collected later stands, else the one that came later. Of a table with many schools only what is reported again is
  replaced. The report says whose rows took whose place; `liantu retract` of the later brings the earlier back.
  A table made by hand replaces its like in the same way where both speak of one and the same school and share a column
  of figures, or have none (students from one office and employment from another stand beside each other); else both are
  kept, and `liantu quality` shows where they conflict.
  同表、同校、同期后报取代先报；手工表仅限单校表，数字列全不同的并存。
- **A partial report 补报** adds to what is there. It says so: by its name or its folder's (补报, 补充, 增补, 追加, 增量,
  部分, partial, supplement), or by `liantu ingest --partial`, and stays so when it comes again.
  补报文件在文件名中写明，或加 --partial。
"""

_KINDS: Final = """\
# Record kinds 记录类型

<!-- Written by `python scripts/write_docs.py --write`. Change the declarations in `ingest/records/kinds/`. -->

The tables that people make by hand: what each kind is called, its columns, and what a row becomes. How they are read, and
what becomes of rows that are wrong, says [records.md](records.md). 手工表的各种类型：列、填写方式、每行生成什么。
"""


_STANDARD: Final = """\
# National data standard 国家数据标准

<!-- Written by `python scripts/write_docs.py --write`. Change the declarations in `ingest/records/standard/`. -->

Vocational schools report to the ministry by the national data standard (职业院校数字基座高职数据标准及接口规范, 2024-09;
中职 V2.2.0, 2025-03). liantu takes its tables as they are: csv or xlsx, headed by field codes (`xxdm`), Chinese names,
or both. How tables are read in general says [records.md](records.md).

- **What is read 读什么.** Only the columns below. All others, names, student and identity numbers, telephones, teachers
  among them, are dropped by the reader, before any check, report or file.
  其余各列（含全部个人信息）在读取时即丢弃。
- **Persons 个人.** Tables with a row a person are counted while they are read; only sums are kept. Counts below
  `LIANTU_SMALL_GROUP` (5) are kept beside the graph to make sums of, and not shown by any answer.
  逐人的表边读边汇总，人数小于 5 的不予显示。 Rejected rows of such tables are named by number alone.
- **Graduates 毕业生** of a specialty and year are employed + studying on + unemployed: the number appears in the
  graph once all three tables are there. The year is that of the collection (`sjcjsj`). 三张去向表齐备后生成毕业生数。
- **Specialties 专业.** `zyh` is the school's own number; what it means is said by ODS_ZYSZSJ of the same school, in
  whatever order the files come. 专业号由学校自定，依同校 ODS_ZYSZSJ 对应国家目录。
- **Databases 数据库.** `liantu ingest "mysql://reader@host/school"` (any SQLAlchemy URL; the password in
  `LIANTU_DATABASE_PASSWORD`) reads the tables and views that it knows by the names of their columns or by their comments
  (注释), in a read-only transaction, streamed, and of each only the columns below. A table is taken whole or not at all.
  Give it a user that may only SELECT. Tables of another schema 其他模式的表: add `?schema=NAME`.
  Drivers 驱动: `pip install "liantu[mysql]"` for MySQL and MariaDB, `"liantu[postgresql]"` for PostgreSQL (both tried on
  real servers), `"liantu[oracle]"` for Oracle, none for SQLite (`sqlite:///学校.db`), `dmPython dmSQLAlchemy` of the
  vendor for 达梦 (`dm://reader@host:5236`; only SELECT is sent). Of these two the driver was loaded, no server was there.
- **Rows sent twice 重复行** (the same `zjsjwyxbs`) are counted once, the later one is rejected; rows marked as deleted
  (`sjztm` 0) say nothing.
"""


def page() -> str:
    """The guide: how records are read, and what becomes of what comes again."""
    by_hand = sum(not kind.standard for kind in RECORD_KINDS.values())
    counts = {"by_hand": by_hand, "standard": len(RECORD_KINDS) - by_hand, "left": len(SILENT_KINDS)}
    return _filled(_GUIDE, counts)


def kinds_page() -> str:
    """The reference of the kinds of tables that people make by hand."""
    return "\n".join([_KINDS, *(_section(kind) for kind in RECORD_KINDS.values() if not kind.standard)])


def standard_page() -> str:
    """The reference of the tables of the national standard."""
    tables = [_section(kind) for kind in RECORD_KINDS.values() if kind.standard]
    left = ["## Tables that are left 不读取的标准表", "", *(map(_left, SILENT_KINDS.values())), ""]
    return "\n".join([_STANDARD, *tables, *left])


def _filled(text: str, counts: Mapping[str, int]) -> str:
    for name, count in counts.items():
        text = text.replace(f"{{{name}}}", str(count))
    return text


def _left(kind: RecordKind) -> str:
    reason = kind.left or ""
    own = "" if reason == NOTHING_TO_SAY else f" — {kind.left.zh} · {kind.left.en}" if kind.left else ""
    return f"- `{kind.name}` {kind.title.zh}{own}"


def _section(kind: RecordKind) -> str:
    lines = [
        f"## `{kind.name}` {kind.title.zh} · {kind.title.en}",
        "",
        f"{kind.about.zh}  ",
        kind.about.en,
        "",
        "| column 列 | name | form 填写 | other headers 也接受 |",
        "|---|---|---|---|",
        *(_column(column) for column in kind.columns if column.name in kind.kept),
        "",
        *(("A row becomes 每行生成:", "") if kind.edges else ()),
        *(f"- {_edge(kind, edge)}" for edge in kind.edges),
        *(("",) if kind.edges else ()),
    ]
    for group in kind.groups:
        by = "、".join(kind.column(name).zh for name in group.by)
        lines += [f"Rows are counted by 按 {by} 汇总:", ""]
        lines += [*(f"- {_edge(kind, edge)}{''.join(_terms(kind, group.when))}" for edge in group.edges), ""]
    return "\n".join(lines)


def _column(column: Column) -> str:
    star = " **\\***" if column.required else ""
    choices = "、".join(column.choices) + ("…" if column.open else "")
    form = form_of(column)
    described = choices or f"{form.zh} · {form.en}"
    return f"| {column.zh}{star} | {column.en} | {described} | {'、'.join(column.variants)} |"


def _edge(kind: RecordKind, edge: Edge) -> str:
    head, tail = (_node(kind, key) for key in (edge.head, edge.tail))
    own = f" ({', '.join(edge.properties)})" if edge.properties else ""
    return f"{head} —`{edge.kind}` {EDGES[edge.kind].zh}→ {tail}{own}{''.join(_conditions(kind, edge))}"


def _node(kind: RecordKind, key: str) -> str:
    label = kind.node(key).label
    labels = tuple(label.labels.values()) if isinstance(label, ByChoice) else (label,)
    return " / ".join(f"{NODES[name].zh} {name}" for name in labels)


def _terms(kind: RecordKind, wanted: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    if wanted:
        terms = "; ".join(f"{kind.column(name).zh} {_values(values)}" for name, values in wanted.items())
        yield f" — 当 where {terms}"


def _conditions(kind: RecordKind, edge: Edge) -> Iterator[str]:
    for wanted, zh, en in ((edge.when, "当", "where"), (edge.unless, "除非", "unless")):
        if wanted:
            terms = "; ".join(f"{kind.column(name).zh} {_values(values)}" for name, values in wanted.items())
            yield f" — {zh} {en} {terms}"


def _values(values: tuple[str, ...]) -> str:
    return "有值 is given" if values == PRESENT else f"= {' / '.join(values)}"


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode("utf-8"))  # not `print`: a Windows console may not be UTF-8
