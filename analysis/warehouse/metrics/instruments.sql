-- 督促手段的使用 · instruments
-- 一行：一种手段用于一个对象；对象“全部”是这种手段的合计
-- 口径：手段是约谈警示、媒体曝光、现场办公、督导检查（取履职台账，一次有几个对象的，每个对象各算一次）和挂牌督办（取隐患台账，一条隐患
--   一次，对象是责任单位）。没有写明对象的算在“未填”。
--   与手段同列的是其后 30 天的整改情况：对象（单位、场所或乡镇）当日还没有完成的隐患有几条（挂牌督办只算挂牌的那几条），其后 30 天内完成几条；作对照的是同一地区同一天
--   没有完成、当日没有用这种手段的其他隐患（挂牌督办只与没有挂牌的重大隐患比）。按次累计，一条隐患可能计几次；满 30 天的才计。
--   两者并列，不说明因果：用手段的往往是更难的事项，数字的差别不等于手段的作用。撤销的、经核实停业关停的不计。
-- 列：
--   instrument 手段
--   target 对象，“全部”为合计
--   acts 使用（次），按对象
--   last_on 最近一次
--   judged 满 30 天的（次），同一对象同一天算一次
--   open_then 对象当日未完成隐患（条次），挂牌督办为挂牌的隐患
--   done_after 其后 30 天内完成（条次）
--   done_rate 其后完成率 = done_after / open_then
--   alike_open 对照未完成：其他隐患当日未完成（条次）
--   alike_done 对照完成：其后 30 天内完成（条次）
--   alike_rate 对照完成率 = alike_done / alike_open
-- 依据：挂牌督办、约谈警示、媒体曝光、现场办公
-- 措施：挂牌督办、约谈、曝光、现场办公
-- 检验：唯一 instrument、target；
--   合计 acts、judged、open_then、done_after、alike_open、alike_done，target = '全部'，按 instrument；
--   成立 完成的不多于当日未完成的：done_after <= open_then AND alike_done <= alike_open AND judged <= acts
WITH hazards AS (
    SELECT item_id, region, unit, site, township, level, opened_on, done_on, supervised, supervised_on
    FROM items
    WHERE kind = 'hazard' AND NOT is_void AND NOT is_suspended
),

used AS (
    SELECT
        kind AS instrument, region, coalesce(target, '未填') AS target, held_on AS day,
        CAST(NULL AS VARCHAR) AS item_id
    FROM targets
    WHERE kind IN ('约谈警示', '媒体曝光', '现场办公', '督导检查')
    UNION ALL
    SELECT '挂牌督办', region, coalesce(unit, '未填'), supervised_on, item_id
    FROM hazards
    WHERE supervised AND supervised_on <= CAST($as_of AS DATE)
),

ripe AS (
    SELECT DISTINCT instrument, region, target, day, item_id
    FROM used
    WHERE day <= CAST($as_of AS DATE) - INTERVAL 30 DAY
),

called AS (
    SELECT item_id, region, unit AS target, opened_on, done_on FROM hazards
    UNION ALL
    SELECT item_id, region, site, opened_on, done_on FROM hazards
    UNION ALL
    SELECT item_id, region, township, opened_on, done_on FROM hazards
),

concerned AS (
    -- what is called by one name twice is one all the same
    SELECT DISTINCT ripe.instrument, ripe.region, ripe.target, ripe.day, called.item_id, called.done_on
    FROM ripe
    INNER JOIN called
        ON ripe.target = called.target
        AND ripe.region IS NOT DISTINCT FROM called.region
        AND called.opened_on <= ripe.day
        AND coalesce(called.done_on > ripe.day, TRUE)
    WHERE ripe.item_id IS NULL
    UNION ALL
    SELECT ripe.instrument, ripe.region, ripe.target, ripe.day, hazards.item_id, hazards.done_on
    FROM ripe
    INNER JOIN hazards ON ripe.item_id = hazards.item_id
    WHERE hazards.opened_on <= ripe.day AND coalesce(hazards.done_on > ripe.day, TRUE)
),

own AS (
    SELECT
        instrument, region, target, day,
        count(*) AS open_then,
        count(*) FILTER (WHERE done_on <= day + INTERVAL 30 DAY) AS done_after
    FROM concerned
    GROUP BY instrument, region, target, day
),

of_day AS (
    -- one item may be concerned as a unit's and as a site's
    SELECT
        instrument, region, day,
        count(*) AS open_then,
        count(*) FILTER (WHERE done_on <= day + INTERVAL 30 DAY) AS done_after
    FROM (SELECT DISTINCT instrument, region, day, item_id, done_on FROM concerned) AS each_once
    GROUP BY instrument, region, day
),

