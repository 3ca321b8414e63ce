with recursive fit as (
    select part as chain, chain as unit from Inside join IndustryChain on id = chain where tier is null or tier not in ('集群', '行业')
),
outermost as (
    select chain, unit from fit anti join (
        select fit.chain, fit.unit from fit join Inside on part = fit.unit and Inside.chain != part join fit other on other.chain = fit.chain and other.unit = Inside.chain
    ) within using (chain, unit)
),
outer_of as (from outermost union all from fit where chain not in (select chain from outermost)),
offered as (
    select *, coalesce(year, -1) as y, coalesce(enrolled, -1) >= 0 as tells from OFFERS where confidence >= 0.5 and (status is null or status = '完成')
),
latest as (
    select head, tail, source, number, enrolled as people, (-confidence, method_rank(method)) as sure from offered where tells
    qualify y = max(y) over (partition by head, tail)
),
chosen as (
    select head, tail, source, number, min(people) as people, min(sure) as sure from (
        from latest qualify sure = min(sure) over (partition by head, tail, source, number)
    ) group by all
),
totals as (
    select head, tail, source, min(sure) as sure, coalesce(any_value(people) filter (number is null), sum(people)) as total from chosen group by all
),
studying as (select head as school, tail as specialty, arg_min(total, (sure, total))::double as people from totals group by all),
through as (select distinct school, tail as specialty, own from Hosting join Included on own = head),
offering as (
    select head as school, tail as specialty, null as own from offered union select school, specialty, own from through
    union select null, tail, head from Included where head not in (select own from Hosting) and tail not in (select tail from offered)
    and tail not in (select specialty from through)
),
offerings as (
    select coalesce(school, '') as school, specialty, list(distinct unit) filter (unit is not null) as units from offering
    left join Serving on head = specialty or head = own left join outer_of on outer_of.chain = Serving.tail group by all
),
demanded as (
    select *, starts_with(tail, 'Occupation:') as post, coalesce(place, '') != '' or coalesce(quote, '') != '' as said,
        coalesce(source, '') as s, coalesce(place, '') as p, coalesce(quote, '') as q, coalesce(year, -1) as y, coalesce(headcount, -1) >= 0 as tells
    from DEMANDS where confidence >= 0.5
),
posts as (select s, p, q, y, head, list(headcount) as people from demanded where post group by all),
once as (
    select demanded.* from demanded left join posts using (s, p, q, y, head)
    where people is null or post or not said or headcount is not null and not list_contains(people, headcount)
),
asked as (
    select head, tail, source, level, headcount as people, (-confidence, method_rank(method)) as sure from once where tells
    qualify y = max(y) over (partition by head, tail)
),
taken as (
    select head, tail, source, level, max(people) as people, min(sure) as sure from (
        from asked qualify sure = min(sure) over (partition by head, tail, source, level)
    ) group by all
),
sums as (select head, tail, source, min(sure) as sure, coalesce(any_value(people) filter (level is null), sum(people)) as total from taken group by all),
asks as (select head, tail as post, arg_min(total, (sure, -total))::bigint as people from sums group by all),
operating as (select distinct tail as chain, head as firm from OPERATES_IN where confidence >= 0.5 and starts_with(head, 'Enterprise:')),
firms as (select distinct Inside.chain, firm from Inside join operating on operating.chain = part),
of_firms as (
    select firms.chain, mine.post, sum(theirs.people)::bigint as people
    from asks mine join firms on firms.chain = mine.head join asks theirs on theirs.head = firm and theirs.post = mine.post group by all
),
in_turn_of as (
    select asks.post, asks.head as chain, asks.people - coalesce(of_firms.people, 0) as beyond,
        row_number() over (partition by asks.post order by sizes.size, asks.people desc, name, id) as nth
    from asks join IndustryChain on id = asks.head join (select chain, count(*) as size from Inside group by chain) sizes on sizes.chain = id
    left join of_firms on of_firms.chain = asks.head and of_firms.post = asks.post
),
steps as (
    select whole.post, whole.nth, any_value(whole.beyond) as beyond, coalesce(list(inner_one.nth) filter (inner_one.nth < whole.nth), []) as before
    from in_turn_of whole join Inside on Inside.chain = whole.chain left join in_turn_of inner_one on inner_one.chain = part and inner_one.post = whole.post
    group by all
),
walked(post, nth, found) as (
    select post, nth, [greatest(beyond, 0)] from steps where nth = 1
    union all select steps.post, steps.nth, list_append(found, greatest(0, beyond - coalesce(list_sum(list_transform(before, lambda place: found[place])), 0)))
    from walked join steps on steps.post = walked.post and steps.nth = walked.nth + 1
),
beyond as (select chain, post, found[nth]::bigint as people from walked join in_turn_of using (post, nth)),
asking as (
    select distinct head, tail as post from once where starts_with(head, 'IndustryChain:') or head in (select firm from operating)
),
needs as (
    select asking.head, asking.post, coalesce(beyond.people, asks.people)::double as people, list(distinct unit) as units
    from asking left join asks using (head, post) left join beyond on beyond.chain = asking.head and beyond.post = asking.post
    join (select id as one, id as chain from IndustryChain union select firm, chain from operating) tied on tied.one = asking.head
    join outer_of on outer_of.chain = tied.chain group by all
),
parts as (
    select unnest(units) as unit, true as taught, people / len(units) as part from offerings left join studying using (school, specialty)
    union all select unnest(units), false, people / len(units) from needs
),
claims as (
    select unnest(units) as unit, true as taught, coalesce(studying.people >= 0, false) as known, year, id, quote, observed, confidence, source, place
    from offerings join (
        from offered qualify case when tells then y = max(case when tells then y end) over (partition by head, tail)
            else not bool_or(tells) over (partition by head, tail) end
    ) told on head = school and tail = specialty left join studying using (school, specialty)
    union all
    select unnest(units), false, people >= 0, year, id, quote, observed, confidence, source, place from needs join (
        from once qualify case when tells then y = max(case when tells then y end) over (partition by head, tail)
            else not bool_or(tells) over (partition by head, tail) end
    ) told on told.head = needs.head and told.tail = needs.post
),
spans as (
    select unit, taught, min(year) filter (known) as first_year, max(year) filter (known) as last_year, max(confidence) as sure, first_said(
            arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 3) as told
    from (from claims union all select distinct null as unit, * exclude (unit) from claims) group by unit, taught
),
sides as (
    select unit, fsum(part) filter (taught and part is not null) as taught, fsum(part) filter (not taught and part is not null) as needed,
        count(*) filter (taught and part is null) as unknown, bool_or(taught) as any_taught
    from parts group by unit
),
valued as (
    select unit, case when any_taught then taught when (select count(taught) from sides) > 0 then 0 end as taught, needed, unknown from sides
),
ends as (
    select min(taught) as low_taught, max(taught) as high_taught, min(needed) as low_needed, max(needed) as high_needed,
        nullif(fsum(taught) filter (needed is not null and taught is not null), 0) as all_taught,
        nullif(fsum(needed) filter (needed is not null and taught is not null), 0) as all_needed from valued
),
measured as (
    select *, case when needed is not null then taught / all_taught end as p, case when taught is not null then needed / all_needed end as o,
        0.01 + 0.99 * (taught - low_taught) / nullif(high_taught - low_taught, 0) as first,
        0.01 + 0.99 * (needed - low_needed) / nullif(high_needed - low_needed, 0) as second
    from valued, ends
),
joined as (
    select *, case when first + second > 0 then least(1.0, 2 * sqrt(first * second) / (first + second)) end as coupling,
        case when first + second > 0 then (first + second) / 2 end as level from measured
),
rated as (
    select *, sqrt(coupling * level) as degree, round(p / nullif(o, 0) - 1, 4) as deviation,
        round(least(p, o) / nullif(greatest(p, o), 0), 4) as matching from joined
),
rows_of as (
    select IndustryChain.name as unit, {name: IndustryChain.name, id: unit} as node, null as measures, round(taught, 4) as education, round(needed, 4) as industry,
        round(p, 4) as education_share, round(o, 4) as industry_share, deviation, case when p is not null and o is not null then matching end as matching,
        null::double as similarity, round(first, 4) as education_level, round(second, 4) as industry_level, round(coupling, 4) as coupling,
        round(level, 4) as level, round(degree, 4) as coordination, degree as exact, unknown, unit as id,
        list_filter([case when taught is null then '在校生数' end, case when needed is null then '需求人数' end], lambda one: one is not null) as missing
    from rated join IndustryChain on IndustryChain.id = unit
),
whole as (
    select '全部' as unit, null as node, '在校生数 对 需求人数' as measures,
        case when count(p) filter (o is not null) > 0 then round(fsum(rows_of.education) filter (p is not null and o is not null), 4) end as education,
        case when count(p) filter (o is not null) > 0 then round(fsum(rows_of.industry) filter (p is not null and o is not null), 4) end as industry,
        null as education_share, null as industry_share,
        round(fsum(abs(p / o - 1)) filter (p is not null and o > 0) / nullif(count(*) filter (p is not null and o > 0), 0), 4) as deviation,
        case when count(p) > 0 then round(fsum(least(p, o)) filter (p is not null and o is not null), 4) end as matching,
        round(fsum(p * o) filter (p is not null and o is not null) / nullif(sqrt(fsum(p ** 2) filter (p is not null and o is not null) * fsum(o ** 2) filter (p is not null and o is not null)), 0), 4) as similarity,
        null as education_level, null as industry_level, round(fsum(rows_of.coupling) filter (rows_of.coupling is not null) / nullif(count(rows_of.coupling), 0), 4) as coupling,
        round(fsum(rows_of.level) filter (rows_of.level is not null) / nullif(count(rows_of.level), 0), 4) as level,
        round(fsum(coordination) filter (coordination is not null) / nullif(count(coordination), 0), 4) as coordination,
        round(fsum(coordination) filter (coordination is not null) / nullif(count(coordination), 0), 4) as exact, sum(rows_of.unknown)::bigint as unknown, null as id, list_filter([
            (select case when count(*) > 0 then count(*) || ' 个专业点不属于任何单元' end from offerings where units is null),
            case when count(*) filter (p is null or o is null) > 0 then count(*) filter (p is null or o is null) || ' 个单元缺一侧的数，未比' end
        ], lambda one: one is not null) as missing
    from rows_of join rated on rated.unit = rows_of.id having count(*) > 0
)
select found.* exclude (exact, id), 'chain' as by, case when needing.first_year is null then null when needing.first_year = needing.last_year
        then needing.first_year::varchar else needing.first_year || '–' || needing.last_year end as year,
    case when teaching.first_year is null then null when teaching.first_year = teaching.last_year then teaching.first_year::varchar
        else teaching.first_year || '–' || teaching.last_year end as education_year,
    case when exact is not null then (['极度失调', '严重失调', '中度失调', '轻度失调', '濒临失调', '勉强协调', '初级协调', '中级协调', '良好协调', '优质协调'])[
        1 + least(9, greatest(0, ceil(round(exact, 9) * 10)::bigint - 1))] end as grade,
    null as grey, null as grey_years, in_turn(list_concat(coalesce(teaching.told, []), coalesce(needing.told, []))) as evidence,
    least(teaching.sure, needing.sure) as confidence, last_day(evidence) as as_of
from (from rows_of union all from whole) found left join spans teaching on teaching.unit is not distinct from id and teaching.taught
left join spans needing on needing.unit is not distinct from id and not needing.taught
