-- 事故 · accidents
-- 一行：一起事故，发生于 $as_of（含当日）以前
-- 口径：只用 $known_on（含当日）以前收到的报送。没有注明是否计入的，按计入处理；一般道路交通事故和刑事案件注明不计入。
--   发生日期读不出来的也在其中，日期为空，不归入任何时段。
-- 检验：唯一 path、sheet、row_no；非空 counted
SELECT
    accident.accident_no,
    accident.occurred_on,
    accident.region,
    accident.industry,
    accident.kind,
    accident.deaths,
    accident.serious_injuries,
    accident.minor_injuries,
    accident.loss_10k,
    accident.grade,
    coalesce(accident.counted, TRUE) AS counted,
    submission.is_simulated,
    submission.path,
    accident.sheet,
    accident.row_no
FROM accident
LEFT JOIN submission ON accident.submission_id = submission.submission_id
WHERE coalesce(accident.occurred_on, accident.known_from) <= CAST($as_of AS DATE)
    AND in_force(accident)
