with recursive told as (
    select tail as one, head, confidence, words(id, quote, observed, source, place) as told, weight(source, confidence, id) as weighed from (
        select head, tail, id, quote, observed, confidence, source, place from SETS
        union all select head, tail, id, quote, observed, confidence, source, place from REPORTS
    ) where confidence >= 0.5 and not starts_with(source, 'reference-')
),
concerned as (
    select head as one, list(distinct tail order by tail) as nodes from ABOUT
    where confidence >= 0.5 and (starts_with(head, 'Target:') or starts_with(head, 'Statistic:')) group by head
),
set_by as (
    select one, arg_min({name: name, id: id}, (name, id)) as document, max(confidence) as confidence, first_said(arg_min(told, weighed, 20), 2) as told
    from told join PolicyDocument on id = head where starts_with(one, 'Target:') group by one
),
wanted as (
    select id, coalesce(nullif(metric, ''), name) as metric, stem_of(coalesce(nullif(metric, ''), name)) as stem, value, unit, coalesce(unit, '∅') as measure,
        year as due, coalesce(nullif(comparator, ''), '=') as sign, coalesce(nodes, []) as nodes, document, set_by.confidence, told
    from Target join set_by on one = id left join concerned using (one) where value is not null
),
figure as (
    select id, coalesce(nullif(metric, ''), name) as metric, stem_of(coalesce(nullif(metric, ''), name)) as stem, value, unit, coalesce(unit, '∅') as measure,
        year, coalesce(nodes, ['']) as nodes, coalesce(list_bool_and(list_transform(nodes, lambda node: starts_with(node, 'Region:'))), false) as of_regions
    from Statistic left join concerned on one = id where value is not null and id in (select one from told)
),
asked as (select row_number() over () as number, * from (select distinct stem, measure, nodes from wanted)),
asked_at as (select number, stem, measure, unnest(list_concat(nodes, case when nodes = [] then ['', 'Region'] else [''] end)) as node from asked),
told_at as (select id, stem, measure, unnest(case when of_regions then list_append(nodes, 'Region') else nodes end) as node from figure),
same as (
    select distinct number, id from asked_at join told_at using (stem, measure, node)
),
sought as (select distinct stem from asked where number not in (select number from same)),
stems as (select stem, pairs_of(stem) as pairs, count(*) as holding, sum(count(*)) over () as every from figure group by stem),
weights as (
    select pair, ln(any_value(every) / sum(holding)) ** 2 as weight from (select unnest(pairs) as pair, holding, every from stems) group by pair
),
holders as (
    select *, sqrt(sum(weight) over (partition by stem)) as size from (select stem, unnest(pairs) as pair from stems) join weights using (pair)
),
seeking as (
    select *, sqrt(sum(weight) over (partition by stem)) as size from (
        select stem, pair, coalesce(weight, ln(greatest((select any_value(every) from stems), 2)) ** 2) as weight
        from (select stem, unnest(pairs_of(stem)) as pair from sought) left join weights using (pair))
),
resembling as (
    select stem, other from (
        select seeking.stem, holders.stem as other, sum(holders.weight) / nullif(any_value(seeking.size) * any_value(holders.size), 0) as score
        from seeking join holders using (pair) group by all
    ) where score >= 0.6
    union select stem, other from (
        select sought.stem, stems.stem as other, case when length(sought.stem) < length(stems.stem) then [sought.stem, stems.stem] else [stems.stem, sought.stem] end as two
        from sought cross join stems
    ) where length(two[1]) >= 5 and 2 * length(two[1]) >= length(two[2])
        and regexp_matches(two[2], array_to_string(list_transform(string_split(two[1], ''), lambda letter: regexp_escape(letter)), '.*'))
),
like_ones as (
    select number, id from asked join resembling using (stem) join figure on figure.stem = other and figure.measure = asked.measure
    where number not in (select number from same) and (figure.nodes = [''] or asked.nodes = [] and of_regions or list_has_any(asked.nodes, figure.nodes))
),
fits as (select number, figure.* from (from same union all from like_ones) join figure using (id)),
latest as (from fits qualify coalesce(year, 0) = max(coalesce(year, 0)) over (partition by number)),
actual as (
    select number, min((value, id, year, metric, stem)) as low, max((value, id, year, metric, stem)) as high from latest group by number
),
spread as (select number, stem, list(distinct number_text(value, unit) order by number_text(value, unit)) as texts from latest group by all),
yearly as (select number, year, min(value) as low, max(value) as high from fits where year > 0 group by all),
reported as (
    select number, max(confidence) as confidence, first_said(arg_min(told, weighed, 20), 3) as told from latest join told on one = latest.id group by number
),
now as (select max(issued[:4]::bigint) as year from PolicyDocument where issued != ''),
least_before as (
    select number, min(value) as low from fits join (select number, max(year) as newest from fits group by number) using (number)
    where year < newest group by number
),
measured as (
    select wanted.*, asked.number, sign in ('≤', '<') or sign = '=' and coalesce(least_before.low > wanted.value, false) as below,
        nullif(document_row.issued, '')[:4]::bigint as set_in, case when below then high else actual.low end as actual
    from wanted join asked using (stem, measure, nodes) join PolicyDocument document_row on document_row.id = document.id
    left join actual on actual.number = asked.number left join least_before on least_before.number = asked.number
),
base as (
    select measured.id, max(yearly.year) as begun, arg_max(case when below then yearly.low else yearly.high end, yearly.year) as value
    from measured join yearly using (number) where yearly.year <= set_in and yearly.year < actual[3] and due > 0 group by measured.id
),
drawn as (
    select measured.*, actual[1] as reached, actual[3] as year,
        case when due > begun then base.value + (measured.value - base.value) * (actual[3] - begun) / (due - begun) end as expected,
        case when due > 0 and actual[3] > 0 and due > actual[3] then (measured.value - actual[1]) / (due - actual[3]) end as pace,
        case sign when '≤' then actual[1] <= measured.value when '<' then actual[1] < measured.value when '>' then actual[1] > measured.value
            else case when below then actual[1] <= measured.value else actual[1] >= measured.value end end as holds
    from measured left join base using (id)
),
known_places as (
    select key, list(distinct {name: name, id: id}) as places from (
        select unnest(list_prepend(name, coalesce(aliases, []))) as called, name, id from (
            select id, name, aliases from Region union all select id, name, aliases from Park)
    ), lateral (select normal(called) as key) where length(key) > 1 group by key
),
names_of_places as (
    from known_places union all
    select key, list(distinct {name: name, id: id}) from (select left(normal(name), length(normal(name)) - 1) as key, name, id from Region)
    where length(key) > 1 and key not in (select key from known_places) group by key
),
issuing(agency, rest, place) as (
    select id, normal(name), null::struct(name varchar, id varchar) from Agency
    union all
    select agency, case when len(places) = 1 then substr(rest, length(key) + 1) else '' end, case when len(places) = 1 then places[1] end from (
        select agency, rest, unnest(range(2, length(rest) + 1)) as size from issuing
    ) join names_of_places on key = rest[:size] qualify row_number() over (partition by agency order by length(key) desc) = 1
),
issuers as (select agency, place from issuing qualify row_number() over (partition by agency order by length(rest)) = 1),
regions as (
    select head as document, list(distinct issuers.place order by issuers.place) as region from ISSUED_BY join issuers on agency = tail
    where confidence >= 0.5 and issuers.place is not null group by head
),
thing(word, level) as (
    select '产教联合体', level from Consortium union all select '产业学院', null from IndustryCollege union all select '实训基地', level from TrainingBase
    union all select '专业群', null from SpecialtyGroup union all select '研发平台', level from ResearchPlatform union all select '产业园区', level from Park
),
counting as (
    select metric, word, regexp_replace(left(counted_as, length(counted_as) - length(word)), '的$', '') as level
    from (select distinct metric, regexp_replace(metric, '数$', '') as counted_as from wanted)
    join (values ('产教联合体'), ('产业学院'), ('实训基地'), ('专业群'), ('研发平台'), ('产业园区')) every(word) on ends_with(counted_as, word)
),
counts as (
    select metric, count(thing.word) as counted from counting left join thing on thing.word = counting.word and (counting.level = '' or thing.level = counting.level)
    where counting.level in ('', '国家级', '市级', '园区牵头', '企业牵头', '学校牵头') group by metric
),
abouts as (
    select one, list({name: name, id: Node.id} order by name, Node.id) as about
    from (select one, unnest(nodes) as id from concerned where starts_with(one, 'Target:')) join Node using (id) group by one
)
select {name: drawn.metric, id: drawn.id} as target, drawn.document, due, sign || ' ' || number_text(value, unit) as wanted, number_text(reached, unit) as actual,
    year as actual_year, case when actual is null then '缺实际数' when holds then '已达到'
        when due > 0 and coalesce((select now.year from now) > due or (year > 0 and year >= due), false) then '到期未达到'
        when expected is null then '未到期，无基期数' when case when below then reached > expected else reached < expected end then '落后' else '进度正常' end as state,
    round_even(expected, 4) as expected, case when not holds then round_even(pace, 4) end as pace,
    case when pace is not null and not holds then list_transform(
        case when due - year <= 10 then range(year + 1, due + 1) else list_append(range(year + 1, year + 10), due) end,
        lambda at_year: at_year || '：' || number_text(round_even(reached + pace * (at_year - year), 4), unit)) else [] end as path,
    case when actual[5] = drawn.stem then '同一指标“' || actual[4] || '”' else '名称相近的指标“' || actual[4] || '”，请核对口径' end as measured_by,
    case when len(texts) > 1 then texts else [] end as conflicts, case when unit in ('个', '所', '家') then counted end as counted,
    coalesce(about, []) as about, coalesce(region, []) as region, list_concat(drawn.told, coalesce(reported.told, [])) as evidence,
    least(drawn.confidence, reported.confidence) as confidence, last_day(list_concat(drawn.told, coalesce(reported.told, []))) as as_of
from drawn left join spread on spread.number = drawn.number and spread.stem = actual[5] left join reported on reported.number = drawn.number
left join counts on counts.metric = drawn.metric left join abouts on abouts.one = drawn.id left join regions on regions.document = drawn.document.id
