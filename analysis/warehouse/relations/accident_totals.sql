-- 公布的事故合计 · accident_totals
-- 一行：一个地区一个时段公布的合计，时段在 $as_of（含当日）以前结束
-- 口径：只用 $known_on（含当日）以前收到的报送；数字照公布的原样。
SELECT
    accident_stat.region,
    accident_stat.industry,
    accident_stat.period_start,
    accident_stat.period_end,
    accident_stat.accidents,
    accident_stat.deaths,
    accident_stat.accidents_prev,
    accident_stat.deaths_prev,
    accident_stat.accidents_yoy_printed,
    accident_stat.deaths_yoy_printed,
    submission.is_simulated,
    submission.path,
    accident_stat.sheet,
    accident_stat.row_no
FROM accident_stat
LEFT JOIN submission ON accident_stat.submission_id = submission.submission_id
WHERE accident_stat.period_end <= CAST($as_of AS DATE)
    AND in_force(accident_stat)
