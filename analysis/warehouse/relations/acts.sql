-- 履职登记 · acts
-- 一行：履职台账的一行，开展于 $as_of（含当日）以前；述职的，名单上的每个人
-- 口径：只用 $known_on（含当日）以前收到的报送。told_on 是开展日期，没有的为报送日期，再没有的为所属期的第一天、收到日期。
--   名单写明没有开展的（is_held 为否）也在其中。述职名单上的人，所属年度已经开始的都在其中，当日以后才述职的 is_held 为否，
--   told_on 是所属期的第一天：名单有几个人，不因问的是哪一天而变。与“履职”不同，按单位筛选时只看这个单位的。
--   口径变更：2026-12-01 起，当日以后才述职的人仍在名单上，此前不在。
-- 检验：唯一 path、sheet、row_no；非空 told_on、is_held
WITH told AS (
    SELECT
        *,
        coalesce(held_on, submitted_on, period_start, known_from) AS first_told_on,
        coalesce(held_on, submitted_on, period_start, known_from) <= CAST($as_of AS DATE) AS is_past
    FROM duty
    WHERE in_force(duty)
        -- of the office's acts a unit's share knows only that there were any
        AND submission_id IS NOT NULL
)

SELECT
    told.kind,
    told.unit,
    told.person,
    told.target,
    told.is_past AND coalesce(told.is_held, TRUE) AS is_held,
    CASE WHEN told.is_past THEN coalesce(told.held_on, told.submitted_on) END AS held_on,
    told.period_start,
    CASE WHEN told.is_past THEN told.first_told_on ELSE told.period_start END AS told_on,
    told.subject,
    told.quantity,
    told.region,
    submission.is_simulated,
    submission.path,
    told.sheet,
    told.row_no
FROM told
LEFT JOIN submission ON told.submission_id = submission.submission_id
WHERE told.is_past
    -- who is on the list of a year that has begun is on it, on whatever day he then reports
    OR (told.kind = '述职' AND told.period_start <= CAST($as_of AS DATE))
