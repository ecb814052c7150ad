-- 漏报的事项 · vanished
-- 一行：一条没有销号、而在后来的报送中不见了的事项
-- 口径：一个单位某个半月的台账（分几天报的合在一起）都没有提到、而以前报过的未销号事项，从应报日期的次日起列出，直到
--   又报上来或销号。只报新增的、只报一两项进展的不算整份台账，不因此有漏报；三清单的措施不算漏报。
--   漏报的事项仍按原状态统计，不从任何数字中消失。
-- 口径变更：2026-12-01 起，漏报按半月判断，应报日期次日才列出；以前看到一份台账就判断。
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
--   missing_since 漏报日期：应报日期的次日，迟报的为收到台账的日期
--   missing_in 漏报的文件
--   path 现行内容出自的文件
--   sheet 现行内容出自的工作表
--   row_no 现行内容出自的行号
-- 依据：隐患不得因台账更新而消失
-- 检验：唯一 item_id；取值 state、kind；引用 item_id → items.item_id；
--   成立 没有销号、没有撤销：state NOT IN ('closed', 'void')
WITH told AS (
    SELECT
        item_id,
        rule,
        known_from,
        path,
        row_number() OVER (PARTITION BY item_id ORDER BY known_from DESC, rule) AS from_last
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
    told.known_from AS missing_since,
    told.path AS missing_in,
    items.path,
    items.sheet,
    items.row_no
FROM told
INNER JOIN items ON told.item_id = items.item_id
WHERE told.from_last = 1 AND told.rule = 'vanished' AND items.state NOT IN ('closed', 'void')
ORDER BY told.known_from, items.unit, items.item_id
