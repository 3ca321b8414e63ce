"""What a heading names, and who does it in the sentence below (标题与其下的句子)."""

from __future__ import annotations

import pytest

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor
from tests.nlp.conftest import Stated

CHAIN = "2. 集成电路产业链。由苏州市职业大学微电子技术专业群对接。"
COLLEGE = "（一）氢能产业学院\n由大连职业技术学院和大连船舶重工集团有限公司共同建设，首批招生80人。"
CONSORTIUM = "陶瓷产教联合体。由景德镇陶瓷职业技术大学牵头，覆盖珠山区。"


@pytest.mark.parametrize(
    ("text", "kind", "head", "tail"),
    [
        (CHAIN, "SERVES", "微电子技术专业群", "集成电路产业链"),
        (COLLEGE, "CO_BUILDS", "大连职业技术学院", "氢能产业学院"),
        (COLLEGE, "CO_BUILDS", "大连船舶重工集团有限公司", "氢能产业学院"),
        (CONSORTIUM, "LEADS", "景德镇陶瓷职业技术大学", "陶瓷产教联合体"),
    ],
)
def test_who_is_named_below_a_heading_does_what_it_names(
    stated: Stated, text: str, kind: str, head: str, tail: str
) -> None:
    assert (kind, head, tail) in stated(text)


def test_who_builds_something_later_in_the_sentence_is_not_put_before_it(stated: Stated) -> None:
    found = stated("氢能产业学院落户大连市，由大连职业技术学院和大连船舶重工集团有限公司共同建设。")
    assert ("CO_BUILDS", "大连职业技术学院", "氢能产业学院") in found
    assert ("CO_BUILDS", "大连船舶重工集团有限公司", "氢能产业学院") in found


def test_frames_do_not_let_who_founds_another_lead_what_stood_before() -> None:
    text = "景德镇市陶瓷产教联合体已有校企40家。由景德镇学院牵头，成立艺术陶瓷产教联盟。"
    frames = Extractor(recognition=False, linking=False)
    (found,) = frames.extract([Passage(text)], Context())
    led = {found.entities[one.tail or 0].surface for one in found.relations if one.kind == "LEADS"}
    assert led == {"艺术陶瓷产教联盟"}


def test_only_lists_of_the_kinds_that_a_frame_asks_for_take_part(stated: Stated) -> None:
    text = "康养产业链由重庆医药高等专科学校护理专业群、重庆三峡医药高等专科学校老年服务与管理专业群对接。"
    found = stated(text)
    assert ("SERVES", "护理专业群", "康养产业链") in found
    assert ("SERVES", "重庆三峡医药高等专科学校", "康养产业链") not in found
