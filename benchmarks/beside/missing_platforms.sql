with inside as (from Inside),
serving as (from Serving),
platforms as (select head as platform, tail as chain from serving where starts_with(head, 'ResearchPlatform:')),
teaching as (
    select tail as chain, school, head as one from serving join Hosting on own = head where starts_with(head, 'SpecialtyGroup:')
    union select tail, school, head from serving join Taught on specialty = head where starts_with(head, 'Specialty:')
),
operating as (
    select tail as chain, head as firm, confidence, words(id, quote, observed, source, place) as told, weight(source, confidence, id) as weighed
    from OPERATES_IN where confidence >= 0.5 and starts_with(head, 'Enterprise:')
),
covering as (
    select chain, part from LookedAt join inside on chain = id union
    select part, chain from LookedAt join inside on part = id where tier = '环节'
),
lacking as (
    select id as chain from LookedAt where id not in (select covering.chain from covering join platforms on platforms.chain = part)
),
builders as (select * from Builder where starts_with(thing, 'ResearchPlatform:')),
served as (select platform, list(chain order by chain) as around from platforms group by platform),
circles as (
    select around, part from (select distinct around from served), unnest(around) one(chain) join inside on inside.chain = one.chain
    union select [chain], part from lacking join inside using (chain)
),
crowds as (
    select around, count(distinct firm) as enterprises, first_said(arg_min(told, weighed, 20), 3) as told, max(confidence) as confidence
    from circles join operating on operating.chain = part group by around
),
able as (
    select distinct thing as platform, builders.one as school, teaching.one as what
    from builders join served on platform = thing join circles using (around) join teaching on teaching.chain = part and teaching.school = builders.one
    where stage = 0
),
sharing as (
    select head as school from SHARES join (select id, name, category from SharedResource union all select id, name, null from TrainingBase) thing
    on thing.id = tail where SHARES.confidence >= 0.5 and (status is null or status = '完成') and regexp_matches(coalesce(category, '') || name, '课程|教材')
),
broken as (
    select id as platform, around, case
        when id not in (select thing from builders where stage = 0 and starts_with(one, 'School:')) then '平台无院校'
        when id not in (select platform from able) then '平台院校无对接本链的专业'
        when id not in (select platform from able where school in (from sharing)) then '未到课程' end as gap
    from ResearchPlatform left join served on platform = id
    where around is not null or id not in (select thing from builders where stage = 0 and starts_with(one, 'School:'))
),
subject as (
    select chain as id, [chain] as around, '无研发平台' as gap from lacking union all select platform, around, gap from broken where gap is not null
),
most as (
    select around, school, row_number() over (partition by around order by number desc, name, school) as place
    from (select around, school, count(*) as number from circles join teaching on chain = part group by all) join School on id = school
),
joining as (
    select subject.id, school from subject join most using (around) left join builders on thing = subject.id and one = school and stage = 0
    where one is null qualify row_number() over (partition by subject.id order by place) <= 10
),
listed as (
    select platform as subject, 'chain' as what, chain as id from platforms
    union all select thing, case when starts_with(one, 'School:') then case when stage = 0 then 'school' else 'intended' end else 'builder' end, one
    from builders where stage = 0 or starts_with(one, 'School:')
    union all select distinct covering.chain, 'intended', head from covering join Wished on tail = part where starts_with(head, 'ResearchPlatform:')
    union all select distinct platform, 'teaching', what from able
    union all select id, 'candidate', school from joining
),
named as (
    select subject, list({name: name, id: id} order by name, id) filter (what = 'chain') as chains,
        list({name: name, id: id} order by name, id) filter (what = 'school') as schools,
        list({name: name, id: id} order by name, id) filter (what = 'builder') as builders,
        list({name: name, id: id} order by name, id) filter (what = 'intended') as intended,
        list({name: name, id: id} order by name, id) filter (what = 'teaching') as teaching,
        list({name: name, id: id} order by name, id) filter (what = 'candidate') as candidates
    from listed join Node using (id) group by subject
),
premise as (
    select id, first_said(arg_min(told, weighed, 20), 5) as told, max(confidence) as confidence from (
        select tail as id, confidence, words(id, quote, observed, source, place) as told, weight(source, confidence, id) as weighed
        from CO_BUILDS where confidence >= 0.5 and (status is null or status = '完成')
        union all select head, confidence, words(id, quote, observed, source, place), weight(source, confidence, id) from SERVES
        where confidence >= 0.5
    ) where starts_with(id, 'ResearchPlatform:') group by id
    union all
    select tail, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 2), max(confidence)
    from STATES where confidence >= 0.5 and starts_with(tail, 'IndustryChain:') group by tail
),
found as (
    select subject.id, gap, chains, case when around is not null then coalesce(enterprises, 0) end as enterprises, schools, builders, intended, teaching,
        candidates, case when gap = '无研发平台' then in_turn(list_concat(coalesce(crowds.told, []), coalesce(premise.told, []))) else coalesce(premise.told, []) end as evidence,
        case when gap = '无研发平台' then greatest(crowds.confidence, premise.confidence) else premise.confidence end as confidence
    from subject left join crowds using (around) left join named on named.subject = subject.id left join premise on premise.id = subject.id
)
select {name: name, id: id} as subject, gap, coalesce(chains, []) as chains, enterprises, coalesce(schools, []) as schools,
    coalesce(builders, []) as builders, coalesce(intended, []) as intended, coalesce(teaching, []) as teaching,
    coalesce(candidates, []) as candidates, evidence, confidence, last_day(evidence) as as_of
from found join Node using (id)
