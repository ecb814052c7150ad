-- 销号疑点 · suspect_closure
-- 一行：一条报为完成或销号而有疑点的事项
-- 口径：疑点只是提请核查，不是结论。每个疑点一列：no_acceptance 报为销号而没有验收日期或签字；self_accepted 验收人就是责任人；
--   same_day_major 重大隐患发现当日即完成；bunched 同一单位同一天完成 5 项以上，且在工作节点当日或前 2 天；
--   recurred 同场所同类隐患完成后 90 天内再次发现；reopened 曾报完成，后来又报未完成；
--   copied 隐患描述与整改措施和本单位另一场所的一字不差（15 字以上）。撤销的不计。
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
--   recurred 90 天内复发
--   reopened 完成后又打开
--   copied 文字照抄
--   reasons 疑点数（个）
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：严防虚假整改、纸面整改；销号须经验收签字
WITH closed_items AS (
    SELECT * FROM items WHERE state <> 'void' AND is_done
),

unsigned AS (
    SELECT DISTINCT item_id FROM findings WHERE rule = 'unsigned_closure'
),

busy_days AS (
    SELECT closed_items.unit, closed_items.done_on
    FROM closed_items
    INNER JOIN nodes
        ON closed_items.done_on <= nodes.node_on
        AND date_diff('day', closed_items.done_on, nodes.node_on) <= 2
    GROUP BY closed_items.unit, closed_items.done_on
    HAVING count(DISTINCT closed_items.item_id) >= 5
),

again AS (
    SELECT DISTINCT before.item_id
    FROM closed_items AS before
    INNER JOIN items AS later
        ON before.region IS NOT DISTINCT FROM later.region
        AND before.site = later.site
        AND before.category = later.category
        AND before.item_id <> later.item_id
        AND later.kind = 'hazard'
        AND later.state <> 'void'
        AND later.opened_on > before.done_on
        AND date_diff('day', before.done_on, later.opened_on) <= 90
    WHERE before.kind = 'hazard'
),

turned AS (
    SELECT DISTINCT item_id
    FROM (
        SELECT
            item_id,
            says_open AND lag(says_done) OVER (PARTITION BY item_id ORDER BY known_from) AS is_reopened
        FROM versions
        WHERE known_from <= CAST($as_of AS DATE)
    ) AS steps
    WHERE is_reopened
),

twins AS (
    SELECT region, unit, content
    FROM items
    WHERE kind = 'hazard' AND state <> 'void' AND length(content) >= 15
    GROUP BY region, unit, content
    HAVING count(DISTINCT site) > 1
),

judged AS (
    SELECT
        closed_items.*,
        unsigned.item_id IS NOT NULL AND NOT closed_items.is_closed AS no_acceptance,
        coalesce(closed_items.accepted_by = closed_items.person, FALSE) AS self_accepted,
        coalesce(closed_items.level = '重大' AND closed_items.done_on = closed_items.opened_on, FALSE) AS same_day_major,
        busy_days.done_on IS NOT NULL AS bunched,
        again.item_id IS NOT NULL AS recurred,
        turned.item_id IS NOT NULL AS reopened,
        twins.content IS NOT NULL AS copied
    FROM closed_items
    LEFT JOIN unsigned ON closed_items.item_id = unsigned.item_id
    LEFT JOIN busy_days
        ON closed_items.unit IS NOT DISTINCT FROM busy_days.unit
        AND closed_items.done_on = busy_days.done_on
    LEFT JOIN again ON closed_items.item_id = again.item_id
    LEFT JOIN turned ON closed_items.item_id = turned.item_id
    LEFT JOIN twins
        ON closed_items.region IS NOT DISTINCT FROM twins.region
        AND closed_items.unit IS NOT DISTINCT FROM twins.unit
        AND closed_items.content = twins.content
        AND closed_items.kind = 'hazard'
),

weighed AS (
    SELECT
        *,
        CAST(no_acceptance AS INTEGER) + CAST(self_accepted AS INTEGER) + CAST(same_day_major AS INTEGER)
        + CAST(bunched AS INTEGER) + CAST(recurred AS INTEGER) + CAST(reopened AS INTEGER)
        + CAST(copied AS INTEGER) AS reasons
    FROM judged
)

SELECT
    item_id, kind, title, unit, person, site, level, opened_on, done_on, accepted_by, state,
    no_acceptance, self_accepted, same_day_major, bunched, recurred, reopened, copied, reasons,
    path, sheet, row_no
FROM weighed
WHERE reasons > 0
ORDER BY reasons DESC, unit, item_id
