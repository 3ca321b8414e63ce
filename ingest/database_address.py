"""Addresses of databases (数据库地址): SQLAlchemy URLs, what connects to them, how reports name them and what failed.

Those names and failures hold no user, no password and no folder.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.errors import LiantuError
from graph.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine import URL

# What a URL without a driver (`mysql://…`) is read by where SQLAlchemy's own choice is not installed.
_DRIVERS: Final = {
    "mysql": "pymysql",
    "mariadb": "pymysql",
    "postgresql": "pg8000",
    "oracle": "oracledb",
    "dm": "dmPython",
}
_SCHEMA: Final = "schema"  # of a URL: whose tables are read, where it is not the user's own
# Drivers do not wrap all that goes wrong with them: a socket's end, bytes that are no text, a missing part of theirs.
FAILURES: Final = (OSError, ValueError, RuntimeError, ArithmeticError, struct.error)


def is_database(address: str) -> bool:
    """Whether an input is the URL of a database and no path."""
    return "://" in address


def shown_address(address: str) -> str:
    """The database that an address names, as reports name it; "URL" where it is none."""
    try:
        import sqlalchemy as sa  # noqa: PLC0415 - an extra

        return shown_database(sa.make_url(address))
    except (ImportError, ValueError, LookupError):
        return "URL"


def shown_database(url: URL) -> str:
    """A database as reports name it: kind, host and name; no user, no password, no folder."""
    name = Path(url.database or "").name if url.drivername.startswith("sqlite") else url.database
    return f"{url.get_backend_name()}://{url.host or ''}/{(name or '').partition('?')[0]}"


def url_of(sa: Any, address: str) -> tuple[URL, str | None]:
    """The URL with its password, and the schema that it names beside."""
    try:
        url: URL = sa.make_url(address)
    except (sa.exc.ArgumentError, ValueError):  # a port that is no number
        raise LiantuError("database.unreachable", name="URL", reason="ArgumentError") from None
    password = Settings.load().database_password
    if password and url.username and not url.password:
        url = url.set(password=password)
    if url.get_backend_name() == "sqlite" and url.database and not url.database.startswith("file:"):
        path = Path(url.database)
        if not path.is_file():  # SQLite would make it
            raise LiantuError("file.missing", file=path.name)
        url = url.set(database=f"file:{path.as_posix()}?mode=ro", query={"uri": "true"})
    schema = url.query.get(_SCHEMA)
    return url.difference_update_query([_SCHEMA]), schema if isinstance(schema, str) else None


def engine_for(sa: Any, url: URL) -> Engine:
    """Nothing is connected yet. `database.driver` names what is not installed."""
    name = url.drivername
    names = [name] if "+" in name or name not in _DRIVERS else [name, f"{name}+{_DRIVERS[name]}"]
    options = {"connect_args": {"uri": True}} if name == "sqlite" else {}
    for one in names:
        try:
            engine: Engine = sa.create_engine(url.set(drivername=one), **options)
        except (sa.exc.NoSuchModuleError, ImportError):
            continue
        except (sa.exc.SQLAlchemyError, TypeError, ValueError) as error:  # a setting in it that is none
            raise LiantuError(
                "database.unreachable", name=shown_database(url), reason=failure_of(error)
            ) from None
        return engine
    raise LiantuError("database.driver", name=names[-1])


def failure_of(error: BaseException) -> str:
    """The kind of error and the database's own number of it, which tells an administrator what to do; never its words."""
    cause = getattr(error, "orig", None) or error
    first = cause.args[0] if cause.args else None
    # As PyMySQL, pg8000, psycopg and oracledb tell it.
    number = first if isinstance(first, int) else first.get("C") if isinstance(first, dict) else None
    number = number or getattr(cause, "sqlstate", None) or getattr(first, "full_code", None)
    return type(error).__name__ if number is None else f"{type(error).__name__} {number}"
