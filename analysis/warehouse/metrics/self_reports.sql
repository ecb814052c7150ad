-- 述职 · self_reports
-- 一行：名单上的一个人（没有写人的为一个单位）的一个年度；成员“all”是这一年的合计
-- 口径：履职台账里的述职，按所属年度，没有写明的按述职日期、报送日期、收到日期的年份。同一年的名单报了几次的，同一个人只算一次，
--   有一次写明已述职的为已述职。名单以台账为准：没有列入名单的人不在内，不推断谁应当述职。
-- 列：
--   year 年度
--   member 姓名，没有写的为单位；all 合计
--   unit 单位
--   listed 名单人数（人）
--   reported 已述职（人）
--   missing 未述职（人）
--   report_rate 述职率 = reported / listed
--   reported_on 最近一次述职的日期
-- 依据：班子成员就安全生产履职情况述职
-- 措施：述职
-- 检验：唯一 year、member、unit；合计 listed、reported、missing，member = 'all'，按 year；
--   成立 未述职是名单减已述职：missing = listed - reported
WITH told AS (
    SELECT
        region,
        CAST(extract(YEAR FROM coalesce(period_start, told_on)) AS BIGINT) AS year,
        coalesce(person, unit) AS member,
        unit,
        is_held,
        CASE WHEN is_held THEN held_on END AS reported_on
    FROM acts
    WHERE kind = '述职' AND coalesce(person, unit) IS NOT NULL
),

persons AS (
    SELECT
        region,
        year,
        member,
        max(unit) AS unit,
        max(CASE WHEN is_held THEN 1 ELSE 0 END) AS reported,
        max(reported_on) AS reported_on
    FROM told
    GROUP BY region, year, member, CASE WHEN unit = member THEN NULL ELSE unit END
),

members AS (
    SELECT year, member, unit, 1 AS listed, reported, reported_on, 1 AS turn
    FROM persons
    UNION ALL
    SELECT year, 'all', NULL, count(*), sum(reported), max(reported_on), 0
    FROM persons
    GROUP BY year
)

SELECT
    year,
    member,
    unit,
    CAST(listed AS BIGINT) AS listed,
    CAST(reported AS BIGINT) AS reported,
    CAST(listed - reported AS BIGINT) AS missing,
    CAST(reported AS DOUBLE) / listed AS report_rate,
    reported_on
FROM members
ORDER BY year DESC, turn, reported, unit, member, reported_on
