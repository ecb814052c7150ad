-- 事故逐月 · accident_monthly
-- 一行：一个地区、一个维度的一个成员、一个月，当年 1 月至当日所在的月；台账没有到当日的，至台账到的那个月
-- 口径：由事故台账计得。计入统计的和不计入的（一般道路交通事故、刑事案件）分开；当月只到当日，与上年相同的日子比，
--   当日是月末的，与上年整月比（2 月 28 日比到闰年的 29 日）；
--   同比 =（本期 − 上年同期）/ 上年同期 × 100，上年同期为 0 的没有百分比；台账没有覆盖上年同期的没有可比数据。
--   没有收到不等于零：台账只到当日以前某一天的，到那一天为止，以后的月份没有行（见事故同比）。
-- 口径变更：2026-12-01 起，台账没有到的日子不再当作没有事故。
-- 口径变更：2026-12-01 起，当日是月末的与上年整月比。
-- 列：
--   region 地区
--   counted 是否计入统计
--   dimension 维度：all、industry、grade、kind
--   member 成员，没有填写的为“未填”
--   month_start 月份：该月第一天
--   accidents 起数（起）
--   deaths 死亡人数（人）
--   accidents_prev 上年同期起数（起）
--   deaths_prev 上年同期死亡（人）
--   accidents_total 年内累计起数（起）
--   deaths_total 年内累计死亡（人）
--   accidents_total_prev 上年累计起数（起）
--   deaths_total_prev 上年累计死亡（人）
--   accidents_yoy 累计起数同比%
--   deaths_yoy 累计死亡同比%
-- 依据：事故形势分析，1—N 月累计与上年同期比较
-- 检验：唯一 region、counted、dimension、member、month_start；取值 dimension；
--   各维度 accidents、deaths，按 region、counted、month_start；
--   成立 累计是逐月相加：accidents_total = sum(accidents) OVER (PARTITION BY region, counted, dimension, member ORDER BY month_start)
WITH reached AS (
    -- the ledger goes at least as far as the last accident that it tells of
    SELECT
        region,
        CAST(date_trunc('year', min(occurred_on)) AS DATE) AS kept_since,
        CASE WHEN max(ledger_until) IS NOT NULL THEN greatest(max(ledger_until), max(occurred_on)) END AS covered_until
    FROM accidents
    GROUP BY region
),

ends AS (
    SELECT
        region,
        kept_since,
        -- least() passes over what is not there
        least(covered_until, CAST($as_of AS DATE)) AS until_on
    FROM reached
),

kept AS (
    SELECT
        region,
        kept_since,
        until_on,
        CASE
            WHEN until_on = last_day(until_on) THEN last_day(CAST(until_on - INTERVAL 1 YEAR AS DATE))
            ELSE CAST(until_on - INTERVAL 1 YEAR AS DATE)
        END AS prev_end
    FROM ends
    WHERE until_on >= CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE)
),

dated AS (
    SELECT
        accidents.region,
        accidents.counted,
        coalesce(accidents.industry, '未填') AS industry,
        coalesce(accidents.grade, '未填') AS grade,
        coalesce(accidents.kind, '未填') AS kind,
        accidents.deaths,
        CAST(date_part('year', CAST($as_of AS DATE)) AS BIGINT)
        - CAST(date_part('year', accidents.occurred_on) AS BIGINT) AS years_ago,
        CAST(date_part('month', accidents.occurred_on) AS BIGINT) AS month_no
    FROM accidents
    INNER JOIN kept ON accidents.region IS NOT DISTINCT FROM kept.region
    WHERE
        accidents.occurred_on BETWEEN CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE) AND kept.until_on
        OR accidents.occurred_on BETWEEN CAST(date_trunc('year', CAST($as_of AS DATE)) - INTERVAL 1 YEAR AS DATE)
        AND kept.prev_end
),

dimensions AS (
    SELECT unnest(['all', 'industry', 'grade', 'kind']) AS dimension
),

