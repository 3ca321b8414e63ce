with step(level, next) as (values ('中职', '高职专科'), ('高职专科', '职业本科'), ('高职专科', '普通本科')),
higher as (from step union all values ('中职', '职业本科'), ('中职', '普通本科')),
own as (
    select head as specialty, tail as chain from Serving where starts_with(head, 'Specialty:')
    union select Included.tail, Serving.tail from Included join Serving using (head)
),
articulated as (
    select head as specialty, tail as next, status is null or status = '完成' as done
    from ARTICULATES_TO join Specialty one on one.id = head join Specialty other on other.id = tail
    join higher on higher.level = one.level and higher.next = other.level where ARTICULATES_TO.confidence >= 0.5
),
broken as (
    select id as specialty, name, level from Specialty
    where level in ('中职', '高职专科') and id in (select specialty from own) and id not in (select specialty from articulated where done)
),
hinted as (select step.level, id, name, pairs_of(name) as pairs from step join Specialty on Specialty.level = step.next),
sizes as (select level, count(*) as number, ln(greatest(count(*), 2)) as most from hinted group by level),
weights as (
    select level, pair, ln(any_value(number) / count(*)) ** 2 as weight
    from (select level, unnest(pairs) as pair from hinted) join sizes using (level) group by level, pair
),
holders as (
    select *, sqrt(sum(weight) over (partition by level, id)) as size
    from (select level, id, name, unnest(pairs) as pair from hinted) join weights using (level, pair)
),
asking as (
    select specialty, pair, level, sqrt(sum(coalesce(weight, most ** 2)) over (partition by specialty)) as size
    from (select specialty, level, unnest(pairs_of(name)) as pair from broken) join sizes using (level) left join weights using (level, pair)
),
likest as (
    select specialty, arg_min({name: name, id: id}, (-round(score, 6), id), 3) as alike from (
        select specialty, id, name, sum(weight) / nullif(any_value(asking.size) * any_value(holders.size), 0) as score
        from asking join holders using (level, pair) group by all
    ) where score >= 0.4 group by specialty
),
listed as (
    select specialty, 'chain' as what, chain as id from own
    union all select distinct specialty, 'intended', next from articulated where not done
    union all select distinct one.specialty, 'same', other.specialty
    from own one join broken using (specialty) join Inside using (chain) join own other on other.chain = part
    join Specialty on id = other.specialty join step on step.level = broken.level and next = Specialty.level
),
named as (
    select specialty, list({name: name, id: id} order by name, id) filter (what = 'chain') as chains,
        list({name: name, id: id} order by name, id) filter (what = 'intended') as intended,
        list({name: name, id: id} order by name, id) filter (what = 'same') as same_chain
    from listed join (select id, name from Specialty union all select id, name from IndustryChain) using (id)
    where specialty in (select specialty from broken) group by specialty
),
offered as (
    select specialty, count(*) as schools, sum(people)::bigint as graduates from Taught left join Graduates using (school, specialty) group by specialty
),
tying as (
    select head as specialty, id, quote, observed, confidence, source, place from SERVES
    where confidence >= 0.5 and (status is null or status = '完成') and starts_with(head, 'Specialty:')
    union all select tail, id, quote, observed, confidence, source, place from INCLUDES
    where confidence >= 0.5 and (status is null or status = '完成') and head in (select head from Serving)
    union all select Included.tail, id, quote, observed, confidence, source, place from SERVES join Included using (head)
    where confidence >= 0.5 and (status is null or status = '完成')
),
premise as (
    select specialty, max(confidence) filter (tie) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as evidence
    from (
        select *, true as tie from tying union all select tail, id, quote, observed, confidence, source, place, false from OFFERS
        where confidence >= 0.5 and (status is null or status = '完成')
    ) where specialty in (select specialty from broken) group by specialty
)
select {name: name, id: specialty} as specialty, level, case level when '中职' then '高职专科' else '职业本科或普通本科' end as missing,
    coalesce(chains, []) as chains, coalesce(schools, 0) as schools, graduates, coalesce(intended, []) as intended,
    coalesce(same_chain, []) as same_chain, coalesce(alike, []) as alike, evidence, confidence, last_day(evidence) as as_of
from broken join named using (specialty) join premise using (specialty) left join offered using (specialty) left join likest using (specialty)
