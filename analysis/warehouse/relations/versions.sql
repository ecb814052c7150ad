-- 事项的历次报送 · versions
-- 一行：一条整改事项的一个版本，从收到之日起，到被下一次报送改动之日止
-- 口径：同 received，但收到当日又被更改的版本从未生效，不在其中；$as_of 不起作用，只用 $known_on（含当日）以前收到的报送。
-- 检验：唯一 item_id、known_from；成立 起在止以前：known_from < known_to
SELECT *
FROM received
WHERE coalesce(known_to > known_from, TRUE)
