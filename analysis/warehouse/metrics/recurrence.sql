-- 屡查屡犯的隐患 · recurrence
-- 一行：一个场所的同类隐患整改完成后 90 天内再次发现的一对
-- 口径：场所和隐患类别都相同；后一条的发现日期在前一条完成日期之后（不含当日）90 天以内；同一条之前有几条已完成的，
--   只与最近完成的一条配对。撤销的不计，没有填写场所或类别的无从判断，不在其中。
-- 列：
--   site 场所
--   township 乡镇
--   category 隐患类别
--   unit 责任单位：后一条的
--   first_item_id 前一条编号
--   first_done_on 前一条完成日期
--   first_state 前一条状态代码
--   item_id 后一条编号
--   title 后一条隐患
--   level 后一条等级
--   opened_on 后一条发现日期
--   days_between 相隔天数（天）
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：同一单位同类问题两次以上为屡查屡犯；防止虚假整改
-- 检验：唯一 item_id；取值 first_state；引用 item_id → items.item_id；引用 first_item_id → items.item_id；
--   成立 相隔 1—90 天：days_between BETWEEN 1 AND 90
WITH hazards AS (
    -- only what tells a pair; the rest is looked up for the pairs alone
    SELECT item_id, region, site, category, opened_on, done_on, is_done, state
    FROM items
    WHERE kind = 'hazard' AND NOT is_void AND site IS NOT NULL AND category IS NOT NULL
),

pairs AS (
    SELECT
        before.item_id AS first_item_id,
        before.done_on AS first_done_on,
        before.state AS first_state,
        again.item_id,
        date_diff('day', before.done_on, again.opened_on) AS days_between,
        row_number() OVER (
            PARTITION BY again.item_id ORDER BY before.done_on DESC, before.item_id
        ) AS nearness
    FROM hazards AS again
    INNER JOIN hazards AS before
        ON again.region IS NOT DISTINCT FROM before.region
        AND again.site = before.site
        AND again.category = before.category
        AND again.item_id <> before.item_id
        AND before.is_done
        AND again.opened_on > before.done_on
        AND date_diff('day', before.done_on, again.opened_on) <= 90
),

nearest AS (
    SELECT first_item_id, first_done_on, first_state, item_id, days_between
    FROM pairs
    WHERE nearness = 1
)

SELECT
    again.site, again.township, again.category, again.unit,
    nearest.first_item_id, nearest.first_done_on, nearest.first_state,
    again.item_id, again.title, again.level, again.opened_on, nearest.days_between,
    again.path, again.sheet, again.row_no
FROM nearest
INNER JOIN items AS again ON nearest.item_id = again.item_id
ORDER BY again.opened_on DESC, again.site, again.item_id
