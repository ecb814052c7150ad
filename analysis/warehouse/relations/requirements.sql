-- 履职要求 · requirements
-- 一行：三清单中一条有定量目标的细化措施，及其对应的履职类型
-- 口径：频次和数量取自细化措施的文字（每月至少 1 次、每季度至少 1 次、报告 2 份）；履职类型按措施的用词对应，
--   对应不上的为空，不判断。只用 $known_on（含当日）以前收到的报送；$as_of 不起作用。
--   启动日期是历次报送中最早的：方案重发不抹去以前的欠账。
WITH begun AS (
    SELECT item_id, min(coalesce(start_on, first_node_on, known_from)) AS start_on
    FROM measure
    WHERE was_received(known_from)
    GROUP BY item_id
)

SELECT
    measure.item_id,
    sub_no,
    sub_measure,
    unit,
    CASE
        WHEN sub_measure LIKE '%学习%' THEN '专题学习'
        WHEN sub_measure LIKE '%例会%' THEN '例会'
        WHEN sub_measure LIKE '%研判会%' OR sub_measure LIKE '%形势研判%' THEN '形势研判会'
        WHEN sub_measure LIKE '%调研报告%' OR sub_measure LIKE '%调研%' THEN '调研报告'
        WHEN sub_measure LIKE '%预警%' THEN '预警信息'
        WHEN sub_measure LIKE '%通报%' THEN '事故通报'
        WHEN sub_measure LIKE '%约谈%' THEN '约谈警示'
        WHEN sub_measure LIKE '%培训%' OR sub_measure LIKE '%演练%' THEN '培训演练'
        WHEN sub_measure LIKE '%互检%' THEN '交叉互检'
        WHEN sub_measure LIKE '%督导%' THEN '督导检查'
        WHEN sub_measure LIKE '%述职%' THEN '述职'
    END AS duty_kind,
    frequency,
    quantity,
    begun.start_on,
    coalesce(extended_due_on, due_on) AS due_on,
    region
FROM measure
INNER JOIN begun ON measure.item_id = begun.item_id
WHERE quantity IS NOT NULL
    AND in_force(measure)
