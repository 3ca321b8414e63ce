with recursive told as (
    select head, tail, id, quote, observed, confidence, source, place, pattern, 'ARTICULATES_TO' as kind from ARTICULATES_TO
    where confidence >= 0.5 and (status is null or status = '完成')
    union all select head, tail, id, quote, observed, confidence, source, place, null, 'PREPARES_FOR' from PREPARES_FOR
    where confidence >= 0.5 and (status is null or status = '完成')
),
surest as (select * from told qualify row_number() over (partition by kind, head, tail order by -confidence, id) = 1),
steps as (
    select *, name from (
        select head as one, tail as next, id, confidence, kind, pattern from surest
        union all select tail, head, id, confidence, kind, pattern from surest where kind = 'PREPARES_FOR'
    ) step join (select id as next, name from Specialty union all select id, name from Occupation) using (next)
),
starts as (select id, name from Specialty where id not in (select tail from surest where kind = 'ARTICULATES_TO')),
reached(node, place, way, used) using key (node) as (
    select id, row_number() over (order by name, id), [id], []::varchar[] from starts
    union
    select next, row_number() over (order by place, name, next), list_append(way, next), list_append(used, id) from (
        select next, place, name, way, used, id from reached join steps on one = node
        where next not in (select node from recurring.reached)
        qualify row_number() over (partition by next order by place) = 1
    )
),
asked as (
    select tail as occupation, head, id, quote, observed, confidence, source, place from DEMANDS where confidence >= 0.5 and starts_with(tail, 'Occupation:')
    union all select tail, head, id, quote, observed, confidence, source, place from HAS_ROLE where confidence >= 0.5
),
demanded as (
    select occupation, count(distinct head) as demanders, max(confidence) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as evidence
    from asked group by occupation
),
ways as (select demanded.*, way, used from demanded left join reached on node = occupation),
named as (
    select occupation, list({name: name, id: id} order by nth) as way
    from (select occupation, unnest(way) as id, generate_subscripts(way, 1) as nth from ways) join Node using (id) group by occupation
),
resting as (
    select occupation, min(confidence) as confidence, list(distinct pattern order by pattern) filter (kind = 'ARTICULATES_TO' and pattern is not null) as patterns,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as evidence
    from (select occupation, unnest(used) as id from ways) join surest using (id) group by occupation
),
near as (
    select next as occupation, list({name: starts.name, id: one} order by starts.name, one) as starts
    from steps join starts on starts.id = one where starts_with(next, 'Occupation:') group by next
),
found as (
    select ways.occupation, named.way, coalesce(patterns, []) as patterns, demanders,
        list_filter(coalesce(starts, []), lambda start: start.id != named.way[1].id) as others,
        coalesce(resting.evidence, ways.evidence) as evidence, coalesce(resting.confidence, ways.confidence) as confidence
    from ways left join named using (occupation) left join resting using (occupation) left join near using (occupation)
)
select {name: name, id: occupation} as occupation, way[1] as start, len(way) - 1 as steps, coalesce(way, []) as way, patterns, demanders,
    coalesce(others, []) as others, evidence, confidence, last_day(evidence) as as_of
from found join Occupation on Occupation.id = found.occupation
