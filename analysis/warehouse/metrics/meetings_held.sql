-- 会议召开 · meetings_held
-- 一行：一个月的形势研判会，或一个季度的例会
-- 口径：专班每月应开一次形势研判会，每季度应开一次例会；从整改方案启动以后的第一个整月、整季算起，没有方案的从有记录的第一次会议所在的
--   月、季算起，到当日所在的月、季。会议取履职台账和议定事项的会议，同一天的同类会议是一次；台账只写了一个月几次的，按几次计，
--   与写明日期的取多的。时段已结束而没有开的为没有召开，当月、当季还没有开的为还没有召开。
-- 列：
--   kind 会议：形势研判会、例会
--   period_start 时段起
--   period_end 时段止
--   required 应开（次）
--   held 已开（次）
--   first_held_on 时段内第一次的日期，只知道月份的为空
--   state 情形：met 已开，short 没有召开，running 还没有召开
-- 依据：形势研判会每月一次，安全生产例会每季度一次（细化措施 5-2）
-- 检验：唯一 kind、period_start；取值 state；成立 开了的为已开：(held >= 1) = (state = 'met')
WITH kinds AS (
    SELECT '形势研判会' AS kind, 1 AS months
    UNION ALL
    SELECT '例会', 3
),

begun AS (
    -- who has a plan begins with it, each region by itself
    SELECT region, min(start_on) AS start_on, TRUE AS has_plan
    FROM requirements
    GROUP BY region
),

recorded AS (
    SELECT region, min(coalesce(held_on, month_start)) AS first_on
    FROM meetings
    GROUP BY region
),

starts AS (
    SELECT
        coalesce(begun.region, recorded.region) AS region,
        coalesce(begun.has_plan, FALSE) AS has_plan,
        coalesce(begun.start_on, recorded.first_on) AS start_on
    FROM begun
    FULL OUTER JOIN recorded ON coalesce(begun.region, '') = coalesce(recorded.region, '')
    WHERE coalesce(begun.start_on, recorded.first_on) <= CAST($as_of AS DATE)
),

firsts AS (
    SELECT
        starts.region,
        starts.has_plan,
        starts.start_on,
        kinds.kind,
        kinds.months,
        CASE kinds.months
            WHEN 1 THEN CAST(date_trunc('month', starts.start_on) AS DATE)
            ELSE CAST(date_trunc('quarter', starts.start_on) AS DATE)
        END AS first_start
    FROM starts
    CROSS JOIN kinds
),

steps AS (
    SELECT
        *,
        unnest(
            generate_series(
                0, CAST(floor(date_diff('month', first_start, CAST($as_of AS DATE)) / months) AS BIGINT)
            )
        ) AS step
    FROM firsts
),

periods AS (
    SELECT
        region,
        kind,
        CAST(first_start + INTERVAL (step * months) MONTH AS DATE) AS period_start,
        CAST(first_start + INTERVAL ((step + 1) * months) MONTH - INTERVAL 1 DAY AS DATE) AS period_end,
        has_plan,
        start_on
    FROM steps
),

counted AS (
    SELECT
        periods.region,
        periods.kind,
        periods.period_start,
        periods.period_end,
        count(meetings.held_on) AS dated,
        coalesce(sum(CASE WHEN meetings.held_on IS NULL THEN meetings.times END), 0) AS undated,
        min(meetings.held_on) AS first_held_on
    FROM periods
    LEFT JOIN meetings
        ON periods.region IS NOT DISTINCT FROM meetings.region
        AND periods.kind = meetings.kind
        AND coalesce(meetings.held_on, meetings.month_start) >= periods.period_start
        AND coalesce(meetings.held_on, meetings.month_start) <= periods.period_end
    WHERE NOT periods.has_plan OR periods.period_start >= periods.start_on
    GROUP BY periods.region, periods.kind, periods.period_start, periods.period_end
)

SELECT
    kind,
    period_start,
    period_end,
    1 AS required,
    CAST(greatest(dated, undated) AS BIGINT) AS held,
    first_held_on,
    CASE
        WHEN greatest(dated, undated) >= 1 THEN 'met'
        WHEN period_end < CAST($as_of AS DATE) THEN 'short'
        ELSE 'running'
    END AS state
FROM counted
ORDER BY period_start, kind DESC, region
