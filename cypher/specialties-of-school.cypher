// question (en): Which specialties does a school offer, with how many students and graduates?
// 问题: 一所院校开设哪些专业，在校生、毕业生各多少？
// parameter: school text — id, name or alias of the school
// columns: school, school_name, specialty, name, year, enrolled, graduates, employed, quote, source, place
// titles: school_name = 院校 / school; name = 专业 / specialty; year = 年份 / year; enrolled = 在校生 / enrolled; graduates = 毕业生 / graduates; employed = 就业人数 / employed; quote = 原文 / quote; source = 来源 / source; place = 位置 / place
MATCH (s:School)-[r:OFFERS]->(p:Specialty)
WHERE s.id = $school OR s.name = $school OR $school IN s.aliases
RETURN s.id AS school, s.name AS school_name, p.id AS specialty, p.name AS name, r.year AS year,
       r.enrolled AS enrolled, r.graduates AS graduates, r.employed AS employed, r.quote AS quote, r.source AS source,
       r.place AS place
ORDER BY school, specialty, year, source, quote, place, enrolled, graduates, employed