days AS (
    SELECT DISTINCT instrument, region, day FROM ripe
),

spans AS (
    -- all hazards by their two days: far fewer than hazards
    SELECT
        region,
        opened_on,
        done_on,
        coalesce(level = '重大', FALSE) AS is_major,
        CASE WHEN supervised THEN coalesce(supervised_on, opened_on) END AS listed_on,
        count(*) AS items
    FROM hazards
    GROUP BY 1, 2, 3, 4, 5
),

everywhere AS (
    SELECT
        days.instrument, days.region, days.day,
        sum(spans.items) AS open_then,
        sum(CASE WHEN spans.done_on <= days.day + INTERVAL 30 DAY THEN spans.items END) AS done_after
    FROM days
    INNER JOIN spans
        ON days.region IS NOT DISTINCT FROM spans.region
        AND spans.opened_on <= days.day
        AND coalesce(spans.done_on > days.day, TRUE)
    WHERE days.instrument <> '挂牌督办'
        OR (spans.is_major AND coalesce(spans.listed_on > days.day + INTERVAL 30 DAY, TRUE))
    GROUP BY days.instrument, days.region, days.day
),

alike AS (
    SELECT
        days.instrument, days.region, days.day,
        coalesce(everywhere.open_then, 0)
        - CASE WHEN days.instrument = '挂牌督办' THEN 0 ELSE coalesce(of_day.open_then, 0) END AS open_then,
        coalesce(everywhere.done_after, 0)
        - CASE WHEN days.instrument = '挂牌督办' THEN 0 ELSE coalesce(of_day.done_after, 0) END AS done_after
    FROM days
    LEFT JOIN everywhere
        ON days.instrument = everywhere.instrument
        AND days.region IS NOT DISTINCT FROM everywhere.region
        AND days.day = everywhere.day
    LEFT JOIN of_day
        ON days.instrument = of_day.instrument
        AND days.region IS NOT DISTINCT FROM of_day.region
        AND days.day = of_day.day
),

counted AS (
    SELECT instrument, target, count(*) AS acts, max(day) AS last_on
    FROM used
    GROUP BY instrument, target
),

outcomes AS (
    SELECT
        each_act.instrument,
        each_act.target,
        count(*) AS judged,
        sum(own.open_then) AS open_then,
        sum(own.done_after) AS done_after,
        sum(alike.open_then) AS alike_open,
        sum(alike.done_after) AS alike_done
    FROM (SELECT DISTINCT instrument, region, target, day FROM ripe) AS each_act
    LEFT JOIN own
        ON each_act.instrument = own.instrument
        AND each_act.region IS NOT DISTINCT FROM own.region
        AND each_act.target = own.target
        AND each_act.day = own.day
    INNER JOIN alike
        ON each_act.instrument = alike.instrument
        AND each_act.region IS NOT DISTINCT FROM alike.region
        AND each_act.day = alike.day
    GROUP BY each_act.instrument, each_act.target
),

totals AS (
    SELECT
        counted.instrument, counted.target, counted.acts, counted.last_on,
        coalesce(outcomes.judged, 0) AS judged,
        coalesce(outcomes.open_then, 0) AS open_then,
        coalesce(outcomes.done_after, 0) AS done_after,
        coalesce(outcomes.alike_open, 0) AS alike_open,
        coalesce(outcomes.alike_done, 0) AS alike_done
    FROM counted
    LEFT JOIN outcomes ON counted.instrument = outcomes.instrument AND counted.target = outcomes.target
),

members AS (
    SELECT *, FALSE AS is_total FROM totals
    UNION ALL
    SELECT
        instrument, '全部', sum(acts), max(last_on), sum(judged), sum(open_then), sum(done_after),
        sum(alike_open), sum(alike_done), TRUE
    FROM totals
    GROUP BY instrument
)

SELECT
    instrument,
    target,
    CAST(acts AS BIGINT) AS acts,
    last_on,
    CAST(judged AS BIGINT) AS judged,
    CAST(open_then AS BIGINT) AS open_then,
    CAST(done_after AS BIGINT) AS done_after,
    CAST(done_after AS DOUBLE) / nullif(open_then, 0) AS done_rate,
    CAST(alike_open AS BIGINT) AS alike_open,
    CAST(alike_done AS BIGINT) AS alike_done,
    CAST(alike_done AS DOUBLE) / nullif(alike_open, 0) AS alike_rate
FROM members
ORDER BY instrument, is_total DESC, acts DESC, target
