// question (en): Which schools offer a specialty, with how many students and graduates?
// 问题: 哪些院校开设某专业，在校生、毕业生各多少？
// parameter: specialty text — id, catalogue code or name of the specialty
// columns: specialty, name, level, school, school_name, year, enrolled, graduates, quote, source, place
// titles: name = 专业 / specialty; level = 层次 / level; school_name = 院校 / school; year = 年份 / year; enrolled = 在校生 / enrolled; graduates = 毕业生 / graduates; quote = 原文 / quote; source = 来源 / source; place = 位置 / place
MATCH (s:School)-[r:OFFERS]->(p:Specialty)
WHERE p.id = $specialty OR p.code = $specialty OR p.name = $specialty OR $specialty IN p.aliases
RETURN p.id AS specialty, p.name AS name, p.level AS level, s.id AS school, s.name AS school_name, r.year AS year,
       r.enrolled AS enrolled, r.graduates AS graduates, r.quote AS quote, r.source AS source, r.place AS place
ORDER BY specialty, school, year, source, quote, place, enrolled, graduates
