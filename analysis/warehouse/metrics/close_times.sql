-- 整改用时 · close_times
-- 一行：一个维度的一个成员到一个终点（完成或销号）
-- 口径：从发现或下达之日算起，Kaplan–Meier 估计，没有到终点的事项按截至当日删失，不因为没有办结就不计；
--   经核实停业关停的按报告停业之日删失，主体灭失而销号的也不算到达终点。
--   发现 30 天以后才首次报来的是补登：在那以前就到终点的多半不会再报，所以从首次报来那天起才进入估计（左截断），
--   报来时已到终点的只计入事项数，不进入估计。
--   中位用时是一半事项到达终点所需天数，没有到一半的为空；区间是对数-对数变换的 95% 置信区间，不足 5 项的不给区间。
--   已到终点者平均用时只平均已到终点的，事项久拖不办时偏低，列出以供对照。撤销和长期坚持（无期限）不计。
-- 口径变更：2026-12-01 起，经核实停业关停的按报告停业之日删失，此前按截至当日；补登的从首次报来之日起进入估计；
--   不足 5 项的不给区间；等级不适用的与未填分开。
-- 列：
--   until 终点：done 完成，closed 销号
--   dimension 维度：all、kind、unit、level
--   member 成员，没有填写的为“未填”，没有这一维度的（措施、议定事项的等级）为“不适用”
--   items 事项数（项）
--   reached 已到终点（项）
--   median_days 中位用时（天）
--   median_low 中位用时下限（天）
--   median_high 中位用时上限（天），到不了的为空
--   p90_days 九成用时（天）：九成事项到达终点所需
--   p90_low 九成用时下限（天）
--   p90_high 九成用时上限（天）
--   mean_reached_days 已到终点者平均用时（天），一位小数
-- 依据：整改要求“按时完成问题整改销号”；防止久拖不决
-- 检验：唯一 until、dimension、member；取值 until、dimension；各维度 items、reached，按 until；
--   成立 区间包着中位数：median_low <= median_days AND coalesce(median_days <= median_high, TRUE)；
--   成立 到终点的不多于全部：reached <= items
WITH counted AS (
    SELECT
        kind,
        unit,
        level,
        is_done AND left_on IS NULL AS is_done,
        is_closed AND left_on IS NULL AS is_closed,
        greatest(date_diff('day', opened_on, coalesce(left_on, done_on, CAST($as_of AS DATE))), 0) AS done_days,
        greatest(date_diff('day', opened_on, coalesce(left_on, closed_on, CAST($as_of AS DATE))), 0) AS closed_days,
        -- what came within a month is told in lists that hold what was done as well
        CASE WHEN date_diff('day', opened_on, first_known_on) > 30 THEN date_diff('day', opened_on, first_known_on) ELSE 0 END
            AS entry_days,
        count(*) AS leaving
    FROM (
        -- what is shut goes on no more: neither mended nor waiting
        SELECT *, CASE WHEN suspension = 'confirmed' THEN suspended_on END AS left_on FROM items
    ) AS watched
    WHERE NOT is_void AND NOT standing
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
),

two_ends AS (
    SELECT unnest(['done', 'closed']) AS until
),

each_end AS (
    -- one pass over the items for both ends
    SELECT
        two_ends.until,
        counted.kind,
        counted.unit,
        counted.level,
        CASE WHEN two_ends.until = 'done' THEN counted.done_days ELSE counted.closed_days END AS days,
        counted.entry_days,
        counted.leaving,
        CASE WHEN two_ends.until = 'done' THEN counted.is_done ELSE counted.is_closed END AS is_reached
    FROM counted
    CROSS JOIN two_ends
),

steps AS (
    SELECT unnest([1, 2]) AS step
),

points AS (
    -- each leaves at its end (1); what was registered late comes in late (2), and not at all where it had ended by then
    SELECT
        until, kind, unit, level,
        CASE WHEN step = 1 THEN days ELSE entry_days END AS days,
        CASE WHEN step = 1 THEN leaving ELSE 0 END AS items,
        CASE WHEN step = 1 AND is_reached THEN leaving ELSE 0 END AS ended,
        CASE WHEN step = 1 AND (entry_days = 0 OR days > entry_days) THEN leaving ELSE 0 END AS leaving,
        CASE WHEN step = 1 AND is_reached AND (entry_days = 0 OR days > entry_days) THEN leaving ELSE 0 END AS reached,
        CASE WHEN step = 2 THEN leaving ELSE 0 END AS entering
    FROM each_end
    CROSS JOIN steps
    WHERE step = 1 OR entry_days > 0 AND days > entry_days
),

ends AS (
    SELECT
        until, kind, unit, level, days,
        CAST(sum(items) AS BIGINT) AS items,
        CAST(sum(ended) AS BIGINT) AS ended,
        CAST(sum(leaving) AS BIGINT) AS leaving,
        CAST(sum(reached) AS BIGINT) AS reached,
        CAST(sum(entering) AS BIGINT) AS entering
    FROM points
    GROUP BY until, kind, unit, level, days
),

