// question (en): Which quantities do documents report, as of which year?
// 问题: 政策文件披露了哪些统计数据，截至哪一年？
// parameter: document text = '' — id, number or title of one document; empty: all
// columns: document, number, statistic, metric, comparator, value, unit, year, quote, source, place
// titles: number = 文号 / number; metric = 指标 / metric; comparator = 关系 / is; value = 数值 / value; unit = 单位 / unit; year = 年份 / year; quote = 原文 / quote; source = 来源 / source; place = 位置 / place
MATCH (d:PolicyDocument)-[r:REPORTS]->(q:Statistic)
WHERE $document = '' OR d.id = $document OR replace(d.number, ' ', '') = replace($document, ' ', '')
   OR d.name = $document OR d.title = $document
RETURN d.id AS document, d.number AS number, q.id AS statistic, q.metric AS metric, q.comparator AS comparator,
       q.value AS value, q.unit AS unit, q.year AS year, r.quote AS quote, r.source AS source, r.place AS place
ORDER BY document, statistic, source, quote, place
