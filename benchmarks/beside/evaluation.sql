with known as (select *, weight * case when value < full_from then value / full_from when value >= full_from then 1 end as mark from Standing),
marked as (
    select consortium, sum(coalesce(mark, 0)) as low, sum(coalesce(mark, weight)) as high,
        coalesce(list(zh || ' ' || format('{:.1f}', mark) || '/' || format('{:.1f}', weight) order by number) filter (mark is not null), []) as marks,
        case when max(weight - mark) > 1e-9 then [arg_max(zh, (round(weight - mark, 9), name)) filter (mark is not null)] else [] end as weakest,
        coalesce(list(zh order by number) filter (mark is null), []) as unknown
    from known group by consortium
)
select {name: Consortium.name, id: Consortium.id} as consortium, level, round(low, 2) as low, round(high, 2) as high,
    case when grade(low) = grade(high) then grade(low) else '待定' end as grade, marks, weakest, unknown,
    coalesce(differing, []) as conflicts, evidence, confidence,
    last_day(evidence) as as_of
from marked join OfStanding using (consortium) left join (
    select consortium, list(differs order by number) as differing from Governed where len(states) > 1 group by consortium
) using (consortium) join Consortium on Consortium.id = marked.consortium
