// question (en): Which policy documents are there, who issued them and when?
// 问题: 有哪些政策文件，由谁、何时印发？
// parameter: issuer text = '' — name of the issuing body; empty: all
// columns: document, number, title, kind, issued, printed, issuer
// titles: title = 标题 / title; number = 文号 / number; kind = 文种 / kind; issued = 发布日期 / issued; printed = 印发日期 / printed; issuer = 印发单位 / issuer
MATCH (d:PolicyDocument)
OPTIONAL MATCH (d)-[:ISSUED_BY]->(a:Agency)
WITH DISTINCT d, a
WHERE $issuer = '' OR a.name = $issuer OR $issuer IN a.aliases
RETURN d.id AS document, d.number AS number, coalesce(d.title, d.name) AS title, d.kind AS kind, d.issued AS issued,
       d.printed AS printed, a.name AS issuer
ORDER BY issued, document, issuer
