-- 检查 · inspections
-- 一行：对一个场所的一次检查，检查于 $as_of（含当日）以前
-- 口径：只用 $known_on（含当日）以前收到的报送。told_on 是首次收到的日期：有检查编号的按单位和编号，没有的按单位、场所和检查日期。
--   口径变更：2026-12-01 起，单位账号改报已经报过的数字、日期、类型的，专班核实以前仍按原来报的；此前按后报的算。
-- 检验：唯一 path、sheet、row_no
WITH first_told AS (
    SELECT region, unit, inspection_no, site, inspected_on, min(known_from) AS told_on
    FROM (
        SELECT
            region,
            unit,
            inspection_no,
            CASE WHEN inspection_no IS NULL THEN site END AS site,
            CASE WHEN inspection_no IS NULL THEN inspected_on END AS inspected_on,
            known_from
        FROM inspection
    ) AS every_row
    GROUP BY region, unit, inspection_no, site, inspected_on
)

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
    first_told.told_on,
    submission.is_simulated,
    submission.path,
    inspection.sheet,
    inspection.row_no
FROM inspection
LEFT JOIN submission ON inspection.submission_id = submission.submission_id
LEFT JOIN first_told
    ON inspection.region IS NOT DISTINCT FROM first_told.region
    AND inspection.unit IS NOT DISTINCT FROM first_told.unit
    AND inspection.inspection_no IS NOT DISTINCT FROM first_told.inspection_no
    AND (
        inspection.inspection_no IS NOT NULL
        OR (
            inspection.site IS NOT DISTINCT FROM first_told.site
            AND inspection.inspected_on IS NOT DISTINCT FROM first_told.inspected_on
        )
    )
WHERE coalesce(inspection.inspected_on, inspection.known_from) <= CAST($as_of AS DATE)
    AND in_force(inspection)
