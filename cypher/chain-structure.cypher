// question (en): Which chains belong to which, and which lie upstream of which?
// 问题: 哪些产业链属于哪个集群，哪些位于哪些的上游？
// parameter: chain text = '' — id, name or alias of the chain at either end; empty: all
// columns: chain, chain_name, relation, other, other_name, claims
// titles: chain_name = 产业链 / chain; relation = 关系 / relation; other_name = 另一产业链 / other chain; claims = 主张数 / claims
MATCH (c:IndustryChain)-[r:PART_OF|UPSTREAM_OF]->(o:IndustryChain)
WHERE $chain = '' OR c.id = $chain OR c.name = $chain OR $chain IN c.aliases
   OR o.id = $chain OR o.name = $chain OR $chain IN o.aliases
RETURN c.id AS chain, c.name AS chain_name, r.kind AS relation, o.id AS other, o.name AS other_name, count(r) AS claims
ORDER BY chain, relation, other
