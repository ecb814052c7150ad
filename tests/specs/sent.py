"""报送: who owes a report, and what of it agrees with the ledgers."""

from tests.specs.spec import Spec

SUBJECT = "报送的边界：谁欠、欠几期、对不对得上"

SPECS = (
    Spec(
        "report_punctuality",
        "重报的按首次；专班自己的不算；别的县的应报日期不相干；不须报送的只列报过的；没有写地区的是同一个地方",
        {
            "units": """
            region  unit  has_to_report
            -       甲局  yes
            -       乙局  no
            """,
            "report_periods": """
            region  period_start  period_end  due_on
            -       10-16         10-31       11-02
            别县    10-16         10-31       11-09
            -       11-01         11-15       11-17
            """,
            "reports": """
            region  unit        period_start  period_end  submitted_on  told_on
            -       甲局        10-16         10-31       11-05         11-05
            -       甲局        10-16         10-31       11-01         11-01
            -       乙局        10-16         10-31       11-03         11-03
            -       专班办公室  10-16         10-31       11-01         11-01
            -       丙局        2022-10-16    2022-10-31  10-18         10-18
            """,
        },
        """
        unit  period_start  due_on  submitted_on  state    days_late
        丙局  11-01         11-17   -             missing  3
        甲局  11-01         11-17   -             missing  3
        丙局  10-16         11-02   -             missing  18
        乙局  10-16         11-02   11-03         late     1
        甲局  10-16         11-02   11-01         in_time  -
        """,
        as_of="11-20",
    ),
    Spec(
        "report_punctuality",
        "期次起比报送早 366 天以内的，从那一期起算；早 367 天的是笔误，不从那里算",
        {
            "reports": """
            region  unit  period_start  period_end  told_on
            甲县    甲局  2022-10-16    2022-10-31  2023-10-17
            乙县    乙局  2022-10-16    2022-10-31  2023-10-18
            丙县    丙局  2022-10-16    2022-10-31  -
            """
        },
        """
        unit  period_start  due_on      state
        丙局  2022-10-16    2022-11-02  pending
        甲局  2022-10-16    2022-11-02  pending
        """,
        as_of="2022-11-01",
    ),
    Spec(
        "units_reporting",
        "名录里没有、没有说明而报过的也要报；专班自己的不算；同一期报了两份是一期；还没有到期的欠零期",
        {
            "units": """
            unit  has_to_report  owes_from  liaison
            甲局  yes            -          赵某
            乙局  -              -          -
            丙局  no             -          -
            戊局  yes            11-01      -
            己局  -              -          -
            """,
            "report_periods": """
            period_start  period_end  due_on
            09-16         09-30       10-02
            10-01         10-15       10-17
            10-16         10-31       11-02
            11-01         11-15       11-17
            """,
            "reports": """
            unit        period_start  period_end  submitted_on  told_on  due_on
            甲局        10-01         10-15       10-16         10-16    10-17
            甲局        10-01         10-15       10-17         10-17    10-17
            乙局        10-01         10-15       10-16         10-16    10-17
            丁局        10-01         10-15       -             11-30    10-17
            专班办公室  10-01         10-15       10-16         10-16    10-17
            丙局        2022-01-01    2022-01-15  10-16         10-16    2022-01-17
            """,
        },
        """
        unit  has_liaison  last_period_end  last_submitted_on  due  owed  owed_since
        丁局  no           -                -                  2    2     10-01
        乙局  no           10-15            10-16              2    1     10-16
        甲局  yes          10-15            10-17              2    1     10-16
        戊局  no           -                -                  0    0     -
        """,
        as_of="11-10",
    ),
    Spec(
        "submission_quality",
        "没有收到报送的，合计各项都是零；没有差错率",
        {"submissions": "submission_id"},
        """
        unit  sheets  unrecognised  rows_read  rows_loaded  rows_duplicate  rows_rejected  errors  warnings  rows_with_errors  error_rate
        全部  0       0             0          0            0               0              0       0         0                 -
        """,
    ),
    Spec(
        "submission_quality",
        "按错误的个数排，不按有错误的行数",
        {
            "submissions": """
            submission_id  unit  rows_loaded  rows_duplicate  rows_rejected
            s1             甲局  2            0               0
            s2             乙局  2            0               0
            """,
            "findings": """
            submission_id  row_no  severity
            s1             4       error
            s1             4       error
            s1             4       error
            s2             4       error
            s2             5       error
            """,
        },
        """
        unit  errors  rows_with_errors  error_rate
        全部  5       3                 3/4
        甲局  3       1                 1/2
        乙局  2       2                 1
        """,
    ),
    Spec(
        "report_reconciliation",
        "台账里没有的是零；同一天的两次检查是两家次，同一家的只算一家；措施不是隐患，不是重大的不算重大隐患",
        {
            "reports": """
            unit  visits  sites_inspected  hazards_found  hazards_done  major_found  major_closed  period_start  period_end
            甲局  2       1                2              0             1            0             10-01         10-01
            乙局  1       -                -              -             -            -             10-01         10-15
            """,
            "inspections": """
            unit  site  inspected_on
            甲局  宾馆  10-01
            甲局  宾馆  10-01
            """,
            "items": """
            item_id  kind     unit  level  opened_on  state
            1        hazard   甲局  重大   10-01      open
            2        hazard   甲局  -      10-01      open
            3        measure  甲局  重大   10-01      open
            4        hazard   甲局  一般   10-01      void
            5        hazard   -     一般   10-01      open
            """,
        },
        """
        unit  figure        reported  in_ledger  difference
        乙局  检查家次      1         0          1
        甲局  发现重大隐患  1         1          0
        甲局  发现隐患      2         2          0
        甲局  整改完成      0         0          0
        甲局  检查家数      1         1          0
        甲局  检查家次      2         2          0
        甲局  重大隐患销号  0         0          0
        """,
        same={
            "reports": {"region": "本县", "submitted_on": "2023-11-01"},
            "inspections": {"region": "本县"},
        },
    ),
    Spec(
        "report_reconciliation",
        "重大隐患的销号只算重大的；整改完成按完成日期",
        {
            "reports": """
            unit  hazards_done  major_closed
            甲局  3             1
            """,
            "items": """
            item_id  unit  level  opened_on  done_on  closed_on  state
            1        甲局  重大   09-01      10-02    10-05      closed
            2        甲局  一般   09-01      10-02    10-05      closed
            3        甲局  一般   09-01      10-02    10-05      closed
            4        甲局  重大   09-01      10-02    10-16      closed
            """,
        },
        """
        figure        reported  in_ledger
        整改完成      3         4
        重大隐患销号  1         1
        """,
        same={
            "reports": {
                "region": "本县",
                "submitted_on": "2023-11-01",
                "period_start": "2023-10-01",
                "period_end": "2023-10-15",
            }
        },
    ),
)
