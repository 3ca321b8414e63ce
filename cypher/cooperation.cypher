// question (en): Which schools cooperate with which enterprises, how, and which words say so?
// 问题: 哪些院校与哪些企业合作，方式如何，依据是什么？
// parameter: school text = '' — id, name or alias of one school; empty: all
// parameter: enterprise text = '' — id, name or alias of one enterprise; empty: all
// columns: school, school_name, enterprise, enterprise_name, mode, status, quote, source, place
// titles: school_name = 院校 / school; enterprise_name = 企业 / enterprise; mode = 合作方式 / mode; status = 状态 / status; quote = 原文 / quote; source = 来源 / source; place = 位置 / place
MATCH (s:School)-[r:COOPERATES_WITH]->(e:Enterprise)
WHERE ($school = '' OR s.id = $school OR s.name = $school OR $school IN s.aliases)
  AND ($enterprise = '' OR e.id = $enterprise OR e.name = $enterprise OR $enterprise IN e.aliases)
RETURN s.id AS school, s.name AS school_name, e.id AS enterprise, e.name AS enterprise_name, r.mode AS mode,
       r.status AS status, r.quote AS quote, r.source AS source, r.place AS place
ORDER BY school, enterprise, mode, source, quote, place, status
