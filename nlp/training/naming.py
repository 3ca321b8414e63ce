"""Names for training (造名): of the catalogues, and invented in the same manner, so that no catalogue holds them.

A network that only saw names of the catalogues would learn the catalogues. So half of all schools, firms, parks and
chains are put together from places, trades and coined syllables, as real ones are.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib.resources import files

from graph.reference import rows
from nlp.catalogues import is_telling, short_region
from nlp.names import names


def _parts() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (files("nlp.training") / "parts.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            key, words = line.split(":", 1)
            found.setdefault(key, []).extend("" if word == "-" else word for word in words.split())
    return found


class Namer:
    """Names by kind, drawn with one source of randomness; `name(kind)` gives one of sixteen kinds."""

    def __init__(self, source: random.Random) -> None:
        self._random = source
        self._parts = _parts()
        regions = rows("regions")
        self._provinces = [row["name"] for row in regions if row["level"] == "省级"]
        self._cities = [row["name"] for row in regions if row["level"] == "地级"]
        self._counties = [row["name"] for row in regions if row["level"] == "县级" and len(row["name"]) < 6]
        self._schools = [row["name"] for row in rows("schools")]
        companies = rows("companies")
        self._companies = [row["name"] for row in companies]
        self._short = [
            row["short_name"]
            for row in companies
            if "ST" not in row["short_name"] and is_telling(row["short_name"])
        ]
        self._short += names("brands")
        # the syllables that brands are coined of
        self._syllables = [row["short_name"][:2] for row in companies if len(row["short_name"]) > 3]
        self._industries = [*names("industries"), *(row["name"] for row in rows("clusters"))]
        self._classes = [
            row["name"].removesuffix("业") for row in rows("industries") if 3 < len(row["name"]) < 8
        ]
        self._specialties = sorted({row["name"] for row in rows("specialties")})
        self._occupations = sorted({row["name"] for row in rows("occupations") if len(row["name"]) < 12})
        self._parks = names("parks")
        self._ministries = names("ministries")
        self._departments = names("departments")
        self._makers: dict[str, Callable[[], str]] = {
            "School": self.school,
            "Enterprise": self.enterprise,
            "Agency": self.agency,
            "Park": self.park,
            "Consortium": self.consortium,
            "IndustryCollege": self.college,
            "TrainingBase": self.base,
            "ResearchPlatform": self.platform,
            "SpecialtyGroup": self.group,
            "Specialty": self.specialty,
            "Occupation": self.occupation,
            "IndustryChain": self.chain,
            "TalentProgram": self.programme,
            "SharedResource": self.resource,
            "PolicyDocument": self.document,
            "Region": self.region,
            "hosted": self.hosted,
        }

    def draw_from(self, source: random.Random) -> None:
        """Draw the next names with another source."""
        self._random = source

    def name(self, kind: str) -> str:
        """A name of a kind of the ontology, or of a special sort (`hosted`)."""
        return self._makers[kind]()

    def _part(self, key: str) -> str:
        return self._random.choice(self._parts[key])

    def _one(self, *options: str) -> str:
        return self._random.choice(options)

    def _odds(self, share: float) -> bool:
        return self._random.random() < share

    def region(self) -> str:
        """A division, in full, short, or province and city in one run."""
        draw = self._random.random()
        if draw < 0.2:
            return self._random.choice(self._provinces)
        if draw < 0.45:
            return self._random.choice(self._cities)
        if draw < 0.75:
            return self._short_place()
        if draw < 0.85:
            return self._random.choice(self._provinces[4:]) + self._random.choice(self._cities)
        return self._random.choice(self._counties)

    def _short_place(self) -> str:
        return short_region(self._random.choice([*self._provinces, *self._cities * 2]))

    def _place(self) -> str:
        """A place as names begin with it."""
        draw = self._random.random()
        if draw < 0.5:
            return self._short_place()
        if draw < 0.85:
            return self._random.choice([*self._provinces, *self._cities])
        return self._random.choice(self._counties)

    def _brand(self) -> str:
        """Two or three syllables, of one brand or of two."""
        if self._odds(0.6):
            return self._random.choice(self._syllables)
        first, second = self._random.choice(self._syllables), self._random.choice(self._syllables)
        return (
            first[0]
            + second[self._random.randrange(2)]
            + (self._random.choice(first) if self._odds(0.25) else "")
        )

    def school(self) -> str:
        """A school, half of them of the register."""
        draw = self._random.random()
        if draw < 0.5:
            return self._random.choice(self._schools)
        place = self._place()
        if draw < 0.8:
            field = self._part("fields") if self._odds(0.6) else ""
            return place + field + self._part("technical")
        if draw < 0.9:
            return (
                short_region(place)[:2]
                + self._part("fields")[:2]
                + self._one("职院", "职大", "学院", "技师学院")
            )
        return place + self._part("other_schools")

    def enterprise(self) -> str:
        """A firm: in full, by trade name, by place and trade, by its brand alone."""
        draw = self._random.random()
        if draw < 0.2:
            return self._random.choice(self._companies)
        if draw < 0.4:
            return self._random.choice(self._short)
        if draw < 0.6:
            place = self._place() if self._odds(0.7) else ""
            return place + self._brand() + self._part("trades") + self._part("forms")
        if draw < 0.8:
            return self._brand() + self._random.choice([*self._parts["trades"], "集团", "股份", "公司"])
        if draw < 0.93:
            return self._short_place() + self._part("state")
        return (
            self._one("中国", "国家", "中") + self._part("trades") + self._one("集团", "公司", "集团有限公司")
        )

    def _sector(self) -> str:
        draw = self._random.random()
        if draw < 0.5:
            return self._random.choice(self._industries)
        if draw < 0.65:
            return self._random.choice(self._classes)
        joined = self._one("与", "和", "及") + self._part("sectors") if self._odds(0.12) else ""
        return self._part("qualities") + self._part("sectors") + joined

    def chain(self) -> str:
        """An industry, cluster or chain."""
        sector = self._sector()
        tail = self._part("chain_tails")
        return sector if not tail or sector.endswith(("业", "链", "集群", "经济")) else sector + tail

    def agency(self) -> str:
        """A public body or an association."""
        draw = self._random.random()
        if draw < 0.25:
            return self._one(*"省市区县州") + self._part("local_bodies")
        if draw < 0.4:
            return self._random.choice(self._ministries)
        if draw < 0.7:
            return self._place() + self._part("agencies")
        if draw < 0.85:
            place = self._one(self._place(), "中国", "全国")
            return place + self._sector() + self._part("associations")
        return self._place() + self._random.choice(self._departments) + self._part("agency_heads")

    def park(self) -> str:
        """A development zone or park; without a place only where its trade tells it."""
        draw = self._random.random()
        if draw < 0.1:
            return self._random.choice(self._parks)
        if draw < 0.3:
            return self._part("park_sectors") + self._one("产业园", "产业园", "工业园", "产业园区")
        place = self._place()
        if draw < 0.5:
            place += self._random.choice(self._syllables)
        sector = self._part("park_sectors") if self._odds(0.3) else ""
        return place + sector + self._part("parks")

    def consortium(self) -> str:
        """A consortium, community or alliance of industry and education."""
        draw = self._random.random()
        tail = self._part("consortia")
        if draw < 0.3:
            return (
                self._one("全国", "国家", "中国")
                + self._sector()
                + "行业" * self._odds(0.4)
                + tail.removeprefix("行业")
            )
        if draw < 0.75:
            return self._place() + self._sector() + tail
        if draw < 0.9:
            return self.park() + tail
        return self._brand() + self._sector() + tail

    def college(self) -> str:
        """An industry college, of a firm, a trade or both, with its school before it or not."""
        tail = self._part("colleges")
        head = self._brand() if self._odds(0.4) else ""
        theme = self._part("trades") if head and self._odds(0.5) else self._sector()
        host = self._random.choice(self._schools) if self._odds(0.1) else ""
        return host + head + theme + tail

    def hosted(self) -> str:
        """An industry college with its school before it, as lists of them have it."""
        return self._random.choice(self._schools) + self.college()

    def base(self) -> str:
        """A training base or a firm's college."""
        head = self._one(self._place(), self._brand(), self._random.choice(self._short), "", self.school())
        return head + (self._sector() if not head or self._odds(0.6) else "") + self._part("bases")

    def platform(self) -> str:
        """A laboratory, centre or institute."""
        head = self._one(self._place(), self._place(), self._brand(), "国家", self.school(), self.park())
        rank = self._one("", "", "", "省", "市", "国家")
        return head + (rank if head != "国家" else "") + self._sector() + self._part("platforms")

    def specialty(self) -> str:
        """A specialty of the catalogue."""
        return self._random.choice(self._specialties)

    def group(self) -> str:
        """A specialty group, with 专业群 behind it."""
        head = self._one(self._sector(), self.specialty(), self.specialty())
        return head + self._part("group_tails")

    def occupation(self) -> str:
        """An occupation of the classification, or a post."""
        if self._odds(0.55):
            return self._random.choice(self._occupations)
        head = self._one(self.specialty()[:4], self._part("sectors"), self._part("qualities"))
        return head + self._part("jobs")

    def programme(self) -> str:
        """A talent plan or an order class."""
        if self._odds(0.45):
            head = self._one(self._brand(), self._random.choice(self._short))
            return head + self._part("classes")
        head = self._one(self._place(), "", "", "“" + self._brand() + "”")
        return head + self._part("plan_themes") + self._part("plans")

    def resource(self) -> str:
        """A teaching resource that is shared."""
        return self._one(self.specialty(), self._sector()) + self._part("resources")

    def document(self) -> str:
        """The title of a document, without its marks."""
        return self._part("documents").format(self._place(), self._sector())
