"""Who ties which chains together, against the definition on small graphs."""

from graph.gaps import provision
from graph.gaps.chain_ties import of_industry, of_schools, tops
from graph.gaps.finding import MINIMUM_CONFIDENCE, REALISED


def above(chain, parts):
    """The chain, and all that it is a part of at any depth."""
    found = {chain}
    while more := {whole for part, whole in parts if part in found} - found:
        found |= more
    return found


def counted(made):
    """Chain → the chains that it counts for."""
    tier = {row["id"]: row.get("tier") for row in made.nodes.get("IndustryChain", ())}
    parts = {(row["head"], row["tail"]) for row in made.claims("PART_OF")}
    found = {}
    for chain, own in tier.items():
        wholes = {one for one in above(chain, parts) if tier.get(one) not in ("集群", "行业", "环节")}
        found[chain] = set() if own == "行业" else (own == "环节" and wholes) or {chain}
    return found


def pairs(projection, ties):
    ids = projection.register.ids
    return {(ids[body], ids[chain]) for body, chain in zip(ties.bodies, ties.chains, strict=True)}


def test_a_segment_counts_for_its_wholes_and_an_industry_for_nothing(small_graphs):
    several = 0
    for made, projection in small_graphs:
        ids, counting = projection.register.ids, tops(projection, MINIMUM_CONFIDENCE)
        for chain, expected in counted(made).items():
            own = counting.of(projection.register.number(chain)).tolist()
            assert {ids[one] for one in own} == expected
            several += expected != {chain}
    assert several > 10


def test_schools_join_what_they_their_groups_and_their_specialties_serve(small_graphs):
    found = 0
    for made, projection in small_graphs:
        provided, counts = provision.provision(projection, MINIMUM_CONFIDENCE, REALISED), counted(made)
        expected = set()
        for head, chain in made.done("SERVES"):
            kind = head.partition(":")[0]
            schools = {
                "School": {head},
                "SpecialtyGroup": provided.schools.get(head, ()),
                "Specialty": provided.by_specialty.get(head, ()),
            }.get(kind, ())
            expected |= {(school, top) for school in schools for top in counts.get(chain, ())}
        counting = tops(projection, MINIMUM_CONFIDENCE)
        ties, _ = of_schools(projection, counting, MINIMUM_CONFIDENCE, REALISED)
        assert pairs(projection, ties) == expected
        found += len(expected)
    assert found > 100


def test_enterprises_join_what_they_operate_in(small_graphs):
    found = 0
    for made, projection in small_graphs:
        counts = counted(made)
        expected = {
            (row["head"], top)
            for row in made.claims("OPERATES_IN")
            if row["head"].startswith("Enterprise:")
            for top in counts.get(row["tail"], ())
        }
        industry = of_industry(projection, tops(projection, MINIMUM_CONFIDENCE), MINIMUM_CONFIDENCE)
        assert pairs(projection, industry.enterprises) == expected
        found += len(expected)
    assert found > 100
