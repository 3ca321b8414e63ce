// question (en): Which occupations and specialties does each chain need, as its enterprises say, and how many people?
// 问题: 各产业链的企业需要哪些岗位和专业，需要多少人？
// parameter: chain text = '' — id, name or alias of one chain; empty: all
// columns: chain, chain_name, wanted, wanted_name, year, headcount, enterprises
// titles: chain_name = 产业链 / chain; wanted_name = 需求的岗位或专业 / occupation or specialty; year = 年份 / year; headcount = 需求人数 / people needed; enterprises = 企业数 / enterprises
MATCH (e:Enterprise)-[:OPERATES_IN]->(c:IndustryChain)
WHERE $chain = '' OR c.id = $chain OR c.name = $chain OR $chain IN c.aliases
WITH DISTINCT c, e
MATCH (e)-[r:DEMANDS]->(w:Occupation|Specialty)
WITH c, e, w, r.year AS year, max(r.headcount) AS people
RETURN c.id AS chain, c.name AS chain_name, w.id AS wanted, w.name AS wanted_name, year,
       CASE WHEN count(people) = 0 THEN null ELSE sum(people) END AS headcount, count(e) AS enterprises
ORDER BY chain, wanted, year
