// question (en): Who leads and who belongs to each consortium, and which words say so?
// 问题: 各产教联合体由谁牵头、有哪些成员，依据是什么？
// parameter: consortium text = '' — id, name or alias of one consortium; empty: all
// columns: consortium, name, relation, member, member_name, role, quote, source, place
// titles: name = 联合体 / consortium; relation = 关系 / relation; member_name = 单位 / body; role = 角色 / role; quote = 原文 / quote; source = 来源 / source; place = 位置 / place
MATCH (m:School|Enterprise|Park|Agency|ResearchPlatform)-[r:LEADS|MEMBER_OF]->(c:Consortium)
WHERE $consortium = '' OR c.id = $consortium OR c.name = $consortium OR $consortium IN c.aliases
RETURN c.id AS consortium, c.name AS name, r.kind AS relation, m.id AS member, m.name AS member_name, r.role AS role,
       r.quote AS quote, r.source AS source, r.place AS place
ORDER BY name, consortium, relation, member, source, quote, place, role
