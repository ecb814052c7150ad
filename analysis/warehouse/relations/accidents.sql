-- 事故 · accidents
-- 一行：一起事故，发生于 $as_of（含当日）以前
-- 口径：只用 $known_on（含当日）以前收到的报送。没有注明是否计入的，按计入处理；一般道路交通事故和刑事案件注明不计入。
--   发生日期读不出来的也在其中，日期为空，不归入任何时段。
--   ledger_until 本县的事故台账到哪一天：已收到的各份台账写明的截至日（期末），没有写明的取收到日，取最晚的；
--   重报而没有新事故的台账也算。这一天以后有没有事故，没有人报过。
-- 检验：唯一 path、sheet、row_no；非空 counted
WITH ledgers_until AS (
    -- where counties are rolled up, the names of each one's submissions begin with its own
    SELECT
        CASE WHEN contains(submission_id, '·') THEN split_part(submission_id, '·', 1) ELSE '' END AS county,
        max(coalesce(period_on, received_on)) AS ledger_until
    FROM submission
    WHERE ledger = 'accident'
        AND was_received(received_on)
        AND NOT coalesce(was_received(withdrawn_on), FALSE)
    GROUP BY CASE WHEN contains(submission_id, '·') THEN split_part(submission_id, '·', 1) ELSE '' END
)

SELECT
    accident.accident_no,
    accident.occurred_on,
    accident.region,
    accident.industry,
    accident.kind,
    accident.deaths,
    accident.serious_injuries,
    accident.minor_injuries,
    accident.loss_10k,
    accident.grade,
    coalesce(accident.counted, TRUE) AS counted,
    ledgers_until.ledger_until,
    submission.is_simulated,
    submission.path,
    accident.sheet,
    accident.row_no
FROM accident
LEFT JOIN submission ON accident.submission_id = submission.submission_id
LEFT JOIN ledgers_until
    ON ledgers_until.county = CASE
        WHEN contains(accident.submission_id, '·') THEN split_part(accident.submission_id, '·', 1)
        ELSE ''
    END
WHERE coalesce(accident.occurred_on, accident.known_from) <= CAST($as_of AS DATE)
    AND in_force(accident)
