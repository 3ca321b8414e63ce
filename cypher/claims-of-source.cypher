// question (en): What does a source claim, in which words, how surely?
// 问题: 一个来源有哪些主张，原文如何，置信度多少？
// parameter: source text — id of the source
// parameter: kind text = '' — only claims of this edge kind; empty: all but the statements of names
// columns: claim, kind, head, head_name, tail, tail_name, quote, place, method, confidence, status, observed
// titles: head_name = 主体 / head; kind = 关系 / relation; tail_name = 对象 / tail; status = 状态 / status; observed = 观测日期 / observed; confidence = 置信度 / confidence; quote = 原文 / quote; place = 位置 / place
MATCH (h)-[r]->(t)
WHERE r.source = $source AND (($kind = '' AND r.kind <> 'STATES') OR r.kind = $kind)
RETURN r.id AS claim, r.kind AS kind, h.id AS head, h.name AS head_name, t.id AS tail, t.name AS tail_name,
       r.quote AS quote, r.place AS place, r.method AS method, r.confidence AS confidence, r.status AS status,
       r.observed AS observed
ORDER BY claim
