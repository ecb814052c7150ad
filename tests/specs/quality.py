"""报送质量: what was received, and what is wrong with it."""

from tests.specs.spec import Spec

SUBJECT = "报送和数据质量"

SPECS = (
    Spec(
        "submissions",
        "当日收到的在内，次日的不在；撤回的从撤回之日起不在；单位按当时所知的名称",
        {
            "submission": """
            submission_id  path    unit    unit_written  received_on  withdrawn_on  rows_read  rows_loaded
            s1             a.xlsx  文旅局  文旅局        11-15        -             10         9
            s2             b.xlsx  文旅局  文旅局        11-16        -             10         9
            s3             c.xlsx  乙局    乙局          11-01        11-15         10         9
            s4             d.xlsx  乙局    乙局          11-01        11-16         10         9
            """,
            "unit_name": """
            written  unit            known_from  known_to
            文旅局   县文化和旅游局  11-15       -
            乙局     乙管理局        11-16       -
            """,
        },
        """
        submission_id  path    unit            received_on  rows_read  rows_loaded
        s1             a.xlsx  县文化和旅游局  11-15        10         9
        s4             d.xlsx  乙局            11-01        10         9
        """,
        known_on="11-15",
    ),
    Spec(
        "findings",
        "没有写成立日期的按收到日期；成立当日即列，不再成立的当日即不列",
        {
            "submission": """
            submission_id  path    unit  received_on
            s1             a.xlsx  甲局  11-15
            s2             b.xlsx  乙局  11-16
            """,
            "quality": """
            submission_id  row_no  rule      severity  known_from  known_to
            s1             4       missing   warning   -           -
            s1             5       vanished  error     11-16       -
            s1             6       missing   warning   11-01       11-15
            s1             7       missing   warning   11-01       11-16
            s2             4       missing   warning   -           -
            """,
        },
        """
        submission_id  row_no  unit  path    rule     severity  received_on  known_from
        s1             4       甲局  a.xlsx  missing  warning   11-15        11-15
        s1             7       甲局  a.xlsx  missing  warning   11-15        11-01
        """,
        known_on="11-15",
    ),
    Spec(
        "submission_quality",
        "一行有两个错误算一个有错误的行；差错率的分母是入库、重复、退回的行；警告不算错误",
        {
            "submissions": """
            submission_id  unit  ledger  rows_read  rows_loaded  rows_duplicate  rows_rejected  received_on
            s1             甲局  hazard  12         8            2               2              10-01
            s2             甲局  -       0          0            0               0              10-05
            s3             -     hazard  4          4            0               0              10-03
            """,
            "findings": """
            submission_id  row_no  severity
            s1             4       error
            s1             4       error
            s1             5       error
            s1             6       warning
            s3             4       info
            """,
        },
        (
            """
            unit    sheets  unrecognised  rows_read  rows_loaded  rows_duplicate  rows_rejected
            全部    3       1             16         12           2               2
            甲局    2       1             12         8            2               2
            未写明  1       0             4          4            0               0
            """,
            """
            errors  warnings  rows_with_errors  error_rate  last_on
            3       1         2                 1/8         10-05
            3       1         2                 1/6         10-05
            0       0         0                 0           10-03
            """,
        ),
    ),
    Spec(
        "submission_quality",
        "还没有收到报送",
        {"submissions": "submission_id"},
        """
        unit  sheets  rows_read  error_rate  last_on
        全部  0       0          -           -
    """,
    ),
    Spec(
        "submissions",
        "只计 11 月 10 日以前收到的：11 日收到的还不知道，12 日撤回的还在",
        {
            "submission": """
            submission_id  unit  received_on  withdrawn_on
            s1             甲局  11-10        11-12
            s2             甲局  11-11        -
            s3             甲局  11-01        11-10
            """
        },
        """
        submission_id  unit  received_on  withdrawn_on
        s1             甲局  11-10        11-12
        """,
        known_on="11-10",
    ),
    Spec(
        "submission_quality",
        "不同报送里同一行号的错误是两行，错误最多的单位在前",
        {
            "submissions": """
            submission_id  unit  ledger  rows_read  rows_loaded  rows_duplicate  rows_rejected  received_on
            s1             甲局  hazard  2          2            0               0              10-01
            s2             乙局  hazard  2          2            0               0              10-02
            s3             乙局  hazard  2          2            0               0              10-03
            """,
            "findings": """
            submission_id  row_no  severity
            s1             4       error
            s2             4       error
            s3             4       error
            """,
        },
        """
        unit  sheets  errors  rows_with_errors  error_rate
        全部  3       3       3                 1/2
        乙局  2       2       2                 1/2
        甲局  1       1       1                 1/2
        """,
    ),
)
