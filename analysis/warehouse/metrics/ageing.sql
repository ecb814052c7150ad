-- 未完成事项的时龄 · ageing
-- 一行：一个单位一个时龄段；单位“全部”是合计
-- 口径：只看未完成的事项，撤销和长期坚持（无期限）不计。按逾期天数分段的，未到期和时限不明各成一段；按未完成天数分段的，
--   从发现或下达算到当日。经核实停业关停的在两种分段里都自成一段。各段相加等于未完成事项总数。
-- 口径变更：2026-12-01 起，经核实停业关停的自成一段，此前算在未到期里；最后一段写作“超过”，不含 90 天、180 天当天，与以前的算法相同；
--   逾期的各段与逐级加重督办的 1、15、30 天对齐，以前 15 天、30 天当天算在前一段。
-- 列：
--   basis 分段依据：late 逾期天数，open 未完成天数
--   unit 责任单位，“全部”为合计
--   band_no 段序
--   band 时龄段
--   items 未完成（项）
--   major_items 其中重大隐患（条）
--   longest_days 最长天数（天），未到期、时限不明和停业关停的为空
-- 依据：整改要求“跟踪督办，定期调度”；逾期 1、15、30 天逐级加重督办
-- 检验：唯一 basis、unit、band_no；取值 basis；合计 items、major_items，unit = '全部'，按 basis、band_no；
--   成立 两种分段的总数相同：sum(items) OVER (PARTITION BY basis) * 2 = sum(items) OVER ()
WITH unfinished AS (
    SELECT
        coalesce(unit, '未填') AS unit,
        due_on,
        is_overdue,
        is_suspended,
        days_late,
        date_diff('day', opened_on, CAST($as_of AS DATE)) AS days_open,
        kind = 'hazard' AND coalesce(level = '重大', FALSE) AS is_major
    FROM items
    WHERE NOT is_void AND NOT standing AND NOT is_done
),

owners AS (
    SELECT unit, due_on, is_overdue, is_suspended, days_late, days_open, is_major FROM unfinished
    UNION ALL
    SELECT '全部', due_on, is_overdue, is_suspended, days_late, days_open, is_major FROM unfinished
),

placed AS (
    SELECT
        'late' AS basis,
        unit,
        CASE
            WHEN is_suspended THEN 0
            -- of what is not done, only what is overdue is late by any days
            WHEN days_late > 90 THEN 6
            WHEN days_late >= 30 THEN 5
            WHEN days_late >= 15 THEN 4
            WHEN is_overdue THEN 3
            WHEN due_on IS NULL THEN 2
            ELSE 1
        END AS band_no,
        days_late AS days,
        is_major
    FROM owners
    UNION ALL
    SELECT
        'open',
        unit,
        CASE
            WHEN is_suspended THEN 0
            WHEN days_open > 180 THEN 5
            WHEN days_open > 90 THEN 4
            WHEN days_open > 30 THEN 3
            WHEN days_open > 15 THEN 2
            ELSE 1
        END,
        CASE WHEN NOT is_suspended THEN days_open END,
        is_major
    FROM owners
)

SELECT
    basis,
    unit,
    band_no,
    CASE
        WHEN band_no = 0 THEN '停业关停'
        WHEN basis = 'late' AND band_no = 1 THEN '未到期'
        WHEN basis = 'late' AND band_no = 2 THEN '时限不明'
        WHEN basis = 'late' AND band_no = 3 THEN '逾期 1—14 天'
        WHEN basis = 'late' AND band_no = 4 THEN '逾期 15—29 天'
        WHEN basis = 'late' AND band_no = 5 THEN '逾期 30—90 天'
        WHEN basis = 'late' THEN '逾期超过 90 天'
        WHEN band_no = 1 THEN '15 天以内'
        WHEN band_no = 2 THEN '16—30 天'
        WHEN band_no = 3 THEN '31—90 天'
        WHEN band_no = 4 THEN '91—180 天'
        ELSE '超过 180 天'
    END AS band,
    count(*) AS items,
    count(*) FILTER (WHERE is_major) AS major_items,
    max(days) AS longest_days
FROM placed
GROUP BY basis, unit, band_no
ORDER BY basis, unit <> '全部', unit, band_no
