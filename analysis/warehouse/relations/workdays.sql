-- 工作日 · workdays
-- 一行：一个地区的一天
-- 口径：按国务院办公厅公布的放假安排，加上本单位在设置里补的假期；还没有公布也没有补的年份只看周末。
--   workday_no 从表中第一天起到这一天（含当日）有几个工作日；is_arranged 这一年的放假安排是否已知。$as_of、$known_on 不起作用。
-- 检验：唯一 region、day；
--   成立 工作日连续编号：workday_no - lag(workday_no) OVER (PARTITION BY region ORDER BY day) = CASE WHEN is_workday THEN 1 ELSE 0 END
SELECT
    region,
    day,
    is_workday,
    workday_no,
    is_arranged
FROM workday
