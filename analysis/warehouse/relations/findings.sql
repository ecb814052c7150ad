-- 数据质量问题 · findings
-- 一行：$as_of 和 $known_on（含当日）以前收到的报送中发现的一个问题
-- 口径：收到日期和填报单位取自所在的报送批次。
SELECT
    submission.unit,
    submission.received_on,
    submission.ledger,
    submission.path,
    quality.submission_id,
    quality.sheet,
    quality.row_no,
    quality.cell,
    quality.field,
    quality.value,
    quality.rule,
    quality.severity,
    quality.message,
    quality.item_id
FROM quality
INNER JOIN submission ON quality.submission_id = submission.submission_id
WHERE submission.received_on <= CAST($as_of AS DATE)
    AND was_received(submission.received_on)
