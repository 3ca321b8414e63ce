// question (en): Which measures do documents set, who is responsible for each, and by when?
// 问题: 政策文件提出了哪些举措，由谁负责，何时完成？
// parameter: document text = '' — id, number or title of one document; empty: all
// columns: document, number, measure, position, text, due, responsible, body, body_name, lead
MATCH (d:PolicyDocument)-[:SETS]->(m:Measure)
WHERE $document = '' OR d.id = $document OR d.number = $document OR d.name = $document OR d.title = $document
OPTIONAL MATCH (b:Agency|Region)-[r:RESPONSIBLE_FOR]->(m)
RETURN DISTINCT d.id AS document, d.number AS number, m.id AS measure, m.`order` AS position,
       coalesce(m.text, m.name) AS text, m.due AS due, m.responsible AS responsible, b.id AS body, b.name AS body_name,
       r.lead AS lead
ORDER BY document, position, measure, body, lead
