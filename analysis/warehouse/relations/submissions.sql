-- 报送批次 · submissions
-- 一行：$as_of 和 $known_on（含当日）以前收到的一个文件的一张工作表
-- 口径：能识别为台账的和不能识别的都在内；撤回的从撤回之日起不在内。填报单位按当时所知的名称。
-- 检验：唯一 submission_id；
--   成立 读取的行一行不少：rows_read = rows_loaded + rows_duplicate + rows_ignored + rows_rejected；取值 ledger
SELECT
    submission.submission_id,
    submission.path,
    submission.sha256,
    submission.sheet,
    submission.ledger,
    coalesce(shown.unit, submission.unit) AS unit,
    submission.unit_written,
    submission.period_on,
    submission.received_on,
    submission.received_basis,
    submission.received_no,
    submission.received_at,
    submission.title,
    submission.is_plan,
    submission.document_no,
    submission.issued_on,
    submission.is_simulated,
    submission.rows_read,
    submission.rows_loaded,
    submission.rows_duplicate,
    submission.rows_ignored,
    submission.rows_rejected,
    submission.withdrawn_on
FROM submission
LEFT JOIN unit_name AS shown ON submission.unit_written = shown.written AND in_force(shown)
WHERE submission.received_on <= CAST($as_of AS DATE)
    AND was_received(submission.received_on)
    AND NOT coalesce(was_received(submission.withdrawn_on), FALSE)
