with covering as (
    select chain, part from LookedAt join Inside on chain = id union
    select part, chain from LookedAt join Inside on part = id where tier = '环节'
),
covered as (select distinct covering.chain from covering join Serving on tail = part where starts_with(head, 'SpecialtyGroup:')),
own as (select distinct chain, head as specialty from Inside join Serving on tail = part where starts_with(head, 'Specialty:')),
supplying as (
    select school, specialty, tail as chain from Taught join Serving on head = specialty
    union select school, Included.tail, Serving.tail from Hosting join Included on own = head join Serving on Serving.head = own
    union select null, tail, chain from (
        select one.tail, Serving.tail as chain from Included one join Serving on Serving.head in (one.head, one.tail)
        where one.head not in (select own from Hosting) and one.tail not in (select specialty from Taught)
    )
),
supplied as (select distinct Inside.chain, school, specialty from Inside join supplying on supplying.chain = part join LookedAt on id = Inside.chain),
seats as (
    select chain, sum(people)::bigint as seats, count(*) filter (people is null) as untold
    from supplied left join Graduates on Graduates.school is not distinct from supplied.school and Graduates.specialty = supplied.specialty group by chain
),
demanded as (
    select *, starts_with(tail, 'Occupation:') as post, coalesce(place, '') != '' or coalesce(quote, '') != '' as said,
        coalesce(source, '') as s, coalesce(place, '') as p, coalesce(quote, '') as q, coalesce(year, -1) as y
    from DEMANDS where confidence >= 0.5
),
posts as (select s, p, q, y, head, list(headcount) as people from demanded where post group by all),
once as (
    select demanded.* from demanded left join posts using (s, p, q, y, head)
    where people is null or post or not said or headcount is not null and not list_contains(people, headcount)
),
latest as (
    select head, tail, source, level, headcount, (-confidence, method_rank(method)) as sure from once where headcount >= 0
    qualify y = max(y) over (partition by head, tail)
),
chosen as (
    select head, tail, source, level, max(headcount) as headcount, min(sure) as sure from (
        from latest qualify sure = min(sure) over (partition by head, tail, source, level)
    ) group by all
),
totals as (
    select head, tail, source, min(sure) as sure, coalesce(any_value(headcount) filter (level is null), sum(headcount)) as total
    from chosen group by all
),
asks as (select head, tail as post, arg_min(total, (sure, -total))::bigint as people from totals group by all),
firms as (
    select distinct chain, head as firm from Inside join LookedAt on id = chain join OPERATES_IN on tail = part
    where confidence >= 0.5 and starts_with(head, 'Enterprise:')
),
walking as (
    with recursive walked(chain, post, part) as (
        select distinct Inside.chain, asks.post, PART_OF.head from Inside join LookedAt on id = Inside.chain join asks on asks.head = Inside.part
        join PART_OF on PART_OF.tail = Inside.chain and PART_OF.head != Inside.chain where part != Inside.chain and confidence >= 0.5
        union select walked.chain, walked.post, PART_OF.head from walked left join asks on asks.head = part and asks.post = walked.post
        join PART_OF on PART_OF.tail = part and PART_OF.head != walked.chain where asks.head is null and confidence >= 0.5
    ) from walked
),
figures as (
    select chain, post, sum(people) filter (firm) as firms, greatest(any_value(people) filter (own), sum(people) filter (below)) as said from (
        select chain, post, people, true as firm, false as own, false as below from firms join asks on head = firms.firm
        union all select id, post, people, false, true, false from LookedAt join asks on head = id
        union all select chain, walking.post, people, false, false, true from walking join asks on head = part and asks.post = walking.post
    ) group by all
),
needed as (select chain, sum(greatest(firms, said))::bigint as headcount from figures group by chain),
listed as (
    select LookedAt.id as chain, LookedAt.name, LookedAt.tier, covered.chain is not null as covered, headcount, seats, coalesce(untold, 0) as untold,
        case when headcount is not null and seats is not null then greatest(headcount - seats, 0) end as short_of
    from LookedAt left join covered on covered.chain = id left join needed on needed.chain = id left join seats on seats.chain = id
    where covered.chain is null or headcount > seats
),
inside as (select chain, part from Inside where chain in (select chain from listed)),
demanders as (select chain, part as one from inside union select chain, firm from firms where chain in (select chain from listed)),
wants as (select distinct chain, tail as wanted from demanders join demanded on head = one),
fits as (select distinct head as specialty, tail as post from PREPARES_FOR where confidence >= 0.5),
lacking as (
    select chain, specialty from own union select chain, wanted from wants where starts_with(wanted, 'Specialty:')
    union select chain, specialty from wants join fits on post = wanted
),
number as (select count(*) as all_of, ln(greatest(count(*), 2)) as most from Specialty),
weights as (
    select pair, ln(any_value(all_of) / count(*)) ** 2 as weight from (select unnest(pairs_of(name)) as pair from Specialty), number group by pair
),
holders as (
    select id, name, pair, weight, sqrt(sum(weight) over (partition by id)) as size
    from (select id, name, unnest(pairs_of(name)) as pair from Specialty) join weights using (pair)
),
asking as (
    select chain, pair, sqrt(sum(coalesce(weight, most ** 2)) over (partition by chain)) as size
    from (select chain, unnest(pairs_of(name)) as pair from listed where not covered) left join weights using (pair), number
),
alike as (
    select chain, id, name, row_number() over (partition by chain order by round(score, 6) desc, id) as place from (
        select chain, id, name, sum(weight) / nullif(any_value(asking.size) * any_value(holders.size), 0) as score
        from asking join holders using (pair) group by all
    ) where score >= 0.5 qualify place <= 8
),
hinted as (
    select chain, list({name: name, id: id} order by last)[:3] as alike
    from (select chain, name, arg_min(id, place) as id, max(place) as last from alike group by all) group by chain
),
fitting as (
    select chain, specialty, true as claimed from lacking
    union all select chain, id, false from alike where chain not in (select chain from lacking)
),
shared as (
    select fitting.*, head as own from fitting join Included on tail = specialty where chain in (select chain from listed where not covered)
),
named_posts as (
    select chain, own, list(name order by name) as posts
    from (select distinct shared.chain, own, wanted from shared join fits using (specialty) join wants on wants.chain = shared.chain and wanted = post)
    join Node on id = wanted group by all
),
named_shared as (
    select chain, own, claimed, list(name order by name) as specialties from shared join Node on id = specialty group by all
),
above as (
    select distinct head, tail from (select head, tail, confidence from PART_OF union all select head, tail, confidence from LOCATED_IN)
    where confidence >= 0.5 and (starts_with(tail, 'Region:') or starts_with(tail, 'Park:'))
),
stops as (
    select id from (select id, level from Region union all select id, null from Park)
    where level in ('地级', '省级') or id not in (select head from above)
),
cities as (
    with recursive climbing(one, place) as (
        select head, tail from above union select one, above.tail from climbing join above on above.head = place where place not in (from stops)
    ) select one, place as city from climbing where place in (from stops)
),
here as (select chain, city, count(*) as firms from demanders join cities using (one) group by all),
hosted as (select distinct own, city from Hosting join cities on one = school),
close as (select chain, own, sum(firms)::bigint as near from here join hosted using (city) group by all),
schools as (select own, min(name) as school from Hosting join School on id = school group by own),
ordered as (
    select named_shared.chain, Node.name, own, claimed, specialties, posts, coalesce(near, 0) as near, row_number() over (
            partition by named_shared.chain order by len(specialties) desc, len(coalesce(posts, [])) desc, coalesce(near, 0) desc, Node.name, own
        ) as place
    from named_shared join Node on id = own left join named_posts using (chain, own) left join close using (chain, own) qualify place <= 3
),
nearest as (
    select chain, list({name: name, id: own} order by place) as nearest, list(
            case when school is null then '' else school || '·' end || name || '：'
            || case when claimed then '相同专业 ' else '名称相近的专业 ' end || len(specialties) || ' 个（' || array_to_string(specialties[:2], '、')
            || case when len(specialties) > 2 then '等' else '' end || '）'
            || case when posts is null then '' else '，面向所需岗位 ' || len(posts) || ' 个（' || array_to_string(posts[:2], '、')
            || case when len(posts) > 2 then '等' else '' end || '）' end
            || case when near = 0 then '' else '，同城链上企业 ' || near || ' 家' end order by place) as reasons
    from ordered left join schools using (own) group by chain
),
offers as (
    select head as school, tail as specialty, id, quote, observed, confidence, source, place from OFFERS
    where confidence >= 0.5 and (status is null or status = '完成')
    qualify case when coalesce(graduates, -1) >= 0 then coalesce(year, -1) = max(case when graduates >= 0 then coalesce(year, -1) end) over (partition by head, tail)
        else max(graduates) over (partition by head, tail) is null or max(graduates) over (partition by head, tail) < 0 end
),
premise as (
    select tail as chain, 1 as what, id, quote, observed, confidence, source, place from MENTIONS where confidence >= 0.5
    union all select tail, 4, id, quote, observed, confidence, source, place from STATES where confidence >= 0.5
    union all select chain, 2, id, quote, observed, confidence, source, place from inside join OPERATES_IN on tail = part where confidence >= 0.5
    union all select chain, 2, id, quote, observed, confidence, source, place from demanders join demanded on head = one
    union all select chain, 3, id, quote, observed, confidence, source, place from supplied join offers using (school, specialty)
    where chain in (select chain from listed where covered)
),
told as (
    select chain, what, max(premise.confidence) as confidence, list(distinct source) filter (not starts_with(source, 'reference-')) as voices,
        arg_min(words(id, quote, observed, source, place), weight(source, premise.confidence, id), 20) as best
    from premise where chain in (select chain from listed) group by all
),
evidence as (
    select chain, max(confidence) as confidence, len(list_distinct(flatten(list(voices)))) as voices, in_turn(list_concat(
            coalesce(first_said(any_value(best) filter (what = 1), 2), []),
            coalesce(first_said(any_value(best) filter (what = 2), case when bool_or(what = 3) then 1 else 3 end), []),
            coalesce(first_said(any_value(best) filter (what = 3), 1), []), coalesce(first_said(any_value(best) filter (what = 4), 5), []))) as evidence
    from told group by chain
),
intended as (
    select chain, list({name: name, id: id} order by name, id) as intended
    from (select distinct covering.chain, head from covering join Wished on tail = part where starts_with(head, 'SpecialtyGroup:')) join Node on id = head
    group by chain
),
counts as (
    select chain, count(distinct specialty) as specialties, count(distinct school) as schools from own left join Taught using (specialty) group by chain
)
select {name: listed.name, id: chain} as chain, listed.tier, case when covered then '学位不足' when specialties > 0 then '无专业群' else '无专业群，无专业' end as gap,
    size, coalesce(specialties, 0) as specialties, coalesce(schools, 0) as schools, coalesce(enterprises, 0) as enterprises, headcount, seats,
    untold as unknown, short_of as short, coalesce(voices, 0) as voices, coalesce(intended, []) as intended, coalesce(nearest, []) as nearest, coalesce(reasons, []) as reasons,
    coalesce(alike, []) as alike, coalesce(evidence, []) as evidence, confidence, last_day(evidence) as as_of
from listed join IndustryChain on IndustryChain.id = chain left join counts using (chain) left join intended using (chain) left join nearest using (chain)
left join hinted using (chain) left join evidence using (chain) left join (select chain, count(*) as enterprises from firms group by chain) using (chain)
