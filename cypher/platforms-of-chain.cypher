// question (en): Which research platforms serve an industry chain, and who builds them?
// 问题: 哪些研发平台服务于产业链，由谁共建？
// parameter: chain text = '' — id, name or alias of one chain; empty: all
// columns: chain, chain_name, platform, platform_name, level, builder, builder_name
// titles: chain_name = 产业链 / chain; platform_name = 研发平台 / platform; level = 级别 / level; builder_name = 共建单位 / builder
MATCH (p:ResearchPlatform)-[:SERVES]->(c:IndustryChain)
WHERE $chain = '' OR c.id = $chain OR c.name = $chain OR $chain IN c.aliases
OPTIONAL MATCH (b:School|Enterprise|Agency|Park|Consortium)-[:CO_BUILDS]->(p)
RETURN DISTINCT c.id AS chain, c.name AS chain_name, p.id AS platform, p.name AS platform_name, p.level AS level,
       b.id AS builder, b.name AS builder_name
ORDER BY chain, platform, builder