dimensions AS (
    SELECT unnest(['all', 'kind', 'unit', 'level']) AS dimension
),

at_days AS (
    SELECT
        ends.until,
        dimensions.dimension,
        CASE dimensions.dimension
            WHEN 'all' THEN 'all'
            WHEN 'kind' THEN ends.kind
            WHEN 'unit' THEN coalesce(ends.unit, '未填')
            WHEN 'level' THEN coalesce(ends.level, CASE WHEN ends.kind = 'hazard' THEN '未填' ELSE '不适用' END)
        END AS member,
        ends.days,
        CAST(sum(ends.items) AS BIGINT) AS items,
        CAST(sum(ends.ended) AS BIGINT) AS ended,
        CAST(sum(ends.leaving) AS BIGINT) AS leaving,
        CAST(sum(ends.reached) AS BIGINT) AS reached,
        CAST(sum(ends.entering) AS BIGINT) AS entering
    FROM ends
    CROSS JOIN dimensions
    GROUP BY 1, 2, 3, 4
),

at_risk AS (
    SELECT
        *,
        sum(leaving - entering) OVER (
            PARTITION BY until, dimension, member ORDER BY days DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS waiting
    FROM at_days
),

surviving AS (
    SELECT
        *,
        min(CASE WHEN reached > 0 THEN waiting - reached END) OVER so_far = 0 AS is_over,
        exp(sum(ln(CASE WHEN waiting > reached THEN 1.0 - CAST(reached AS DOUBLE) / waiting ELSE 1.0 END)) OVER so_far)
            AS share_left,
        sum(CASE WHEN waiting > reached THEN CAST(reached AS DOUBLE) / (CAST(waiting AS DOUBLE) * (waiting - reached)) END)
            OVER so_far AS spread
    FROM at_risk
    WINDOW so_far AS (
        PARTITION BY until, dimension, member ORDER BY days
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
),

bounded AS (
    SELECT
        until,
        dimension,
        member,
        days,
        reached,
        CASE WHEN is_over THEN 0.0 ELSE share_left END AS share,
        CASE
            WHEN is_over THEN 0.0
            WHEN spread > 0 THEN pow(share_left, exp(1.959963984540054 * sqrt(spread) / -ln(share_left)))
            ELSE 1.0
        END AS share_low,
        CASE
            WHEN is_over THEN 0.0
            WHEN spread > 0 THEN pow(share_left, exp(-1.959963984540054 * sqrt(spread) / -ln(share_left)))
            ELSE 1.0
        END AS share_high
    FROM surviving
),

quantiles AS (
    SELECT
        until,
        dimension,
        member,
        min(days) FILTER (WHERE reached > 0 AND share <= 0.5 + 1e-9) AS median_days,
        min(days) FILTER (WHERE reached > 0 AND share_low <= 0.5 + 1e-9) AS median_low,
        min(days) FILTER (WHERE reached > 0 AND share_high <= 0.5 + 1e-9) AS median_high,
        min(days) FILTER (WHERE reached > 0 AND share <= 0.1 + 1e-9) AS p90_days,
        min(days) FILTER (WHERE reached > 0 AND share_low <= 0.1 + 1e-9) AS p90_low,
        min(days) FILTER (WHERE reached > 0 AND share_high <= 0.1 + 1e-9) AS p90_high
    FROM bounded
    GROUP BY until, dimension, member
),

sums AS (
    SELECT
        until,
        dimension,
        member,
        CAST(sum(items) AS BIGINT) AS items,
        CAST(sum(ended) AS BIGINT) AS reached,
        CAST(sum(days * ended) AS BIGINT) AS reached_days
    FROM at_days
    GROUP BY until, dimension, member
)

SELECT
    sums.until,
    sums.dimension,
    sums.member,
    sums.items,
    sums.reached,
    quantiles.median_days,
    CASE WHEN sums.items >= 5 THEN quantiles.median_low END AS median_low,
    CASE WHEN sums.items >= 5 THEN quantiles.median_high END AS median_high,
    quantiles.p90_days,
    CASE WHEN sums.items >= 5 THEN quantiles.p90_low END AS p90_low,
    CASE WHEN sums.items >= 5 THEN quantiles.p90_high END AS p90_high,
    -- whole tenths of a day, half up
    CAST((sums.reached_days * 20 + sums.reached) // nullif(sums.reached * 2, 0) AS DOUBLE) / 10 AS mean_reached_days
FROM sums
INNER JOIN quantiles
    ON sums.until = quantiles.until
    AND sums.dimension = quantiles.dimension
    AND sums.member = quantiles.member
ORDER BY sums.until DESC, sums.dimension, sums.items DESC, sums.member
