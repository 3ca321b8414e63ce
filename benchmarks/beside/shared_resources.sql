with serving as (from Serving),
chains as (
    select head as one, tail as chain from serving
    union select head, tail from OPERATES_IN where confidence >= 0.5
    union select school, tail from Taught join serving on head = specialty
    union select school, serving.tail from Hosting join serving on serving.head = own where own in (select head from Included)
),
kind(number, zh, pattern) as (values (1, '实训基地', '实训|实践基地|实习基地'), (2, '教材', '教材'), (3, '教学资源库', '资源库'), (4, '课程', '课'),
    (5, '师资', '师资|教师|导师'), (6, '设备', '设备|仪器')),
resource as (
    select id, name, case when coalesce(category, '') = '' then '未分类'
        else coalesce((select arg_min(zh, number) from kind where regexp_matches(category, pattern)), category) end as category from SharedResource
    union all select id, name, '实训基地' from TrainingBase
),
told as (
    select head as body, tail, true as shares, id, quote, observed, confidence, source, place from SHARES
    where confidence >= 0.5 and (status is null or status = '完成')
    union all select head, tail, false, id, quote, observed, confidence, source, place from USES
    where confidence >= 0.5 and (status is null or status = '完成')
    union all select head, tail, true, id, quote, observed, confidence, source, place from CO_BUILDS
    where confidence >= 0.5 and (status is null or status = '完成') and tail in (
        select thing from Builder where stage = 0 and starts_with(thing, 'TrainingBase:') group by thing having count(*) > 1)
),
entries as (
    select body, category, resource.id as resource, shares, confidence, words(told.id, quote, observed, source, place) as told,
        weight(source, confidence, told.id) as weighed
    from told join resource on resource.id = tail
),
categories as (select distinct category from entries where shares),
seats as (
    select consortium, max(confidence) as confidence, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 3) as told
    from Seat group by consortium
),
inside as (select consortium, one from Seat union select consortium, consortium from Seat),
own as (select consortium, entries.* from inside join entries on body = one),
schools as (select consortium, category, one from inside cross join categories where starts_with(one, 'School:')),
lacking as (from schools where (consortium, category, one) not in (select (consortium, category, body) from own)),
touched as (
    select distinct consortium, chain from inside join chains using (one)
    where one = consortium or starts_with(one, 'Enterprise:') or starts_with(one, 'Park:')
),
lending as (select distinct category, body, chain from entries join chains on one = body where shares),
lender as (select body, {name: name, id: body} as named, row_number() over (order by name, body) as place
    from (select distinct body from lending) join Node on id = body),
common as (
    select consortium, category, body, count(*) as number from touched join lending using (chain) group by all
),
near as (
    select consortium, category, arg_min(named, (-number, place), 5) as elsewhere
    from common join lender using (body) where (consortium, body) not in (from inside) group by all
),
listed as (
    select consortium, category, case when shares then 'sharer' else 'user' end as what, body as id from own
    union select consortium, category, 'resource', resource from own
    union all select consortium, category, 'lacker', one from lacking
),
named as (
    select consortium, category, list({name: name, id: id} order by name, id) filter (what = 'sharer') as sharers,
        list({name: name, id: id} order by name, id) filter (what = 'user') as users,
        list({name: name, id: id} order by name, id) filter (what = 'resource') as resources,
        list({name: name, id: id} order by name, id) filter (what = 'lacker') as lackers,
        count(*) filter (what = 'lacker' and id not in (select body from entries)) as silent
    from listed join categories using (category) join Node using (id) group by all having sharers is not null or lackers is not null
),
premise as (
    select consortium, category, max(confidence) as confidence, first_said(arg_min(told, weighed, 20), 3) as told from own group by all
),
found as (
    select named.*, elsewhere, in_turn(list_concat(coalesce(premise.told, []), seats.told)) as evidence,
        least(premise.confidence, seats.confidence) as confidence
    from named join seats using (consortium) left join premise using (consortium, category) left join near using (consortium, category)
)
select {name: name, id: id} as circle, category, coalesce(len(sharers), 0) as sharing, coalesce(len(users), 0) as "using",
    coalesce(len(lackers), 0) as lacking, silent, coalesce(resources, []) as resources, coalesce(sharers, []) as sharers,
    coalesce(users, []) as users, coalesce(lackers, []) as lackers, coalesce(elsewhere, []) as elsewhere, evidence, confidence,
    last_day(evidence) as as_of
from found join Consortium on id = consortium
