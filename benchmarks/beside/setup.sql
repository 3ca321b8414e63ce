create macro is_date(one) as regexp_full_match(coalesce(one, ''), '\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?');
create macro before(one, other) as one[:least(length(one), length(other))] < other[:least(length(one), length(other))];
create macro months_between(one, other) as case when is_date(one) and is_date(other) and least(length(one), length(other)) >= 7 then
    case when (other[:4]::bigint - one[:4]::bigint) * 12 + other[6:7]::bigint - one[6:7]::bigint >= 0
        then (other[:4]::bigint - one[:4]::bigint) * 12 + other[6:7]::bigint - one[6:7]::bigint end end;
create macro number_text(value, unit) as case
    when unit = '比例' then format('{:g}%', value * 100)
    when abs(value) >= 1e8 then format('{:.10g} 亿', value / 1e8) || coalesce(unit, '')
    when abs(value) >= 1e4 then format('{:.10g} 万', value / 1e4) || coalesce(unit, '')
    else trim(format('{:.10g} ', value) || coalesce(unit, '')) end;
create macro words(id, quote, observed, source, place) as
    {id: id, quote: quote, observed: observed, said: coalesce(nullif(quote, ''), id) || ' | ' || source || ' | ' || coalesce(place, '')};
create macro weight(source, confidence, id) as (starts_with(source, 'reference-'), -confidence, id);
create macro first_said(every, number) as
    list_filter(every, lambda claim, nth: list_position(list_transform(every, lambda other: other.said), claim.said) = nth)[:number];
create macro in_turn(every) as first_said(every, 5);
create macro last_day(evidence) as list_max(list_transform(evidence, lambda claim: claim.observed));
create macro method_rank(method) as coalesce(list_position(['record', 'rule', 'model'], method), 4);
create view Seat as
    select tail as consortium, head as one, id, quote, observed, confidence, source, place, status, since, until, 'MEMBER_OF' as kind
    from MEMBER_OF where confidence >= 0.5 and (status is null or status = '完成')
    union all select tail, head, id, quote, observed, confidence, source, place, status, null, null, 'LEADS' from LEADS
    where confidence >= 0.5 and (status is null or status = '完成');
create view Working as
    select *, case when status is null or status = '完成' then 0 when status = '在建' then 1 else 2 end as stage
    from COOPERATES_WITH where confidence >= 0.5;
create view Building as
    select *, case when status is null or status = '完成' then 0 when status = '在建' then 1 else 2 end as stage
    from CO_BUILDS where confidence >= 0.5;
create view Builder as select tail as thing, head as one, min(stage) as stage from Building group by all;
create view Joint as
    select school.one as school, firm.one as firm, thing, greatest(school.stage, firm.stage) as stage
    from Builder school join Builder firm using (thing) where starts_with(school.one, 'School:') and starts_with(firm.one, 'Enterprise:');
create view Pair as
    select school, firm, min(stage) as stage
    from (select head as school, tail as firm, stage from Working union all select school, firm, stage from Joint) group by all;
create view PairClaim as
    select head as school, tail as firm, id, quote, observed, confidence, source, place from Working
    union all select school, firm, id, quote, observed, confidence, source, place from Joint
    join Building on tail = thing and (head = school or head = firm);
create view Organ as
    select tail as consortium, id, quote, observed, confidence, source, place, key, json_extract_string(properties, '$.' || key) as state
    from STATES cross join (values ('council'), ('secretariat'), ('operator'), ('charter'), ('mandate'), ('level')) told(key)
    where confidence >= 0.5 and starts_with(tail, 'Consortium:') and json_extract_string(properties, '$.' || key) is not null;
