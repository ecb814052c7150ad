-- 半月报与台账核对 · report_reconciliation
-- 一行：一个单位一期半月报的一项数字
-- 口径：半月报填报的数与同期台账统计的数逐项比较，没有填报的项不比，当日还没有报送的不比，期次止不明、早于期次起的不比。检查按检查单位和检查日期；隐患按责任单位，
--   发现按发现日期、完成按完成日期、销号按销号日期归期。不一致只提请核对，数字一律以台账统计为准。
-- 列：
--   unit 单位
--   period_start 期次起
--   period_end 期次止
--   figure 项目
--   reported 半月报填报
--   in_ledger 台账统计
--   difference 相差 = reported − in_ledger
--   path 半月报文件
--   sheet 工作表
--   row_no 行号
-- 依据：半月报的合计与台账不一致的须核对
-- 检验：唯一 unit、period_start、figure、path、sheet、row_no；成立 相差是两数之差：difference = reported - in_ledger
WITH told AS (
    SELECT unit, region, period_start, period_end, '检查家次' AS figure, visits AS reported, submitted_on, path, sheet, row_no FROM reports
    UNION ALL
    SELECT unit, region, period_start, period_end, '检查家数', sites_inspected, submitted_on, path, sheet, row_no FROM reports
    UNION ALL
    SELECT unit, region, period_start, period_end, '发现隐患', hazards_found, submitted_on, path, sheet, row_no FROM reports
    UNION ALL
    SELECT unit, region, period_start, period_end, '整改完成', hazards_done, submitted_on, path, sheet, row_no FROM reports
    UNION ALL
    SELECT unit, region, period_start, period_end, '发现重大隐患', major_found, submitted_on, path, sheet, row_no FROM reports
    UNION ALL
    SELECT unit, region, period_start, period_end, '重大隐患销号', major_closed, submitted_on, path, sheet, row_no FROM reports
),

hazards AS (
    -- how many have the same days: a ledger has far more rows than days
    SELECT unit, region, coalesce(level = '重大', FALSE) AS is_major, opened_on, done_on, closed_on, count(*) AS hazards
    FROM items
    WHERE kind = 'hazard' AND NOT is_void AND unit IS NOT NULL
    GROUP BY unit, region, coalesce(level = '重大', FALSE), opened_on, done_on, closed_on
),

by_day AS (
    SELECT unit, region, '检查家次' AS figure, inspected_on AS event_on, CAST(NULL AS VARCHAR) AS site, 1 AS events
    FROM inspections
    UNION ALL
    SELECT unit, region, '检查家数', inspected_on, site, 1 FROM inspections
    UNION ALL
    SELECT unit, region, '发现隐患', opened_on, NULL, hazards FROM hazards
    UNION ALL
    SELECT unit, region, '整改完成', done_on, NULL, hazards FROM hazards
    UNION ALL
    SELECT unit, region, '发现重大隐患', opened_on, NULL, hazards FROM hazards WHERE is_major
    UNION ALL
    SELECT unit, region, '重大隐患销号', closed_on, NULL, hazards FROM hazards WHERE is_major
),

counted AS (
    SELECT
        told.unit,
        told.period_start,
        told.period_end,
        told.figure,
        told.reported,
        told.path,
        told.sheet,
        told.row_no,
        CASE
            WHEN told.figure = '检查家数' THEN count(DISTINCT by_day.site)
            ELSE CAST(coalesce(sum(by_day.events), 0) AS BIGINT)
        END AS in_ledger
    FROM told
    LEFT JOIN by_day
        ON told.unit = by_day.unit
        AND told.region IS NOT DISTINCT FROM by_day.region
        AND told.figure = by_day.figure
        AND by_day.event_on >= told.period_start
        AND by_day.event_on <= told.period_end
    WHERE told.reported IS NOT NULL AND told.submitted_on IS NOT NULL
        AND told.period_start <= told.period_end
    GROUP BY
        told.unit, told.period_start, told.period_end, told.figure, told.reported,
        told.path, told.sheet, told.row_no
)

SELECT
    unit,
    period_start,
    period_end,
    figure,
    reported,
    in_ledger,
    reported - in_ledger AS difference,
    path,
    sheet,
    row_no
FROM counted
ORDER BY period_start DESC, unit, figure, path, sheet, row_no
