-- 会议召开 · meetings_held
-- 一行：一个时段的一类会议：一个月的形势研判会，一个季度（方案要求每月的，一个月）的例会
-- 口径：专班每月应开一次形势研判会；例会按整改方案自己的要求，方案写了几条的按最密的一条，方案没有写例会的每季度一次。
--   从整改方案（写明例会的那个方案）启动以后的第一个整月、整季算起，没有方案的从有记录的第一次会议所在的
--   月、季算起，到当日所在的月、季。会议取履职台账和议定事项的会议，同一天的同类会议是一次；台账只写了一个月几次的，按几次计，
--   与写明日期的取多的；方案要求一个单位召开例会的，这个单位自己召开的也算，与履职达标相同。时段已结束而没有开的为没有召开，当月、当季还没有开的为还没有召开。
-- 口径变更：2026-12-01 起，方案要求例会每月召开的按每月判断，不再按每季度。
-- 列：
--   kind 会议：形势研判会、例会
--   period_start 时段起
--   period_end 时段止
--   required 应开（次）：方案要求的次数，没有要求的为 1
--   held 已开（次）
--   first_held_on 时段内第一次的日期，只知道月份的为空
--   state 情形：met 已开，short 没有召开，running 还没有召开
-- 依据：形势研判会每月一次；三清单对例会的定量要求
-- 措施：例会、研判会
-- 检验：唯一 kind、period_start；取值 state；成立 开够的为已开：(held >= required) = (state = 'met')
WITH kinds AS (
    SELECT '形势研判会' AS kind, 1 AS months
    UNION ALL
    SELECT '例会', 3
),

asked AS (
    -- what a plan itself asks for comes before what is usual; of several clauses the densest is judged
    SELECT region, kind, months, quantity, start_on, unit
    FROM (
        SELECT
            region,
            duty_kind AS kind,
            CASE frequency WHEN '每月' THEN 1 ELSE 3 END AS months,
            quantity,
            start_on,
            unit,
            row_number() OVER (
                PARTITION BY region
                ORDER BY frequency <> '每月', quantity DESC, start_on, unit
            ) AS turn
        FROM requirements
        WHERE duty_kind = '例会' AND frequency IN ('每月', '每季度', '每季')
    ) AS clauses
    WHERE turn = 1
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

wanted AS (
    SELECT
        starts.region,
        starts.has_plan,
        coalesce(asked.start_on, starts.start_on) AS start_on,
        kinds.kind,
        coalesce(asked.months, kinds.months) AS months,
        coalesce(asked.quantity, 1) AS required
    FROM starts
    CROSS JOIN kinds
    LEFT JOIN asked
        ON starts.has_plan AND starts.region IS NOT DISTINCT FROM asked.region AND kinds.kind = asked.kind
    WHERE coalesce(asked.start_on, starts.start_on) <= CAST($as_of AS DATE)
),

firsts AS (
    SELECT
        *,
        CASE months
            WHEN 1 THEN CAST(date_trunc('month', start_on) AS DATE)
            ELSE CAST(date_trunc('quarter', start_on) AS DATE)
        END AS first_start
    FROM wanted
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
        start_on,
        required
    FROM steps
),

met AS (
    SELECT region, kind, held_on, month_start, times FROM meetings
    UNION
    SELECT
        duties.region,
        duties.kind,
        duties.held_on,
        CASE WHEN duties.held_on IS NULL THEN duties.period_start END,
        CASE WHEN duties.held_on IS NULL THEN coalesce(duties.quantity, 1) ELSE 1 END
    FROM duties
    INNER JOIN asked
        ON duties.region IS NOT DISTINCT FROM asked.region AND duties.kind = asked.kind AND duties.unit = asked.unit
    WHERE duties.unit NOT LIKE '%专班%'
),

counted AS (
    SELECT
        periods.region,
        periods.kind,
        periods.period_start,
        periods.period_end,
        periods.required,
        count(met.held_on) AS dated,
        -- greatest() passes over what is not there
        sum(CASE WHEN met.held_on IS NULL THEN met.times END) AS undated,
        min(met.held_on) AS first_held_on
    FROM periods
    LEFT JOIN met
        ON periods.region IS NOT DISTINCT FROM met.region
        AND periods.kind = met.kind
        AND coalesce(met.held_on, met.month_start) >= periods.period_start
        AND coalesce(met.held_on, met.month_start) <= periods.period_end
    WHERE NOT periods.has_plan OR periods.period_start >= periods.start_on
    GROUP BY periods.region, periods.kind, periods.period_start, periods.period_end, periods.required
)

SELECT
    kind,
    period_start,
    period_end,
    CAST(required AS BIGINT) AS required,
    CAST(greatest(dated, undated) AS BIGINT) AS held,
    first_held_on,
    CASE
        WHEN greatest(dated, undated) >= required THEN 'met'
        WHEN period_end < CAST($as_of AS DATE) THEN 'short'
        ELSE 'running'
    END AS state
FROM counted
ORDER BY period_start, kind DESC, region