members AS (
    SELECT
        dated.region,
        dated.counted,
        dimensions.dimension,
        CASE dimensions.dimension
            WHEN 'all' THEN 'all'
            WHEN 'industry' THEN dated.industry
            WHEN 'grade' THEN dated.grade
            WHEN 'kind' THEN dated.kind
        END AS member,
        dated.years_ago,
        dated.month_no,
        dated.deaths
    FROM dated
    CROSS JOIN dimensions
),

months AS (
    SELECT
        region,
        kept_since,
        unnest(generate_series(1, CAST(date_part('month', until_on) AS BIGINT))) AS month_no
    FROM kept
),

summed AS (
    SELECT
        shown.region,
        shown.counted,
        shown.dimension,
        shown.member,
        months.kept_since,
        months.month_no,
        count(members.month_no) FILTER (WHERE members.years_ago = 0) AS accidents,
        coalesce(sum(members.deaths) FILTER (WHERE members.years_ago = 0), 0) AS deaths,
        count(members.month_no) FILTER (WHERE members.years_ago = 1) AS accidents_before,
        coalesce(sum(members.deaths) FILTER (WHERE members.years_ago = 1), 0) AS deaths_before
    FROM (SELECT DISTINCT region, counted, dimension, member FROM members) AS shown
    INNER JOIN months ON shown.region IS NOT DISTINCT FROM months.region
    LEFT JOIN members
        ON shown.region IS NOT DISTINCT FROM members.region
        AND shown.counted = members.counted
        AND shown.dimension = members.dimension
        AND shown.member = members.member
        AND months.month_no = members.month_no
    GROUP BY shown.region, shown.counted, shown.dimension, shown.member, months.kept_since, months.month_no
),

accumulated AS (
    SELECT
        *,
        kept_since < CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE) AS has_base,
        CAST(sum(accidents) OVER so_far AS BIGINT) AS accidents_total,
        CAST(sum(deaths) OVER so_far AS BIGINT) AS deaths_total,
        CAST(sum(accidents_before) OVER so_far AS BIGINT) AS accidents_before_total,
        CAST(sum(deaths_before) OVER so_far AS BIGINT) AS deaths_before_total
    FROM summed
    WINDOW so_far AS (
        PARTITION BY region, counted, dimension, member ORDER BY month_no
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
),

compared AS (
    -- hundredths of a percent are whole numbers, rounded as on paper: half away from zero
    SELECT
        *,
        accidents_total - accidents_before_total AS accidents_more,
        deaths_total - deaths_before_total AS deaths_more
    FROM accumulated
)

SELECT
    region,
    counted,
    dimension,
    member,
    CAST(date_trunc('year', CAST($as_of AS DATE)) + INTERVAL (month_no - 1) MONTH AS DATE) AS month_start,
    accidents,
    CAST(deaths AS BIGINT) AS deaths,
    CASE WHEN has_base THEN accidents_before END AS accidents_prev,
    CASE WHEN has_base THEN CAST(deaths_before AS BIGINT) END AS deaths_prev,
    accidents_total,
    deaths_total,
    CASE WHEN has_base THEN accidents_before_total END AS accidents_total_prev,
    CASE WHEN has_base THEN deaths_before_total END AS deaths_total_prev,
    CASE
        WHEN has_base
            THEN CAST(
                sign(accidents_more) * ((abs(accidents_more) * 20000 + accidents_before_total)
                // nullif(accidents_before_total * 2, 0)) / 100 AS DECIMAL(9, 2)
            )
    END AS accidents_yoy,
    CASE
        WHEN has_base
            THEN CAST(
                sign(deaths_more) * ((abs(deaths_more) * 20000 + deaths_before_total)
                // nullif(deaths_before_total * 2, 0)) / 100 AS DECIMAL(9, 2)
            )
    END AS deaths_yoy
FROM compared
ORDER BY region, counted DESC, dimension, member, month_start
