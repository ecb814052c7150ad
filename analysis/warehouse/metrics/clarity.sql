-- 三明确 · clarity
-- 一行：一个单位；单位“全部”是合计，恒有一行
-- 口径：任务、责任、时限三明确：写明责任人、责任单位和期限。长期坚持（无期限）的期限视为明确；撤销的不计。
-- 列：
--   unit 责任单位，“全部”为合计，没有填写的为“未填”
--   items 事项（项）
--   with_person 有责任人（项）
--   with_unit 有责任单位（项）
--   with_deadline 有期限（项）
--   clear 三者齐全（项）
--   clarity_rate 三明确率 = clear / items
-- 依据：反馈问题“任务不明确、责任不明确、时限不明确”
WITH counted AS (
    SELECT
        coalesce(unit, '未填') AS unit,
        person IS NOT NULL AS has_person,
        unit IS NOT NULL AS has_unit,
        due_on IS NOT NULL OR standing AS has_deadline
    FROM items
    WHERE state <> 'void'
),

owners AS (
    SELECT unit, has_person, has_unit, has_deadline FROM counted
    UNION ALL
    SELECT '全部', has_person, has_unit, has_deadline FROM counted
),

summed AS (
    SELECT
        named.unit,
        count(owners.unit) AS items,
        count(owners.unit) FILTER (WHERE owners.has_person) AS with_person,
        count(owners.unit) FILTER (WHERE owners.has_unit) AS with_unit,
        count(owners.unit) FILTER (WHERE owners.has_deadline) AS with_deadline,
        count(owners.unit) FILTER (WHERE owners.has_person AND owners.has_unit AND owners.has_deadline) AS clear
    FROM (SELECT unit FROM owners UNION SELECT '全部') AS named
    LEFT JOIN owners ON named.unit = owners.unit
    GROUP BY named.unit
)

SELECT
    *,
    CAST(clear AS DOUBLE) / nullif(items, 0) AS clarity_rate
FROM summed
ORDER BY CASE WHEN unit = '全部' THEN 0 ELSE 1 END, clarity_rate, unit
