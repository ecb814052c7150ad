-- 安全生产挂牌责任制 · site_responsibility
-- 一行：一个维度的一个成员；维度“all”恒有一行
-- 口径：名录中的场所填写了挂牌责任人的为已挂牌；挂牌责任制落实到人，与隐患的挂牌督办是两回事。
-- 列：
--   dimension 维度：all、township、site_kind、risk_level、unit
--   member 成员，没有填写的为“未填”
--   sites 名录场所（家）
--   with_person 有挂牌责任人（家）
--   with_post 责任人写明职务（家）
--   responsibility_rate 责任挂牌率 = with_person / sites
-- 依据：安全生产挂牌责任制
-- 措施：挂牌责任
-- 检验：唯一 dimension、member；取值 dimension；各维度 sites、with_person、with_post；
--   成立 部分不多于全部：with_post <= with_person AND with_person <= sites
WITH dimensions AS (
    SELECT unnest(['all', 'township', 'site_kind', 'risk_level', 'unit']) AS dimension
),

members AS (
    SELECT
        dimensions.dimension,
        CASE dimensions.dimension
            WHEN 'all' THEN 'all'
            WHEN 'township' THEN coalesce(sites.township, '未填')
            WHEN 'site_kind' THEN coalesce(sites.site_kind, '未填')
            WHEN 'risk_level' THEN coalesce(sites.risk_level, '未填')
            WHEN 'unit' THEN coalesce(sites.unit, '未填')
        END AS member,
        sites.site,
        sites.person,
        sites.person_post
    FROM dimensions
    LEFT JOIN sites ON TRUE
),

summed AS (
    SELECT
        dimension,
        member,
        count(site) AS sites,
        count(site) FILTER (WHERE person IS NOT NULL) AS with_person,
        count(site) FILTER (WHERE person IS NOT NULL AND person_post IS NOT NULL) AS with_post
    FROM members
    GROUP BY dimension, member
    HAVING count(site) > 0 OR dimension = 'all'
)

SELECT
    *,
    CAST(with_person AS DOUBLE) / nullif(sites, 0) AS responsibility_rate
FROM summed
ORDER BY dimension, sites DESC, member
