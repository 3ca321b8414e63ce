with members as (select distinct consortium, one from Seat),
sides as (
    select consortium, count(*) as members, count(*) filter (starts_with(one, 'School:')) as schools,
        count(*) filter (starts_with(one, 'School:')) * count(*) filter (starts_with(one, 'Enterprise:')) as possible
    from members group by consortium having count(*) > 1
),
among as (
    select school.consortium, school, firm, stage from members school join Pair on Pair.school = school.one
    join members firm on firm.one = firm and firm.consortium = school.consortium
),
doing as (
    select head as school, tail as firm, mode, source, income, confidence, method,
        case when is_date(coalesce(nullif(since, ''), observed)) and length(coalesce(nullif(since, ''), observed)) >= 7
            then coalesce(nullif(since, ''), observed)[:4]::bigint * 4 + (coalesce(nullif(since, ''), observed)[6:7]::bigint - 1) // 3 end as quarter
    from Working where stage = 0
),
begun as (
    select school, firm, count(quarter) > 0 as dated, coalesce(bool_or(quarter > (select max(quarter) from doing) - 4), false) as recent
    from doing group by all
),
told as (
    select school, firm, source, sum(income) as total, min((-confidence, method_rank(method))) as trust from doing where income >= 0 group by all
),
amounts as (select school, firm, arg_min(total, (trust, total)) as amount from told group by all),
work as (
    select consortium, count(*) filter (stage = 0) as done, coalesce(bool_or(dated), false) as dated, count(*) filter (recent) as recent,
        fsum(amount) as income
    from among left join begun using (school, firm) left join amounts using (school, firm) group by consortium
),
modes as (
    select consortium, count(distinct mode) filter (mode != '') as modes from among join doing using (school, firm) group by consortium
),
together as (
    select consortium, count(*) as things from (
        select consortium, thing from members join Builder on Builder.one = members.one and stage = 0 group by consortium, thing having count(*) > 1
    ) group by consortium
),
sharing as (
    select consortium, count(*) as sharers from members
    where one in (select head from SHARES where confidence >= 0.5 and (status is null or status = '完成')) group by consortium
),
organs as (
    select consortium, count(distinct key) as told, count(distinct key) filter (state = '有') as has from Organ where key != 'level' group by consortium
),
indicator(number, name, zh, weight, full_from) as (
    values (1, 'density', '落实率', 30.0::double, 0.5::double), (2, 'breadth', '合作方式数', 15, 4), (3, 'joint', '人均共建数', 15, 0.5),
        (4, 'activity', '近四季活跃率', 15, 0.3), (5, 'income', '校均技术服务收入', 10, 1000000), (6, 'organs', '治理机构齐备率', 10, 1),
        (7, 'sharing', '成员共享率', 5, 0.3)
),
valued as (
    select sides.consortium, number, name, zh, weight, full_from, case name
            when 'density' then case when possible > 0 then coalesce(done, 0) / possible end
            when 'breadth' then coalesce(modes, 0)
            when 'joint' then coalesce(things, 0) / members
            when 'activity' then case when possible > 0 and (coalesce(dated, false) or coalesce(done, 0) = 0)
                and exists (from doing where quarter is not null) then coalesce(recent, 0) / possible end
            when 'income' then income / schools
            when 'organs' then case when told = 5 then has / 5 end
            when 'sharing' then case when exists (from SHARES where confidence >= 0.5 and (status is null or status = '完成'))
                then coalesce(sharers, 0) / members end
        end as value
    from sides cross join indicator left join work using (consortium) left join modes using (consortium)
    left join together using (consortium) left join sharing using (consortium) left join organs using (consortium)
),
known as (select *, weight * case when value < full_from then value / full_from when value >= full_from then 1 end as mark from valued),
marked as (
    select consortium, sum(coalesce(mark, 0)) as low, sum(coalesce(mark, weight)) as high,
        coalesce(list(zh || ' ' || format('{:.1f}', mark) || '/' || format('{:.1f}', weight) order by number) filter (mark is not null), []) as marks,
        case when max(weight - mark) > 1e-9 then [arg_max(zh, (round(weight - mark, 9), name)) filter (mark is not null)] else [] end as weakest,
        coalesce(list(zh order by number) filter (mark is null), []) as unknown
    from known group by consortium
),
claims as (
    select consortium, id, quote, observed, confidence, source, place from among join PairClaim using (school, firm)
    union select consortium, id, quote, observed, confidence, source, place from Seat
),
seats as (
    select consortium, max(confidence) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as evidence
    from claims group by consortium
)
select {name: Consortium.name, id: Consortium.id} as consortium, level, round(low, 2) as low, round(high, 2) as high,
    case when grade(low) = grade(high) then grade(low) else '待定' end as grade, marks, weakest, unknown, evidence, confidence,
    last_day(evidence) as as_of
from marked join seats using (consortium) join Consortium on Consortium.id = marked.consortium
