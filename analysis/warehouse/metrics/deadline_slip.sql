-- 期限变动 · deadline_slip
-- 一行：一条现行期限与首次写明的不同，或后来才补定期限的事项
-- 口径：比较历次报送的现行期限（有延期的按延期后的），计入的报送都算，当日以后才报来的也在内，与事项的现行期限一致；首次期限是首次写明的。
--   slip 情形：later 推迟，earlier 提前，cancelled 取消（写明过，现在没有），set 补定（首次报送没有期限，后来补上，没有再变）。
--   变动以后又回到首次期限的，不推迟也不提前，不列。填了延期后期限的为批准延期，直接改期限的为自行变更。撤销的不计。
-- 口径变更：2026-12-01 起，改回首次期限的不列，补定期限的列出，与取消分开；当日以后才报来的变动也算，此前不算。
-- 列：
--   item_id 事项编号
--   kind 事项种类
--   title 事项
--   unit 责任单位
--   person 责任人
--   slip 变动情形：见口径
--   first_due_on 首次期限：首次写明的
--   due_on 现行期限：空为取消
--   due_is_provisional 期限待确认：时限写给了不存在的条目，暂按这一条计
--   days_moved 推迟天数（天），提前为负，取消、补定为空
--   moves 变动次数（次），补定不算变动
--   moved_on 最近变动：收到变动的日期，补定的为收到期限的日期
--   is_approved 是否批准延期：填写了延期后期限
--   state 状态代码
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：时限明确、严防久拖不决；期限推迟须经批准
-- 检验：唯一 item_id；取值 slip、state、kind；引用 item_id → items.item_id；
--   成立 推迟为正、提前为负：CASE slip WHEN 'later' THEN days_moved > 0 WHEN 'earlier' THEN days_moved < 0 ELSE days_moved IS NULL END
WITH known AS (
    SELECT
        item_id,
        known_from,
        due_on,
        extended_due_on,
        lag(due_on) OVER in_time AS due_before,
        lag(item_id) OVER in_time IS NULL AS is_first,
        lead(item_id) OVER in_time IS NULL AS is_last
    FROM versions
    -- what was sent once has moved nowhere
    WHERE known_to IS NOT NULL OR known_from > first_known_on
    WINDOW in_time AS (PARTITION BY item_id ORDER BY known_from)
),

changed AS (
    SELECT *, due_before IS DISTINCT FROM due_on AND NOT is_first AS is_change
    FROM known
),

moved AS (
    SELECT
        item_id,
        min(CASE WHEN due_on IS NOT NULL THEN known_from END) AS stated_from,
        max(CASE WHEN is_first THEN due_on END) IS NOT NULL AS was_stated,
        max(CASE WHEN is_last THEN due_on END) AS last_due,
        max(CASE WHEN is_last THEN extended_due_on END) AS extended,
        count(*) FILTER (WHERE is_change AND due_before IS NOT NULL) AS moves,
        max(known_from) FILTER (WHERE is_change) AS moved_on
    FROM changed
    GROUP BY item_id
    HAVING count(*) FILTER (WHERE is_change) > 0
),

slipped AS (
    SELECT
        moved.item_id,
        CASE
            WHEN moved.last_due IS NULL THEN 'cancelled'
            WHEN moved.last_due > known.due_on THEN 'later'
            WHEN moved.last_due < known.due_on THEN 'earlier'
            WHEN moved.moves = 0 AND NOT moved.was_stated THEN 'set'
        END AS slip,
        known.due_on AS first_due_on,
        moved.last_due AS due_on,
        moved.extended IS NOT NULL AS is_approved,
        moved.moves,
        moved.moved_on
    FROM moved
    INNER JOIN known ON moved.item_id = known.item_id AND moved.stated_from = known.known_from
)

SELECT
    items.item_id,
    items.kind,
    items.title,
    items.unit,
    items.person,
    slipped.slip,
    slipped.first_due_on,
    slipped.due_on,
    items.due_is_provisional,
    CASE WHEN slipped.slip <> 'set' THEN date_diff('day', slipped.first_due_on, slipped.due_on) END AS days_moved,
    slipped.moves,
    slipped.moved_on,
    slipped.is_approved,
    items.state,
    items.path,
    items.sheet,
    items.row_no
FROM slipped
INNER JOIN items ON slipped.item_id = items.item_id
WHERE NOT items.is_void
    AND slipped.slip IS NOT NULL
    -- only what was sent again can have moved; what was not need not be looked at
    AND items.known_from > items.first_known_on
ORDER BY
    slipped.slip <> 'cancelled', slipped.slip = 'set',
    days_moved DESC, items.unit, items.item_id
