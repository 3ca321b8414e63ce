// question (en): Which consortia are there, and how many leaders and members does each have?
// 问题: 有哪些产教联合体，各有多少牵头单位和成员？
// parameter: level text = '' — only those of this level; empty: all
// columns: consortium, name, level, leaders, members
// titles: name = 联合体 / consortium; level = 级次 / level; leaders = 牵头单位数 / leaders; members = 成员数 / members
MATCH (c:Consortium)
WHERE $level = '' OR c.level = $level
OPTIONAL MATCH (leader)-[:LEADS]->(c)
WITH c, count(DISTINCT leader) AS leaders
OPTIONAL MATCH (member)-[:MEMBER_OF]->(c)
RETURN c.id AS consortium, c.name AS name, c.level AS level, leaders, count(DISTINCT member) AS members
ORDER BY level, name, consortium