create view Governed as
    select *, zh || '：' || state || ' ≠ ' || array_to_string(list_filter(['未设', '筹建', '有'], lambda one: one != state and list_contains(states, one)), '、') as differs
    from (
        select consortium, key, arg_min(state, (-confidence, list_position(['未设', '筹建', '有'], state))) as state, list(distinct state) as states
        from Organ where key != 'level' group by all
    ) join (values (1, 'council', '理事会'), (2, 'secretariat', '秘书处'), (3, 'operator', '运营平台'), (4, 'charter', '章程'),
        (5, 'mandate', '赋权清单')) organ(number, key, zh) using (key);
create view Participation as
    select head, tail, 'MEMBER_OF' as kind, id, quote, observed, confidence, source, place from MEMBER_OF where confidence >= 0.5 and not starts_with(source, 'reference-')
    union all select head, tail, 'LEADS' as kind, id, quote, observed, confidence, source, place from LEADS where confidence >= 0.5 and not starts_with(source, 'reference-')
    union all select head, tail, 'COOPERATES_WITH' as kind, id, quote, observed, confidence, source, place from COOPERATES_WITH where confidence >= 0.5 and not starts_with(source, 'reference-')
    union all select head, tail, 'CO_BUILDS' as kind, id, quote, observed, confidence, source, place from CO_BUILDS where confidence >= 0.5 and not starts_with(source, 'reference-')
    union all select head, tail, 'OFFERS' as kind, id, quote, observed, confidence, source, place from OFFERS where confidence >= 0.5 and not starts_with(source, 'reference-')
    union all select head, tail, 'HOSTS' as kind, id, quote, observed, confidence, source, place from HOSTS where confidence >= 0.5 and not starts_with(source, 'reference-')
    union all select head, tail, 'SERVES' as kind, id, quote, observed, confidence, source, place from SERVES where confidence >= 0.5 and not starts_with(source, 'reference-')
    union all select head, tail, 'OPERATES_IN' as kind, id, quote, observed, confidence, source, place from OPERATES_IN where confidence >= 0.5 and not starts_with(source, 'reference-')
    union all select head, tail, 'DEMANDS' as kind, id, quote, observed, confidence, source, place from DEMANDS where confidence >= 0.5 and not starts_with(source, 'reference-')
    union all select head, tail, 'SHARES' as kind, id, quote, observed, confidence, source, place from SHARES where confidence >= 0.5 and not starts_with(source, 'reference-');
create view TakingPart as
    select head as one, * exclude (head, tail) from Participation union all select tail, * exclude (head, tail) from Participation where tail != head;
create macro grade(marks) as case when round(marks, 9) >= 85 then '优秀' when round(marks, 9) >= 70 then '良好'
    when round(marks, 9) >= 60 then '合格' else '不合格' end;
create view Instrument(number, name, pattern) as values
    (1, '财政', '奖补|补助|补贴|经费|专项资金|统筹资金|资金支持|财政|拨款|教育费?附加|抵免|减免|税收|退税'),
    (2, '金融', '贷款|信贷|融资|贴息|担保|保险|债券|基金|金融支持|金融服务'),
    (3, '土地', '用地|土地|划拨|提供厂房|提供场地|免费场地'),
    (4, '信用', '信用|守信|失信|红名单|黑名单');
create macro without_projects(text) as replace(text, '基金项目', '');
create view Serving as select distinct head, tail from SERVES where confidence >= 0.5 and (status is null or status = '完成');
create view Wished as
    select distinct head, tail from SERVES where confidence >= 0.5 and status not in ('完成')
    and (head, tail) not in (select (head, tail) from SERVES where confidence >= 0.5 and (status is null or status = '完成'));
create view Included as select distinct head, tail from INCLUDES where confidence >= 0.5 and (status is null or status = '完成');
create view Hosting as
    select head as school, tail as own from HOSTS where confidence >= 0.5 and (status is null or status = '完成')
    union select substr(id, position('@School:' in id) + 1), id from SpecialtyGroup where contains(id, '@School:');
create view Taught as
    select head as school, tail as specialty from OFFERS where confidence >= 0.5 and (status is null or status = '完成')
    union select school, tail from Hosting join Included on own = head;
