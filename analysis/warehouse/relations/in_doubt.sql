-- 疑似重复的事项 · in_doubt
-- 一行：一条疑似与更早的一条是同一条、还没有核实的事项
-- 口径：只列疑问里后报的一条，$as_of 和 $known_on（含当日）以前提出；从确认之日起不再列，确认撤回的再列；报送撤回的不再列。
--   存疑的事项照常统计，只是不当作新发现、补报告诉人。
-- 检验：唯一 item_id；非空 item_id
WITH answered AS (
    SELECT
        doubt_key,
        answer,
        row_number() OVER (PARTITION BY doubt_key ORDER BY answered_on DESC, entry_no DESC) AS from_last
    FROM confirmation
    WHERE was_received(answered_on)
)

SELECT DISTINCT doubt.other_item_id AS item_id
FROM doubt
LEFT JOIN answered ON doubt.doubt_key = answered.doubt_key AND answered.from_last = 1
WHERE doubt.rule = 'same_or_not'
    AND doubt.other_item_id IS NOT NULL
    AND doubt.known_from <= CAST($as_of AS DATE)
    AND in_force(doubt)
    AND answered.answer IS NULL
