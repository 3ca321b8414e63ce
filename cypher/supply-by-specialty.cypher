// question (en): How many students and graduates does each specialty have, over all schools, by year?
// 问题: 各专业在所有院校的在校生、毕业生按年各有多少？
// parameter: year integer = 0 — only this year; 0: all
// columns: specialty, name, level, year, schools, enrolled, graduates
// titles: name = 专业 / specialty; level = 层次 / level; year = 年份 / year; schools = 院校数 / schools; enrolled = 在校生 / enrolled; graduates = 毕业生 / graduates
MATCH (s:School)-[r:OFFERS]->(p:Specialty)
WHERE $year = 0 OR r.year = $year
WITH p, s, r.year AS year, max(r.enrolled) AS students, max(r.graduates) AS leavers
RETURN p.id AS specialty, p.name AS name, p.level AS level, year, count(s) AS schools,
       CASE WHEN count(students) = 0 THEN null ELSE sum(students) END AS enrolled,
       CASE WHEN count(leavers) = 0 THEN null ELSE sum(leavers) END AS graduates
ORDER BY specialty, year
