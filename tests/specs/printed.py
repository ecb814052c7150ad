"""事故: how a printed percentage is checked, and to which day a ledger goes."""

from tests.specs.spec import Spec

SUBJECT = "事故：公布的百分数怎么核对，台账到哪一天"

#: The period of all published totals below.
PERIOD = {"industry": "各类", "period_start": "2023-01-01", "period_end": "2023-10-31"}

SPECS = (
    Spec(
        "accident_yoy",
        "写明上年同期的：四舍五入、截尾都算相符，差一个单位的不相符；全部没有了才是下降 100%，多于 100% 的不会有",
        {
            "accident_totals": """
            region  accidents  accidents_prev  accidents_yoy_printed  accidents_yoy_places  deaths  deaths_prev  deaths_yoy_printed  deaths_yoy_places
            01      3          2               49                     0                     3       2            49                  0
            02      1          2               -49                    0                     1       2            -49                 0
            03      101        200             -50                    0                     101     200          -50                 0
            04      299        200             50                     0                     299     200          50                  0
            05      3          5               -100                   0                     3       5            -100                0
            06      3          5               -120                   0                     3       5            -120                0
            07      0          5               -99                    0                     0       5            -99                 0
            08      0          0               5                      0                     0       0            5                   0
            09      24         18              33.33332               5                     24      18           33.33332            5
            10      24         18              33.33                  1                     24      18           33.33               1
            11      1009       1000            0                      0                     1009    1000         0                   0
            """
        },
        """
        region  accidents_yoy  accidents_agree  deaths_yoy  deaths_agree
        01      50             no               50          no
        02      -50            no               -50         no
        03      -49.5          yes              -49.5       yes
        04      49.5           yes              49.5        yes
        05      -40            no               -40         no
        06      -40            no               -40         no
        07      -100           no               -100        no
        08      -              no               -           no
        09      33.33          yes              33.33       yes
        10      33.33          yes              33.33       yes
        11      0.9            yes              0.9         yes
        """,
        same={"accident_totals": PERIOD},
    ),
    Spec(
        "accident_yoy",
        "没有写明上年同期的倒推：持平的与本期相同，本期为零又持平的是零；升降不可能得出零起的、下降 100% 的无法还原",
        {
            "accident_totals": """
            region  accidents  accidents_yoy_printed  accidents_yoy_places  deaths  deaths_yoy_printed  deaths_yoy_places
            01      0          0                      4                     0       0                   4
            02      5          0                      4                     5       0                   4
            03      0          -50                    0                     0       -50                 0
            04      0          -100                   0                     0       -100                0
            05      3          -100                   0                     3       -100                0
            06      24         33                     0                     24      33                  0
            07      1000       10                     0                     1000    10                  0
            08      24         -                      -                     24      -                   -
            """
        },
        """
        region  accidents_prev  accidents_base  accidents_yoy  accidents_agree  deaths_prev  deaths_base  deaths_yoy  deaths_agree
        01      0               derived         -              yes              0            derived      -           yes
        02      5               derived         0              yes              5            derived      0           yes
        03      -               ambiguous       -              -                -            ambiguous    -           -
        04      -               ambiguous       -              -                -            ambiguous    -           -
        05      -               ambiguous       -              -                -            ambiguous    -           -
        06      18              derived         33.33          yes              18           derived      33.33       yes
        07      -               ambiguous       -              -                -            ambiguous    -           -
        08      -               none            -              -                -            none         -           -
        """,
        same={"accident_totals": PERIOD},
    ),
    Spec(
        "accident_yoy",
        "公布的在前，按地区、起始日、截止日、统计口径；由台账计得的在后",
        {
            "accident_totals": """
            region  industry  period_start  period_end  accidents
            全市    文旅      01-01         09-30       1
            全市    商贸      01-01         09-30       1
            全市    文旅      01-01         06-30       1
            全市    文旅      07-01         09-30       1
            全国    文旅      01-01         09-30       1
            """,
            "accidents": """
            region  occurred_on  counted
            乙县    11-02        yes
            """,
        },
        """
        source     period     region  industry  period_start  period_end  accidents
        published  published  全国    文旅      01-01         09-30       1
        published  published  全市    文旅      01-01         06-30       1
        published  published  全市    商贸      01-01         09-30       1
        published  published  全市    文旅      01-01         09-30       1
        published  published  全市    文旅      07-01         09-30       1
        records    year       乙县    -         01-01         11-15       1
        records    quarter    乙县    -         10-01         11-15       1
        records    month      乙县    -         11-01         11-15       1
        """,
    ),
    Spec(
        "accident_yoy",
        "台账恰到时段第一天的，有这一天的起数；没有写死亡人数的是零人；别的县的事故不相干",
        {
            "accidents": """
            region  occurred_on  deaths  counted  ledger_until
            甲县    2024-01-01   -       yes      2024-01-01
            甲县    2023-01-01   2       yes      2024-01-01
            甲县    2023-01-02   -       yes      2024-01-01
            乙县    2024-01-02   4       yes      2024-01-31
            乙县    2023-01-10   3       yes      2024-01-31
            """
        },
        """
        period   region  period_end  accidents  deaths  accidents_prev  deaths_prev
        month    乙县    2024-01-31  1          4       1               3
        quarter  乙县    2024-01-31  1          4       1               3
        year     乙县    2024-01-31  1          4       1               3
        month    甲县    2024-01-01  1          0       1               2
        quarter  甲县    2024-01-01  1          0       1               2
        year     甲县    2024-01-01  1          0       1               2
        """,
        as_of="2024-01-31",
    ),
    Spec(
        "accident_monthly",
        "各县到各县台账的那个月为止，至少到最后一起；年初第一天的算，没有到当年的没有行；没有写死亡人数的是零人",
        {
            "accidents": """
            region  occurred_on  deaths  industry  ledger_until  counted
            甲县    2023-01-05   -       文旅      2023-01-31  yes
            甲县    2023-02-10   2       商贸      2023-01-31  yes
            甲县    2022-01-01   -       文旅      2023-01-31  yes
            乙县    2023-01-05   1       -         2023-01-10  yes
            乙县    2023-01-06   1       -         2023-02-20  yes
            丙县    2022-12-01   1       -         2022-12-31  yes
            丁县    2023-01-01   1       -         2023-01-01  yes
            """
        },
        """
        region  dimension  member  month_start  accidents  deaths  accidents_prev  deaths_total
        丁县    all        all     01-01        1          1       -               1
        丁县    grade      未填    01-01        1          1       -               1
        丁县    industry   未填    01-01        1          1       -               1
        丁县    kind       未填    01-01        1          1       -               1
        乙县    all        all     01-01        2          2       -               2
        乙县    all        all     02-01        0          0       -               2
        乙县    grade      未填    01-01        2          2       -               2
        乙县    grade      未填    02-01        0          0       -               2
        乙县    industry   未填    01-01        2          2       -               2
        乙县    industry   未填    02-01        0          0       -               2
        乙县    kind       未填    01-01        2          2       -               2
        乙县    kind       未填    02-01        0          0       -               2
        甲县    all        all     01-01        1          0       1               0
        甲县    all        all     02-01        1          2       0               2
        甲县    grade      未填    01-01        1          0       1               0
        甲县    grade      未填    02-01        1          2       0               2
        甲县    industry   商贸    01-01        0          0       0               0
        甲县    industry   商贸    02-01        1          2       0               2
        甲县    industry   文旅    01-01        1          0       1               0
        甲县    industry   文旅    02-01        0          0       0               0
        甲县    kind       未填    01-01        1          0       1               0
        甲县    kind       未填    02-01        1          2       0               2
        """,
        as_of="2023-03-15",
    ),
    Spec(
        "accident_monthly",
        "累计同比两位小数，四舍五入：死亡 4 人比上年 3 人上升 33.33%，1 人比 3 人下降 66.67%",
        {
            "accidents": """
            occurred_on  deaths  kind  counted
            2023-01-05   4       火灾  yes
            2022-01-05   3       火灾  yes
            2023-01-05   1       触电  yes
            2022-01-05   3       触电  yes
            """
        },
        """
        dimension  member  deaths_total  deaths_total_prev  accidents_yoy  deaths_yoy
        all        all     5             6                  0              -16.67
        grade      未填    5             6                  0              -16.67
        industry   未填    5             6                  0              -16.67
        kind       火灾    4             3                  0              33.33
        kind       触电    1             3                  0              -66.67
        """,
        as_of="2023-01-31",
        same={"accidents": {"region": "本县"}},
    ),
)
