-- 整改完成情况 · completion
-- 一行：一个维度的一个成员；维度“all”恒有一行
-- 口径：撤销和长期坚持（无期限）不计。整改完成率 =（待验收 + 已销号）/ 全部；销号率 = 已销号 / 全部；
--   按期完成率 = 按期完成 / 期限早于当日的。分母为零时为空，不是 0 也不是 100%。
-- 列：
--   dimension 维度：all、kind、unit、township、site_kind、category、rect_type、level、supervised
--   member 成员：维度的成员，没有填写的为“未填”
--   total 事项总数（项）
--   done 已完成，含待验收和已销号（项）
--   closed 已销号（项）
--   due 已到期（项），期限早于当日
--   on_time 按期完成（项），期限早于当日的之中
--   overdue 逾期未完成（项）
--   completion_rate 整改完成率 = done / total
--   closure_rate 销号率 = closed / total
--   on_time_rate 按期完成率 = on_time / due
-- 依据：整改要求“按时完成问题整改销号”，责任清单按单位落实
WITH cells AS (
    -- summed to the finest cells first, so that each item is read once and not once a dimension
    SELECT
        kind,
        coalesce(unit, '未填') AS unit,
        coalesce(township, '未填') AS township,
        coalesce(site_kind, '未填') AS site_kind,
        coalesce(category, '未填') AS category,
        coalesce(rect_type, '未填') AS rect_type,
        coalesce(level, '未填') AS level,
        CASE WHEN supervised THEN '是' ELSE '否' END AS supervised,
        count(*) AS total,
        count(*) FILTER (WHERE is_done) AS done,
        count(*) FILTER (WHERE is_closed) AS closed,
        count(*) FILTER (WHERE due_on < CAST($as_of AS DATE)) AS due,
        count(*) FILTER (WHERE due_on < CAST($as_of AS DATE) AND is_done AND done_on <= due_on) AS on_time,
        count(*) FILTER (WHERE is_overdue) AS overdue
    FROM items
    WHERE NOT is_void AND NOT standing
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
),

dimensions AS (
    SELECT unnest(
        ['all', 'kind', 'unit', 'township', 'site_kind', 'category', 'rect_type', 'level', 'supervised']
    ) AS dimension
),

members AS (
    SELECT
        dimensions.dimension,
        CASE dimensions.dimension
            WHEN 'all' THEN 'all'
            WHEN 'kind' THEN cells.kind
            WHEN 'unit' THEN cells.unit
            WHEN 'township' THEN cells.township
            WHEN 'site_kind' THEN cells.site_kind
            WHEN 'category' THEN cells.category
            WHEN 'rect_type' THEN cells.rect_type
            WHEN 'level' THEN cells.level
            WHEN 'supervised' THEN cells.supervised
        END AS member,
        cells.total,
        cells.done,
        cells.closed,
        cells.due,
        cells.on_time,
        cells.overdue
    FROM dimensions
    LEFT JOIN cells ON TRUE
),

summed AS (
    SELECT
        dimension,
        member,
        CAST(coalesce(sum(total), 0) AS BIGINT) AS total,
        CAST(coalesce(sum(done), 0) AS BIGINT) AS done,
        CAST(coalesce(sum(closed), 0) AS BIGINT) AS closed,
        CAST(coalesce(sum(due), 0) AS BIGINT) AS due,
        CAST(coalesce(sum(on_time), 0) AS BIGINT) AS on_time,
        CAST(coalesce(sum(overdue), 0) AS BIGINT) AS overdue
    FROM members
    GROUP BY dimension, member
    HAVING sum(total) > 0 OR dimension = 'all'
)

SELECT
    *,
    CAST(done AS DOUBLE) / nullif(total, 0) AS completion_rate,
    CAST(closed AS DOUBLE) / nullif(total, 0) AS closure_rate,
    CAST(on_time AS DOUBLE) / nullif(due, 0) AS on_time_rate
FROM summed
ORDER BY dimension, total DESC, member
