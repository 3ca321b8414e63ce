// question (en): Which measures do documents set, who is responsible for each, and by when?
// 问题: 政策文件提出了哪些举措，由谁负责，何时完成？
// parameter: document text = '' — id, number or title of one document; empty: all
// columns: document, number, measure, position, text, due, responsible, body, body_name, lead
// titles: number = 文号 / number; position = 序号 / position; text = 举措 / measure; due = 完成时间 / due; responsible = 责任单位（原文） / responsible, as told; body_name = 责任单位 / responsible; lead = 牵头 / leads
MATCH (d:PolicyDocument)-[:SETS]->(m:Measure)
WHERE $document = '' OR d.id = $document OR replace(d.number, ' ', '') = replace($document, ' ', '')
   OR d.name = $document OR d.title = $document
OPTIONAL MATCH (b:Agency|Region)-[r:RESPONSIBLE_FOR]->(m)
RETURN DISTINCT d.id AS document, d.number AS number, m.id AS measure, m.`order` AS position,
       coalesce(m.text, m.name) AS text, m.due AS due, m.responsible AS responsible, b.id AS body, b.name AS body_name,
       r.lead AS lead
ORDER BY document, position, measure, body, lead
