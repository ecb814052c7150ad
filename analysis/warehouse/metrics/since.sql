-- 两日之间的变化 · since
-- 一行：一条事项的一种变化
-- 口径：比较起始日当时所知的情形与当日的情形。found 新发现（发现日期在起始日之后）；registered 补报（发现在前，起始日以后才收到）；
--   done 新完成；backdated 补记完成（完成日期写在起始日以前，而当时没有这样报，含起始日以后才首次报来的）；closed 新销号；reopened 重新打开；
--   overdue 新逾期；later 期限推迟；earlier 期限提前；cancelled 期限取消；void 撤销；vanished 漏报。一条事项可以有几种变化。
--   疑似与更早的一条是同一条的，核实以前不列为新发现、补报；核实不是同一条的，从核实之日起列出。
-- 口径变更：2026-12-01 起，疑似同一条而没有核实的不列为新发现、补报。
-- 口径变更：2026-12-01 起，起始日以后才首次报来、完成日期在起始日以前的列为补记完成，不列为新完成。
-- 参数：
--   since 起始日；不给则为当日的 15 天前
-- 列：
--   change 变化：见口径
--   item_id 事项编号
--   kind 事项种类
--   title 事项
--   unit 责任单位
--   person 责任人
--   level 隐患等级
--   due_before 原期限
--   due_on 现行期限
--   due_is_provisional 期限待确认：时限写给了不存在的条目，暂按这一条计
--   done_on 完成日期
--   state_before 原状态代码
--   state 现状态代码
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：月度形势研判会回看上次会议以来的变化
-- 检验：唯一 change、item_id；取值 change、state、state_before；引用 item_id → items.item_id
WITH missing AS (
    SELECT item_id
    FROM findings
    WHERE rule IN ('vanished', 'returned') AND known_from > $since
    GROUP BY item_id
    HAVING max(CASE WHEN rule = 'vanished' THEN known_from END)
        > coalesce(max(CASE WHEN rule = 'returned' THEN known_from END), DATE '0001-01-01')
),

compared AS (
    SELECT
        items.item_id,
        items.kind,
        items.title,
        items.unit,
        items.person,
        items.level,
        items.opened_on,
        items_before.due_on AS due_before,
        items.due_on,
        items.due_is_provisional,
        items.done_on,
        items.is_void,
        items.is_done,
        items.is_closed,
        items.is_overdue,
        -- what was in doubt then was told to nobody
        in_doubt.item_id IS NULL
        AND (items_before.item_id IS NULL OR in_doubt_before.item_id IS NOT NULL) AS is_new,
        coalesce(items_before.is_done, FALSE) AS was_done,
        coalesce(items_before.is_closed, FALSE) AS was_closed,
        coalesce(items_before.is_overdue, FALSE) AS was_overdue,
        items_before.state AS state_before,
        items.state,
        missing.item_id IS NOT NULL AS is_missing,
        items.path,
        items.sheet,
        items.row_no
    FROM items
    LEFT JOIN items_before ON items.item_id = items_before.item_id
    LEFT JOIN missing ON items.item_id = missing.item_id
    LEFT JOIN in_doubt ON items.item_id = in_doubt.item_id
    LEFT JOIN in_doubt_before ON items.item_id = in_doubt_before.item_id
    -- most items have not changed at all, and are not kept for the questions below
    WHERE items_before.item_id IS NULL
        OR items.state <> items_before.state
        -- what is only told as shut goes on being late
        OR items.is_overdue <> items_before.is_overdue
        OR items.due_on IS DISTINCT FROM items_before.due_on
        OR missing.item_id IS NOT NULL
        OR in_doubt_before.item_id IS NOT NULL
),

kinds AS (
    SELECT unnest([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) AS change_no
),

changes AS (
    -- one pass over what has changed, however many kinds of change there are
    SELECT kinds.change_no, compared.*
    FROM compared
    CROSS JOIN kinds
    WHERE CASE kinds.change_no
        WHEN 1 THEN is_new AND NOT is_void AND opened_on > $since
        WHEN 2 THEN is_new AND NOT is_void AND opened_on <= $since
        -- only what is done has a day on which it was
        WHEN 3 THEN NOT was_done AND NOT is_void AND done_on > $since
        WHEN 4 THEN NOT was_done AND NOT is_void AND done_on <= $since
        WHEN 5 THEN is_closed AND NOT was_closed AND NOT is_void
        WHEN 6 THEN was_done AND NOT is_done AND NOT is_void
        WHEN 7 THEN is_overdue AND NOT was_overdue
        WHEN 8 THEN due_on > due_before AND NOT is_void
        WHEN 9 THEN due_on < due_before AND NOT is_void
        WHEN 10 THEN due_on IS NULL AND due_before IS NOT NULL AND NOT is_void
        WHEN 11 THEN is_void AND state_before <> 'void'
        WHEN 12 THEN is_missing AND state NOT IN ('closed', 'void')
    END
)

SELECT
    CASE change_no
        WHEN 1 THEN 'found'
        WHEN 2 THEN 'registered'
        WHEN 3 THEN 'done'
        WHEN 4 THEN 'backdated'
        WHEN 5 THEN 'closed'
        WHEN 6 THEN 'reopened'
        WHEN 7 THEN 'overdue'
        WHEN 8 THEN 'later'
        WHEN 9 THEN 'earlier'
        WHEN 10 THEN 'cancelled'
        WHEN 11 THEN 'void'
        WHEN 12 THEN 'vanished'
    END AS change,
    item_id, kind, title, unit, person, level, due_before, due_on, due_is_provisional, done_on,
    state_before, state, path, sheet, row_no
FROM changes
ORDER BY change_no, unit, item_id
