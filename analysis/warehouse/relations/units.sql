-- 单位 · units
-- 一行：名录中的一个责任单位
-- 口径：名录不分日期，$as_of 不起作用；只用 $known_on（含当日）以前收到的报送。
SELECT
    unit.unit,
    unit.unit_kind,
    unit.liaison,
    unit.region,
    submission.is_simulated
FROM unit
LEFT JOIN submission ON unit.submission_id = submission.submission_id
WHERE in_force(unit)
