// question (en): Who is linked to an industry chain: groups, specialties, schools, enterprises, platforms and others?
// 问题: 哪些专业群、专业、院校、企业、平台等与产业链相连？
// parameter: chain text = '' — id, name or alias of one chain; empty: all
// columns: chain, chain_name, relation, node, name, claims
// titles: chain_name = 产业链 / chain; relation = 关系 / relation; name = 相连的对象 / linked to it; claims = 主张数 / claims
MATCH (c:IndustryChain)
WHERE $chain = '' OR c.id = $chain OR c.name = $chain OR $chain IN c.aliases
WITH c
MATCH (n:SpecialtyGroup|Specialty|School|Consortium|ResearchPlatform|IndustryCollege|TrainingBase|Enterprise|Park|TalentChain)
      -[r:SERVES|OPERATES_IN|STAFFS]->(c)
RETURN c.id AS chain, c.name AS chain_name, r.kind AS relation, n.id AS node, n.name AS name, count(r) AS claims
ORDER BY chain, relation, node
