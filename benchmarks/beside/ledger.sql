with said as (
    select tail as item, head, id, quote, observed, confidence, source, place, status,
        is_date(observed) as dated
    from SETS where confidence >= 0.5 and (starts_with(tail, 'Measure:') or starts_with(tail, 'Target:'))
),
last as (select max(observed) as day from said where dated),
reports as (
    select item, case when dated then observed else '' end as day, status, list_position(['倡导', '计划', '在建', '完成'], status) as far
    from said where status is not null qualify day = max(case when dated then observed else '' end) over (partition by item)
),
statuses as (
    select item, nullif(any_value(day), '') as updated, list(distinct (coalesce(far, 0), status) order by (coalesce(far, 0), status)) as every
    from reports group by item
),
progress as (
    select item, updated, every[1][2] as status, list_transform(every[2:], lambda one: every[1][2] || ' ≠ ' || one[2]) as conflicts
    from statuses
),
items as (
    select item, coalesce(nullif(split_part(item, '@', 2), ''), min(head)) as document, max(confidence) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 2) as told,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20) filter (status is not null), 2) as reported
    from said group by item
),
responsible as (
    select tail as item, head, bool_or(coalesce(lead, false)) as leads from RESPONSIBLE_FOR where confidence >= 0.5 group by all
),
bodies as (
    select item, list({name: name, id: id} order by name, id) filter (leads) as leaders,
        list({name: name, id: id} order by name, id) filter (not leads) as others
    from responsible join Node on id = head group by item
),
asked as (
    select tail as item, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 2) as told
    from RESPONSIBLE_FOR where confidence >= 0.5 group by tail
),
node as (
    select id, name, '举措' as kind, responsible, due, null as value, null as comparator, null as unit, text, "order" from Measure
    union all select id, name, '目标', null, year::varchar, value, comparator, unit, null, null from Target
),
known as (
    select *, is_date(due) as dated,
        list_concat(coalesce(items.reported, []), items.told, coalesce(asked.told, [])) as every
    from items join node on node.id = item left join progress using (item) left join bodies using (item)
    left join asked using (item) cross join last
),
judged as (
    select *, case
        when status = '完成' then case when dated and updated is not null
            and before(due, updated) then '逾期完成' else '完成' end
        when dated and before(due, day)
            then case when status is null then '到期未报' else '逾期' end
        when status = '在建' then '在办' when dated then '未到期' else '无期限' end as standing,
        in_turn(every) as evidence
    from known
),
timed as (
    select *, case when length(due) >= 7 then due else due || '-12' end as ends,
        case when standing = '逾期完成' then updated else day end as until
    from judged
)
select {name: timed.name, id: item} as item, timed.kind, substr(split_part(item, '@', 1), position(':' in item) + 1) as item_key,
    {name: document_row.name, id: document} as document, substr(document, position(':' in document) + 1) as document_key,
    coalesce(leaders, []) as lead, coalesce(others, []) as others, responsible, due, status, updated, standing,
    case when standing in ('逾期', '到期未报', '逾期完成') then greatest(0,
        (until[:4]::bigint - ends[:4]::bigint) * 12 + coalesce(nullif(until[6:7], ''), '01')::bigint - ends[6:7]::bigint) end as months_late,
    case when value is not null then coalesce(comparator, '=') || ' ' || number_text(value, unit) end as value,
    text, "order", coalesce(conflicts, []) as conflicts, evidence, confidence,
    last_day(evidence) as as_of
from timed join PolicyDocument document_row on document_row.id = document
