-- 事故同比 · accident_yoy
-- 一行：一个地区的一个时段；source 为 published 的是公布的合计，为 records 的由事故台账计得
-- 口径：同比 =（本期 − 上年同期）/ 上年同期 × 100，两位小数；上年同期为 0 只报增减数，没有上年同期为空。
--   公布了同比而没有公布上年同期的，由公布的同比反推整数基数，能还原才采用，并注明 derived。
--   由台账计得的只计“计入统计”的事故，时段是当日所在的月、季、年初至当日，与上年相同的日子比；
--   台账没有覆盖上年同期的（当年第一起事故所在年份之前），没有可比数据。
-- 列：
--   source 来源：published 公布，records 台账
--   period 时段：published 公布时段，month 当月，quarter 当季，year 当年累计
--   region 地区
--   industry 统计口径
--   period_start 起始日
--   period_end 截止日
--   accidents 起数（起）
--   deaths 死亡人数（人）
--   accidents_prev 上年同期起数（起）
--   deaths_prev 上年同期死亡（人）
--   accidents_base 起数基数：printed 公布，derived 反推，counted 台账，none 没有
--   deaths_base 死亡基数：同上
--   accidents_yoy 起数同比%：由起数计算
--   accidents_yoy_printed 公布起数同比%：照公布的原样
--   accidents_agree 起数同比相符：计算值与公布值四舍五入或截尾后相同
--   deaths_yoy 死亡同比%：由死亡人数计算
--   deaths_yoy_printed 公布死亡同比%：照公布的原样
--   deaths_agree 死亡同比相符：同上
-- 依据：表现形式中的事故同比数字；事故形势分析
WITH candidates AS (
    SELECT
        *,
        CAST(round(accidents / nullif(greatest(1 + accidents_yoy_printed / 100, 0), 0)) AS BIGINT) AS accidents_guess,
        CAST(round(deaths / nullif(greatest(1 + deaths_yoy_printed / 100, 0), 0)) AS BIGINT) AS deaths_guess
    FROM accident_totals
),

