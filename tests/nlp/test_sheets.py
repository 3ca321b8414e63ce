"""Sheets of chains (产业链图谱): a heading, what the chain is made up of, and labels with their lists."""

from __future__ import annotations

import pytest

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return Extractor(recognition=False, linking=False, calibrated=False)


def told(rules: Extractor, text: str) -> set[tuple[str, str, str]]:
    (found,) = rules.extract([Passage(text)], Context())
    names = [one.surface for one in found.entities]
    return {
        (one.kind, names[one.head], names[one.tail])
        for one in found.relations
        if one.tail is not None and one.kind in ("OPERATES_IN", "SERVES", "DEMANDS")
    }


CHAIN, FIRM, PARK, SCHOOL = "生物医药产业链", "齐鲁制药有限公司", "济南高新区", "山东医药技师学院"


@pytest.mark.parametrize(
    "begins",
    [
        "【生物医药产业链】上游：原料药；中游：化学药、中药；下游：医药流通、医疗服务。",
        "一、生物医药产业链。主要产品为化学药、疫苗。",
        "做强生物医药产业链。上游重点发展原料药，下游重点发展医疗服务。",
        "生物医药产业链\n包括化学药、生物药、医疗器械。\n",
    ],
)
def test_labels_tell_of_the_chain_of_the_sheet_and_not_of_its_last_part(
    rules: Extractor, begins: str
) -> None:
    text = begins + f"链主企业：{FIRM}。重点园区：{PARK}。配套院校：{SCHOOL}。紧缺岗位：药物检验员。"
    assert told(rules, text) == {
        ("OPERATES_IN", FIRM, CHAIN),
        ("OPERATES_IN", PARK, CHAIN),
        ("SERVES", SCHOOL, CHAIN),
        ("DEMANDS", CHAIN, "药物检验员"),
    }


def test_a_label_of_a_part_tells_of_that_part(rules: Extractor) -> None:
    text = f"生物医药产业链包括化学药、医疗器械产业。医疗器械产业龙头企业为{FIRM}、威高集团有限公司。"
    assert {tail for _, _, tail in told(rules, text)} == {"医疗器械产业"}


@pytest.mark.parametrize(
    "text",
    [
        "新能源汽车产业链上游有赣锋锂业集团股份有限公司，中游有宁德时代新能源科技股份有限公司，下游有比亚迪股份有限公司。",
        "新能源汽车产业链：上游企业为赣锋锂业集团股份有限公司；中游企业为宁德时代新能源科技股份有限公司；下游企业：比亚迪股份有限公司。",
    ],
)
def test_firms_of_each_stage_belong_to_the_chain(rules: Extractor, text: str) -> None:
    firms = ("赣锋锂业集团股份有限公司", "宁德时代新能源科技股份有限公司", "比亚迪股份有限公司")
    assert told(rules, text) == {("OPERATES_IN", firm, "新能源汽车产业链") for firm in firms}
