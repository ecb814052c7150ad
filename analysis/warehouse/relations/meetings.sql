-- 专班的会议 · meetings
-- 一行：一次例会或形势研判会；只知道哪个月开了几次的，一个月一行
-- 口径：只用 $known_on（含当日）以前收到的报送，召开于 $as_of（含当日）以前。履职台账里专班（办公室）召开的和没有写明单位的
--   （单位在网页上报送而没有写明的，是它自己的，不算），加上作出议定事项的会议；同一天的同类会议是一次。
--   议定事项所写的日期，与履职台账里的一次同类会议相差不过 3 天，而那一天台账没有会议的，是那一次，日期以履职台账为准。只写了月份的，held_on 为空，times 是那个月的次数。
-- 检验：唯一 region、kind、held_on、month_start；成立 有日期或者月份：coalesce(held_on, month_start) IS NOT NULL；
--   成立 次数不为零：times >= 1
WITH told AS (
    SELECT
        region,
        kind,
        held_on,
        CASE WHEN held_on IS NULL THEN period_start END AS month_start,
        CASE WHEN held_on IS NULL THEN coalesce(quantity, 1) ELSE 1 END AS times,
        1 AS is_registered
    FROM duty
    WHERE kind IN ('形势研判会', '例会')
        AND coalesce(unit LIKE '%专班%', TRUE)
        AND coalesce(is_held, TRUE)
        AND in_force(duty)
    UNION ALL
    SELECT
        region,
        CASE WHEN meeting LIKE '%研判%' THEN '形势研判会' ELSE '例会' END,
        held_on,
        CAST(NULL AS DATE),
        1,
        0
    FROM decision
    WHERE (meeting LIKE '%研判%' OR meeting LIKE '%例会%') AND in_force(decision)
),

dated AS (
    SELECT
        region,
        kind,
        held_on,
        month_start,
        max(times) AS times,
        max(is_registered) AS is_registered
    FROM told
    WHERE coalesce(held_on, month_start) <= CAST($as_of AS DATE)
    GROUP BY region, kind, held_on, month_start
)

SELECT
    dated.region,
    dated.kind,
    dated.held_on,
    dated.month_start,
    dated.times
FROM dated
-- the minutes of a meeting often bear the day on which they were written
LEFT JOIN dated AS registered
    ON dated.is_registered = 0
    AND registered.is_registered = 1
    AND dated.region IS NOT DISTINCT FROM registered.region
    AND dated.kind = registered.kind
    AND abs(date_diff('day', registered.held_on, dated.held_on)) <= 3
WHERE registered.kind IS NULL
