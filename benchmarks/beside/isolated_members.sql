with active as (select distinct one from TakingPart where starts_with(one, 'School:') or starts_with(one, 'Enterprise:')),
partners as (select school as one, firm as other, stage from Pair union all select firm, school, stage from Pair),
serving as (from Serving),
hosting as (from Hosting),
included as (from Included),
chains as (
    select head as one, tail as place from OPERATES_IN where confidence >= 0.5
    union select school, serving.tail from hosting join serving on serving.head = own
    union select OFFERS.head, serving.tail from OFFERS join serving on serving.head = OFFERS.tail
    where confidence >= 0.5 and (status is null or status = '完成')
    union select school, serving.tail from hosting join included on included.head = own join serving on serving.head = included.tail
    union select head, tail from serving where starts_with(head, 'School:')
),
consortia as (select distinct one, consortium as place from Seat),
places as (select * from (from chains union from consortia) where one in (from active)),
keyed as (select one, starts_with(one, 'School:') as school, list(place order by place) as key from places group by one),
crowds as (select school, key, row_number() over () as crowd from (select distinct school, key from keyed)),
inside as (select crowd, school, unnest(key) as place from crowds),
shared as (
    select one.crowd, other.crowd as other, count(*) as number from inside one join inside other using (place)
    where one.school != other.school group by all
),
of_crowd as (
    select crowd, one, name from (select crowd, one, coalesce(name, substr(one, position(':' in one) + 1)) as name from keyed
    join crowds using (school, key) left join Node on Node.id = one)
    qualify row_number() over (partition by crowd order by name, one) <= 3
),
near as (
    select shared.crowd, arg_min({name: name, id: one}, (-number, name, one), 3) as candidates
    from shared join of_crowd on of_crowd.crowd = other group by shared.crowd
),
told as (
    select one, list({name: name, id: id} order by name, id) filter (what = 'consortium') as consortia,
        list({name: name, id: id} order by name, id) filter (what = 'chain') as chains,
        list({name: name, id: id} order by name, id) filter (what = 'platform') as platforms,
        list({name: name, id: id} order by name, id) filter (what = 'begun') as under_way,
        list({name: name, id: id} order by name, id) filter (what = 'intended') as intended
    from (
        select one, 'consortium' as what, place as id from consortia union all select one, 'chain', place from chains
        union all select one, 'platform', thing from Builder
        where stage = 0 and regexp_matches(thing, '^(ResearchPlatform|TrainingBase|IndustryCollege):')
        union all select one, case stage when 1 then 'begun' else 'intended' end, other from partners where stage > 0
    ) join Node using (id) group by one
),
shown as (
    select one, max(confidence) as confidence, in_turn(list_concat(
        coalesce(first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20) filter (kind in ('COOPERATES_WITH', 'CO_BUILDS')), 2), []),
        coalesce(first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20) filter (kind in ('MEMBER_OF', 'LEADS')), 2), []),
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5))) as evidence
    from TakingPart where one in (from active) group by one
)
select {name: Node.name, id: one} as member, split_part(one, ':', 1) as kind, coalesce(consortia, []) as consortia,
    coalesce(under_way, []) as under_way, coalesce(intended, []) as intended, coalesce(chains, []) as chains,
    coalesce(platforms, []) as platforms, list_concat([case when starts_with(one, 'School:') then '结对的企业' else '结对的院校' end],
        case when platforms is null then ['共建的平台或基地'] else [] end) as lacks,
    coalesce(candidates, []) as candidates, evidence, confidence, last_day(evidence) as as_of
from active join Node on Node.id = one join shown using (one) left join told using (one) left join keyed using (one)
left join crowds using (school, key) left join near using (crowd) where one not in (select one from partners where stage = 0)
