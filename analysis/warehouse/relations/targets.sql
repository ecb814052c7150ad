-- 履职的对象 · targets
-- 一行：一次履职活动的一个对象；没有写明对象的，一次一行
-- 口径：只用 $known_on（含当日）以前收到的报送，开展于 $as_of（含当日）以前；名单写明没有开展的不在内。一次活动有几个对象的，一个对象一行。
--   对象是单位的，按当时所知的名称。
-- 检验：唯一 path、sheet、row_no、target；非空 held_on
WITH told AS (
    SELECT
        duty.submission_id,
        duty.sheet,
        duty.row_no,
        duty.kind,
        duty.unit,
        coalesce(duty.held_on, duty.submitted_on, duty.period_start, duty.known_from) AS held_on,
        duty.subject,
        duty.region,
        unnest(string_split(coalesce(duty.target, ''), '、')) AS named
    FROM duty
    WHERE coalesce(duty.held_on, duty.submitted_on, duty.period_start, duty.known_from) <= CAST($as_of AS DATE)
        AND in_force(duty)
        -- of the office's acts a unit's share knows only that there were any
        AND duty.submission_id IS NOT NULL
        AND coalesce(duty.is_held, TRUE)
)

SELECT
    told.kind,
    told.unit AS acted_by,
    coalesce(shown.unit, nullif(told.named, '')) AS target,
    told.held_on,
    told.subject,
    told.region,
    submission.is_simulated,
    submission.path,
    told.sheet,
    told.row_no
FROM told
LEFT JOIN submission ON told.submission_id = submission.submission_id
LEFT JOIN unit_name AS shown ON told.named = shown.written AND in_force(shown)
