-- 检查覆盖 · inspection_coverage
-- 一行：一个维度的一个成员
-- 口径：分母是场所名录中的场所（家），分子是当年以来检查过的（家，去重）；家次是检查次数，同一场所可多次，与家分列。
--   满 60 天未检查：距最近一次检查 60 天以上（含 60 天），从未检查的也算。名录以外被检查的场所单列为“名录外”，没有分母。
-- 口径变更：2026-12-01 起，恰满 60 天的算未检查。
-- 列：
--   dimension 维度：all、risk_level、site_kind、township
--   member 成员，没有填写的为“未填”，不在名录的为“名录外”
--   sites 名录场所（家）
--   inspected 当年检查过（家）
--   visits 当年检查（家次）
--   idle_60 满60天未检查（家）
--   coverage_rate 检查覆盖率 = inspected / sites
-- 依据：双随机检查聚焦风险较高的场所
-- 措施：双随机
-- 检验：唯一 dimension、member；取值 dimension；各维度 sites、inspected、visits；
--   成立 检查过的不多于家次：inspected <= visits
WITH visited AS (
    SELECT
        region,
        site,
        count(*) FILTER (WHERE inspected_on >= CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE)) AS visits,
        max(inspected_on) AS last_on
    FROM inspections
    WHERE site IS NOT NULL
    GROUP BY region, site
),

listed AS (
    SELECT
        region,
        site,
        max(risk_level) AS risk_level,
        max(site_kind) AS site_kind,
        max(township) AS township
    FROM sites
    WHERE site IS NOT NULL
    GROUP BY region, site
),

joined AS (
    SELECT
        listed.site IS NOT NULL AS is_listed,
        coalesce(listed.risk_level, '未填') AS risk_level,
        coalesce(listed.site_kind, '未填') AS site_kind,
        coalesce(listed.township, '未填') AS township,
        coalesce(visited.visits, 0) AS visits,
        visited.last_on
    FROM listed
    FULL OUTER JOIN visited
        ON listed.region IS NOT DISTINCT FROM visited.region AND listed.site = visited.site
),

dimensions AS (
    SELECT unnest(['all', 'risk_level', 'site_kind', 'township']) AS dimension
),

members AS (
    SELECT
        dimensions.dimension,
        CASE
            WHEN NOT joined.is_listed THEN '名录外'
            WHEN dimensions.dimension = 'all' THEN 'all'
            WHEN dimensions.dimension = 'risk_level' THEN joined.risk_level
            WHEN dimensions.dimension = 'site_kind' THEN joined.site_kind
            WHEN dimensions.dimension = 'township' THEN joined.township
        END AS member,
        joined.is_listed,
        joined.visits,
        coalesce(date_diff('day', joined.last_on, CAST($as_of AS DATE)) >= 60, TRUE) AS is_idle
    FROM joined
    CROSS JOIN dimensions
),

summed AS (
    SELECT
        dimension,
        member,
        count(*) FILTER (WHERE is_listed) AS sites,
        count(*) FILTER (WHERE visits > 0) AS inspected,
        CAST(sum(visits) AS BIGINT) AS visits,
        count(*) FILTER (WHERE is_listed AND is_idle) AS idle_60
    FROM members
    GROUP BY dimension, member
    HAVING bool_or(is_listed) OR sum(visits) > 0
)

SELECT
    *,
    CASE WHEN member <> '名录外' THEN CAST(inspected AS DOUBLE) / nullif(sites, 0) END AS coverage_rate
FROM summed
ORDER BY dimension, member = '名录外', sites DESC, member
