// question (en): Which specialty groups do schools host, and which specialties does each include?
// 问题: 院校建有哪些专业群，各包含哪些专业？
// parameter: school text = '' — id, name or alias of one school; empty: all
// columns: school, school_name, group_id, group_name, specialty, specialty_name
// titles: school_name = 院校 / school; group_name = 专业群 / specialty group; specialty_name = 包含的专业 / specialty
MATCH (s:School)-[:HOSTS]->(g:SpecialtyGroup)
WHERE $school = '' OR s.id = $school OR s.name = $school OR $school IN s.aliases
OPTIONAL MATCH (g)-[:INCLUDES]->(p:Specialty)
RETURN DISTINCT s.id AS school, s.name AS school_name, g.id AS group_id, g.name AS group_name, p.id AS specialty,
       p.name AS specialty_name
ORDER BY school, group_id, specialty
