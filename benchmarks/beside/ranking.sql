with valued as (
    select Standing.*, id, Consortium.name as called,
        coalesce(nullif(level, ''), '级次不明') || '·' || case when members <= 5 then '小' when members <= 15 then '中' else '大' end as circle
    from Standing join Consortium on id = consortium
),
ranked as (
    select circle, consortium, name, weight,
        rank() over (partition by circle, name order by value desc) + (count(*) over (partition by circle, name, value) - 1) / 2 as rank
    from valued where value is not null
),
weighting as (select 0 as trial, name, weight from (select distinct name, weight from valued) union all from Weighting),
sizes as (select circle, count(distinct consortium) as of from valued group by circle),
means as (
    select one.circle, one.consortium, trials.trial, coalesce(sum(weighting.weight * rank) / sum(weighting.weight), (any_value(of) + 1) / 2) as mean
    from (select distinct circle, consortium from valued) one join sizes using (circle) cross join (select distinct trial from weighting) trials
    left join ranked on ranked.consortium = one.consortium left join weighting on weighting.name = ranked.name and weighting.trial = trials.trial
    group by all
),
placed as (select *, rank() over (partition by circle, trial order by round(mean, 9)) as place from means),
settled as (select *, count(*) over (partition by circle, place) as tied from placed where trial = 0),
tried as (
    select consortium, min(placed.place) as best, max(placed.place) as worst, count(*) filter (placed.place = settled.place) / count(*) as same
    from placed join settled using (consortium) where placed.trial > 0 group by consortium
),
told as (
    select consortium, any_value(called) as called, list(zh || ' ' || format('{:.4g}', value) order by number) filter (value is not null) as "values",
        list(zh order by number) filter (value is null) as unknown
    from valued group by consortium
)
select {name: called, id: consortium} as consortium, circle as "group", place, tied, of, round_even(mean, 4) as mean_rank, best, worst,
    round(same, 3) as stability, null as moved, null as quarter, coalesce("values", []) as "values", coalesce(unknown, []) as unknown, evidence,
    confidence, last_day(evidence) as as_of
from settled join sizes using (circle) join tried using (consortium) join told using (consortium) join OfStanding using (consortium)
