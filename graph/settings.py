"""Every setting, declared once (设置): its environment variable, default and meaning."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from dataclasses import field as declare
from typing import Any

from graph.errors import LiantuError
from graph.language import Text


def _setting(default: str | float, zh: str, en: str, *, secret: bool = False) -> Any:
    return declare(default=default, repr=not secret, metadata={"zh": zh, "en": en})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process; each is read from `LIANTU_<NAME>` by `Settings.load()`."""

    graph: str = _setting(
        "liantu-graph",
        "图谱所在目录，或 Neo4j 的地址（如 neo4j://host:7687）",
        "the directory of the graph, or the address of a Neo4j server (such as neo4j://host:7687)",
    )
    neo4j_user: str = _setting("neo4j", "Neo4j 用户名", "user of Neo4j")
    neo4j_password: str = _setting("", "Neo4j 密码", "password of Neo4j", secret=True)
    neo4j_database: str = _setting(
        "neo4j",
        "Neo4j 数据库名，除非地址已写明（neo4j://host/city）",
        "database of Neo4j, unless the address names it (neo4j://host/city)",
    )
    neo4j_grace: float = _setting(
        300.0,
        "被替换的主张在 Neo4j 中保留的秒数（正在进行的读取不得超过它）",
        "how long replaced claims stay in Neo4j for reads that are under way, seconds",
    )
    workplace: str = _setting(
        "liantu-work",
        "图谱在 Neo4j 时，本机存放清单、抽取结果、拒收与待核清单的目录",
        "for a graph in Neo4j, the local directory of the manifest, kept claims, rejects and review list",
    )
    query_seconds: float = _setting(30.0, "单个查询的时限（秒）", "time limit of one query, seconds")
    file_megabytes: float = _setting(
        200.0, "单个文件的大小上限（MB）", "largest file that is read, megabytes"
    )
    csv_megabytes: float = _setting(
        4000.0,
        "单个 csv 的大小上限（MB）；csv 分段读取，不占内存",
        "largest csv that is read, megabytes: it is read in pieces and takes no memory",
    )
    database_password: str = _setting(
        "",
        "入库时所读数据库的密码（地址中只写用户名）",
        "password of the databases that are ingested, where their URL names a user alone",
        secret=True,
    )
    small_group: float = _setting(
        5.0,
        "由逐人数据汇总的人数，小于此数的不予显示",
        "counts of persons that were made from rows of persons are not shown below this number",
    )
    file_seconds: float = _setting(
        300.0, "读取单个文件的时限（秒）", "time limit for reading one file, seconds"
    )
    review_score: float = _setting(
        0.82, "名称进入待核清单的相似度下限", "similarity from which names are reviewed"
    )
    workers: float = _setting(
        0.0,
        "并行抽取的进程数（0：按文件多少自定，至多全部核心）",
        "extraction processes (0: as many as the files are worth, at most all cores)",
    )
    recognition: float = _setting(
        1.0,
        "1：由本项目训练的网络与规则一同识别名称（见 docs/model-card.md）；0：只用规则，速度约快一倍",
        "1: the network that the project trained votes with the rules on names (docs/model-card.md says what it "
        "earns); 0: rules alone, about twice as fast",
    )
    model_address: str = _setting(
        "",
        "语言模型服务的地址（OpenAI 兼容协议，如 http://127.0.0.1:8000/v1）",
        "address of the language model's server (OpenAI-compatible, such as http://127.0.0.1:8000/v1)",
    )
    model_name: str = _setting(
        "",
        "抽取时一并询问的语言模型；不填则不用",
        "the language model that is asked besides the rules; none is asked where this is empty",
    )
    model_key: str = _setting("", "语言模型服务的密钥", "key of the language model's server", secret=True)
    model_seconds: float = _setting(
        120.0, "语言模型单次应答的时限（秒）", "time limit of one answer of the language model, seconds"
    )
    model_file_seconds: float = _setting(
        1800.0,
        "语言模型读一个文件的时限（秒）",
        "time limit for all answers of the language model on one file, seconds",
    )
    model_requests: float = _setting(
        4.0,
        "每个读取进程同时向语言模型发出的请求数",
        "requests that each reading process has at the language model at once",
    )
    model_tokens: float = _setting(
        4096.0, "语言模型单次应答的词元数上限", "most tokens in one answer of the language model"
    )
    model_answers: str = _setting(
        "",
        "存放语言模型应答的目录（入库时默认为图谱工作目录下的 answers）",
        "directory in which answers of the language model are kept (by default `answers` beside the graph's claims; "
        "without a graph, none)",
    )
    api_depth: float = _setting(10.0, "GraphQL 查询深度上限", "deepest GraphQL query")
    api_aliases: float = _setting(60.0, "GraphQL 别名数上限", "most aliases in a GraphQL query")
    api_tokens: float = _setting(4000.0, "GraphQL 词元数上限", "most tokens in a GraphQL query")
    api_directives: float = _setting(30.0, "GraphQL 指令数上限", "most directives in a GraphQL query")
    api_fields: float = _setting(1500.0, "GraphQL 字段数上限", "most fields in a GraphQL query")
    api_root_fields: float = _setting(80.0, "GraphQL 顶层字段数上限", "most root fields in a GraphQL query")
    api_cost: float = _setting(
        50000.0, "GraphQL 预估对象数上限", "most objects that a GraphQL query may ask for"
    )
    api_threads: float = _setting(
        8.0,
        "GraphQL 读图线程数（Neo4j：连接数）",
        "threads (Neo4j: connections) that read the graph for GraphQL",
    )
    api_page: float = _setting(100.0, "GraphQL 每页条数上限", "largest GraphQL page")
    api_body_kilobytes: float = _setting(
        256.0, "GraphQL 请求体上限（KB）", "largest GraphQL request, kilobytes"
    )
    api_hosts: str = _setting(
        "",
        "除本机与监听地址外，还以哪些主机名提供 API（逗号分隔；* 为不限）",
        "hosts besides this machine and the address served under which the API answers (commas; * for any)",
    )
    production: float = _setting(
        0.0, "1 为生产模式：关闭 IDE 与内省", "1: production, IDE and introspection off"
    )

    @classmethod
    def load(cls, **given: str | float | None) -> Settings:
        """The settings from `given` (what the command line says), else the environment, else the defaults."""
        values: dict[str, str | float] = {}
        for item in fields(cls):
            value = given.get(item.name)
            if value is None:
                value = os.environ.get(variable(item.name)) or None
            if value is None:
                continue
            if item.type in (str, "str"):
                values[item.name] = str(value)
                continue
            try:
                number = float(value)
            except ValueError:
                raise _invalid(item.name, value, Text("应为数字", "number expected")) from None
            if not (math.isfinite(number) and number >= 0):
                raise _invalid(item.name, value, Text("应为不小于 0 的数字", "a number from 0 on expected"))
            values[item.name] = number
        return cls(**values)  # type: ignore[arg-type]


def _invalid(name: str, value: object, reason: Text) -> LiantuError:
    return LiantuError("setting.invalid", name=variable(name), value=value, reason=reason)


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"LIANTU_{name.upper()}"


@contextmanager
def said(**values: str | float | None) -> Iterator[None]:
    """For as long as the block lasts, what the command line says holds in this process and in those that it starts."""
    told = {
        variable(name): str(int(value) if isinstance(value, bool) else value)
        for name, value in values.items()
        if value is not None
    }
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
