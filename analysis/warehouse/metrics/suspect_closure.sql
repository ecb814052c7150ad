-- 销号疑点 · suspect_closure
-- 一行：一条报为完成或销号而有疑点的事项，或一条曾报完成、后来又没有完成的事项
-- 口径：疑点只是提请核查，不是结论。每个疑点一列：no_acceptance 报为销号而没有验收日期或签字；self_accepted 验收人就是责任人（按人比较，不看空格、职务和次序）；
--   same_day_major 重大隐患发现当日即完成；bunched 同一单位同一天完成 5 项以上，且在工作节点当日或前 2 天；
--   recurred 同场所同类隐患完成后 90 天内再次发现；reopened 曾报完成，后来又报未完成或被退回重改，没有再完成的也列；
--   copied 隐患描述与整改措施和本单位另一场所的一字不差（15 字以上）。无验收签字、完成后又打开说的是报送，只看截至当日收到的。撤销的不计。
--   当日完成、集中完成、屡查屡犯看报过的每一个完成日期：完成日期改了，原来的疑点还在。
-- 口径变更：2026-12-01 起，改过完成日期的，以前报的日期也看；此前只看现在的日期。
-- 列：
--   item_id 事项编号
--   kind 事项种类
--   title 事项
--   unit 责任单位
--   person 责任人
--   site 场所
--   level 隐患等级
--   opened_on 发现或下达日期
--   done_on 完成日期
--   accepted_by 验收人
--   state 状态代码
--   no_acceptance 无验收签字
--   self_accepted 自己验收
--   same_day_major 重大隐患当日完成
--   bunched 节点前集中完成
--   recurred 90 天内屡查屡犯
--   reopened 完成后又打开
--   copied 文字照抄
--   reasons 疑点数（个）
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：严防虚假整改、纸面整改；销号须经验收签字
-- 检验：唯一 item_id；取值 state；引用 item_id → items.item_id；
--   成立 疑点数是各项之和：reasons = CAST(no_acceptance AS INTEGER) + CAST(self_accepted AS INTEGER) + CAST(same_day_major AS INTEGER) + CAST(bunched AS INTEGER) + CAST(recurred AS INTEGER) + CAST(reopened AS INTEGER) + CAST(copied AS INTEGER)
WITH finished AS (
    SELECT
        item_id, kind, unit, person, region, site, category, level, opened_on, done_on, accepted_by, closure, is_closed
    FROM items
    WHERE NOT is_void AND is_done
),

days_told AS (
    SELECT item_id, done_on FROM finished
    UNION
    SELECT item_id, said_done_on FROM versions
    WHERE says_done AND said_done_on IS NOT NULL AND known_from <= CAST($as_of AS DATE)
),

finishes AS (
    SELECT
        finished.item_id, finished.kind, finished.unit, finished.region, finished.site, finished.category,
        finished.level, finished.opened_on, days_told.done_on
    FROM finished
    INNER JOIN days_told ON finished.item_id = days_told.item_id
),

busy_days AS (
    SELECT by_day.unit, by_day.region, by_day.done_on
    FROM (SELECT unit, region, done_on, count(*) AS items FROM finishes GROUP BY unit, region, done_on) AS by_day
    INNER JOIN nodes
        ON by_day.region IS NOT DISTINCT FROM nodes.region
        AND by_day.done_on <= nodes.node_on
        AND date_diff('day', by_day.done_on, nodes.node_on) <= 2
    WHERE by_day.items >= 5
    GROUP BY by_day.unit, by_day.region, by_day.done_on
),

found_days AS (
    SELECT region, site, category, opened_on, min(item_id) AS one_id, max(item_id) AS other_id
    FROM items
    WHERE kind = 'hazard' AND NOT is_void
    GROUP BY region, site, category, opened_on
),

steps AS (
    SELECT
        item_id,
        says_open AND lag(says_done) OVER (PARTITION BY item_id ORDER BY known_from) AS is_reopened
    FROM versions
    WHERE known_from <= CAST($as_of AS DATE)
        AND (known_to IS NOT NULL OR known_from > first_known_on)
),

twins AS (
    SELECT region, unit, content
    FROM items
    WHERE kind = 'hazard' AND NOT is_void AND length(content) >= 15
    GROUP BY region, unit, content
    HAVING count(DISTINCT site) > 1
),

reasons AS (
    SELECT finished.item_id, 'no_acceptance' AS reason
    FROM finished
    INNER JOIN (SELECT DISTINCT item_id FROM findings WHERE rule = 'unsigned_closure') AS unsigned
        ON finished.item_id = unsigned.item_id
    WHERE NOT finished.is_closed
    UNION ALL
    SELECT item_id, 'self_accepted' FROM finished WHERE closure = 'self' OR accepted_by = person
    UNION ALL
    SELECT DISTINCT item_id, 'same_day_major' FROM finishes WHERE level = '重大' AND done_on = opened_on
    UNION ALL
    SELECT DISTINCT finishes.item_id, 'bunched'
    FROM finishes
    INNER JOIN busy_days
        ON finishes.unit IS NOT DISTINCT FROM busy_days.unit
        AND finishes.region IS NOT DISTINCT FROM busy_days.region
        AND finishes.done_on = busy_days.done_on
    UNION ALL
    SELECT DISTINCT finishes.item_id, 'recurred'
    FROM finishes
    INNER JOIN found_days
        ON finishes.region IS NOT DISTINCT FROM found_days.region
        AND finishes.site = found_days.site
        AND finishes.category = found_days.category
        AND found_days.opened_on > finishes.done_on
        AND date_diff('day', finishes.done_on, found_days.opened_on) <= 90
        AND (found_days.one_id <> finishes.item_id OR found_days.other_id <> finishes.item_id)
    WHERE finishes.kind = 'hazard'
    UNION ALL
    SELECT DISTINCT item_id, 'reopened' FROM steps WHERE is_reopened
    UNION ALL
    SELECT items.item_id, 'copied'
    FROM items
    INNER JOIN twins
        ON items.region IS NOT DISTINCT FROM twins.region
        AND items.unit IS NOT DISTINCT FROM twins.unit
        AND items.content = twins.content
    WHERE items.kind = 'hazard'
),

judged AS (
    SELECT
        item_id,
        count(*) FILTER (WHERE reason = 'no_acceptance') > 0 AS no_acceptance,
        count(*) FILTER (WHERE reason = 'self_accepted') > 0 AS self_accepted,
        count(*) FILTER (WHERE reason = 'same_day_major') > 0 AS same_day_major,
        count(*) FILTER (WHERE reason = 'bunched') > 0 AS bunched,
        count(*) FILTER (WHERE reason = 'recurred') > 0 AS recurred,
        count(*) FILTER (WHERE reason = 'reopened') > 0 AS reopened,
        count(*) FILTER (WHERE reason = 'copied') > 0 AS copied,
        count(*) AS reasons
    FROM reasons
    GROUP BY item_id
)

SELECT
    items.item_id,
    items.kind,
    items.title,
    items.unit,
    items.person,
    items.site,
    items.level,
    items.opened_on,
    items.done_on,
    items.accepted_by,
    items.state,
    judged.no_acceptance,
    judged.self_accepted,
    judged.same_day_major,
    judged.bunched,
    judged.recurred,
    judged.reopened,
    judged.copied,
    judged.reasons,
    items.path,
    items.sheet,
    items.row_no
FROM judged
INNER JOIN items ON judged.item_id = items.item_id
WHERE NOT items.is_void AND (items.is_done OR judged.reopened)
ORDER BY judged.reasons DESC, items.unit, items.item_id
