-- 事故同比 · accident_yoy
-- 一行：一个地区的一个时段；公布的合计和由事故台账计得的各占一行
-- 口径：同比 =（本期 − 上年同期）/ 上年同期 × 100，两位小数；上年同期为 0 只报增减数，没有上年同期为空。
--   公布的同比按公布时的小数位数（不带小数、一位、两位）核对，四舍五入和截尾都算相符；“持平”须两期相等。
--   公布了同比而没有公布上年同期的，倒推上年同期：只有一个整数能得出公布的同比时才采用，注明“反推”；
--   能得出的整数不止一个，或者一个也没有，注明“无法唯一还原”，不采用，也不计算同比。
--   由台账计得的只计“计入统计”的事故，时段是当日所在的月、季、年初至当日，与上年相同的日子比；
--   当日是月末的，与上年同月的月末比：上年是闰年的，2 月 28 日比到上年的 2 月 29 日。
--   台账没有覆盖上年同期的（当年第一起事故所在年份之前），没有可比数据。
--   没有收到不等于零：台账只到当日以前某一天的（最近一份写明的截至日，没有写明的取收到日），时段止于那一天，与上年相同的日子比；
--   整个时段都在那一天以后的，没有起数，尚未收到。
-- 口径变更：2026-12-01 起，台账没有到的日子不再当作没有事故。
-- 口径变更：2026-12-01 起，同比按公布的小数位数核对，倒推不唯一的不再采用，月末与上年同月的月末比。
-- 列：
--   source 来源：published 公布，records 台账
--   period 时段：published 公布时段，month 当月，quarter 当季，year 当年累计
--   region 地区
--   industry 统计口径
--   period_start 起始日
--   period_end 截止日：台账没有到当日的，是台账到的那一天
--   accidents 起数（起）
--   deaths 死亡人数（人）
--   accidents_prev 上年同期起数（起）
--   deaths_prev 上年同期死亡（人）
--   accidents_base 起数基数：printed 公布，derived 反推，ambiguous 无法唯一还原，counted 台账，none 没有
--   deaths_base 死亡基数：同上
--   accidents_yoy 起数同比%：由起数计算
--   accidents_yoy_printed 公布起数同比%：公布的数，上升为正
--   accidents_yoy_text 公布起数同比原文：照公布的原样
--   accidents_agree 起数同比相符：计算值按公布的位数四舍五入或截尾后与公布值相同
--   deaths_yoy 死亡同比%：由死亡人数计算
--   deaths_yoy_printed 公布死亡同比%：公布的数，上升为正
--   deaths_yoy_text 公布死亡同比原文：照公布的原样
--   deaths_agree 死亡同比相符：同上
--   covered_until 台账截至：事故台账到哪一天，公布的合计为空
-- 依据：公布的事故同比数字的核对；事故形势分析
-- 检验：唯一 source、period、region、industry、period_start、period_end；取值 source、period、accidents_base、deaths_base；
--   成立 没有上年同期的没有同比：accidents_yoy IS NULL 当 coalesce(accidents_prev, 0) = 0；
--   成立 台账没有到的时段没有起数：accidents IS NULL 当 covered_until < period_start
WITH scaled AS (
    -- a hundred per cent, and the printed change, in units of the last decimal that was printed
    SELECT
        *,
        CAST(round(power(10, 2 + least(greatest(accidents_yoy_places, -2), 4))) AS BIGINT) AS accidents_whole,
        CAST(round(power(10, 2 + least(greatest(deaths_yoy_places, -2), 4))) AS BIGINT) AS deaths_whole
    FROM accident_totals
),

counted_out AS (
    SELECT
        *,
        CAST(round(accidents_yoy_printed * accidents_whole / 100) AS BIGINT) AS accidents_units,
        CAST(round(deaths_yoy_printed * deaths_whole / 100) AS BIGINT) AS deaths_units
    FROM scaled
),

limits AS (
    -- what was printed stands for half a unit less (rounded) to one more (cut off); twice as many units keep the
    -- half whole: high and low are the greatest and the least that this period may be, for two times all units before
    SELECT
        *,
        2 * (accidents_whole + accidents_units) + CASE WHEN accidents_units < 0 THEN 1 ELSE 2 END AS accidents_high,
        2 * (accidents_whole + accidents_units) - CASE WHEN accidents_units > 0 THEN 1 ELSE 2 END AS accidents_low,
        2 * (deaths_whole + deaths_units) + CASE WHEN deaths_units < 0 THEN 1 ELSE 2 END AS deaths_high,
        2 * (deaths_whole + deaths_units) - CASE WHEN deaths_units > 0 THEN 1 ELSE 2 END AS deaths_low
    FROM counted_out
),

