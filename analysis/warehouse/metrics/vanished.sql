-- 漏报的事项 · vanished
-- 一行：一条没有销号、而在后来的报送中不见了的事项
-- 口径：一个单位重新报送台账时漏掉的未销号事项，截至当日收到的报送为准；以后又报上来的不再列出。
--   漏报的事项仍按原状态统计，不从任何数字中消失。
-- 列：
--   item_id 事项编号
--   kind 事项种类
--   title 事项
--   unit 责任单位
--   person 责任人
--   level 隐患等级
--   state 状态代码
--   due_on 现行期限
--   days_late 逾期天数（天）
--   missing_since 漏报日期：收到漏报台账的日期
--   missing_in 漏报的文件
--   path 最后一次出现的文件
--   sheet 最后一次出现的工作表
--   row_no 最后一次出现的行号
-- 依据：隐患不得因台账更新而消失
WITH told AS (
    SELECT
        item_id,
        rule,
        received_on,
        path,
        row_number() OVER (PARTITION BY item_id ORDER BY received_on DESC, rule) AS from_last
    FROM findings
    WHERE rule IN ('vanished', 'returned')
)

SELECT
    items.item_id,
    items.kind,
    items.title,
    items.unit,
    items.person,
    items.level,
    items.state,
    items.due_on,
    items.days_late,
    told.received_on AS missing_since,
    told.path AS missing_in,
    items.path,
    items.sheet,
    items.row_no
FROM told
INNER JOIN items ON told.item_id = items.item_id
WHERE told.from_last = 1 AND told.rule = 'vanished' AND items.state NOT IN ('closed', 'void')
ORDER BY told.received_on, items.unit, items.item_id
