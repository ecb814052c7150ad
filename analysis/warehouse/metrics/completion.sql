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
WITH counted AS (
    SELECT * FROM items WHERE state <> 'void' AND NOT standing
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
            WHEN 'kind' THEN counted.kind
            WHEN 'unit' THEN coalesce(counted.unit, '未填')
            WHEN 'township' THEN coalesce(counted.township, '未填')
            WHEN 'site_kind' THEN coalesce(counted.site_kind, '未填')
            WHEN 'category' THEN coalesce(counted.category, '未填')
            WHEN 'rect_type' THEN coalesce(counted.rect_type, '未填')
            WHEN 'level' THEN coalesce(counted.level, '未填')
            WHEN 'supervised' THEN CASE WHEN counted.supervised THEN '是' ELSE '否' END
        END AS member,
        counted.item_id,
        counted.due_on,
        counted.done_on,
        counted.is_done,
        counted.is_closed,
        counted.is_overdue
    FROM dimensions
    LEFT JOIN counted ON TRUE
),

summed AS (
    SELECT
        dimension,
        member,
        count(item_id) AS total,
        count(item_id) FILTER (WHERE is_done) AS done,
        count(item_id) FILTER (WHERE is_closed) AS closed,
        count(item_id) FILTER (WHERE due_on < CAST($as_of AS DATE)) AS due,
        count(item_id) FILTER (WHERE due_on < CAST($as_of AS DATE) AND is_done AND done_on <= due_on) AS on_time,
        count(item_id) FILTER (WHERE is_overdue) AS overdue
    FROM members
    GROUP BY dimension, member
    HAVING count(item_id) > 0 OR dimension = 'all'
)

SELECT
    *,
    CAST(done AS DOUBLE) / nullif(total, 0) AS completion_rate,
    CAST(closed AS DOUBLE) / nullif(total, 0) AS closure_rate,
    CAST(on_time AS DOUBLE) / nullif(due, 0) AS on_time_rate
FROM summed
ORDER BY dimension, total DESC, member
