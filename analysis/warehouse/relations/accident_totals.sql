-- 公布的事故合计 · accident_totals
-- 一行：一个地区一个时段公布的合计，时段在 $as_of（含当日）以前结束
-- 口径：只用 $known_on（含当日）以前收到的报送；数字照公布的原样。同比印到小数点后几位没有记下的，按数字本身的位数。
-- 检验：唯一 path、sheet、row_no；非空 period_start、period_end；成立 时段起在止以前：period_start <= period_end
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
    accident_stat.accidents_yoy_text,
    accident_stat.deaths_yoy_text,
    coalesce(
        accident_stat.accidents_yoy_places,
        CASE
            WHEN abs(accident_stat.accidents_yoy_printed - round(accident_stat.accidents_yoy_printed)) < 0.000001
                THEN 0
            WHEN abs(accident_stat.accidents_yoy_printed * 10 - round(accident_stat.accidents_yoy_printed * 10)) < 0.000001
                THEN 1
            ELSE 2
        END
    ) AS accidents_yoy_places,
    coalesce(
        accident_stat.deaths_yoy_places,
        CASE
            WHEN abs(accident_stat.deaths_yoy_printed - round(accident_stat.deaths_yoy_printed)) < 0.000001
                THEN 0
            WHEN abs(accident_stat.deaths_yoy_printed * 10 - round(accident_stat.deaths_yoy_printed * 10)) < 0.000001
                THEN 1
            ELSE 2
        END
    ) AS deaths_yoy_places,
    submission.is_simulated,
    submission.path,
    accident_stat.sheet,
    accident_stat.row_no
FROM accident_stat
LEFT JOIN submission ON accident_stat.submission_id = submission.submission_id
WHERE accident_stat.period_end <= CAST($as_of AS DATE)
    AND in_force(accident_stat)
