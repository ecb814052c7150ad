-- 半月报报送 · report_punctuality
-- 一行：一个应报单位的一期半月报，从有记录的第一期到当日
-- 口径：期次为每月 1—15 日和 16 日至月末。应报单位是名录中须报送的（是否报送，没有填写的看是不是成员单位）
--   和名录里没有、或没有说明要不要报而曾经报送过的（收报的专班办公室不算）；名录中不须报送的，只列它报过的期次。首份名录以后才列为应报的，从应报日期
--   不早于名录收到日期的第一期起要报，名录写明自何时起的不早于那一期；名录改为不报送、不再列的，从应报日期不早于那份名录收到日期的
--   第一期起不再要报，以前各期仍要报。应报日期对各单位一样：期末后
--   设置里的报送宽限天数（平时 2 天），遇休息日顺延到下一个工作日，与各单位填写的无关。报送日期：在网页上报送的按确认的日期，手工收的按
--   填写的报送日期，没有填写的按收到日期，都不晚于收到日期。零报告也算报送。应报日期当日报送的为按期；应报日期未过而未报的为未到期。
-- 口径变更：2026-12-01 起，应报单位以名录的是否报送为准；应报日期按规定推出、遇休息日顺延，不取台账填写的；没有填写报送日期的按收到日期，不再算缺报。
-- 口径变更：2026-12-01 起，后来的名录新增的单位只欠此后各期，名录不再列的单位此后不欠；以前各期都算，或者一直算下去。
-- 列：
--   unit 单位
--   period_start 期次起
--   period_end 期次止
--   due_on 应报日期
--   submitted_on 报送日期
--   state 情形：in_time 按期，late 迟报，missing 缺报，pending 未到期
--   days_late 迟报天数（天），缺报的算到当日
--   zero_report 零报告，到当日还没有报送的为空
-- 依据：工作机制“每半月报送反馈问题整改情况”
-- 检验：唯一 unit、period_start；取值 state；成立 迟报、缺报才有天数：(days_late >= 1) = (state IN ('late', 'missing'))
WITH span AS (
    -- counties begin to report on days of their own; a first day long before its report is a slip
    SELECT
        region,
        min(period_start) AS first_start,
        CAST(date_trunc('month', min(period_start)) AS DATE) AS first_month
    FROM reports
    WHERE coalesce(date_diff('day', period_start, coalesce(told_on, submitted_on)) <= 366, TRUE)
    GROUP BY region
),

steps AS (
    SELECT
        region,
        first_start,
        first_month,
        unnest(generate_series(0, date_diff('month', first_month, CAST($as_of AS DATE)))) AS step
    FROM span
),

months AS (
    SELECT region, first_start, CAST(first_month + INTERVAL (step) MONTH AS DATE) AS month_start
    FROM steps
),

halves AS (
    SELECT
        region,
        first_start,
        month_start AS period_start,
        CAST(month_start + INTERVAL 14 DAY AS DATE) AS period_end
    FROM months
    UNION ALL
    SELECT
        region,
        first_start,
        CAST(month_start + INTERVAL 15 DAY AS DATE),
        CAST(month_start + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE)
    FROM months
),

periods AS (
    -- an export of an older program has no calendar: two days, then
    SELECT
        halves.region,
        halves.period_start,
        halves.period_end,
        coalesce(report_periods.due_on, CAST(halves.period_end + INTERVAL 2 DAY AS DATE)) AS due_on
    FROM halves
    LEFT JOIN report_periods
        ON halves.region IS NOT DISTINCT FROM report_periods.region
        AND halves.period_start = report_periods.period_start
    WHERE halves.period_end <= CAST($as_of AS DATE) AND halves.period_start >= halves.first_start
),

reporters AS (
    -- of whom the register does not say it has to report once it has begun to
    SELECT
        coalesce(units.unit, senders.unit) AS unit,
        coalesce(units.region, senders.region) AS region,
        coalesce(units.has_to_report, senders.unit IS NOT NULL) AS has_to_report,
        units.owes_from,
        units.owes_until
    FROM units
    FULL OUTER JOIN (SELECT DISTINCT unit, region FROM reports WHERE unit NOT LIKE '%专班%') AS senders
        ON units.unit = senders.unit
        AND coalesce(units.region, '') = coalesce(senders.region, '')
),

sent AS (
    SELECT
        unit,
        region,
        period_start,
        min(submitted_on) AS submitted_on,
        bool_or(zero_report) AS zero_report
    FROM reports
    GROUP BY unit, region, period_start
),

judged AS (
    SELECT
        reporters.unit,
        reporters.region,
        periods.period_start,
        periods.period_end,
        periods.due_on,
        sent.submitted_on,
        -- what has not come yet says nothing yet
        CASE WHEN sent.submitted_on IS NOT NULL THEN sent.zero_report END AS zero_report,
        CASE
            WHEN sent.submitted_on <= periods.due_on THEN 'in_time'
            WHEN sent.submitted_on IS NOT NULL THEN 'late'
            WHEN periods.due_on < CAST($as_of AS DATE) THEN 'missing'
            ELSE 'pending'
        END AS state
    FROM reporters
    INNER JOIN periods ON reporters.region IS NOT DISTINCT FROM periods.region
    LEFT JOIN sent
        ON reporters.unit = sent.unit
        AND reporters.region IS NOT DISTINCT FROM sent.region
        AND periods.period_start = sent.period_start
    WHERE sent.submitted_on IS NOT NULL
        OR (
            (reporters.has_to_report OR reporters.owes_until IS NOT NULL)
            AND periods.period_start >= coalesce(reporters.owes_from, periods.period_start)
            AND (reporters.owes_until IS NULL OR periods.period_start < reporters.owes_until)
        )
)

SELECT
    unit,
    period_start,
    period_end,
    due_on,
    submitted_on,
    state,
    CASE
        WHEN state IN ('late', 'missing')
            THEN date_diff('day', due_on, coalesce(submitted_on, CAST($as_of AS DATE)))
    END AS days_late,
    zero_report
FROM judged
ORDER BY period_start DESC, unit, region, due_on