create view Inside as
    with recursive inside(chain, part) as (
        select id, id from IndustryChain union select chain, head from inside join PART_OF on tail = part where confidence >= 0.5
    ) from inside;
create view LookedAt as
    with told as (
        select tail as id from STATES where confidence >= 0.5 and (source = 'reference-clusters' or method = 'record' and not starts_with(source, 'reference-'))
        union select unnest([head, tail]) from (
            select head, tail, confidence, source from PART_OF union all select head, tail, confidence, source from UPSTREAM_OF
            union all select head, tail, confidence, source from SERVES union all select head, tail, confidence, source from OPERATES_IN
            union all select head, tail, confidence, source from STAFFS union all select head, tail, confidence, source from DEMANDS
            union all select head, tail, confidence, source from ABOUT
        ) where confidence >= 0.5 and not starts_with(source, 'reference-')
    ),
    grouping_chains as (
        select chain from Inside join IndustryChain part on part.id = Inside.part join IndustryChain whole on whole.id = chain
        where Inside.part != chain and whole.tier = '集群' and part.tier in ('集群', '产业链')
    )
    select id, name, tier from IndustryChain
    where id in (from told) and tier is distinct from '行业' and id not in (from grouping_chains);
create view Graduates as
    with latest as (
        select head, tail, source, number, graduates, (-confidence, method_rank(method)) as sure from OFFERS
        where confidence >= 0.5 and (status is null or status = '完成') and graduates >= 0
        qualify coalesce(year, -1) = max(coalesce(year, -1)) over (partition by head, tail)
    ),
    chosen as (
        select head, tail, source, number, min(graduates) as graduates, min(sure) as sure from (
            from latest qualify sure = min(sure) over (partition by head, tail, source, number)
        ) group by all
    ),
    totals as (
        select head, tail, source, min(sure) as sure, coalesce(any_value(graduates) filter (number is null), sum(graduates)) as total
        from chosen group by all
    )
    select head as school, tail as specialty, arg_min(total, (sure, total)) as people from totals group by all;
create macro pairs_of(name) as list_distinct(list_transform(
    range(1, length(regexp_replace(name, '(产业链|产业集群|产业|专业群|（.*?）)$', ''))),
    lambda nth: regexp_replace(name, '(产业链|产业集群|产业|专业群|（.*?）)$', '')[nth:nth + 1]));
create view Standing as
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
        select consortium, count(*) as told, count(*) filter (state = '有') as has from Governed group by consortium
    ),
    indicator(number, name, zh, weight, full_from) as (
        values (1, 'density', '落实率', 30.0::double, 0.5::double), (2, 'breadth', '合作方式数', 15, 4), (3, 'joint', '人均共建数', 15, 0.5),
            (4, 'activity', '近四季活跃率', 15, 0.3), (5, 'income', '校均技术服务收入', 10, 1000000), (6, 'organs', '治理机构齐备率', 10, 1),
            (7, 'sharing', '成员共享率', 5, 0.3)
    ),
    valued as (
        select sides.consortium, members, number, name, zh, weight, full_from, case name
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
    )
    from valued;
create view OfStanding as
    with members as (select distinct consortium, one from Seat),
    among as (
        select school.consortium, school, firm, stage from members school join Pair on Pair.school = school.one
        join members firm on firm.one = firm and firm.consortium = school.consortium
    ),
    claims as (
        select consortium, id, quote, observed, confidence, source, place from among join PairClaim using (school, firm)
        union select consortium, id, quote, observed, confidence, source, place from Seat
    )
    select consortium, max(confidence) as confidence,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as evidence
    from claims group by consortium;
create macro normal(name) as lower(regexp_replace(translate(translate(name, '"''“”‘’「」『』《》', ''), '()[]【】', '（）〔〕〔〕'), '\s+', '', 'g'));
create macro stem_of(metric) as regexp_replace(normal(metric), '(数量|总数|数|总量|达到|的|占比|比重|比例)+', '', 'g');
