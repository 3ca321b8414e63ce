with told as (
    select tail as id, min(head) as document, max(confidence) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 3) as claims
    from SETS where confidence >= 0.5 and starts_with(tail, 'Measure:') group by tail
),
bodies as (
    select tail as id, list(distinct {name: Node.name, id: head} order by {name: Node.name, id: head}) as agencies,
        first_said(arg_min(words(claim.id, quote, observed, source, place), weight(source, confidence, claim.id), 20), 2) as claims
    from RESPONSIBLE_FOR claim join Node on Node.id = head where confidence >= 0.5 group by tail
),
measures as (
    select told.*, name, coalesce(nullif(text, ''), name) as text, due,
        case when contains(told.id, '@') then regexp_extract(told.id, '@(.*)$', 1) else document end as owner
    from told join Measure using (id)
),
texts as (
    select text, list_reduce(list_prepend({rest: text, found: []::varchar[]}, list_transform(
        ['产教融合型企业', '产教融合型城市', '产教联合体', '联合体', '产业学院', '实训基地', '公共实训', '专业群', '成员企业', '企业', '职业院校',
            '院校', '学校', '学生', '教师'], lambda one: {rest: one, found: []::varchar[]})),
        lambda so_far, one: {rest: replace(so_far.rest, one.rest, '＿'), found: case when contains(so_far.rest, one.rest)
            then list_append(so_far.found, one.rest) else so_far.found end}).found as groups,
        list_transform(regexp_extract_all(text, '\d[\d,]*(?:\.\d+)?\s*[余多]?(?:百万|千万|千|万|亿)?元'), lambda sum: format('{:.12g}',
            replace(regexp_extract(sum, '^[\d,.]+'), ',', '')::double * case regexp_extract(sum, '(百万|千万|千|万|亿)?元$', 1)
            when '' then 1 when '千' then 1e3 when '万' then 1e4 when '百万' then 1e6 when '千万' then 1e7 else 1e8 end)) as amounts
    from (select distinct text from measures)
),
found as (
    select measures.*, Instrument.name as instrument, groups, amounts, agencies, in_turn(list_concat(measures.claims, coalesce(bodies.claims, []))) as evidence
    from measures join texts using (text) join Instrument on regexp_matches(without_projects(text), pattern) left join bodies using (id)
)
select {name: found.name, id: found.id} as measure, instrument, {name: Node.name, id: owner} as document, coalesce(agencies, []) as agencies, groups,
    amounts, due, text, list_concat(case when groups = [] then ['对象'] else [] end, case when agencies is null then ['责任单位'] else [] end,
        case when instrument in ('财政', '金融') and amounts = [] then ['金额'] else [] end, case when due is null then ['期限'] else [] end) as missing,
    evidence, confidence, last_day(evidence) as as_of
from found join Node on Node.id = owner
