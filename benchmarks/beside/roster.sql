with last as (
    select max(observed) as day from (
        select observed, status, confidence from Seat union all select observed, status, confidence from Working
        union all select observed, status, confidence from Building
    ) where (status is null or status = '完成') and is_date(observed)
),
seated as (
    select consortium, one, min(case when is_date(since) then since end) as since, bool_or(kind = 'LEADS') as leads,
        case when bool_and(is_date(until)) filter (kind = 'MEMBER_OF') then max(until) end as until, max(confidence) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 2) as told
    from Seat group by all
),
seats as (select *, coalesce(before(until, day), false) and not leads as ended from seated cross join last),
sides as (
    select consortium, coalesce(bool_or(starts_with(one, 'School:')) filter (not ended), false)
        and coalesce(bool_or(starts_with(one, 'Enterprise:')) filter (not ended), false) as both_sides from seats group by consortium
),
partners as (
    select school as one, firm as other, stage, school, firm from Pair union all select firm, school, stage, school, firm from Pair
),
work as (
    select one, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 3) as told
    from (select school as one, * from PairClaim union all select firm, * from PairClaim) group by one
),
known as (select one, count(*) as number from partners group by one),
done as (
    select seats.consortium, seats.one, list({name: name, id: other} order by name, other) as done_with
    from seats join partners using (one) join seats other_seat on other_seat.one = other and other_seat.consortium = seats.consortium
    join Node on Node.id = other where stage = 0 and not other_seat.ended group by all
),
judged as (
    select *, months_between(since, day) as months
    from seats join sides using (consortium) left join done using (consortium, one) left join known using (one)
    where starts_with(one, 'School:') or starts_with(one, 'Enterprise:')
),
inside as (
    select *, case when ended then '出' when done_with is not null or not both_sides then null
        when number is null and months >= 12 and not leads then '出' else '警示' end as action
    from judged
),
entering as (
    select seats.consortium, partners.other as one, list(distinct partners.one) as inside, list({school: school, firm: firm}) as pairs
    from partners join seats using (one) left join seats own on own.one = partners.other and own.consortium = seats.consortium
    where stage = 0 and not seats.ended and own.one is null group by all having count(*) > 1
),
entered as (
    select consortium, one, max(confidence) as confidence, in_turn(list_concat(
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 2), first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 3))) as evidence
    from (select consortium, one, unnest(pairs) as pair from entering) join PairClaim on school = pair.school and firm = pair.firm group by all
),
met as (
    select consortium, one, list({name: name, id: id} order by name, id) as done_with
    from (select consortium, one, unnest(inside) as id from entering) join Node using (id) group by all
),
found as (
    select consortium, one, action, case when ended then ['成员期已于 ' || until || ' 届满']
            when action = '出' then ['在册 ' || months || ' 个月，没有任何合作记录']
            when number is null then ['与成员没有已落实的合作'] else ['与成员没有已落实的合作', '有在建或计划的合作'] end as reasons,
        coalesce(done_with, []) as done_with, since, months, in_turn(list_concat(inside.told, coalesce(work.told, []))) as evidence, confidence
    from inside left join work using (one) where action is not null
    union all select consortium, one, '进', ['已与 ' || len(done_with) || ' 个成员落实合作而不在册'], done_with, null, null, evidence, confidence
    from entered join met using (consortium, one)
)
select {name: Node.name, id: one} as member, {name: Consortium.name, id: consortium} as consortium, action, reasons, done_with, since, months,
    evidence, confidence, last_day(evidence) as as_of
from found join Node on Node.id = one join Consortium on Consortium.id = consortium
