-- 检查 · inspections
-- 一行：对一个场所的一次检查，检查于 $as_of（含当日）以前
-- 口径：只用 $known_on（含当日）以前收到的报送。
--   口径变更：2026-12-01 起，单位账号改报已经报过的数字、日期、类型的，专班核实以前仍按原来报的；此前按后报的算。
-- 检验：唯一 path、sheet、row_no
SELECT
    inspection.inspection_no,
    inspection.inspected_on,
    inspection.kind,
    inspection.site,
    inspection.site_kind,
    inspection.township,
    inspection.unit,
    inspection.inspectors,
    inspection.items_checked,
    inspection.hazards_found,
    inspection.major_hazards_found,
    inspection.result,
    inspection.action,
    inspection.published_on,
    inspection.campaign,
    inspection.region,
    inspection.extra,
    submission.is_simulated,
    submission.path,
    inspection.sheet,
    inspection.row_no
FROM inspection
LEFT JOIN submission ON inspection.submission_id = submission.submission_id
WHERE coalesce(inspection.inspected_on, inspection.known_from) <= CAST($as_of AS DATE)
    AND in_force(inspection)
