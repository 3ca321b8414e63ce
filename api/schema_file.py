"""The committed schema (接口文件): `python -m api.schema_file --write` brings `api/schema.graphql` up to the code."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from api.schema import sdl

SCHEMA_FILE: Final = Path(__file__).with_name("schema.graphql")


def main() -> int:
    """Compare the file with the code, or write it with `--write`; 1 where they differ."""
    parser = argparse.ArgumentParser(prog="python -m api.schema_file", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the file / 写入文件")
    wanted = sdl()
    if parser.parse_args().write:
        SCHEMA_FILE.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    if SCHEMA_FILE.exists() and SCHEMA_FILE.read_text(encoding="utf-8") == wanted:
        return 0
    sys.stderr.write("api/schema.graphql ≠ api.schema: python -m api.schema_file --write\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
