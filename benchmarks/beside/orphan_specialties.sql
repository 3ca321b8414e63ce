with serving as (select distinct head from Serving),
included as (from Included),
hosting as (from Hosting),
offered as (from OFFERS where confidence >= 0.5 and (status is null or status = '完成')),
through as (select distinct school, tail as specialty, own from included join hosting on own = head),
offerings as (
    select school, specialty, list(distinct own) filter (own is not null) as groups, bool_or(served) as through from (
        select head as school, tail as specialty, null as own, false as served from offered
        union all select school, specialty, own, own in (from serving) from through
        union all select null, tail, head, head in (from serving) from included where head not in (select own from hosting)
        and tail not in (select tail from offered) and tail not in (select specialty from through)
    ) group by all
),
figures as (
    select offerings.*, people, specialty in (from serving) or coalesce(through, false) as linked
    from offerings left join Graduates using (school, specialty)
),
asked as (
    select tail, list({name: name, id: id} order by name, id) as wanted_by
    from (select distinct head, tail from DEMANDS where confidence >= 0.5 and starts_with(tail, 'Specialty:')) join Node on id = head
    group by tail
),
of_groups as (
    select own, sum(people) as graduates, count(distinct school) filter (people is null) as unknown
    from through join figures using (school, specialty) where own not in (from serving) group by own
),
of_specialties as (
    select specialty, list(school) filter (not linked and school is not null) as located, count(*) filter (linked) as linked_schools,
        sum(people) filter (not linked) as graduates, count(distinct coalesce(school, '')) filter (not linked and people is null) as unknown
    from figures group by specialty having not bool_and(linked)
),
own_groups as (select distinct specialty, unnest(groups) as own from figures where not linked),
intended as (
    select one, list({name: name, id: id} order by name, id) as chains from (
        select head as one, tail from Wished union
        select specialty, tail from own_groups join Wished on head = own
    ) join IndustryChain on id = tail group by one
),
premise as (
    select tail as one, HOSTS.id, quote, observed, confidence, source, place, 0 as rank from HOSTS
    where tail in (select own from hosting) and tail not in (from serving) and confidence >= 0.5
    union all select tail, STATES.id, quote, observed, confidence, source, place, 2 from STATES
    where tail in (select own from hosting) and tail not in (from serving) and confidence >= 0.5
    union all select tail, id, quote, observed, confidence, source, place, 0 from offered
    join figures on head = school and tail = specialty where not linked
    union all select tail, id, quote, observed, confidence, source, place, 0 from INCLUDES
    join own_groups on tail = specialty and head = own where confidence >= 0.5
),
shown as (
    select one, max(confidence) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), (starts_with(source, 'reference-'), rank, -confidence, id), 20), 5) as evidence
    from premise group by one
),
found as (
    select own as one, 'SpecialtyGroup' as kind, list(school) as located, 0 as linked_schools,
        any_value(of_groups.graduates) as graduates, coalesce(any_value(of_groups.unknown), 0) as unknown
    from hosting left join of_groups using (own) where own not in (from serving) group by own
    union all select specialty, 'Specialty', located, linked_schools, graduates, unknown from of_specialties
),
placed as (
    select one, list({name: School.name, id: School.id} order by School.name, School.id) as schools
    from (select one, unnest(located) as school from found) join School on School.id = school group by one
)
select {name: node.name, id: one} as subject, kind, Specialty.level, coalesce(schools, []) as schools, linked_schools, graduates::bigint as graduates,
    unknown, coalesce(chains, []) as intended, coalesce(wanted_by, []) as wanted_by, coalesce(evidence, []) as evidence, confidence,
    last_day(evidence) as as_of
from found join (select id, name from Specialty union all select id, name from SpecialtyGroup) node on node.id = one
left join Specialty on Specialty.id = one left join placed using (one)
left join intended using (one) left join asked on asked.tail = one left join shown using (one)
