-- 履职达标 · duty_compliance
-- 一行：一条定量履职要求的一个时段
-- 口径：要求取自三清单细化措施的频次和数量；每月、每季度的逐期判断，一次性的从启动到完成时限判断。
--   只计整个在启动以后的时段（启动之日恰是第一天的算）：工作没有开始，没有欠账。
--   同一单位的同类履职有宽严两条要求，较严的一条做到了较宽的就做到了，只按较严的判断（如每季度一次和每月一次的例会，按每月）；
--   较宽的一条列出次数而不判断。
--   履职按开展日期归期，没有开展日期的按报送日期，只写了月份的按那个月；本单位和专班（办公室）开展的同类履职都算，按履职台账的数量计，没有填写数量的为 1。
--   时段已结束而不足的为缺，未结束的为进行中。对应不上履职类型的要求不判断，状态为空。
-- 口径变更：2026-12-01 起，启动所在的月、季、半年、年不计；宽严两条只判断较严的一条。
-- 列：
--   plan_no 方案文号，只有一个方案的为空
--   sub_no 细化措施编号，没有细化的为整改措施编号
--   requirement 要求：措施的文字
--   unit 责任单位
--   duty_kind 履职类型
--   frequency 频次，空为一次性
--   period_start 时段起
--   period_end 时段止
--   required 要求数（次、份）
--   done 已完成（次、份）
--   missing 还缺（次、份）
--   state 情形：met 达标，short 不足，running 进行中，stricter 按较严的一条判断
--   stricter_no 较严的一条的编号
-- 依据：三清单各项措施写明的频次和数量
-- 措施：定量
-- 检验：唯一 sub_no、requirement、unit、period_start；取值 state；
--   成立 还缺 = 要求 − 已完成：missing = greatest(required - done, 0)；成立 达标的不缺：missing = 0 当 state = 'met'
WITH asked AS (
    SELECT
        *,
        CASE frequency
            WHEN '每月' THEN 1
            WHEN '每季度' THEN 3
            WHEN '每季' THEN 3
            WHEN '每半年' THEN 6
            WHEN '每年' THEN 12
        END AS months,
        CASE frequency
            WHEN '每月' THEN CAST(date_trunc('month', start_on) AS DATE)
            WHEN '每季' THEN CAST(date_trunc('quarter', start_on) AS DATE)
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
        plan_no,
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
    WHERE period_start >= start_on
),

stricter AS (
    -- who does the other clause in each of its periods has done this one as well
    SELECT owed.item_id, owed.sub_no, owed.period_start, min(other.sub_no) AS stricter_no
    FROM owed
    INNER JOIN asked AS other
        ON owed.duty_kind = other.duty_kind
        AND owed.unit = other.unit
        AND owed.region IS NOT DISTINCT FROM other.region
        AND other.start_on <= owed.period_start
        AND owed.months % other.months = 0
        AND other.quantity * (owed.months // other.months) >= owed.quantity
        AND (other.months < owed.months OR other.quantity > owed.quantity)
    GROUP BY owed.item_id, owed.sub_no, owed.period_start
),

counted AS (
    SELECT
        owed.item_id,
        owed.plan_no,
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
        AND coalesce(duties.held_on, duties.submitted_on, duties.period_start) >= owed.period_start
        AND coalesce(duties.held_on, duties.submitted_on, duties.period_start) <= coalesce(owed.period_end, CAST($as_of AS DATE))
    GROUP BY
        owed.item_id, owed.plan_no, owed.sub_no, owed.sub_measure, owed.unit, owed.duty_kind,
        owed.frequency, owed.quantity, owed.period_start, owed.period_end
)

SELECT
    counted.plan_no,
    counted.sub_no,
    counted.sub_measure AS requirement,
    counted.unit,
    counted.duty_kind,
    counted.frequency,
    counted.period_start,
    counted.period_end,
    counted.quantity AS required,
    CASE WHEN counted.duty_kind IS NOT NULL THEN counted.done END AS done,
    CASE
        WHEN counted.duty_kind IS NOT NULL AND stricter.stricter_no IS NULL
            THEN greatest(counted.quantity - counted.done, 0)
    END AS missing,
    CASE
        WHEN counted.duty_kind IS NULL THEN NULL
        WHEN stricter.stricter_no IS NOT NULL THEN 'stricter'
        WHEN counted.done >= counted.quantity THEN 'met'
        WHEN counted.period_end < CAST($as_of AS DATE) THEN 'short'
        ELSE 'running'
    END AS state,
    stricter.stricter_no
FROM counted
LEFT JOIN stricter
    ON counted.item_id = stricter.item_id
    AND counted.sub_no IS NOT DISTINCT FROM stricter.sub_no
    AND counted.period_start = stricter.period_start
ORDER BY counted.sub_no, counted.item_id, counted.period_start
