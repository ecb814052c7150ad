-- 报送批次 · submissions
-- 一行：$as_of 和 $known_on（含当日）以前收到的一个文件的一张工作表
-- 口径：能识别为台账的和不能识别的都在内；撤回的从撤回之日起不在内。
SELECT *
FROM submission
WHERE received_on <= CAST($as_of AS DATE)
    AND was_received(received_on)
    AND NOT coalesce(was_received(withdrawn_on), FALSE)
