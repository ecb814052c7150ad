-- 数据质量问题 · findings
-- 一行：$as_of 和 $known_on（含当日）以前成立的一个问题
-- 口径：收到日期和填报单位取自所在的报送批次。known_from 是问题成立的日期：一般是收到日期；漏报要等应报日期过了才知道。
--   所依据的报送撤回以后，从撤回之日起不再列。
-- 检验：唯一 submission_id、sheet、row_no、cell、field、value、rule、message、item_id、known_from；
--   非空 rule、severity、message、known_from；取值 rule、severity；引用 submission_id → submission.submission_id
WITH told AS (
    SELECT
        submission.unit,
        submission.received_on,
        coalesce(quality.known_from, submission.received_on) AS known_from,
        quality.known_to,
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
)

SELECT
    unit,
    received_on,
    known_from,
    ledger,
    path,
    submission_id,
    sheet,
    row_no,
    cell,
    field,
    value,
    rule,
    severity,
    message,
    item_id
FROM told
WHERE known_from <= CAST($as_of AS DATE)
    AND in_force(told)
