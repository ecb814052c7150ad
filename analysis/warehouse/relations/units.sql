-- 单位 · units
-- 一行：名录或整改方案成员名单中的一个责任单位
-- 口径：名录不分日期，$as_of 不起作用；只用 $known_on（含当日）以前收到的报送。方案的成员名单和名录说的是同一个单位的，只算一行，
--   名称以名录的为准。应报单位（has_to_report）取名录“是否报送”一列，没有填写的，成员单位都要报；
--   类别也没有填写的为空，不知道要不要报。首份名录列的各期都要报；以后的名录才列为应报的，从应报日期不早于名录收到日期的第一期起
--   （owes_from，“是否报送”写明自何时起的不早于那一期）；改为不报送的、后来的名录不再列的，从应报日期不早于那份名录收到日期的
--   第一期起不再要报（owes_until）。名录列出原先八成以上的单位才算一份名录，补几行的不算。
-- 检验：唯一 region、unit；非空 unit
WITH listed AS (
    SELECT
        unit.unit,
        unit.unit_kind,
        unit.liaison,
        unit.phone,
        coalesce(unit.has_to_report, unit.unit_kind = '成员单位') AS has_to_report,
        unit.owes_from,
        unit.owes_until,
        unit.region,
        unit.region_prefix,
        unit.known_from,
        submission.is_simulated,
        -- a roster may have a row for each of a unit's liaisons
        row_number() OVER (
            PARTITION BY unit.region, unit.unit
            ORDER BY unit.known_from DESC, unit.row_no, unit.liaison
        ) AS place
    FROM unit
    LEFT JOIN submission ON unit.submission_id = submission.submission_id
    WHERE in_force(unit)
)

SELECT
    unit,
    unit_kind,
    liaison,
    phone,
    has_to_report,
    owes_from,
    owes_until,
    region,
    region_prefix,
    known_from,
    is_simulated
FROM listed
WHERE place = 1
