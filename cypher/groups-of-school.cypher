// question (en): Which specialty groups do schools host, and which specialties does each include?
// 问题: 院校建有哪些专业群，各包含哪些专业？
// parameter: school text = '' — id, name or alias of one school; empty: all
// columns: school, school_name, group_id, group_name, specialty, specialty_name
MATCH (s:School)-[:HOSTS]->(g:SpecialtyGroup)
WHERE $school = '' OR s.id = $school OR s.name = $school OR $school IN s.aliases
OPTIONAL MATCH (g)-[:INCLUDES]->(p:Specialty)
RETURN DISTINCT s.id AS school, s.name AS school_name, g.id AS group_id, g.name AS group_name, p.id AS specialty,
       p.name AS specialty_name
ORDER BY school, group_id, specialty
