with part(number, zh, pattern) as (values
    (1, '定位', '定位|(?:打造|建成|建设)[^，。]{0,20}(?:高地|样板|标杆|示范区|枢纽)'),
    (2, '主攻方向', '主攻|主导方向|重点领域|聚焦|紧扣'),
    (3, '导向', '导向|坚持'),
    (4, '级次', '级次|分级|(?:国家级|市级|省级|牵头)[^，。]{0,12}联合体|联合体由[^，。]{2,30}牵头'),
    (5, '机制', '机制|理事会|秘书处|运营平台|运营公司|台账|通报|考核|评价|清单|章程|备案|领导小组|专班')
),
said as (
    select tail as item, coalesce(nullif(substr(tail, position('@' in tail) + 1), tail), min(head) over (partition by tail)) as document,
        confidence, words(id, quote, observed, source, place) as told, weight(source, confidence, id) as weighed
    from SETS where confidence >= 0.5 and (starts_with(tail, 'Measure:') or starts_with(tail, 'Target:'))
),
mentioned as (
    select tail as document, confidence, words(claim.id, quote, observed, source, place) as told, weight(source, confidence, claim.id) as weighed,
        case when regexp_matches(coalesce(quote, ''), '废止|停止执行|失效') then '废止'
            when regexp_matches(coalesce(quote, ''), '修订|修改|调整|代替|替代') then '修改或调整' else '提及' end
        || '：' || later.name || coalesce('（' || nullif(later.issued, '') || '）', '') as word
    from MENTIONS claim join PolicyDocument later on later.id = head join PolicyDocument earlier on earlier.id = tail
    where confidence >= 0.5 and head != tail and not coalesce(nullif(later.issued, '') < nullif(earlier.issued, ''), false)
),
items as (
    select item, any_value(document) as document, max(confidence) as confidence, first_said(arg_min(told, weighed, 20), 2) as told
    from said group by item
),
asked as (
    select tail as item, list(distinct {name: Node.name, id: head} order by {name: Node.name, id: head}) as who,
        first_said(arg_min(words(claim.id, quote, observed, source, place), weight(source, confidence, claim.id), 20), 2) as told
    from RESPONSIBLE_FOR claim join Node on Node.id = head where confidence >= 0.5 group by tail
),
node as (
    select id, name, true as measure, coalesce(nullif(text, ''), name) as text, due, "order" from Measure
    union all select id, name, false, case when value is not null then coalesce(nullif(comparator, ''), '=') || ' ' || number_text(value, unit) end,
        year::varchar, null from Target
),
known as (
    select items.*, node.*, who, asked.told as ordered, measure and due is null and who is null and regexp_full_match(text, '[^，。；！？0-9]{4,25}') as heads
    from items join node on node.id = item left join asked using (item)
),
placed as (
    select *, case when measure and not heads then last_value(case when heads then {name: name, id: item} end ignore nulls) over (
        partition by document order by not measure, coalesce("order", 0), name, item rows unbounded preceding) end as heading
    from known
),
texts as (
    select text, (select arg_min(zh, number) from part where regexp_matches(text, pattern)) as part,
        (select list(name order by number) from Instrument where regexp_matches(without_projects(text), pattern)) as instruments
    from (select distinct text from known where measure)
),
later as (
    select document, list(distinct word order by word) as words, first_said(arg_min(told, weighed, 20), 3) as told from mentioned group by document
),
premise as (
    select document, max(confidence) as confidence, first_said(arg_min(told, weighed, 20), 2) as told from (
        select document, confidence, told, (weighed[1], 0, weighed[2], weighed[3]) as weighed from said
        union all select document, confidence, told, (weighed[1], 1, weighed[2], weighed[3]) from mentioned
    ) group by document
),
found as (
    select {name: name, id: id} as node, {name: name, id: id} as document, '文件' as part, 0 as depth, null as parent, null as who, null as due,
        null as instruments, number as text, list_concat(case when repealed != '' then ['废止日期 ' || repealed] else [] end, words) as later,
        in_turn(list_concat(coalesce(later.told, []), premise.told)) as evidence, confidence
    from premise join PolicyDocument on id = document left join later using (document)
    union all
    select {name: placed.name, id: item}, {name: whole.name, id: document}, case when measure then coalesce(part, '举措') else '目标' end,
        case when heading is null then 1 else 2 end, coalesce(heading, {name: whole.name, id: document}), who, due,
        case when measure then instruments end, placed.text, null, in_turn(list_concat(told, coalesce(ordered, []))), confidence
    from placed join PolicyDocument whole on whole.id = document left join texts on texts.text = placed.text
)
select * replace (coalesce(who, []) as who, coalesce(instruments, []) as instruments, coalesce(later, []) as later), last_day(evidence) as as_of
from found
