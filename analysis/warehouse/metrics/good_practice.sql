-- 经验做法和制度成果 · good_practice
-- 一行：一项经验总结或制度文件
-- 口径：履职台账里的经验总结和制度文件，新的在前；名单写明没有完成的不列。是否推广以台账为准，这里不评价。
-- 列：
--   kind 类型：经验总结、制度文件
--   unit 单位
--   subject 名称
--   told_on 日期：开展日期，没有的为报送日期，再没有的为收到日期
--   target 推广范围或对象
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：工作要求“总结推广好经验、好做法，形成制度性成果”
-- 检验：唯一 path、sheet、row_no；非空 kind、told_on
SELECT
    kind,
    unit,
    subject,
    told_on,
    target,
    path,
    sheet,
    row_no
FROM acts
WHERE kind IN ('经验总结', '制度文件') AND is_held
ORDER BY told_on DESC, unit, subject, path, row_no