possible AS (
    SELECT
        *,
        (2 * accidents_whole * accidents + accidents_high - CASE WHEN accidents_units < 0 THEN 1 ELSE 0 END)
        // nullif(greatest(accidents_high, 0), 0) AS accidents_least,
        (2 * accidents_whole * accidents - CASE WHEN accidents_units <= 0 THEN 1 ELSE 0 END)
        // nullif(greatest(accidents_low, 0), 0) AS accidents_most,
        (2 * deaths_whole * deaths + deaths_high - CASE WHEN deaths_units < 0 THEN 1 ELSE 0 END)
        // nullif(greatest(deaths_high, 0), 0) AS deaths_least,
        (2 * deaths_whole * deaths - CASE WHEN deaths_units <= 0 THEN 1 ELSE 0 END)
        // nullif(greatest(deaths_low, 0), 0) AS deaths_most
    FROM limits
),

fitted AS (
    SELECT
        *,
        CASE
            WHEN accidents = 0 AND accidents_units = 0 THEN 0
            WHEN accidents > 0 AND accidents_least = accidents_most THEN accidents_least
        END AS accidents_only,
        CASE
            WHEN accidents_prev IS NULL THEN CAST(NULL AS BOOLEAN)
            WHEN accidents_prev = 0 THEN CASE WHEN accidents = 0 THEN accidents_units = 0 END
            WHEN accidents = 0 THEN accidents_units = -accidents_whole
            WHEN accidents_units <= -accidents_whole THEN FALSE -- all gone, and yet there are some
            ELSE accidents_prev >= accidents_least AND (accidents_low <= 0 OR accidents_prev <= accidents_most)
        END AS accidents_fits,
        CASE
            WHEN deaths = 0 AND deaths_units = 0 THEN 0
            WHEN deaths > 0 AND deaths_least = deaths_most THEN deaths_least
        END AS deaths_only,
        CASE
            WHEN deaths_prev IS NULL THEN CAST(NULL AS BOOLEAN)
            WHEN deaths_prev = 0 THEN CASE WHEN deaths = 0 THEN deaths_units = 0 END
            WHEN deaths = 0 THEN deaths_units = -deaths_whole
            WHEN deaths_units <= -deaths_whole THEN FALSE -- all gone, and yet there are some
            ELSE deaths_prev >= deaths_least AND (deaths_low <= 0 OR deaths_prev <= deaths_most)
        END AS deaths_fits
    FROM possible
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
        coalesce(accidents_prev, accidents_only) AS accidents_prev,
        coalesce(deaths_prev, deaths_only) AS deaths_prev,
        CASE
            WHEN accidents_prev IS NOT NULL THEN 'printed'
            WHEN accidents_only IS NOT NULL THEN 'derived'
            WHEN accidents_yoy_printed IS NOT NULL THEN 'ambiguous'
            ELSE 'none'
        END AS accidents_base,
        CASE
            WHEN deaths_prev IS NOT NULL THEN 'printed'
            WHEN deaths_only IS NOT NULL THEN 'derived'
            WHEN deaths_yoy_printed IS NOT NULL THEN 'ambiguous'
            ELSE 'none'
        END AS deaths_base,
        accidents_yoy_printed,
        deaths_yoy_printed,
        accidents_yoy_text,
        deaths_yoy_text,
        -- a base that was derived gives what was printed
        CASE WHEN accidents_prev IS NULL AND accidents_only IS NOT NULL THEN TRUE ELSE accidents_fits END
            AS accidents_agree,
        CASE WHEN deaths_prev IS NULL AND deaths_only IS NOT NULL THEN TRUE ELSE deaths_fits END AS deaths_agree,
        CAST(NULL AS DATE) AS covered_until
    FROM fitted
),

spans AS (
    SELECT 'month' AS period, CAST(date_trunc('month', CAST($as_of AS DATE)) AS DATE) AS period_start
    UNION ALL
    SELECT 'quarter', CAST(date_trunc('quarter', CAST($as_of AS DATE)) AS DATE)
    UNION ALL
    SELECT 'year', CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE)
),

reached AS (
    -- the ledger goes at least as far as the last accident that it tells of
    SELECT
        region,
        CAST(date_trunc('year', min(occurred_on)) AS DATE) AS kept_since,
        CASE WHEN max(ledger_until) IS NOT NULL THEN greatest(max(ledger_until), max(occurred_on)) END AS covered_until
    FROM accidents
    GROUP BY region
),

