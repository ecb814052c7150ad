-- 应报单位 · units_reporting
-- 一行：一个应报半月报的单位
-- 口径：应报单位、期次和应报日期与“半月报报送”相同，以名录的是否报送为准，没有说明而曾经报送过的也算。
--   缺报是应报日期已过而没有报送的期次，从有记录的第一期算起；首份名录以后才列为应报的，从它要报的第一期算起。联络员和电话取名录，没有填写的为空。
-- 列：
--   unit 单位
--   unit_kind 单位类别
--   liaison 联络员
--   phone 联系电话
--   has_liaison 已确定联络员
--   last_period_end 最近报送的一期的期次止
--   last_submitted_on 最近一次报送日期
--   due 到期应报（期）
--   owed 缺报（期）
--   owed_since 最早缺报的一期的期次起
-- 依据：工作机制“每半月报送”“至少确定一名联络员”
-- 检验：唯一 unit；成立 缺报不多于应报：owed <= due；成立 缺报的写明从哪期起：owed_since IS NOT NULL 当 owed > 0
WITH senders AS (
    SELECT
        region,
        unit,
        max(CASE WHEN submitted_on IS NOT NULL THEN period_end END) AS last_period_end,
        max(submitted_on) AS last_submitted_on
    FROM reports
    WHERE unit NOT LIKE '%专班%'
    GROUP BY region, unit
),

begun AS (
    SELECT region, min(period_start) AS first_start
    FROM reports
    WHERE coalesce(date_diff('day', period_start, coalesce(told_on, submitted_on)) <= 366, TRUE)
    GROUP BY region
),

reporters AS (
    SELECT
        coalesce(units.unit, senders.unit) AS unit,
        coalesce(units.region, senders.region) AS region,
        units.unit_kind,
        units.liaison,
        units.phone,
        units.owes_from,
        senders.last_period_end,
        senders.last_submitted_on
    FROM units
    FULL OUTER JOIN senders
        ON units.unit = senders.unit
        AND coalesce(units.region, '') = coalesce(senders.region, '')
    WHERE coalesce(units.has_to_report, senders.unit IS NOT NULL)
),

past AS (
    SELECT report_periods.region, report_periods.period_start
    FROM report_periods
    INNER JOIN begun ON report_periods.region IS NOT DISTINCT FROM begun.region
    WHERE report_periods.period_start >= begun.first_start
        AND report_periods.due_on < CAST($as_of AS DATE)
),

sent AS (
    SELECT DISTINCT region, unit, period_start
    FROM reports
    WHERE submitted_on IS NOT NULL
),

counted AS (
    SELECT
        reporters.unit,
        reporters.region,
        count(past.period_start) AS due,
        count(*) FILTER (WHERE past.period_start IS NOT NULL AND sent.period_start IS NULL) AS owed,
        min(CASE WHEN sent.period_start IS NULL THEN past.period_start END) AS owed_since
    FROM reporters
    LEFT JOIN past
        ON reporters.region IS NOT DISTINCT FROM past.region
        AND past.period_start >= coalesce(reporters.owes_from, past.period_start)
    LEFT JOIN sent
        ON reporters.unit = sent.unit
        AND reporters.region IS NOT DISTINCT FROM sent.region
        AND past.period_start = sent.period_start
    GROUP BY reporters.unit, reporters.region
)

SELECT
    reporters.unit,
    reporters.unit_kind,
    reporters.liaison,
    reporters.phone,
    reporters.liaison IS NOT NULL AS has_liaison,
    reporters.last_period_end,
    reporters.last_submitted_on,
    counted.due,
    counted.owed,
    counted.owed_since
FROM reporters
INNER JOIN counted
    ON reporters.unit = counted.unit
    AND reporters.region IS NOT DISTINCT FROM counted.region
ORDER BY counted.owed DESC, reporters.unit, reporters.region
