-- 三明确 · clarity
-- 一行：一个单位；单位“全部”是合计，恒有一行
-- 口径：任务、责任、时限三明确：写明责任人、责任单位和期限。责任人要写到人，分管领导、负责人、相关负责人、待定和只写单位的
--   不算；责任单位要写明是哪一个，各相关单位、成员单位、各乡镇、待定不算。长期坚持（无期限）的期限视为明确；撤销的不计。
-- 口径变更：2026-12-01 起，没有点名的责任人、责任单位不算写明。
-- 列：
--   unit 责任单位，“全部”为合计，没有填写的为“未填”
--   items 事项（项）
--   with_person 责任人明确（项）
--   with_unit 责任单位明确（项）
--   with_deadline 有期限（项）
--   clear 三者齐全（项）
--   clarity_rate 三明确率 = clear / items
-- 依据：任务明确、责任明确、时限明确
-- 检验：唯一 unit；合计 items、with_person、with_unit、with_deadline、clear，unit = '全部'；
--   成立 三者齐全不多于任何一项：clear <= least(with_person, with_unit, with_deadline) AND greatest(with_person, with_unit, with_deadline) <= items
WITH by_unit AS (
    SELECT
        unit,
        count(*) AS items,
        count(*) FILTER (WHERE has_named_person) AS with_person,
        count(*) FILTER (WHERE has_named_unit) AS with_unit,
        count(*) FILTER (WHERE due_on IS NOT NULL OR standing) AS with_deadline,
        count(*) FILTER (
            WHERE has_named_person AND has_named_unit AND (due_on IS NOT NULL OR standing)
        ) AS clear
    FROM items
    WHERE NOT is_void
    GROUP BY unit
),

counted AS (
    SELECT coalesce(unit, '未填') AS unit, FALSE AS is_total, items, with_person, with_unit, with_deadline, clear
    FROM by_unit
    UNION ALL
    SELECT
        '全部',
        TRUE,
        CAST(coalesce(sum(items), 0) AS BIGINT),
        CAST(coalesce(sum(with_person), 0) AS BIGINT),
        CAST(coalesce(sum(with_unit), 0) AS BIGINT),
        CAST(coalesce(sum(with_deadline), 0) AS BIGINT),
        CAST(coalesce(sum(clear), 0) AS BIGINT)
    FROM by_unit
)

SELECT
    unit,
    items,
    with_person,
    with_unit,
    with_deadline,
    clear,
    CAST(clear AS DOUBLE) / nullif(items, 0) AS clarity_rate
FROM counted
ORDER BY is_total DESC, clarity_rate, unit
