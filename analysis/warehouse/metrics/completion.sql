-- 整改完成情况 · completion
-- 一行：一个维度的一个成员；维度“all”恒有一行
-- 口径：撤销、长期坚持（无期限）和经核实停业关停的不计。整改完成率 =（待验收 + 已销号）/ 全部；销号率 = 已销号 / 全部；
--   按期完成率 = 按期完成 / 已到期可判的，后者是按期完成、逾期完成和逾期未完成之和。分母为零时为空，不是 0 也不是 100%。
--   停业关停的、没有写完成日期而推断不出是否按期的另列，五项相加是期限早于当日的全部事项；只有单列事项的成员总数为零。
-- 口径变更：2026-12-01 起，经核实停业关停的单列、不进比率，没有核实的照常统计，此前报停业即不算逾期而仍在总数里；
--   没有写完成日期而推断不出是否按期的单列，不再算作逾期完成，此前按首次报送或验收的日期判断。
--   没有这一维度的事项列为“不适用”；清单类别、会议名称不再算作类别。
-- 列：
--   dimension 维度：all、kind、unit、township、site_kind、category、rect_type、level、supervised
--   member 成员：维度的成员，没有填写的为“未填”；没有这一维度的为“不适用”，如措施没有乡镇、业态、类别、等级，议定事项没有整改方式
--   total 事项总数（项），单列的不在内
--   done 已完成，含待验收和已销号（项）
--   closed 已销号（项）
--   due 已到期可判（项），期限早于当日 = on_time + late + overdue
--   on_time 按期完成（项），期限早于当日的之中
--   late 逾期完成（项），期限早于当日的之中
--   overdue 逾期未完成（项）
--   suspended_due 停业关停而期限早于当日（项），经核实的，单列
--   undated_done 期限早于当日、已完成而完成时间不明（项），含主体灭失而销号的，单列
--   completion_rate 整改完成率 = done / total
--   closure_rate 销号率 = closed / total
--   on_time_rate 按期完成率 = on_time / due
-- 依据：整改要求“按时完成问题整改销号”，责任清单按单位落实
-- 检验：唯一 dimension、member；取值 dimension；
--   各维度 total、done、closed、on_time、late、overdue、suspended_due、undated_done；
--   成立 到期可判的三项相加：due = on_time + late + overdue；成立 销号不多于完成：closed <= done AND done <= total；
--   成立 合计与总体情况相同：(total, done, closed, due, overdue) = (SELECT (total, done, closed, due, overdue) FROM overview($as_of, known_on := $known_on)) 当 dimension = 'all'
WITH cells AS (
    -- summed to the finest cells first, so that each item is read once and not once a dimension
    SELECT
        kind,
        coalesce(unit, '未填') AS unit,
        coalesce(township, CASE WHEN kind = 'hazard' THEN '未填' ELSE '不适用' END) AS township,
        coalesce(site_kind, CASE WHEN kind = 'hazard' THEN '未填' ELSE '不适用' END) AS site_kind,
        coalesce(category, CASE WHEN kind = 'hazard' THEN '未填' ELSE '不适用' END) AS category,
        coalesce(rect_type, CASE WHEN kind = 'decision' THEN '不适用' ELSE '未填' END) AS rect_type,
        coalesce(level, CASE WHEN kind = 'hazard' THEN '未填' ELSE '不适用' END) AS level,
        CASE WHEN supervised THEN '是' ELSE '否' END AS supervised,
        count(*) FILTER (WHERE NOT is_suspended) AS total,
        count(*) FILTER (WHERE is_done) AS done,
        count(*) FILTER (WHERE is_closed) AS closed,
        count(*) FILTER (WHERE due_on < CAST($as_of AS DATE) AND punctuality = 'in_time') AS on_time,
        count(*) FILTER (WHERE due_on < CAST($as_of AS DATE) AND punctuality = 'late') AS late,
        count(*) FILTER (WHERE is_overdue) AS overdue,
        count(*) FILTER (WHERE due_on < CAST($as_of AS DATE) AND is_suspended) AS suspended_due,
        count(*) FILTER (WHERE due_on < CAST($as_of AS DATE) AND punctuality = 'undated') AS undated_done
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
        cells.on_time,
        cells.late,
        cells.overdue,
        cells.suspended_due,
        cells.undated_done
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
        CAST(coalesce(sum(on_time + late + overdue), 0) AS BIGINT) AS due,
        CAST(coalesce(sum(on_time), 0) AS BIGINT) AS on_time,
        CAST(coalesce(sum(late), 0) AS BIGINT) AS late,
        CAST(coalesce(sum(overdue), 0) AS BIGINT) AS overdue,
        CAST(coalesce(sum(suspended_due), 0) AS BIGINT) AS suspended_due,
        CAST(coalesce(sum(undated_done), 0) AS BIGINT) AS undated_done
    FROM members
    GROUP BY dimension, member
    HAVING count(total) > 0 OR dimension = 'all'
)

SELECT
    *,
    CAST(done AS DOUBLE) / nullif(total, 0) AS completion_rate,
    CAST(closed AS DOUBLE) / nullif(total, 0) AS closure_rate,
    CAST(on_time AS DOUBLE) / nullif(due, 0) AS on_time_rate
FROM summed
ORDER BY dimension, total DESC, member
