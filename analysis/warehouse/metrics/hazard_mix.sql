-- 隐患构成 · hazard_mix
-- 一行：一个维度的一个成员；两个维度交叉时 by_member 是另一个成员
-- 口径：撤销的不计，长期坚持的隐患也在其中。占比和累计占比在一个维度之内，按条数从多到少排列；未销号即未关闭。
-- 列：
--   dimension 维度：category、level、site_kind、township、source，交叉为 township_category、site_kind_category
--   member 成员，没有填写的为“未填”
--   by_member 交叉的隐患类别，不交叉时为空
--   items 隐患（条）
--   open_items 未完成（条）
--   overdue_items 逾期未完成（条）
--   major_items 重大隐患（条）
--   major_open 重大隐患未销号（条）
--   share_rate 占比 = items / 该维度合计
--   cumulative_rate 累计占比
-- 依据：系统性梳理分析问题；形势研判分析隐患分布
-- 检验：唯一 dimension、member、by_member；取值 dimension；
--   成立 每个维度相加都是全部隐患：sum(items) OVER (PARTITION BY dimension) = (SELECT count(*) FROM items($as_of, known_on := $known_on) WHERE kind = 'hazard' AND NOT is_void)；
--   成立 部分不多于全部：open_items <= items AND overdue_items <= open_items AND major_open <= major_items
WITH hazards AS (
    SELECT
        coalesce(category, '未填') AS category,
        coalesce(level, '未填') AS level,
        coalesce(site_kind, '未填') AS site_kind,
        coalesce(township, '未填') AS township,
        coalesce(source, '未填') AS source,
        count(*) AS items,
        count(*) FILTER (WHERE NOT is_done) AS open_items,
        count(*) FILTER (WHERE is_overdue) AS overdue_items,
        count(*) FILTER (WHERE level = '重大') AS major_items,
        count(*) FILTER (WHERE level = '重大' AND NOT is_closed) AS major_open
    FROM items
    WHERE kind = 'hazard' AND NOT is_void
    GROUP BY 1, 2, 3, 4, 5
),

dimensions AS (
    SELECT unnest(
        ['category', 'level', 'site_kind', 'township', 'source', 'township_category', 'site_kind_category']
    ) AS dimension
),

members AS (
    SELECT
        dimensions.dimension,
        CASE dimensions.dimension
            WHEN 'category' THEN hazards.category
            WHEN 'level' THEN hazards.level
            WHEN 'site_kind' THEN hazards.site_kind
            WHEN 'township' THEN hazards.township
            WHEN 'source' THEN hazards.source
            WHEN 'township_category' THEN hazards.township
            WHEN 'site_kind_category' THEN hazards.site_kind
        END AS member,
        CASE
            WHEN dimensions.dimension IN ('township_category', 'site_kind_category') THEN hazards.category
        END AS by_member,
        hazards.items,
        hazards.open_items,
        hazards.overdue_items,
        hazards.major_items,
        hazards.major_open
    FROM hazards
    CROSS JOIN dimensions
),

summed AS (
    SELECT
        dimension,
        member,
        by_member,
        CAST(sum(items) AS BIGINT) AS items,
        CAST(sum(open_items) AS BIGINT) AS open_items,
        CAST(sum(overdue_items) AS BIGINT) AS overdue_items,
        CAST(sum(major_items) AS BIGINT) AS major_items,
        CAST(sum(major_open) AS BIGINT) AS major_open
    FROM members
    GROUP BY dimension, member, by_member
)

SELECT
    *,
    CAST(items AS DOUBLE) / sum(items) OVER (PARTITION BY dimension) AS share_rate,
    CAST(
        sum(items) OVER (
            PARTITION BY dimension ORDER BY items DESC, member, by_member
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS DOUBLE
    ) / sum(items) OVER (PARTITION BY dimension) AS cumulative_rate
FROM summed
ORDER BY dimension, items DESC, member, by_member
