"""The same gap questions in SQL, over one table a kind, for DuckDB; the answers are those of `national_loops.py`."""

from __future__ import annotations

from graph.gaps.participation import KINDS as TAKING_PART

SQL_INSIDE = """
with recursive inside(whole, part) as (
    select id, id from IndustryChain
    union select inside.whole, PART_OF.head from inside join PART_OF on PART_OF.tail = inside.part
    where PART_OF.confidence >= 0.5
)"""
SQL_DONE = "confidence >= 0.5 and (status is null or status = '完成')"
SQL: dict[str, str] = {
    "uncovered_chains": f"""{SQL_INSIDE},
    around as (
        select whole as chain, part from inside
        union select part, whole from inside join IndustryChain on id = part where tier = '环节'
    ),
    serving as (select head, tail from SERVES where {SQL_DONE}),
    covered as (
        select chain from around join serving on tail = part where starts_with(head, 'SpecialtyGroup:')
    ),
    taught as (select whole from inside join serving on tail = part where starts_with(head, 'Specialty:')),
    firms as (
        select whole, count(distinct head) as number from inside join OPERATES_IN on tail = part
        where confidence >= 0.5 and starts_with(head, 'Enterprise:') group by whole
    )
    select id, id in (select whole from taught), coalesce(number, 0)
    from IndustryChain left join firms on whole = id where id not in (select chain from covered)""",
    "orphan_specialties": f"""
    with serving as (select distinct head from SERVES where {SQL_DONE}),
    hosts as (
        select head as school, tail as own from HOSTS where {SQL_DONE}
        union select substr(id, position('@' in id) + 1), id from SpecialtyGroup where contains(id, '@')
    ),
    offerings as (
        select head as school, tail as specialty, false as served from OFFERS where {SQL_DONE}
        union all
        select school, tail, own in (select head from serving) from INCLUDES join hosts on own = head
        where {SQL_DONE}
    ),
    orphans as (select school, specialty from offerings group by all having not bool_or(served))
    select specialty, count(*) from orphans where specialty not in (select head from serving) group by all
    union all
    select own, count(*) from hosts where own not in (select head from serving) group by all""",
    "isolated_members": f"""
    with built as (select head, tail from CO_BUILDS where {SQL_DONE}),
    joint as (
        select tail from built group by tail
        having bool_or(starts_with(head, 'School:')) and bool_or(starts_with(head, 'Enterprise:'))
    ),
    pairs as (select head, tail from COOPERATES_WITH where {SQL_DONE}),
    joined as (
        select head as one from pairs union select tail from pairs
        union select head from built where tail in (select tail from joint)
    ),
    there as ("""
    + " union ".join(
        f"select {end} as one from {kind} where confidence >= 0.5 and not starts_with(source, 'reference-')"
        for kind in TAKING_PART
        for end in ("head", "tail")
    )
    + """)
    select one from there where (starts_with(one, 'School:') or starts_with(one, 'Enterprise:'))
    and one not in (select one from joined)""",
    "broken_ladders": f"""
    with serving as (select head from SERVES where {SQL_DONE}),
    rank(level, number) as (values ('中职', 0), ('高职专科', 1), ('职业本科', 2), ('普通本科', 2)),
    ranked as (select id, number from Specialty join rank using (level)),
    steps as (
        select head from ARTICULATES_TO join ranked low on low.id = head join ranked high on high.id = tail
        where {SQL_DONE} and high.number > low.number
    )
    select id from ranked where number < 2 and id not in (select head from steps) and (
        id in (select head from serving)
        or id in (select tail from INCLUDES where {SQL_DONE} and head in (select head from serving))
    )""",
    "coverage": """
    with wanted as (
        select 'Park' as kind, id from Park
        union all select 'School', id from School where level in ('中职', '技工', '高职专科', '职业本科')
        union all select 'Enterprise', id from Enterprise where scale in ('大型', '规模以上')
    ),
    joined as (
        select head as id from MEMBER_OF where confidence >= 0.5
        union select head from LEADS where confidence >= 0.5
        union select tail from LOCATED_IN where confidence >= 0.5 and starts_with(head, 'Consortium:')
    )
    select kind, count(*), count(joined.id) from wanted left join joined using (id) group by kind""",
    "nominal_consortia": f"""
    with members as (
        select tail as consortium, head as one from MEMBER_OF where confidence >= 0.5
        union select tail, head from LEADS where confidence >= 0.5
    ),
    sides as (
        select consortium, count(*) as number, count(*) filter (starts_with(one, 'School:')) as schools,
            count(*) filter (starts_with(one, 'Enterprise:')) as firms
        from members group by consortium
    ),
    paired as (
        select school.consortium from members school join COOPERATES_WITH on head = school.one
        join members firm on firm.one = tail and firm.consortium = school.consortium where {SQL_DONE}
    ),
    things as (select distinct head, tail from CO_BUILDS where {SQL_DONE}),
    together as (
        select consortium from members join things on head = one group by consortium, tail having count(*) > 1
    )
    select consortium, number, schools * firms from sides where number > 1
    and consortium not in (select consortium from paired)
    and consortium not in (select consortium from together)""",
    "service_gap": """
    with by_source as (
        select head, tail, max(confidence) as sure, bool_and(method != 'record') as doubt, sum(income) as income
        from COOPERATES_WITH where confidence >= 0.5 and income >= 0
        and (status is null or status in ('完成', '在建')) group by head, tail, source
    ),
    pairs as (
        select head, arg_min(income, (-sure, doubt, income)) as income from by_source group by head, tail
    ),
    incomes as (select head, round(sum(income), 2) as income from pairs group by head),
    there as ("""
    + " union ".join(
        f"select {end} as id from {kind} where confidence >= 0.5 and not starts_with(source, 'reference-')"
        for kind in TAKING_PART
        for end in ("head", "tail")
    )
    + """)
    select School.id, income from School left join incomes on head = School.id
    where level in ('中职', '技工', '高职专科', '职业本科') and School.id in (select id from there)""",
}
