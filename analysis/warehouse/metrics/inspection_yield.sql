-- 检查成效 · inspection_yield
-- 一行：一个维度的一个成员，当年以来
-- 口径：家次是检查次数，家是去重的场所。发现隐患的家次 / 家次为发现率；没有填写发现数的家次不进发现率和条数。
--   公示只看双随机抽查：从检查的下一个工作日起算，第 20 个工作日（含当日）以前公示为及时；这一天过了才列入应公示。
--   工作日按国务院办公厅的放假安排；安排还没有公布的年份只看周末，期限落在那里的家次单列；没有日历的旧数据按 28 个自然日计。
--   公示日期早于检查日期的不算及时。
-- 口径变更：2026-12-01 起，20 个工作日按放假安排计算，不再按 28 个自然日。
-- 列：
--   dimension 维度：all、kind、unit、site_kind、township、campaign
--   member 成员，没有填写的为“未填”；不属于专项行动的检查不在专项行动的成员里
--   visits 检查（家次）
--   sites 检查场所（家）
--   with_hazards 发现隐患的检查（家次）
--   hazards_found 发现隐患（条）
--   major_found 其中重大隐患（条）
--   per_visit 每家次发现（条），两位小数
--   yield_rate 发现率 = 发现隐患的家次 / 填写了发现数的家次
--   to_publish 应公示（家次）：双随机且第 20 个工作日已过
--   published_in_time 及时公示（家次）
--   publish_rate 及时公示率 = published_in_time / to_publish
--   by_weekdays 放假安排未公布的（家次）：应公示中的，期限只按周末推算
-- 依据：双随机、一公开；交叉互检
-- 措施：双随机、互检
-- 检验：唯一 dimension、member；取值 dimension；
--   成立 发现隐患的、应公示的不多于家次：with_hazards <= visits AND published_in_time <= to_publish AND to_publish <= visits；
--   成立 各维度的家次相同：sum(visits) OVER (PARTITION BY dimension) = max(CASE WHEN dimension = 'all' THEN visits END) OVER () 当 dimension <> 'campaign'
WITH calendar AS (
    -- the day of each number that is a working day, and how far its year is known
    SELECT region, workday_no, day AS last_on, is_arranged
    FROM workdays
    WHERE is_workday
),

counted_from AS (
    SELECT workdays.region, workdays.day, calendar.last_on, calendar.is_arranged AND workdays.is_arranged AS is_arranged
    FROM workdays
    INNER JOIN calendar
        ON workdays.region IS NOT DISTINCT FROM calendar.region
        AND workdays.workday_no + 20 = calendar.workday_no
),

dated AS (
    SELECT
        inspections.*,
        coalesce(counted_from.last_on, CAST(inspections.inspected_on + INTERVAL 28 DAY AS DATE)) AS publish_by,
        NOT counted_from.is_arranged AS is_by_weekdays
    FROM inspections
    LEFT JOIN counted_from
        ON inspections.region IS NOT DISTINCT FROM counted_from.region
        AND inspections.inspected_on = counted_from.day
    WHERE inspections.inspected_on >= CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE)
),

visits AS (
    SELECT
        region,
        site,
        coalesce(kind, '未填') AS kind,
        coalesce(unit, '未填') AS unit,
        coalesce(site_kind, '未填') AS site_kind,
        coalesce(township, '未填') AS township,
        campaign,
        hazards_found,
        major_hazards_found,
        kind LIKE '%双随机%' AND publish_by < CAST($as_of AS DATE) AS is_to_publish,
        published_on BETWEEN inspected_on AND publish_by AS is_in_time,
        is_by_weekdays
    FROM dated
),

dimensions AS (
    SELECT unnest(['all', 'kind', 'unit', 'site_kind', 'township', 'campaign']) AS dimension
),

members AS (
    SELECT
        dimensions.dimension,
        CASE dimensions.dimension
            WHEN 'all' THEN 'all'
            WHEN 'kind' THEN visits.kind
            WHEN 'unit' THEN visits.unit
            WHEN 'site_kind' THEN visits.site_kind
            WHEN 'township' THEN visits.township
            WHEN 'campaign' THEN visits.campaign
        END AS member,
        visits.region,
        visits.site,
        visits.hazards_found,
        visits.major_hazards_found,
        visits.is_to_publish,
        visits.is_in_time,
        visits.is_by_weekdays
    FROM visits
    CROSS JOIN dimensions
),

summed AS (
    SELECT
        dimension,
        member,
        count(*) AS visits,
        count(DISTINCT concat_ws('/', region, site)) FILTER (WHERE site IS NOT NULL) AS sites,
        count(hazards_found) AS told,
        count(*) FILTER (WHERE hazards_found > 0) AS with_hazards,
        CAST(coalesce(sum(hazards_found), 0) AS BIGINT) AS hazards_found,
        CAST(coalesce(sum(major_hazards_found), 0) AS BIGINT) AS major_found,
        count(*) FILTER (WHERE is_to_publish) AS to_publish,
        count(*) FILTER (WHERE is_to_publish AND is_in_time) AS published_in_time,
        count(*) FILTER (WHERE is_to_publish AND is_by_weekdays) AS by_weekdays
    FROM members
    WHERE member IS NOT NULL
    GROUP BY dimension, member
)

SELECT
    dimension,
    member,
    visits,
    sites,
    with_hazards,
    hazards_found,
    major_found,
    -- whole hundredths, half up
    CAST((hazards_found * 200 + told) // nullif(told * 2, 0) AS DOUBLE) / 100 AS per_visit,
    CAST(with_hazards AS DOUBLE) / nullif(told, 0) AS yield_rate,
    to_publish,
    published_in_time,
    CAST(published_in_time AS DOUBLE) / nullif(to_publish, 0) AS publish_rate,
    by_weekdays
FROM summed
ORDER BY dimension, visits DESC, member
