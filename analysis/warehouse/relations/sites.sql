-- 场所 · sites
-- 一行：名录中的一个场所
-- 口径：名录不分日期，$as_of 不起作用；只用 $known_on（含当日）以前收到的报送。
-- 检验：唯一 path、sheet、row_no
SELECT
    site.site_id,
    site.site,
    site.site_kind,
    site.township,
    site.unit,
    site.risk_level,
    site.likelihood,
    site.severity,
    site.person,
    site.person_post,
    site.region,
    site.extra,
    submission.is_simulated,
    submission.path,
    site.sheet,
    site.row_no
FROM site
LEFT JOIN submission ON site.submission_id = submission.submission_id
WHERE in_force(site)
