-- 逾期未完成事项 · overdue
-- 一行：一条逾期未完成的事项，逾期最久的在前
-- 口径：期限（有批准的延期时按延期后的）早于当日而没有完成；当日到期不算；逾期后完成的不在此列。
--   报停业而没有核实的仍在此列，标明报停业待核实；经核实停业关停的不在此列。报撤销、延期而没有核实的仍在此列，标明。
-- 口径变更：2026-12-01 起，报停业而没有核实的也列出，此前不列。
-- 列：
--   item_id 事项编号
--   kind 事项种类：measure 三清单、hazard 隐患、decision 议定事项
--   title 事项
--   unit 责任单位
--   person 责任人
--   township 乡镇
--   site 场所
--   level 隐患等级
--   supervised 是否挂牌督办
--   opened_on 发现或下达日期
--   first_due_on 最初期限
--   due_on 现行期限
--   due_is_provisional 期限待确认：时限写给了不存在的条目，暂按这一条计
--   suspension 停业核实：claimed 报停业待核实，没有报停业的为空
--   relief 报送待核实：报撤销、延期、取消期限、降级、改写、改完成日期、挂牌、摘牌而没有核实的，没有的为空
--   days_late 逾期天数（天）
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：整改要求“跟踪督办，定期调度”；逾期事项逐条督办
-- 检验：唯一 item_id；取值 kind、suspension、relief；成立 至少逾期一天：days_late >= 1；
--   成立 条数与总体情况相同：count(*) OVER () = (SELECT overdue FROM overview($as_of, known_on := $known_on))
WITH late AS (
    SELECT * FROM items WHERE is_overdue
)

SELECT
    item_id, kind, title, unit, person, township, site, level, supervised,
    opened_on, first_due_on, due_on, due_is_provisional, suspension, relief, days_late, path, sheet, row_no
FROM late
ORDER BY days_late DESC, unit, item_id
