with members as (
    select head as one, tail as consortium, id, quote, observed, confidence, source, place from MEMBER_OF
    where confidence >= 0.5 and (status is null or status = '完成')
    union all select head, tail, id, quote, observed, confidence, source, place from LEADS
    where confidence >= 0.5 and (status is null or status = '完成')
),
joined as (
    from members union all select tail, head, id, quote, observed, confidence, source, place from LOCATED_IN
    where confidence >= 0.5 and (status is null or status = '完成') and starts_with(head, 'Consortium:') and starts_with(tail, 'Park:')
),
told as (
    select tail as id from STATES where confidence >= 0.5 and not starts_with(source, 'reference-')
    union select head from MEMBER_OF where confidence >= 0.5 union select head from LEADS where confidence >= 0.5
),
bodies as (
    select 1 as number, '产业园区' as words, id, name, true as wanted, false as unknown from Park
    union all select 2, '职业院校', id, name, coalesce(level in ('中职', '技工', '高职专科', '职业本科'), false), level is null
    from School
    union all select 3, '大型与规模以上企业', id, name, coalesce(scale in ('大型', '规模以上'), false), scale is null
    from Enterprise
),
known as (
    select *, id in (from told) as named, id in (select one from joined) as covered from bodies
),
counts as (
    select number, words, count(*) filter (named and wanted) as total, count(*) filter (named and wanted and covered) as covered,
        count(*) filter (named and unknown) as unknown, count(*) filter (not named) as elsewhere,
        list({name: name, id: id} order by name, id) filter (named and wanted and not covered) as uncovered
    from known group by all
),
premise as (
    select number, consortium, joined.* exclude (consortium)
    from joined join known on known.id = one where named and wanted
    union all
    select number, null, tail, STATES.id, quote, observed, confidence, source, place
    from STATES join known on known.id = tail join counts using (number)
    where named and (wanted or known.unknown) and STATES.confidence >= 0.5 and counts.covered = 0
),
shown as (
    select number, count(distinct consortium) as consortia, max(confidence) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as evidence
    from premise group by number
)
select words as "group", total, covered, round(covered / nullif(total, 0), 4) as share, coalesce(consortia, 0) as consortia, unknown,
    coalesce(uncovered, []) as uncovered, elsewhere, coalesce(evidence, []) as evidence, confidence,
    last_day(evidence) as as_of
from counts left join shown using (number) where total > 0 or unknown > 0
