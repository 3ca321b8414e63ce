with recursive lying as (
    select distinct head as school, tail as place from LOCATED_IN where confidence >= 0.5 and starts_with(head, 'School:')
    union select school, tail from lying join PART_OF on head = lying.place where confidence >= 0.5 and starts_with(tail, 'Region:')
),
provinces as (
    select school, any_value(place) as region from lying join Region on Region.id = place where Region.level = '省级'
    group by school having count(*) = 1
),
active as (select distinct one as school from TakingPart where starts_with(one, 'School:')),
schools as (
    select coalesce(School.id, active.school) as school, level, active.school is not null as takes_part, region
    from School full join active on active.school = School.id left join provinces on provinces.school = coalesce(School.id, active.school)
),
told as (
    select head as school, tail as firm, source, sum(income) as total, min((-confidence, method_rank(method))) as trust
    from Working where stage < 2 and income >= 0 group by all
),
amounts as (select school, firm, arg_min(total, (trust, total)) as amount, list(distinct total order by total) as every from told group by all),
earned as (select school, fsum(amount) as income, count(*) filter (amount != 0) as firms from amounts group by school),
claims as (
    select head as school, id, quote, observed, confidence, source, place from Working where stage < 2 and income >= 0
),
totals as (
    select region, count(*) filter (vocational) as schools, count(income) filter (vocational) as known,
        count(*) filter (vocational and income = 0) as zero, fsum(income) filter (vocational) as income,
        fsum(income) filter (higher) as undergraduate, count(*) filter (higher and takes_part and income is null) as untold
    from (select *, coalesce(level in ('中职', '技工', '高职专科', '职业本科'), false) as vocational,
        coalesce(level in ('普通本科', '研究生'), false) as higher from schools left join earned using (school))
    where region in (select region from schools where takes_part) group by region
),
payers as (
    select region, count(distinct firm) as firms from schools join amounts using (school)
    where amount != 0 and level in ('中职', '技工', '高职专科', '职业本科') group by region
),
reports as (
    select REPORTS.id, quote, observed, confidence, source, place, metric || ' ' || coalesce(comparator, '=') || ' ' || number_text(value, unit)
        || coalesce('（' || year || '）', '') as told
    from REPORTS join Statistic on Statistic.id = tail
    where confidence >= 0.5 and value is not null and tail not in (select head from ABOUT where confidence >= 0.5)
    and (unit = '比例' and contains(metric, '本科') or regexp_matches(metric, '技术服务|横向|到款')) and (select count(*) from totals) = 1
),
stated as (
    select list(distinct told order by told) as texts, max(confidence) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 2) as told from reports
),
of_regions as (
    select region, max(confidence) as confidence, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as told
    from schools join claims using (school) where level in ('中职', '技工', '高职专科', '职业本科', '普通本科', '研究生') group by region
),
of_schools as (
    select school, max(confidence) as confidence, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as told
    from claims group by school
),
parts as (
    select one as school, max(confidence) as confidence, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as told
    from TakingPart where starts_with(one, 'School:') group by one
),
conflicts as (
    select school, list(told order by told) as conflicts from (
        select school, unnest(list_transform(list_filter(every, lambda one: one != amount), lambda one: format('{}：{:.10g} ≠ {:.10g}', name, amount, one))) as told
        from amounts join Enterprise on id = firm where len(every) > 1
    ) group by school
),
above as (
    select region, list(Node.name || '·' || told order by Node.name, Node.id, told) as conflicts
    from (select school, unnest(conflicts) as told from conflicts) join schools using (school) join Node on Node.id = school
    where level in ('普通本科', '研究生') and region is not null group by region
),
found as (
    select region as subject, 'Region' as kind, null::varchar as level, schools, known, zero, case when known > 0 then zero / known end as zero_share,
        income, coalesce(firms, 0) as enterprises, undergraduate, untold, coalesce(texts, []) as stated, coalesce(above.conflicts, []) as conflicts,
        in_turn(list_concat(coalesce(stated.told, []), coalesce(of_regions.told, []))) as evidence,
        coalesce(of_regions.confidence, stated.confidence) as confidence
    from totals left join payers using (region) left join of_regions using (region) left join above using (region) cross join stated
    where of_regions.told is not null or stated.told is not null
    union all
    select school, 'School', level, 1, (income is not null)::int, coalesce(income = 0, false)::int, null, income,
        coalesce(firms, 0), undergraduate, coalesce(untold, 0), [], coalesce(conflicts.conflicts, []),
        coalesce(of_schools.told, parts.told), coalesce(of_schools.confidence, parts.confidence)
    from schools left join (select school, income, firms from earned) using (school) join parts using (school)
    left join of_schools using (school) left join conflicts using (school)
    left join (select region, undergraduate, untold from totals) using (region)
    where takes_part and level in ('中职', '技工', '高职专科', '职业本科')
)
select {name: name, id: subject} as subject, kind, level, schools, known, zero, zero_share, income, enterprises, undergraduate,
    untold as undergraduate_unknown, case when undergraduate > 0 and untold = 0 then round(income / undergraduate, 4) end as ratio,
    stated, conflicts, evidence, confidence, last_day(evidence) as as_of
from found join Node on Node.id = subject
