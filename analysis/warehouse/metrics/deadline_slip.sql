-- 期限变动 · deadline_slip
-- 一行：一条期限比首次报送时推迟、提前或取消的事项
-- 口径：比较历次报送的现行期限（有延期的按延期后的），截至当日收到的为准；填了延期后期限的为批准延期，
--   直接改期限的为自行变更。撤销的不计。
-- 列：
--   item_id 事项编号
--   kind 事项种类
--   title 事项
--   unit 责任单位
--   person 责任人
--   first_due_on 首次期限：首次报送的
--   due_on 现行期限：空为取消
--   due_is_provisional 期限待确认：时限写给了不存在的条目，暂按这一条计
--   days_moved 推迟天数（天），提前为负，取消为空
--   moves 变动次数（次）
--   moved_on 最近变动：收到变动的日期
--   is_approved 是否批准延期：填写了延期后期限
--   state 状态代码
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：时限明确、严防久拖不决；期限推迟须经批准
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
    WHERE known_from <= CAST($as_of AS DATE)
        -- what was sent once has moved nowhere
        AND (known_to IS NOT NULL OR known_from > first_known_on)
    WINDOW in_time AS (PARTITION BY item_id ORDER BY known_from)
),

moved AS (
    SELECT
        item_id,
        max(CASE WHEN is_first THEN coalesce(due_on, DATE '0001-01-01') END) AS first_due,
        max(CASE WHEN is_last THEN due_on END) AS last_due,
        max(CASE WHEN is_last THEN extended_due_on END) AS extended,
        count(*) FILTER (WHERE due_before IS NOT NULL AND due_before IS DISTINCT FROM due_on) AS moves,
        max(known_from) FILTER (WHERE due_before IS NOT NULL AND due_before IS DISTINCT FROM due_on) AS moved_on
    FROM known
    GROUP BY item_id
),

slipped AS (
    SELECT
        item_id,
        CASE WHEN first_due > DATE '0001-01-01' THEN first_due END AS first_due_on,
        last_due AS due_on,
        extended IS NOT NULL AS is_approved,
        moves,
        moved_on
    FROM moved
    WHERE moves > 0
)

SELECT
    items.item_id,
    items.kind,
    items.title,
    items.unit,
    items.person,
    slipped.first_due_on,
    slipped.due_on,
    items.due_is_provisional,
    date_diff('day', slipped.first_due_on, slipped.due_on) AS days_moved,
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
    -- only what was sent again can have moved; what was not need not be looked at
    AND items.known_from > items.first_known_on
ORDER BY days_moved DESC NULLS FIRST, items.unit, items.item_id
