-- 专项行动进展 · campaign_progress
-- 一行：一个专项行动
-- 口径：截至当日。检查按台账填写的专项行动；隐患台账没有填写的，随它的检查：先看检查编号（同一场所的在先，其次是报隐患以前
--   本单位报过的），再看同一场所同一天的检查，都按先收到的；可能属于两个专项行动的不归入任何一个。家次是检查次数，家是去重的场所。隐患不计撤销的；长期坚持（无期限）和经核实停业关停的单列，
--   不进比率。
-- 口径变更：2026-12-01 起，隐患随检查归入专项行动，此前只看隐患台账自己填写的；后收到的检查不改变已经归入的；
--   长期坚持和停业关停的不进比率。
-- 列：
--   campaign 专项行动
--   visits 检查（家次）
--   sites 检查场所（家）
--   hazards 隐患（条）
--   apart 其中单列（条）：长期坚持、无期限，和经核实停业关停的
--   done 已完成（条），单列的不在内
--   closed 已销号（条），单列的不在内
--   overdue 逾期未完成（条）
--   major_hazards 重大隐患（条）
--   major_closed 重大隐患已销号（条）
--   completion_rate 整改完成率 = done /（hazards - apart）
--   closure_rate 销号率 = closed /（hazards - apart）
--   first_on 开始：第一次检查或发现
--   last_on 最近：最后一次检查或发现
-- 依据：开展安全隐患专项排查整治
-- 措施：专项排查、专项整治、专项行动
-- 检验：唯一 campaign；
--   成立 销号不多于完成、完成不多于计入的：closed <= done AND done <= hazards - apart AND major_closed <= major_hazards
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

-- Whatever is told later of the same number or day, by whomever, moves no hazard to another campaign.
at_its_site AS (
    SELECT region, inspection_no, site, min(campaign) AS campaign
    FROM (
        SELECT *, rank() OVER (PARTITION BY region, inspection_no, site ORDER BY told_on) AS turn
        FROM inspections
    ) AS told
    WHERE turn = 1
    GROUP BY region, inspection_no, site
    HAVING count(DISTINCT campaign) <= 1
),

numbered AS (
    -- an inspection is known by its unit and number
    SELECT region, inspection_no, unit, min(campaign) AS campaign, min(told_on) AS told_on
    FROM inspections
    GROUP BY region, inspection_no, unit
),

of_anyone AS (
    -- who mends is not always who looked; where that could be either of two campaigns, it is of neither
    SELECT region, inspection_no, min(campaign) AS campaign
    FROM (
        SELECT *, rank() OVER (PARTITION BY region, inspection_no ORDER BY told_on) AS turn
        FROM numbered
    ) AS told
    WHERE turn = 1
    GROUP BY region, inspection_no
    HAVING count(DISTINCT campaign) = 1
),

of_day AS (
    SELECT region, site, inspected_on, min(campaign) AS campaign
    FROM (
        SELECT *, rank() OVER (PARTITION BY region, site, inspected_on ORDER BY told_on) AS turn
        FROM inspections
        WHERE campaign IS NOT NULL
    ) AS told
    WHERE turn = 1
    GROUP BY region, site, inspected_on
    HAVING count(DISTINCT campaign) = 1
),

hazards AS (
    SELECT
        coalesce(
            items.campaign,
            CASE
                WHEN at_its_site.inspection_no IS NOT NULL THEN at_its_site.campaign
                WHEN numbered.inspection_no IS NOT NULL THEN numbered.campaign
                ELSE of_anyone.campaign
            END,
            of_day.campaign
        ) AS campaign,
        items.is_done,
        items.is_closed,
        items.is_overdue,
        items.level,
        items.opened_on,
        items.standing OR items.is_suspended AS is_apart
    FROM items
    LEFT JOIN at_its_site
        ON items.region IS NOT DISTINCT FROM at_its_site.region
        AND items.inspection_no = at_its_site.inspection_no
        AND items.site = at_its_site.site
    LEFT JOIN numbered
        ON items.region IS NOT DISTINCT FROM numbered.region
        AND items.inspection_no = numbered.inspection_no
        AND items.unit = numbered.unit
        AND coalesce(numbered.told_on <= items.first_known_on, TRUE)
    LEFT JOIN of_anyone
        ON items.region IS NOT DISTINCT FROM of_anyone.region
        AND items.inspection_no = of_anyone.inspection_no
    LEFT JOIN of_day
        ON items.region IS NOT DISTINCT FROM of_day.region
        AND items.site = of_day.site
        AND items.opened_on = of_day.inspected_on
    WHERE items.kind = 'hazard' AND NOT items.is_void
),

found AS (
    SELECT
        campaign,
        count(*) AS hazards,
        count(*) FILTER (WHERE is_apart) AS apart,
        count(*) FILTER (WHERE is_done AND NOT is_apart) AS done,
        count(*) FILTER (WHERE is_closed AND NOT is_apart) AS closed,
        count(*) FILTER (WHERE is_overdue) AS overdue,
        count(*) FILTER (WHERE level = '重大') AS major_hazards,
        count(*) FILTER (WHERE level = '重大' AND is_closed) AS major_closed,
        min(opened_on) AS first_on,
        max(opened_on) AS last_on
    FROM hazards
    WHERE campaign IS NOT NULL
    GROUP BY campaign
)

SELECT
    coalesce(visits.campaign, found.campaign) AS campaign,
    coalesce(visits.visits, 0) AS visits,
    coalesce(visits.sites, 0) AS sites,
    coalesce(found.hazards, 0) AS hazards,
    coalesce(found.apart, 0) AS apart,
    coalesce(found.done, 0) AS done,
    coalesce(found.closed, 0) AS closed,
    coalesce(found.overdue, 0) AS overdue,
    coalesce(found.major_hazards, 0) AS major_hazards,
    coalesce(found.major_closed, 0) AS major_closed,
    CAST(found.done AS DOUBLE) / nullif(found.hazards - found.apart, 0) AS completion_rate,
    CAST(found.closed AS DOUBLE) / nullif(found.hazards - found.apart, 0) AS closure_rate,
    least(visits.first_on, found.first_on) AS first_on,
    greatest(visits.last_on, found.last_on) AS last_on
FROM visits
FULL OUTER JOIN found ON visits.campaign = found.campaign
ORDER BY campaign
