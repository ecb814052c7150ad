-- 履职 · duties
-- 一行：一次履职活动，开展于 $as_of（含当日）以前
-- 口径：只用 $known_on（含当日）以前收到的报送。没有开展日期的按报送日期，都没有的按所属期的第一天，再没有的按收到日期。
--   名单写明没有开展的不在内。
--   口径变更：2026-12-01 起，单位账号改报已经报过的数字、日期、类型的，专班核实以前仍按原来报的；此前按后报的算。
-- 检验：唯一 path、sheet、row_no
SELECT
    duty.duty_id,
    duty.kind,
    duty.unit,
    duty.held_on,
    duty.period_start,
    duty.due_on,
    duty.submitted_on,
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
    AND coalesce(duty.is_held, TRUE)
