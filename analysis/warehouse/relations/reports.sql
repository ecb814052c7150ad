-- 半月报 · reports
-- 一行：一个单位一期半月报，期次在 $as_of（含当日）以前开始
-- 口径：只用 $known_on（含当日）以前收到的报送。报送日期：在网页上报送的按确认的日期；专班办公室手工收的按填写的报送日期，
--   没有填写的、晚于收到日期的、早于期次的按收到日期；重报的按首次。几个单位的汇总里别的单位填了、这个单位没有填报送日期的，
--   和没有内容也没有日期的，视为未报。期次止没有填写、读不出的，取期次起所在的半月；期次起不是 1 日、16 日的推不出，为空。
--   told_on 是报送日期，在截至日以后的也写明。
--   口径变更：2026-12-01 起，单位账号改报已经报过的数字、日期、类型的，专班核实以前仍按原来报的；此前按后报的算。
-- 检验：唯一 path、sheet、row_no、unit、period_start；非空 period_start
SELECT
    half_month.unit,
    half_month.period_start,
    coalesce(half_month.period_end, report_period.period_end) AS period_end,
    half_month.due_on,
    CASE
        WHEN coalesce(half_month.reported_on, half_month.submitted_on) <= CAST($as_of AS DATE)
            THEN coalesce(half_month.reported_on, half_month.submitted_on)
    END AS submitted_on,
    coalesce(half_month.reported_on, half_month.submitted_on) AS told_on,
    half_month.zero_report,
    half_month.visits,
    half_month.sites_inspected,
    half_month.hazards_found,
    half_month.hazards_done,
    half_month.major_found,
    half_month.major_closed,
    half_month.supervised,
    half_month.progress,
    half_month.difficulties,
    half_month.next_steps,
    half_month.region,
    submission.is_simulated,
    submission.path,
    half_month.sheet,
    half_month.row_no
FROM half_month
LEFT JOIN submission ON half_month.submission_id = submission.submission_id
LEFT JOIN report_period
    ON half_month.region IS NOT DISTINCT FROM report_period.region
    AND half_month.period_start = report_period.period_start
WHERE half_month.period_start <= CAST($as_of AS DATE)
    AND in_force(half_month)
