// question (en): How many consortia are there of each level?
// 问题: 各级次的产教联合体各有多少？
// columns: level, consortia
// titles: level = 级次 / level; consortia = 联合体数 / consortia
MATCH (c:Consortium)
RETURN c.level AS level, count(c) AS consortia
ORDER BY level
