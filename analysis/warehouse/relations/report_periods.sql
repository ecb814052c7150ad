-- 报送期次 · report_periods
-- 一行：一个地区的一个半月，在 $as_of（含当日）以前开始
-- 口径：期次为每月 1—15 日和 16 日至月末，应报日期按设置和放假安排推出，对各单位一样；$known_on 不起作用。
-- 检验：唯一 region、period_start；成立 期末以后才应报：period_start <= period_end AND period_end < due_on
SELECT
    region,
    period_start,
    period_end,
    due_on
FROM report_period
WHERE period_start <= CAST($as_of AS DATE)
