-- 履职登记 · acts
-- 一行：履职台账的一行，开展于 $as_of（含当日）以前
-- 口径：只用 $known_on（含当日）以前收到的报送。told_on 是开展日期，没有的为报送日期，再没有的为所属期的第一天、收到日期。
--   名单写明没有开展的（is_held 为否）也在其中。与“履职”不同，按单位筛选时只看这个单位的。
-- 检验：唯一 path、sheet、row_no；非空 told_on、is_held
SELECT
    duty.kind,
    duty.unit,
    duty.person,
    duty.target,
    coalesce(duty.is_held, TRUE) AS is_held,
    coalesce(duty.held_on, duty.submitted_on) AS held_on,
    duty.period_start,
    coalesce(duty.held_on, duty.submitted_on, duty.period_start, duty.known_from) AS told_on,
    duty.subject,
    duty.quantity,
    duty.region,
    submission.is_simulated,
    submission.path,
    duty.sheet,
    duty.row_no
FROM duty
LEFT JOIN submission ON duty.submission_id = submission.submission_id
WHERE coalesce(duty.held_on, duty.submitted_on, duty.period_start, duty.known_from) <= CAST($as_of AS DATE)
    AND in_force(duty)
    -- of the office's acts a unit's share knows only that there were any
    AND duty.submission_id IS NOT NULL
