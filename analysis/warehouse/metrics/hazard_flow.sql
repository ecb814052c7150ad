-- 隐患闭环 · hazard_flow
-- 一行：一个隐患等级的一个环节；等级“全部”是合计
-- 口径：撤销的不计，长期坚持的隐患也在其中。发现是全部隐患；判定、立案、挂牌按台账的日期；整改是已完成（含待验收）；
--   验收须有日期和签字，主体灭失而销号的不算；销号同“已销号”；建档是已销号而判定、整改、验收的日期都已写明，重大隐患还须有立案日期。
--   停业关停的仍在发现数内。
-- 口径变更：2026-12-01 起，没有写明整改完成日期的不算建档，此前按首次报送之日也算。
-- 列：
--   level 隐患等级，“全部”为合计，没有填写的为“未填”
--   stage_no 环节序号
--   stage 环节：发现、判定、立案、督改、整改、验收、销号、建档
--   items 到达这一环节的隐患（条）
--   found 发现的隐患（条）
--   stage_rate 到达率 = items / found
-- 依据：重大隐患判定、立案、督改、销案、建档
-- 措施：重大隐患
-- 检验：唯一 level、stage_no；合计 items、found，level = '全部'，按 stage_no；成立 到达的不多于发现的：items <= found
WITH hazards AS (
    SELECT
        coalesce(level, '未填') AS level,
        judged_on <= CAST($as_of AS DATE) AS is_judged,
        filed_on <= CAST($as_of AS DATE) AS is_filed,
        supervised AS is_supervised,
        is_done,
        NOT done_as_reported AS is_dated,
        accepted_on IS NOT NULL AND accepted_by IS NOT NULL AND closure IS DISTINCT FROM 'gone' AS is_accepted,
        is_closed
    FROM items
    WHERE kind = 'hazard' AND NOT is_void
),

filed AS (
    SELECT *, is_closed AND is_judged AND is_dated AND is_accepted AND (is_filed OR level <> '重大') AS is_archived
    FROM hazards
),

by_level AS (
    SELECT
        level,
        count(*) AS found,
        count(*) FILTER (WHERE is_judged) AS judged,
        count(*) FILTER (WHERE is_filed) AS filed,
        count(*) FILTER (WHERE is_supervised) AS supervised,
        count(*) FILTER (WHERE is_done) AS done,
        count(*) FILTER (WHERE is_accepted) AS accepted,
        count(*) FILTER (WHERE is_closed) AS closed,
        count(*) FILTER (WHERE is_archived) AS archived
    FROM filed
    GROUP BY level
),

summed AS (
    SELECT level, found, judged, filed, supervised, done, accepted, closed, archived FROM by_level
    UNION ALL
    SELECT
        '全部',
        CAST(sum(found) AS BIGINT),
        CAST(sum(judged) AS BIGINT),
        CAST(sum(filed) AS BIGINT),
        CAST(sum(supervised) AS BIGINT),
        CAST(sum(done) AS BIGINT),
        CAST(sum(accepted) AS BIGINT),
        CAST(sum(closed) AS BIGINT),
        CAST(sum(archived) AS BIGINT)
    FROM by_level
    HAVING count(*) > 0
),

numbers AS (
    SELECT unnest([1, 2, 3, 4, 5, 6, 7, 8]) AS stage_no
),

stages AS (
    SELECT
        summed.level,
        summed.found,
        numbers.stage_no,
        CASE numbers.stage_no
            WHEN 1 THEN '发现'
            WHEN 2 THEN '判定'
            WHEN 3 THEN '立案'
            WHEN 4 THEN '督改'
            WHEN 5 THEN '整改'
            WHEN 6 THEN '验收'
            WHEN 7 THEN '销号'
            WHEN 8 THEN '建档'
        END AS stage,
        CASE numbers.stage_no
            WHEN 1 THEN summed.found
            WHEN 2 THEN summed.judged
            WHEN 3 THEN summed.filed
            WHEN 4 THEN summed.supervised
            WHEN 5 THEN summed.done
            WHEN 6 THEN summed.accepted
            WHEN 7 THEN summed.closed
            WHEN 8 THEN summed.archived
        END AS items
    FROM summed
    CROSS JOIN numbers
)

SELECT
    level,
    stage_no,
    stage,
    items,
    found,
    CAST(items AS DOUBLE) / nullif(found, 0) AS stage_rate
FROM stages
ORDER BY level <> '全部', level <> '重大', level, stage_no
