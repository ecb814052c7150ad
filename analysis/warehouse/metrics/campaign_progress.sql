-- 专项行动进展 · campaign_progress
-- 一行：一个专项行动
-- 口径：检查和隐患台账中填写了专项行动名称的，截至当日；家次是检查次数，家是去重的场所。隐患不计撤销的。
-- 列：
--   campaign 专项行动
--   visits 检查（家次）
--   sites 检查场所（家）
--   hazards 隐患（条）
--   done 已完成（条）
--   closed 已销号（条）
--   overdue 逾期未完成（条）
--   major_hazards 重大隐患（条）
--   major_closed 重大隐患已销号（条）
--   completion_rate 整改完成率 = done / hazards
--   closure_rate 销号率 = closed / hazards
--   first_on 开始：第一次检查或发现
--   last_on 最近：最后一次检查或发现
-- 依据：自查措施 4“开展安全隐患专项排查整治”，12 月 20 日前完成
WITH visits AS (
    SELECT
        campaign,
        count(*) AS visits,
        count(DISTINCT concat_ws('/', region, site)) FILTER (WHERE site IS NOT NULL) AS sites,
        min(inspected_on) AS first_on,
        max(inspected_on) AS last_on
    FROM inspections
    WHERE campaign IS NOT NULL
    GROUP BY campaign
),

found AS (
    SELECT
        campaign,
        count(*) AS hazards,
        count(*) FILTER (WHERE is_done) AS done,
        count(*) FILTER (WHERE is_closed) AS closed,
        count(*) FILTER (WHERE is_overdue) AS overdue,
        count(*) FILTER (WHERE level = '重大') AS major_hazards,
        count(*) FILTER (WHERE level = '重大' AND is_closed) AS major_closed,
        min(opened_on) AS first_on,
        max(opened_on) AS last_on
    FROM items
    WHERE kind = 'hazard' AND NOT is_void AND campaign IS NOT NULL
    GROUP BY campaign
)

SELECT
    coalesce(visits.campaign, found.campaign) AS campaign,
    coalesce(visits.visits, 0) AS visits,
    coalesce(visits.sites, 0) AS sites,
    coalesce(found.hazards, 0) AS hazards,
    coalesce(found.done, 0) AS done,
    coalesce(found.closed, 0) AS closed,
    coalesce(found.overdue, 0) AS overdue,
    coalesce(found.major_hazards, 0) AS major_hazards,
    coalesce(found.major_closed, 0) AS major_closed,
    CAST(found.done AS DOUBLE) / nullif(found.hazards, 0) AS completion_rate,
    CAST(found.closed AS DOUBLE) / nullif(found.hazards, 0) AS closure_rate,
    least(visits.first_on, found.first_on) AS first_on,
    greatest(visits.last_on, found.last_on) AS last_on
FROM visits
FULL OUTER JOIN found ON visits.campaign = found.campaign
ORDER BY campaign
