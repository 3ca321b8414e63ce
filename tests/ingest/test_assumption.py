"""Records as assumptions: what a file tells, as changes of a projection."""

import pytest

from graph.errors import LiantuError
from graph.gaps.alteration import ASSUMED, altered
from graph.project import Projection
from ingest.assumption import read_assumption

SCHOOL, SPECIALTY, FIRM = "School:水电学院", "Specialty:460305", "Enterprise:甲公司"


def stated(identifier, name, local=None):
    return {
        "head": "s",
        "tail": identifier,
        "source": "s",
        "local": local or identifier,
        "name": name,
        "aliases": "[]",
    }


@pytest.fixture
def projection():
    names = {SCHOOL: "水电学院", SPECIALTY: "工业机器人技术", FIRM: "甲公司", "IndustryChain:光伏": "光伏"}
    offers = [
        {"head": SCHOOL, "tail": SPECIALTY, "source": "s", "year": year, "graduates": people, "employed": 50}
        for year, people in ((2023, 60), (2024, 70))
    ]
    return Projection.from_tables(
        {
            label: [{"id": one, "name": name} for one, name in names.items() if one.startswith(label)]
            for label in ("School", "Specialty", "Enterprise", "IndustryChain")
        },
        {
            "STATES": [
                *(stated(one, name) for one, name in names.items()),
                stated(FIRM, "甲公司重庆工厂", "Enterprise:甲公司重庆工厂"),  # a person judged them to be one
            ],
            "OFFERS": offers,
        },
    )


def written(tmp_path, *lines):
    path = tmp_path / "计划.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def told(projection, kind, *columns):
    rows = projection.edges[kind].to_pylist()
    return [tuple(row[name] for name in columns) for row in rows if row["source"] == ASSUMED]


def test_figures_take_the_place_of_those_told_before(projection, tmp_path):
    path = written(tmp_path, "学校名称,专业名称,年份,毕业生数", "水电学院,工业机器人技术,2025,120")
    after = altered(projection, read_assumption(path, projection).alterations)
    assert told(after, "OFFERS", "head", "tail", "year", "graduates", "status") == [
        (SCHOOL, SPECIALTY, 2025, 120, "完成")
    ]
    before = [row for row in after.edges["OFFERS"].to_pylist() if row["source"] != ASSUMED]
    assert [(row["graduates"], row["employed"]) for row in before] == [(None, None)] * 2
    assert projection.edges["OFFERS"].column("graduates").to_pylist() == [60, 70]
    assert after.nodes["School"].num_rows == 1


def test_names_are_those_that_the_graph_joined_and_others_are_new(projection, tmp_path):
    path = written(tmp_path, "企业名称,产业链", "甲公司重庆工厂,光伏", "乙公司,光伏")
    after = altered(projection, read_assumption(path, projection).alterations)
    assert told(after, "OPERATES_IN", "head", "tail") == [
        (FIRM, "IndustryChain:光伏"),
        ("Enterprise:乙公司", "IndustryChain:光伏"),
    ]
    assert after.nodes["Enterprise"].column("name").to_pylist() == ["甲公司", "乙公司"]
    assert after.edges["OPERATES_IN"].column("quote").to_pylist()[0].startswith("甲公司重庆工厂")


def test_rows_that_cannot_be_taken_are_told_and_the_others_count(projection, tmp_path):
    path = written(
        tmp_path,
        "学校名称,专业名称,年份,毕业生数",
        "水电学院,工业机器人技术,2025,很多",
        "水电学院,工业机器人技术,2025,90",
    )
    found = read_assumption(path, projection)
    assert (found.records.rows_taken, found.records.rejected_rows) == (1, 1)
    after = altered(projection, found.alterations)
    assert told(after, "OFFERS", "graduates") == [(90,)]


def test_a_file_that_is_no_table_is_refused(projection, tmp_path):
    path = tmp_path / "计划.txt"
    path.write_text("学位 +60", encoding="utf-8")
    with pytest.raises(LiantuError) as caught:
        read_assumption(path, projection)
    assert caught.value.code == "file.type"
