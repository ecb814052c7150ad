-- 履职达标 · duty_compliance
-- 一行：一条定量履职要求的一个时段
-- 口径：要求取自三清单细化措施的频次和数量；每月、每季度的逐期判断，一次性的从启动到完成时限判断。
--   启动时已过一半的月、季不计（半年、全年按启动后余下不足 45 天不计），从下一期起：工作没有开始，没有欠账。
--   履职按开展日期归期，没有开展日期的按报送日期；本单位和专班（办公室）开展的同类履职都算，按履职台账的数量计，没有填写数量的为 1。
--   时段已结束而不足的为缺，未结束的为进行中。对应不上履职类型的要求不判断，状态为空。
-- 列：
--   sub_no 细化措施编号
--   requirement 要求：细化措施
--   unit 责任单位
--   duty_kind 履职类型
--   frequency 频次，空为一次性
--   period_start 时段起
--   period_end 时段止
--   required 要求数（次、份）
--   done 已完成（次、份）
--   missing 还缺（次、份）
--   state 情形：met 达标，short 不足，running 进行中
-- 依据：细化措施 5-1、5-2、5-3 的每月、每季度至少 1 次和报告 2 份
WITH asked AS (
    SELECT
        *,
        CASE frequency
            WHEN '每月' THEN 1
            WHEN '每季度' THEN 3
            WHEN '每半年' THEN 6
            WHEN '每年' THEN 12
        END AS months,
        CASE frequency
            WHEN '每月' THEN CAST(date_trunc('month', start_on) AS DATE)
            WHEN '每季度' THEN CAST(date_trunc('quarter', start_on) AS DATE)
            WHEN '每半年'
                THEN CASE
                    WHEN extract(MONTH FROM start_on) > 6
                        THEN CAST(date_trunc('year', start_on) + INTERVAL 6 MONTH AS DATE)
                    ELSE CAST(date_trunc('year', start_on) AS DATE)
                END
            WHEN '每年' THEN CAST(date_trunc('year', start_on) AS DATE)
            ELSE start_on
        END AS first_start
    FROM requirements
    WHERE start_on <= CAST($as_of AS DATE)
),

steps AS (
    SELECT
        *,
        unnest(
            generate_series(
                0,
                CASE
                    WHEN months IS NULL THEN 0
                    ELSE CAST(floor(date_diff('month', first_start, CAST($as_of AS DATE)) / months) AS BIGINT)
                END
            )
        ) AS step
    FROM asked
),

periods AS (
    SELECT
        item_id,
        sub_no,
        sub_measure,
        unit,
        duty_kind,
        frequency,
        quantity,
        region,
        months,
        start_on,
        CASE WHEN months IS NULL THEN start_on ELSE CAST(first_start + INTERVAL (step * months) MONTH AS DATE) END AS period_start,
        CASE
            WHEN months IS NULL THEN due_on
            ELSE CAST(first_start + INTERVAL ((step + 1) * months) MONTH - INTERVAL 1 DAY AS DATE)
        END AS period_end
    FROM steps
),

owed AS (
    SELECT *
    FROM periods
    WHERE months IS NULL
        OR period_start >= start_on
        OR 2 * (date_diff('day', start_on, period_end) + 1)
            >= least(date_diff('day', period_start, period_end) + 1, 90)
),

counted AS (
    SELECT
        owed.item_id,
        owed.sub_no,
        owed.sub_measure,
        owed.unit,
        owed.duty_kind,
        owed.frequency,
        owed.quantity,
        owed.period_start,
        owed.period_end,
        coalesce(
            sum(CASE WHEN duties.kind IS NOT NULL THEN coalesce(duties.quantity, 1) END), 0
        ) AS done
    FROM owed
    LEFT JOIN duties
        ON owed.duty_kind = duties.kind
        AND owed.region IS NOT DISTINCT FROM duties.region
        AND (owed.unit = duties.unit OR duties.unit LIKE '%专班%')
        AND coalesce(duties.held_on, duties.submitted_on) >= owed.period_start
        AND coalesce(duties.held_on, duties.submitted_on) <= coalesce(owed.period_end, CAST($as_of AS DATE))
    GROUP BY
        owed.item_id, owed.sub_no, owed.sub_measure, owed.unit, owed.duty_kind,
        owed.frequency, owed.quantity, owed.period_start, owed.period_end
)

SELECT
    sub_no,
    sub_measure AS requirement,
    unit,
    duty_kind,
    frequency,
    period_start,
    period_end,
    quantity AS required,
    CASE WHEN duty_kind IS NOT NULL THEN done END AS done,
    CASE WHEN duty_kind IS NOT NULL THEN greatest(quantity - done, 0) END AS missing,
    CASE
        WHEN duty_kind IS NULL THEN NULL
        WHEN done >= quantity THEN 'met'
        WHEN period_end < CAST($as_of AS DATE) THEN 'short'
        ELSE 'running'
    END AS state
FROM counted
ORDER BY sub_no, item_id, period_start
