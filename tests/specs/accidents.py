"""事故: what counts, what is compared with what, and what a printed percentage can mean."""

from tests.specs.spec import Spec

SUBJECT = "事故：起数、同比"

SPECS = (
    Spec(
        "accidents",
        "没有注明是否计入的计入；当日的在内，次日的不在；没有日期的按收到日期，当日还没有收到的不知道",
        {
            "accident": """
            accident_no  occurred_on  deaths  counted  known_from
            A-1          11-15        1       -        10-01
            A-2          11-16        1       -        10-01
            A-3          10-01        0       no       10-01
            A-4          -            0       yes      11-15
            A-5          10-01        0       yes      11-16
            """
        },
        """
        accident_no  occurred_on  deaths  counted
        A-1          11-15        1       yes
        A-3          10-01        0       no
        A-4          -            0       yes
        """,
        known_on="11-15",
    ),
    Spec(
        "accidents",
        "台账到哪一天：写明的截至日，没有写明的取收到日，取最晚的；重报而没有新事故的也算，撤回的、后来才收到的不算",
        {
            "accident": """
            accident_no  occurred_on  counted  known_from  submission_id
            A-1          10-05        yes      10-15       S-1
            """,
            "submission": """
            submission_id  ledger    period_on  received_on  withdrawn_on
            S-1            accident  -          10-15        -
            S-2            accident  10-31      11-02        -
            S-3            accident  -          11-10        11-12
            S-4            accident  -          11-16        -
            S-5            hazard    -          11-14        -
            """,
        },
        """
        accident_no  ledger_until
        A-1          10-31
        """,
        known_on="11-15",
    ),
    Spec(
        "accidents",
        "几个县汇总的，各县的台账各到各的日子",
        {
            "accident": """
            accident_no  occurred_on  counted  known_from  submission_id
            甲县·A-1     10-05        yes      10-15       甲县·S-1
            乙县·A-1     10-05        yes      10-15       乙县·S-1
            """,
            "submission": """
            submission_id  ledger    period_on  received_on
            甲县·S-1       accident  -          10-15
            乙县·S-1       accident  -          10-15
            乙县·S-2       accident  10-31      11-02
            """,
        },
        """
        accident_no  ledger_until
        甲县·A-1     10-15
        乙县·A-1     10-31
        """,
    ),
    Spec(
        "accident_totals",
        "时段在当日结束的在内；没有记下小数位数的，按数字本身的位数；更正过的只算更正后的",
        {
            "accident_stat": """
            region  period_start  period_end  accidents  accidents_prev  accidents_yoy_printed  accidents_yoy_places  deaths_yoy_printed  known_from  known_to
            全市    10-01         11-15       24         18              33.33                  -                     33                  11-01       -
            全省    10-01         11-15       24         18              33.3                   2                     33.3                11-01       -
            全国    10-01         11-16       24         18              33                     -                     -                   11-01       -
            全市    09-01         09-30       20         18              11                     -                     -                   11-01       11-10
            全市    09-01         09-30       21         18              16.7                   -                     -                   11-10       -
            """
        },
        """
        region  period_end  accidents  accidents_prev  accidents_yoy_printed  accidents_yoy_places  deaths_yoy_places
        全市    11-15       24         18              33.33                  2                     0
        全省    11-15       24         18              33.3                   2                     1
        全市    09-30       21         18              16.7                   1                     2
        """,
        known_on="11-15",
    ),
    Spec(
        "accident_monthly",
        "当月与上年相同的日子比：上年 2 月 15 日的算、16 日的不算；不计入统计的分开；累计同比按累计",
        {
            "accidents": """
            accident_no  occurred_on  deaths  counted  industry
            A-1          2023-01-31   1       yes      文旅
            A-2          2023-02-15   -       yes      文旅
            A-3          2023-02-16   1       yes      文旅
            A-4          2022-02-15   1       yes      文旅
            A-5          2022-02-16   2       yes      文旅
            A-6          2023-02-01   0       no       -
            """
        },
        (
            """
            region  counted  dimension  member  month_start  accidents  deaths  accidents_prev  deaths_prev
            本县    yes      all        all     2023-01-01   1          1       0               0
            本县    yes      all        all     2023-02-01   1          0       1               1
            本县    yes      grade      未填    2023-01-01   1          1       0               0
            本县    yes      grade      未填    2023-02-01   1          0       1               1
            本县    yes      industry   文旅    2023-01-01   1          1       0               0
            本县    yes      industry   文旅    2023-02-01   1          0       1               1
            本县    yes      kind       未填    2023-01-01   1          1       0               0
            本县    yes      kind       未填    2023-02-01   1          0       1               1
            本县    no       all        all     2023-01-01   0          0       0               0
            本县    no       all        all     2023-02-01   1          0       0               0
            本县    no       grade      未填    2023-01-01   0          0       0               0
            本县    no       grade      未填    2023-02-01   1          0       0               0
            本县    no       industry   未填    2023-01-01   0          0       0               0
            本县    no       industry   未填    2023-02-01   1          0       0               0
            本县    no       kind       未填    2023-01-01   0          0       0               0
            本县    no       kind       未填    2023-02-01   1          0       0               0
            """,
            """
            accidents_total  deaths_total  accidents_total_prev  deaths_total_prev  accidents_yoy  deaths_yoy
            1                1             0                     0                  -              -
            2                1             1                     1                  100            0
            1                1             0                     0                  -              -
            2                1             1                     1                  100            0
            1                1             0                     0                  -              -
            2                1             1                     1                  100            0
            1                1             0                     0                  -              -
            2                1             1                     1                  100            0
            0                0             0                     0                  -              -
            1                0             0                     0                  -              -
            0                0             0                     0                  -              -
            1                0             0                     0                  -              -
            0                0             0                     0                  -              -
            1                0             0                     0                  -              -
            0                0             0                     0                  -              -
            1                0             0                     0                  -              -
            """,
        ),
        as_of="2023-02-15",
        same={"accidents": {"region": "本县"}},
    ),
    Spec(
        "accident_monthly",
        "去年一起也没有记的，没有可比数据；去年 12 月 31 日有记录就可比",
        {
            "accidents": """
            accident_no  occurred_on  region  deaths  counted
            A-1          2023-01-01   甲县    1       yes
            A-2          2023-01-01   乙县    1       yes
            A-3          2022-12-31   乙县    1       yes
            """
        },
        """
        region  dimension  member  accidents  accidents_prev  deaths_prev  accidents_yoy
        乙县    all        all     1          0               0            -
        乙县    grade      未填    1          0               0            -
        乙县    industry   未填    1          0               0            -
        乙县    kind       未填    1          0               0            -
        甲县    all        all     1          -               -            -
        甲县    grade      未填    1          -               -            -
        甲县    industry   未填    1          -               -            -
        甲县    kind       未填    1          -               -            -
        """,
        as_of="2023-01-31",
    ),
    Spec(
        "accident_yoy",
        "上升 33.33% 只有 18 起能得出，反推采用；没有整数能得出 33.5%，不采用；上年为零没有百分比",
        {
            "accident_totals": """
            region  industry  accidents  accidents_prev  accidents_yoy_printed  accidents_yoy_text  accidents_yoy_places  deaths  deaths_prev  deaths_yoy_printed  deaths_yoy_text  deaths_yoy_places
            全国    各类      24         -               33.33                  上升33.33%          2                     3       3            0                   持平             0
            全市    各类      24         18              33                     上升33%             0                     3       4            -25                 下降25%          0
            全县    各类      24         -               33.5                   上升33.5%           1                     1       0            -                   -                0
            全镇    各类      3          4               -20                    下降20%             0                     1       -            -                   -                0
            """
        },
        (
            """
            source     period     region  industry  period_start  period_end  accidents  deaths  accidents_prev  deaths_prev
            published  published  全县    各类      01-01         10-31       24         1       -               0
            published  published  全国    各类      01-01         10-31       24         3       18              3
            published  published  全市    各类      01-01         10-31       24         3       18              4
            published  published  全镇    各类      01-01         10-31       3          1       4               -
            """,
            """
            accidents_base  deaths_base  accidents_yoy  accidents_yoy_printed  accidents_yoy_text  accidents_agree
            ambiguous       printed      -              33.5                   上升33.5%           -
            derived         printed      33.33          33.33                  上升33.33%          yes
            printed         printed      33.33          33                     上升33%             yes
            printed         none         -25            -20                    下降20%             no
            """,
            """
            deaths_yoy  deaths_yoy_printed  deaths_yoy_text  deaths_agree
            -           -                   -                -
            0           0                   持平             yes
            -25         -25                 下降25%          yes
            -           -                   -                -
            """,
        ),
        same={"accident_totals": {"period_start": "2023-01-01", "period_end": "2023-10-31"}},
    ),
    Spec(
        "accident_monthly",
        "台账到 1 月 31 日为止，2 月没有行：没有收到不等于零",
        {
            "accidents": """
            accident_no  occurred_on  counted  ledger_until
            A-1          2023-01-05   yes      2023-01-31
            A-2          2022-02-01   yes      2023-01-31
            """
        },
        """
        dimension  member  month_start  accidents  accidents_prev
        all        all     2023-01-01   1          0
        grade      未填    2023-01-01   1          0
        industry   未填    2023-01-01   1          0
        kind       未填    2023-01-01   1          0
        """,
        as_of="2023-02-15",
        same={"accidents": {"region": "本县"}},
    ),
    Spec(
        "accident_yoy",
        "台账没有到的日子不算没有事故：时段止于台账到的那一天，整个时段都在其后的没有起数；写明的截至日比台账里最后一起还早的，到那一起",
        {
            "accidents": """
            region  accident_no  occurred_on  deaths  counted  ledger_until
            甲县    A-1          2023-10-05   1       yes      2023-12-31
            甲县    A-2          2022-11-01   0       yes      2023-12-31
            乙县    A-3          2024-01-20   0       yes      2023-12-31
            """
        },
        """
        source   period   region  period_start  period_end  accidents  deaths  accidents_prev  accidents_base  covered_until
        records  month    乙县    2024-01-01    2024-01-20  1          0       -               none            2024-01-20
        records  quarter  乙县    2024-01-01    2024-01-20  1          0       -               none            2024-01-20
        records  year     乙县    2024-01-01    2024-01-20  1          0       -               none            2024-01-20
        records  month    甲县    2024-01-01    2024-01-31  -          -       -               none            2023-12-31
        records  quarter  甲县    2024-01-01    2024-01-31  -          -       -               none            2023-12-31
        records  year     甲县    2024-01-01    2024-01-31  -          -       -               none            2023-12-31
        """,
        as_of="2024-01-31",
    ),
    Spec(
        "accident_yoy",
        "由台账计得的：月末与上年同月月末比；不计入统计的不算；年初第一天的算当年",
        {
            "accidents": """
            accident_no  occurred_on  deaths  counted
            A-1          2025-02-28   1       yes
            A-2          2025-01-01   0       yes
            A-3          2024-02-29   1       yes
            A-4          2024-03-01   5       yes
            A-5          2025-02-01   9       no
            A-6          2024-12-31   5       yes
            """
        },
        """
        source   period   region  period_start  period_end  accidents  deaths  accidents_prev  deaths_prev  accidents_base  accidents_yoy  deaths_yoy
        records  quarter  本县    2025-01-01    2025-02-28  2          1       1               1            counted         100            0
        records  year     本县    2025-01-01    2025-02-28  2          1       1               1            counted         100            0
        records  month    本县    2025-02-01    2025-02-28  1          1       1               1            counted         0              0
        """,
        as_of="2025-02-28",
        same={"accidents": {"region": "本县"}},
    ),
)
