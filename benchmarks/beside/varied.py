"""Questions asked otherwise than by default: what loops by hand are compared with, parameter by parameter.

Every parameter of a question is asked with another value here, or `NOT_COMPARED` says why no loop answers it. Of
several that are asked together the last is what is tried: it changes an answer that the others give without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from benchmarks.beside.plain import DONE, Plain, Row
from graph import gaps

Parameters = Mapping[str, Any]

FEW_SURE: Parameters = {"minimum_confidence": 0.8}
BEGUN: Parameters = {"realised": ("完成", None, "在建")}
BELIEVED: tuple[Parameters, ...] = (FEW_SURE, {"minimum_confidence": 0.3}, BEGUN, {"realised": ("完成",)})
OF_MARKET: tuple[Parameters, ...] = (*BELIEVED, {"year": 2023}, {"year": 2024}, {"retention": 0.58})
SECTORS = "第一产业:5; 第二产业:45; 第三产业:50"
OF_CHAINS = (  # of two chains of every graph or most, some years and one value that stands for any
    "链0:2021:10; 链0:2022:14; 链0:2023:19; 链0:2024:15; 链1:2021:40; 链1:2022:30; 链1:2023:35; 链1:20"
)
SOME_INDICATORS = "organs:20:1; density:40:0.25; sharing:15:0.5; income:5:2000"

VARIED: Mapping[str, tuple[Parameters, ...]] = MappingProxyType(
    {
        "uncovered_chains": (
            *BELIEVED,
            {"tier": "环节"},
            {"tier": "产业链", "seats": False},
            {"seats": False},
            {"likeness": 0.1},
        ),
        "orphan_specialties": BELIEVED,
        "crowded_specialties": (*OF_MARKET, {"schools": 3}, {"overlap": 0.8}, {"unknown": False}),
        "talent_balance": OF_MARKET,
        "talent_matching": (*OF_MARKET, {"by_region": True}),
        "seat_value": OF_MARKET,
        "specialty_adjustment": (
            *OF_MARKET,
            {"by": "group"},
            {"by": "offering"},
            {"by": "offering", "retention": 0.5},
            {"by": "group", "year": 2023},
            {"only": "扩大"},
            {"shift": 0.6},
            {"tolerance": 0.9},
            {"lowest_employment": 0.95, "low_years": 1},
            {"low_years": 1},
            {"good_employment": 0.0, "tolerance": 0.0},
            {"lowest_in_field": 0.9},
            {"idle_years": 1},
            {"horizon": 0},
            {"horizon": 9},
            {"opening": 5},
        ),
        "exchange": (
            *OF_MARKET,
            {"by": "school"},
            {"of": "名企0"},
            {"of": "名岗0"},
            {"of": "名校0"},
            {"of": "名专0"},
            {"of": "名群0"},
            {"of": "名企0", "by": "school"},
            {"of": "名校0", "by": "need"},
            {"best": 1},
            {"best": 0, "by": "school"},
            {"most": 1},
            {"choices": 1},
            {"choices": 2, "by": "school"},
            {"proposing": "enterprise"},
        ),
        "skins_index": (*BELIEVED, {"by": "year", "samples": 2}, {"samples": 3}),
        "isolated_members": BELIEVED,
        "service_gap": (FEW_SURE, {"realised": ("完成", None)}, {"realised": ("计划", "完成")}),
        "nominal_consortia": (*BELIEVED, {"maximum_density": 0.4}, {"maximum_density": 1.0}),
        "shared_resources": (*BELIEVED, {"by": "chain"}, {"by": "chain", **BEGUN}),
        "missing_platforms": (*BELIEVED, {"courses": False}),
        "broken_ladders": (*BELIEVED, {"likeness": 0.0}),
        "pathways": (
            *BELIEVED,
            {"start": "中职"},
            {"start": "名岗0"},
            {"start": "名专1"},
            {"target": "名岗1"},
        ),
        "coverage": (*BELIEVED, {"catalogue": True}, {"scales": ("小型",)}),
        "targets": (FEW_SURE, {"today": 2028}, {"today": 2026}, {"likeness": 1.0}, {"likeness": 0.1}),
        "ranking": (
            *BELIEVED,
            {"quarter": "2023Q1"},
            {"quarter": "2024Q2"},
            {"quarter": "2022Q4", **FEW_SURE},
            {"weights": SOME_INDICATORS},
        ),
        "evaluation": (*BELIEVED, {"indicators": SOME_INDICATORS}),
        "roster": (
            *BELIEVED,
            {"as_of": "2026-06"},
            {"as_of": "2022"},
            {"minimum_partners": 1},
            {"months": 0},
        ),
        "ledger": (FEW_SURE, {"as_of": "2026-01-31"}, {"as_of": "2024"}, {"only": "逾期"}),
        "incentives": (FEW_SURE, {"instrument": "土地"}),
        "plan": (
            *BELIEVED,
            {"groups": 1},
            {"groups": 0},
            {"seats": 15},
            {"groups": 2, "seats": 30},
            {"share": 1.0},
            {"share": 0.0},
            {"each": 1},
            {"room": 7},
            {"most": 1},
            {"choices": 1},
            {"year": 2023},
        ),
        "changes": (
            FEW_SURE,
            {"since": "2022-09"},
            {"only": "ledger"},
            {"since": "2024", "only": "talent_balance"},
        ),
        "registry": (
            *BELIEVED,
            {"as_of": "2023"},
            {"as_of": "2023-03", "since": "2022-09"},
            {"since": "2023"},
        ),
        "cooperation": (
            *BELIEVED,
            {"by": "school"},
            {"by": "enterprise"},
            {"by": "chain"},
            {"by": "chain", **BEGUN},
            {"as_of": "2025-07"},
            {"as_of": "2023-04", "by": "school"},
        ),
        "policy_frame": (FEW_SURE, {"document": "后"}),
        "structural_alignment": (
            {"minimum_confidence": 0.6},
            {"realised": ("完成", None, "在建")},
            {"education": "graduates"},
            {"normalisation": "maximum"},
            {"floor": 0.2},
            {"alpha": 0.3},
            {"year": 2023},
            {"industry": "operators"},
            {"industry": "operators", "education": "places:3; enrolled"},
            {"industry": "operators", "education": "places:3; enrolled", "weighting": "entropy"},
            {"industry": "demand", "education": "enrolled:2; graduates"},
            {"industry": "demand", "education": "enrolled", "by": "cluster"},
            {"industry": "demand", "education": "enrolled", "by": "category"},
            {"industry": "demand", "education": "enrolled", "by": "class"},
            {"industry": "demand", "by": "region", "region_level": "省级"},
            {"industry": "operators", "by": "region", "region_level": "省级"},
            {"by": "sector", "table": SECTORS},
            {"by": "sector", "table": SECTORS, "sectors": "电子与信息大类:第二产业; 装备制造大类:第一产业"},
            {"education": "graduates", "table": OF_CHAINS},
            {"education": "graduates", "table": OF_CHAINS, "resolution": 0.2},
            {"education": "graduates", "table": OF_CHAINS, "scaling": "initial"},
            {"education": "graduates", "table": OF_CHAINS, "year": 2023},
            {"education": "graduates", "table": OF_CHAINS, "by": "year"},
            {"education": "graduates; enrolled", "table": OF_CHAINS, "by": "year", "weighting": "entropy"},
            {"education": "graduates", "table": OF_CHAINS, "by": "year", "across": "cluster"},
        ),
    }
)

ASKS_THE_OTHERS = "asks the other questions, which are compared, once within a region or before and after"
NOT_COMPARED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "isolated_members": {"lacking": "in test_isolated_members.py, against the sets of who has which"},
        "skins_index": {"region_level": "each region is the answer within it, in test_skins_index.py"},
        "plan": {"seconds": "how long may be sought: changes nothing where it suffices"},
        "district": dict.fromkeys(("top", "minimum_confidence"), ASKS_THE_OTHERS),
        "what_if": dict.fromkeys(("changes", "only", "minimum_confidence"), ASKS_THE_OTHERS),
    }
)


NEVER_MATTERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "exchange": {
            "proposing": "with these wishes there is one stable round alone (graph/gaps/exchange.py says why); "
            "of any wishes in test_exchange.py"
        }
    }
)
"""What is compared, and may change no answer."""


def looped(name: str, plain: Plain, parameters: Parameters = MappingProxyType({})) -> list[Row]:
    """What the loop of a question answers when it is asked with these parameters."""
    believing, own = _asked(name, plain, parameters)
    loop: Any = import_module(f"benchmarks.beside.{name}").loop
    found: list[Row] = loop(believing, **own)
    return found


def can_tell(name: str, plain: Plain, parameters: Parameters) -> bool:
    """Whether the loop of a question reads all that the question reads in this graph, asked with these parameters."""
    can: Any = getattr(import_module(f"benchmarks.beside.{name}"), "can_tell", None)
    believing, own = _asked(name, plain, parameters)
    return can is None or bool(can(believing, **own))


def _asked(name: str, plain: Plain, parameters: Parameters) -> tuple[Plain, dict[str, Any]]:
    """The graph as it is believed, and the question's own parameters."""
    asked = {**gaps.question(name).parameters, **parameters}
    believing = plain.believing(asked["minimum_confidence"], asked.get("realised", DONE))
    return believing, {key: asked[key] for key in parameters.keys() - {"minimum_confidence", "realised"}}
