-- 报送质量 · submission_quality
-- 一行：一个填报单位；单位“全部”是合计，恒有一行
-- 口径：截至当日收到的报送。一行有几个错误只算一行。有错误的行 / 报来的记录行（入库、重复、退回）为差错率：内容没有变化而
--   又报来的行照样核对，有错误的也算，所以也在分母里。认不出台账类型的表只计份数。
-- 口径变更：2026-12-01 起，重复报来的行也在差错率的分母里；此前只在分子里，差错率可能超过 100%。
-- 列：
--   unit 填报单位，“全部”为合计，没有写明的为“未写明”
--   sheets 报送（份），一张工作表为一份
--   unrecognised 认不出的（份）
--   rows_read 读取（行）
--   rows_loaded 入库（行）
--   rows_duplicate 重复（行）
--   rows_rejected 退回（行）
--   errors 错误（个）
--   warnings 警告（个）
--   rows_with_errors 有错误的行（行）
--   error_rate 差错率 = rows_with_errors /（入库 + 重复 + 退回）
--   last_on 最近报送日期
-- 依据：底数清、情况明；报送数据真实准确
-- 检验：唯一 unit；合计 sheets、rows_read、rows_loaded、rows_rejected、errors、warnings，unit = '全部'；
--   成立 有错误的行不多于错误：rows_with_errors <= errors
WITH sent AS (
    SELECT
        submission_id,
        coalesce(unit, '未写明') AS unit,
        ledger IS NULL AS is_unrecognised,
        rows_read,
        rows_loaded,
        rows_duplicate,
        rows_rejected,
        received_on
    FROM submissions
),

told AS (
    SELECT
        submission_id,
        count(*) FILTER (WHERE severity = 'error') AS errors,
        count(*) FILTER (WHERE severity = 'warning') AS warnings,
        count(DISTINCT CASE WHEN severity = 'error' THEN row_no END) AS rows_with_errors
    FROM findings
    GROUP BY submission_id
),

joined AS (
    SELECT
        sent.unit,
        sent.submission_id,
        sent.is_unrecognised,
        sent.rows_read,
        sent.rows_loaded,
        sent.rows_duplicate,
        sent.rows_rejected,
        sent.received_on,
        told.errors,
        told.warnings,
        told.rows_with_errors
    FROM sent
    LEFT JOIN told ON sent.submission_id = told.submission_id
),

owners AS (
    SELECT unit AS owner, * FROM joined
    UNION ALL
    SELECT '全部', * FROM joined
),

summed AS (
    SELECT
        named.owner AS unit,
        count(owners.submission_id) AS sheets,
        count(owners.submission_id) FILTER (WHERE owners.is_unrecognised) AS unrecognised,
        CAST(coalesce(sum(owners.rows_read), 0) AS BIGINT) AS rows_read,
        CAST(coalesce(sum(owners.rows_loaded), 0) AS BIGINT) AS rows_loaded,
        CAST(coalesce(sum(owners.rows_duplicate), 0) AS BIGINT) AS rows_duplicate,
        CAST(coalesce(sum(owners.rows_rejected), 0) AS BIGINT) AS rows_rejected,
        CAST(coalesce(sum(owners.errors), 0) AS BIGINT) AS errors,
        CAST(coalesce(sum(owners.warnings), 0) AS BIGINT) AS warnings,
        CAST(coalesce(sum(owners.rows_with_errors), 0) AS BIGINT) AS rows_with_errors,
        max(owners.received_on) AS last_on
    FROM (SELECT owner FROM owners UNION SELECT '全部') AS named
    LEFT JOIN owners ON named.owner = owners.owner
    GROUP BY named.owner
)

SELECT
    unit,
    sheets,
    unrecognised,
    rows_read,
    rows_loaded,
    rows_duplicate,
    rows_rejected,
    errors,
    warnings,
    rows_with_errors,
    CAST(rows_with_errors AS DOUBLE) / nullif(rows_loaded + rows_duplicate + rows_rejected, 0) AS error_rate,
    last_on
FROM summed
ORDER BY unit <> '全部', errors DESC, unit
