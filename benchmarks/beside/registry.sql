with claims as (
    select * replace (case when is_date(since) then since end as since, case when is_date(until) then until end as until) from Seat
),
last as (select max(observed) as day from claims where (status is null or status = '完成') and is_date(observed)),
counted as (
    select *, coalesce(before(until, day), false) as ended from claims cross join last
    where (status is null or status = '完成') and not coalesce(before(day, since), false)
),
times as (
    select consortium, one, min(since) as since, max(until) filter (ended) as ends, bool_or(not ended) as there,
        bool_or(kind = 'LEADS' and not ended) as leads, list(since) filter (since is not null) as starts
    from counted group by all
),
judged as (
    select *, there and (ends is null or leads or coalesce(len(list_filter(starts, lambda start: before(ends, start))), 0) > 0) as inside
    from times
),
named as (
    select judged.*, coalesce(name, substr(one, position(':' in one) + 1)) as name,
        min(since) filter (inside) over (partition by consortium) as began
    from judged left join Node on Node.id = one
),
rolls as (
    select consortium, list({name: name, id: one} order by name, one) filter (inside and leads) as leaders,
        count(*) filter (inside) as members, count(*) filter (inside and starts_with(one, 'School:')) as schools,
        count(*) filter (inside and starts_with(one, 'Enterprise:')) as enterprises,
        list(name || ' ' || since order by since, name) filter (inside and before(began, since)) as joined,
        list(name || ' ' || ends order by ends, name) filter (not inside and ends is not null) as gone,
        count(*) filter (inside and since is null) as undated, list({name: name, id: one} order by name, one) filter (inside) as listed
    from named group by consortium
),
shown as (
    select consortium, max(confidence) as confidence, in_turn(list_concat(
        coalesce(first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20) filter (kind = 'LEADS'), 2), []),
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5))) as evidence
    from claims group by consortium
),
served as (
    select head, list({name: name, id: tail} order by name, tail) as chains
    from Serving join IndustryChain on id = tail
    group by head
),
figures as (
    select id, name, metric, value, unit, year, comparator from Statistic
    union all select id, name, metric, value, unit, year, comparator from Target
),
stated as (
    select tail, list(distinct told order by told) as texts from (
        select tail, coalesce(nullif(metric, ''), name) || ' ' || coalesce(comparator, '=') || ' ' || number_text(value, unit)
            || coalesce('（' || year || '）', '') as told
        from ABOUT join figures on figures.id = head where confidence >= 0.5 and value is not null
    ) group by tail
),
levels as (
    select consortium, list(state || '（' || sources || '）' order by state) as conflicts from (
        select consortium, state, string_agg(distinct coalesce(Source.name, source), '、' order by coalesce(Source.name, source)) as sources
        from Organ left join Source on Source.id = source where key = 'level' and state != '' group by all
    ) group by consortium having count(*) > 1
)
select {name: Consortium.name, id: Consortium.id} as consortium, level, coalesce(leaders, []) as leaders, members, schools, enterprises,
    members - schools - enterprises as others, coalesce(chains, []) as chains, day as dated, coalesce(joined, []) as joined,
    coalesce(gone, []) as "left", undated, coalesce(listed, []) as listed, coalesce(texts, []) as stated,
    coalesce(conflicts, []) as conflicts, evidence, confidence, last_day(evidence) as as_of
from rolls join Consortium on Consortium.id = rolls.consortium join shown on shown.consortium = rolls.consortium cross join last
left join served on served.head = Consortium.id left join stated on stated.tail = Consortium.id
left join levels on levels.consortium = Consortium.id where members > 0 or gone is not null