regions AS (
    SELECT
        *,
        -- least() passes over what is not there
        least(covered_until, CAST($as_of AS DATE)) AS until_on
    FROM reached
),

comparable AS (
    SELECT
        regions.region,
        regions.kept_since,
        regions.covered_until,
        spans.period,
        spans.period_start,
        regions.until_on,
        regions.until_on >= spans.period_start AS is_covered,
        CASE WHEN regions.until_on >= spans.period_start THEN regions.until_on ELSE CAST($as_of AS DATE) END AS period_end,
        CAST(spans.period_start - INTERVAL 1 YEAR AS DATE) AS prev_start,
        -- a month that has run to its end is compared with the whole month
        CASE
            WHEN regions.until_on = last_day(regions.until_on)
                THEN last_day(CAST(regions.until_on - INTERVAL 1 YEAR AS DATE))
            ELSE CAST(regions.until_on - INTERVAL 1 YEAR AS DATE)
        END AS prev_end
    FROM spans
    CROSS JOIN regions
),

counted AS (
    SELECT
        'records' AS source,
        comparable.period,
        comparable.region,
        CAST(NULL AS VARCHAR) AS industry,
        comparable.period_start,
        comparable.period_end,
        comparable.is_covered,
        count(accidents.occurred_on) FILTER (WHERE accidents.occurred_on >= comparable.period_start) AS accidents,
        coalesce(sum(accidents.deaths) FILTER (WHERE accidents.occurred_on >= comparable.period_start), 0) AS deaths,
        count(accidents.occurred_on) FILTER (WHERE accidents.occurred_on <= comparable.prev_end) AS accidents_before,
        coalesce(sum(accidents.deaths) FILTER (WHERE accidents.occurred_on <= comparable.prev_end), 0) AS deaths_before,
        comparable.is_covered AND comparable.kept_since <= comparable.prev_start AS has_base,
        comparable.covered_until
    FROM comparable
    LEFT JOIN accidents
        ON accidents.counted
        AND accidents.region IS NOT DISTINCT FROM comparable.region
        AND (
            accidents.occurred_on BETWEEN comparable.period_start AND comparable.until_on
            OR accidents.occurred_on BETWEEN comparable.prev_start AND comparable.prev_end
        )
    GROUP BY
        comparable.period, comparable.region, comparable.period_start, comparable.period_end, comparable.is_covered,
        comparable.prev_start, comparable.kept_since, comparable.covered_until
),

compared AS (
    SELECT * FROM published
    UNION ALL
    SELECT
        source, period, region, industry, period_start, period_end,
        CASE WHEN is_covered THEN accidents END,
        CASE WHEN is_covered THEN CAST(deaths AS BIGINT) END,
        CASE WHEN has_base THEN accidents_before END,
        CASE WHEN has_base THEN CAST(deaths_before AS BIGINT) END,
        CASE WHEN has_base THEN 'counted' ELSE 'none' END,
        CASE WHEN has_base THEN 'counted' ELSE 'none' END,
        CAST(NULL AS DOUBLE),
        CAST(NULL AS DOUBLE),
        CAST(NULL AS VARCHAR),
        CAST(NULL AS VARCHAR),
        CAST(NULL AS BOOLEAN),
        CAST(NULL AS BOOLEAN),
        covered_until
    FROM counted
),

measured AS (
    -- hundredths of a percent are whole numbers, rounded as on paper: half away from zero
    SELECT
        *,
        sign(accidents - accidents_prev) * ((abs(accidents - accidents_prev) * 20000 + accidents_prev)
        // nullif(accidents_prev * 2, 0)) / 100 AS accidents_change,
        sign(deaths - deaths_prev) * ((abs(deaths - deaths_prev) * 20000 + deaths_prev)
        // nullif(deaths_prev * 2, 0)) / 100 AS deaths_change
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
    CAST(accidents_change AS DECIMAL(18, 2)) AS accidents_yoy,
    CAST(accidents_yoy_printed AS DECIMAL(18, 2)) AS accidents_yoy_printed,
    accidents_yoy_text,
    accidents_agree,
    CAST(deaths_change AS DECIMAL(18, 2)) AS deaths_yoy,
    CAST(deaths_yoy_printed AS DECIMAL(18, 2)) AS deaths_yoy_printed,
    deaths_yoy_text,
    deaths_agree,
    covered_until
FROM measured
ORDER BY source <> 'published', region, period_start, period_end, period, industry
