with members as (select distinct consortium, one from Seat),
sides as (
    select consortium, count(*) as members, count(*) filter (starts_with(one, 'School:')) as schools,
        count(*) filter (starts_with(one, 'Enterprise:')) as enterprises
    from members group by consortium having count(*) > 1
),
among as (
    select school.consortium, school, firm, stage from members school join Pair on Pair.school = school.one
    join members firm on firm.one = firm and firm.consortium = school.consortium
),
stages as (
    select consortium, count(*) filter (stage = 0) as done, count(*) filter (stage = 1) as begun, count(*) filter (stage = 2) as intended
    from among group by consortium
),
together as (
    select distinct consortium from (
        select consortium from members join Builder on Builder.one = members.one and stage = 0 group by consortium, thing having count(*) > 1
    )
),
modes as (
    select consortium, list(distinct mode order by mode) as modes from (
        select consortium, mode from among join Working on head = school and tail = firm where mode != ''
        union all select consortium, '共建' from among join Joint on Joint.school = among.school and Joint.firm = among.firm
    ) group by consortium
),
shared as (
    select consortium, count(distinct tail) as resources
    from (from members union select consortium, consortium from members) sharer join SHARES on head = one
    where confidence >= 0.5 and (status is null or status = '完成') group by consortium
),
organs as (
    select consortium, any_value(states) as states, any_value(keys) as keys, any_value(differing) as differing,
        first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 1) as told
    from Organ join (
        select consortium, list(key || state) as states, list(key) as keys, list('说法不一：' || differs order by number) filter (len(states) > 1) as differing
        from Governed group by consortium
    ) using (consortium) where key != 'level' group by consortium
),
work as (
    select consortium, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 3) as told
    from among join PairClaim using (school, firm) group by consortium
),
seats as (
    select consortium, max(confidence) as confidence, first_said(arg_min(words(id, quote, observed, source, place), weight(source, confidence, id), 20), 5) as told
    from Seat group by consortium
),
organ(number, key, zh) as (values (1, 'council', '理事会'), (2, 'secretariat', '秘书处'), (3, 'operator', '运营平台'), (4, 'charter', '章程'),
    (5, 'mandate', '赋权清单')),
governed as (
    select sides.consortium, coalesce(list(zh order by number) filter (list_contains(states, key || '有')), []) as has,
        coalesce(list('没有' || zh order by number) filter (list_contains(states, key || '未设')), []) as without,
        coalesce(list(zh || '尚在筹建' order by number) filter (list_contains(states, key || '筹建')), []) as setting_up,
        coalesce(list(zh order by number) filter (not coalesce(list_contains(keys, key), false)), []) as unknown
    from sides cross join organ left join organs using (consortium) group by sides.consortium
),
found as (
    select sides.*, coalesce(begun, 0) as begun, coalesce(intended, 0) as intended, coalesce(modes, []) as modes,
        coalesce(resources, 0) as resources, has, without, setting_up, governed.unknown, seats.confidence,
        in_turn(list_concat(coalesce(work.told, []), seats.told)) as words, coalesce(organs.told, []) as stating, coalesce(differing, []) as differing
    from sides left join stages using (consortium) left join modes using (consortium) left join shared using (consortium)
    left join organs using (consortium) left join work using (consortium) join seats using (consortium) join governed using (consortium)
    where coalesce(done, 0) = 0 and consortium not in (from together)
)
select {name: Consortium.name, id: Consortium.id} as consortium, level, members, schools, enterprises,
    members - schools - enterprises as others, schools * enterprises as possible_pairs, 0 as realised_pairs,
    case when schools * enterprises > 0 then 0.0::double end as density, 0 as joint_works, begun as under_way_pairs, intended as intended_pairs,
    modes, 0 as breadth, resources as shared_resources, has as organs, []::varchar[] as activity, null as last_active,
    list_concat(case when schools = 0 then ['没有院校成员'] else [] end, case when enterprises = 0 then ['没有企业成员'] else [] end,
        case when schools * enterprises > 0 then ['成员之间没有已落实的校企合作'] else [] end,
        case when begun + intended > 0 then ['在建、计划或倡导的合作尚未落实'] else [] end,
        ['没有成员共建的平台、学院、基地或项目'], without, setting_up, differing) as missing,
    found.unknown, in_turn(list_concat(words[:4], stating, words)) as evidence, confidence,
    last_day(in_turn(list_concat(words[:4], stating, words))) as as_of
from found join Consortium on Consortium.id = found.consortium