tried AS (
    SELECT
        *,
        -- hundredths of a percent are whole numbers, rounded as on paper (half away from zero) or cut
        sign(accidents - accidents_guess) * ((abs(accidents - accidents_guess) * 20000 + accidents_guess)
        // nullif(accidents_guess * 2, 0)) / 100 AS accidents_if,
        sign(accidents - accidents_guess) * (abs(accidents - accidents_guess) * 10000
        // nullif(accidents_guess, 0)) / 100 AS accidents_cut_if,
        sign(deaths - deaths_guess) * ((abs(deaths - deaths_guess) * 20000 + deaths_guess)
        // nullif(deaths_guess * 2, 0)) / 100 AS deaths_if,
        sign(deaths - deaths_guess) * (abs(deaths - deaths_guess) * 10000
        // nullif(deaths_guess, 0)) / 100 AS deaths_cut_if
    FROM candidates
),

fitted AS (
    SELECT
        *,
        abs(accidents_if - accidents_yoy_printed) < 0.0005
        OR abs(accidents_cut_if - accidents_yoy_printed) < 0.0005
            AS accidents_fits,
        abs(deaths_if - deaths_yoy_printed) < 0.0005
        OR abs(deaths_cut_if - deaths_yoy_printed) < 0.0005
            AS deaths_fits
    FROM tried
),

published AS (
    SELECT
        'published' AS source,
        'published' AS period,
        region,
        industry,
        period_start,
        period_end,
        accidents,
        deaths,
        coalesce(accidents_prev, CASE WHEN accidents_fits THEN accidents_guess END) AS accidents_prev,
        coalesce(deaths_prev, CASE WHEN deaths_fits THEN deaths_guess END) AS deaths_prev,
        CASE
            WHEN accidents_prev IS NOT NULL THEN 'printed'
            WHEN accidents_fits THEN 'derived'
            ELSE 'none'
        END AS accidents_base,
        CASE
            WHEN deaths_prev IS NOT NULL THEN 'printed'
            WHEN deaths_fits THEN 'derived'
            ELSE 'none'
        END AS deaths_base,
        accidents_yoy_printed,
        deaths_yoy_printed
    FROM fitted
),

spans AS (
    SELECT 'month' AS period, CAST(date_trunc('month', CAST($as_of AS DATE)) AS DATE) AS period_start
    UNION ALL
    SELECT 'quarter', CAST(date_trunc('quarter', CAST($as_of AS DATE)) AS DATE)
    UNION ALL
    SELECT 'year', CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE)
),

comparable AS (
    SELECT
        period,
        period_start,
        CAST($as_of AS DATE) AS period_end,
        CAST(period_start - INTERVAL 1 YEAR AS DATE) AS prev_start,
        CAST(CAST($as_of AS DATE) - INTERVAL 1 YEAR AS DATE) AS prev_end
    FROM spans
),

regions AS (
    SELECT region, CAST(date_trunc('year', min(occurred_on)) AS DATE) AS kept_since
    FROM accidents
    GROUP BY region
),

counted AS (
    SELECT
        'records' AS source,
        comparable.period,
        regions.region,
        CAST(NULL AS VARCHAR) AS industry,
        comparable.period_start,
        comparable.period_end,
        count(accidents.occurred_on) FILTER (WHERE accidents.occurred_on >= comparable.period_start) AS accidents,
        coalesce(sum(accidents.deaths) FILTER (WHERE accidents.occurred_on >= comparable.period_start), 0) AS deaths,
        count(accidents.occurred_on) FILTER (WHERE accidents.occurred_on <= comparable.prev_end) AS accidents_before,
        coalesce(sum(accidents.deaths) FILTER (WHERE accidents.occurred_on <= comparable.prev_end), 0) AS deaths_before,
        regions.kept_since <= comparable.prev_start AS has_base
    FROM comparable
    CROSS JOIN regions
    LEFT JOIN accidents
        ON accidents.counted
        AND accidents.region IS NOT DISTINCT FROM regions.region
        AND (
            accidents.occurred_on BETWEEN comparable.period_start AND comparable.period_end
            OR accidents.occurred_on BETWEEN comparable.prev_start AND comparable.prev_end
        )
    GROUP BY
        comparable.period, regions.region, comparable.period_start, comparable.period_end,
        comparable.prev_start, regions.kept_since
),

compared AS (
    SELECT * FROM published
    UNION ALL
    SELECT
        source, period, region, industry, period_start, period_end, accidents, CAST(deaths AS BIGINT),
        CASE WHEN has_base THEN accidents_before END,
        CASE WHEN has_base THEN CAST(deaths_before AS BIGINT) END,
        CASE WHEN has_base THEN 'counted' ELSE 'none' END,
        CASE WHEN has_base THEN 'counted' ELSE 'none' END,
        CAST(NULL AS DOUBLE),
        CAST(NULL AS DOUBLE)
    FROM counted
),

measured AS (
    SELECT
        *,
        sign(accidents - accidents_prev) * ((abs(accidents - accidents_prev) * 20000 + accidents_prev)
        // nullif(accidents_prev * 2, 0)) / 100 AS accidents_change,
        sign(accidents - accidents_prev) * (abs(accidents - accidents_prev) * 10000
        // nullif(accidents_prev, 0)) / 100 AS accidents_cut,
        sign(deaths - deaths_prev) * ((abs(deaths - deaths_prev) * 20000 + deaths_prev)
        // nullif(deaths_prev * 2, 0)) / 100 AS deaths_change,
        sign(deaths - deaths_prev) * (abs(deaths - deaths_prev) * 10000
        // nullif(deaths_prev, 0)) / 100 AS deaths_cut
    FROM compared
)

SELECT
    source,
    period,
    region,
    industry,
    period_start,
    period_end,
    accidents,
    deaths,
    accidents_prev,
    deaths_prev,
    accidents_base,
    deaths_base,
    CAST(accidents_change AS DECIMAL(9, 2)) AS accidents_yoy,
    CAST(accidents_yoy_printed AS DECIMAL(9, 2)) AS accidents_yoy_printed,
    abs(accidents_change - accidents_yoy_printed) < 0.0005
    OR abs(accidents_cut - accidents_yoy_printed) < 0.0005
        AS accidents_agree,
    CAST(deaths_change AS DECIMAL(9, 2)) AS deaths_yoy,
    CAST(deaths_yoy_printed AS DECIMAL(9, 2)) AS deaths_yoy_printed,
    abs(deaths_change - deaths_yoy_printed) < 0.0005
    OR abs(deaths_cut - deaths_yoy_printed) < 0.0005
        AS deaths_agree
FROM measured
ORDER BY CASE WHEN source = 'published' THEN 0 ELSE 1 END, region, period_start, period_end, period, industry
