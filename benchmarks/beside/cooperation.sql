with last as (select max(observed) as day from Working where stage = 0 and is_date(observed)),
counted as (
    select head as school, tail as firm, stage, nullif(mode, '') as mode, max(number) as number
    from (select head, tail, stage, mode, source, count(*) as number from Working group by all) group by all
),
projects as (
    select school, firm, stage, coalesce(sum(number) filter (mode is not null), sum(number)) as number from counted group by all
),
spoken as (select distinct head as school, tail as firm, source, place from Working where place != ''),
told_twice as (
    select distinct school, firm, thing from Joint join Building on tail = thing and (head = school or head = firm)
    join spoken using (school, firm, source, place)
),
apart as (from Joint anti join told_twice using (school, firm, thing)),
every as (
    from projects union all select school, firm, stage, 1 from apart
),
stages as (
    select school, firm, coalesce(sum(number) filter (stage = 0), 0)::bigint as done, coalesce(sum(number) filter (stage = 1), 0)::bigint as begun,
        coalesce(sum(number) filter (stage = 2), 0)::bigint as intended
    from every group by all
),
modes as (
    select school, firm, list(mode order by mode) filter (stage = 0) as done, list(mode order by mode) filter (stage > 0) as said from (
        select school, firm, mode, min(stage) as stage from (
            select school, firm, mode, stage from counted where mode is not null union all select school, firm, '共建', stage from apart
        ) group by all
    ) group by all
),
times as (
    select head as school, tail as firm, min(since) as since,
        max(months_between(since, case when is_date(until) and coalesce(before(until, day), true) then until else day end)) as months
    from Working cross join last where stage = 0 and is_date(since) group by all
),
amounts as (
    select head as school, tail as firm, source, name, min((-confidence, method_rank(method))) as trust, sum(amount) as total from (
        unpivot (select head, tail, source, confidence, method, income, order_students::double as order_students, teachers::double as teachers,
            interns::double as interns, hires::double as hires from Working where stage = 0)
        on income, order_students, teachers, interns, hires into name name value amount
    ) where amount >= 0 group by all
),
believed as (
    select school, firm, name, arg_min(total, (trust, total)) as amount, list(distinct total order by total) as every from amounts group by all
),
sums as (
    select school, firm, max(amount) filter (name = 'income') as income, sum(amount) filter (name != 'income')::bigint as people,
        any_value(list_filter(every, lambda one: one != amount)) filter (name = 'income') as others
    from believed group by all
),
built as (select school, firm, count(*) filter (stage = 0) as built from Joint group by all),
shown as (
    select school, firm, max(confidence) as confidence, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as evidence
    from PairClaim group by all
)
select {name: subject.name, id: school} as subject, {name: partner.name, id: firm} as partner, 'pair' as kind, (stages.done > 0)::int as pairs,
    stages.done, begun as under_way, intended, coalesce(modes.done, []) as modes, coalesce(said, []) as only_said, since, months, income,
    (stages.done > 0 and income is null)::int as income_unknown, people, coalesce(built, 0) as built,
    coalesce(list_transform(others, lambda one: format('{}·{}：{:.10g} ≠ {:.10g}', subject.name, partner.name, income, one)), []) as conflicts,
    evidence, confidence, last_day(evidence) as as_of
from stages join shown using (school, firm) left join modes using (school, firm) left join times using (school, firm)
left join sums using (school, firm) left join built using (school, firm)
join Node subject on subject.id = school join Node partner on partner.id = firm
