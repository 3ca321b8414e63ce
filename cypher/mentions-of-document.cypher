// question (en): What does a document mention, and in which words?
// 问题: 一份文件提到了哪些对象，原文如何？
// parameter: document text — id, number or title of the document
// columns: document, node, name, role, quote, start, finish, place, source
// titles: name = 提到的对象 / mentioned; role = 角色 / role; quote = 原文 / quote; source = 来源 / source; place = 位置 / place
MATCH (d:PolicyDocument)-[r:MENTIONS]->(n)
WHERE d.id = $document OR replace(d.number, ' ', '') = replace($document, ' ', '')
   OR d.name = $document OR d.title = $document
RETURN d.id AS document, n.id AS node, n.name AS name, r.role AS role, r.quote AS quote,
       r.start AS start, r.`end` AS finish, r.place AS place, r.source AS source
ORDER BY document, start, finish, node, source, quote, place
