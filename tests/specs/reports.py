"""半月报: who owes one, by when, and whether its numbers are those of the ledgers."""

from tests.specs.spec import Spec

SUBJECT = "半月报：应报、按期、核对"

#: The second half of October, due on 2 November, and the first of November, due on the 17th.
PERIODS = """
period_start  period_end  due_on
10-16         10-31       11-02
11-01         11-15       11-17
"""

SPECS = (
    Spec(
        "reports",
        "报送日期当日才看得到；网页上确认的日期优先；期次没有开始的、当日没有收到的不在",
        {
            "half_month": """
            unit  period_start  period_end  submitted_on  reported_on  known_from
            甲局  10-16         10-31       11-15         -            10-20
            乙局  10-16         10-31       11-16         -            10-20
            丙局  10-16         10-31       11-16         11-14        10-20
            丁局  11-16         11-30       -             -            10-20
            戊局  10-16         10-31       11-01         -            11-16
            己局  11-15         11-30       -             -            10-20
            """
        },
        """
        unit  period_start  submitted_on
        甲局  10-16         11-15
        乙局  10-16         -
        丙局  10-16         11-14
        己局  11-15         -
        """,
        known_on="11-15",
    ),
    Spec(
        "reports",
        "期次止没有填写的取期次起所在的半月；期次起不是半月第一天的推不出；填写的照填写的",
        {
            "half_month": """
            unit  period_start  period_end  known_from
            甲局  10-16         -           11-01
            乙局  10-20         -           11-01
            丙局  10-16         10-20       11-01
            """,
            "report_period": """
            region  period_start  period_end  due_on
            本县    10-16         10-31       11-02
            """,
        },
        """
        unit  period_start  period_end
        甲局  10-16         10-31
        乙局  10-20         -
        丙局  10-16         10-20
        """,
        same={"half_month": {"region": "本县"}},
    ),
    Spec(
        "report_periods",
        "当日开始的期次在内，次日开始的不在",
        {
            "report_period": """
            region  period_start  period_end  due_on
            本县    10-16         10-31       11-02
            本县    11-01         11-15       11-17
            本县    11-16         11-30       12-04
            """
        },
        """
        region  period_start  period_end  due_on
        本县    10-16         10-31       11-02
        本县    11-01         11-15       11-17
        """,
        as_of="11-01",
    ),
    Spec(
        "units",
        "一个单位一行，取最新的名录；是否报送没有填写的成员单位要报，类别也没有填写的不知道",
        {
            "unit": """
            unit  unit_kind  has_to_report  liaison  known_from  known_to  row_no
            甲局  成员单位   -              赵某     10-01       -         4
            甲局  成员单位   no             钱某     10-02       -         4
            乙局  成员单位   -              孙某     10-01       -         5
            乙局  成员单位   -              李某     10-01       -         6
            丙局  其他       -              -        10-01       -         7
            丁局  -          -              -        10-01       -         8
            戊局  成员单位   -              -        10-01       11-15     9
            己局  成员单位   -              -        11-16       -         10
            """
        },
        """
        unit  unit_kind  has_to_report  liaison  known_from
        甲局  成员单位   no             钱某     10-02
        乙局  成员单位   yes            孙某     10-01
        丙局  其他       no             -        10-01
        丁局  -          -              -        10-01
        """,
        known_on="11-15",
    ),
    Spec(
        "report_punctuality",
        "应报日期当日报送的按期，次日的迟报一天；应报日期当日没有报的未到期，次日起缺报",
        {
            "units": """
            unit  has_to_report
            甲局  yes
            乙局  yes
            丙局  yes
            丁局  no
            戊局  -
            """,
            "report_periods": PERIODS,
            "reports": """
            unit  period_start  period_end  submitted_on  zero_report
            甲局  10-16         10-31       11-02         no
            乙局  10-16         10-31       11-03         yes
            丙局  11-01         11-15       11-16         no
            """,
        },
        """
        unit  period_start  period_end  due_on  submitted_on  state    days_late  zero_report
        丙局  11-01         11-15       11-17   11-16         in_time  -          no
        乙局  11-01         11-15       11-17   -             pending  -          -
        甲局  11-01         11-15       11-17   -             pending  -          -
        丙局  10-16         10-31       11-02   -             missing  15         -
        乙局  10-16         10-31       11-02   11-03         late     1          yes
        甲局  10-16         10-31       11-02   11-02         in_time  -          no
        """,
        as_of="11-17",
        same={name: {"region": "本县"} for name in ("units", "report_periods", "reports")},
    ),
    Spec(
        "report_punctuality",
        "名录中不须报送的只列报过的期次；名录里没有、曾经报送的要报；期次最后一天当日才列出",
        {
            "units": """
            unit  has_to_report
            甲局  no
            """,
            "report_periods": PERIODS,
            "reports": """
            unit  period_start  period_end  submitted_on  zero_report
            甲局  10-16         10-31       11-02         -
            乙局  11-01         11-15       11-15         yes
            """,
        },
        """
        unit  period_start  submitted_on  state    days_late
        乙局  11-01         11-15         in_time  -
        乙局  10-16         -             missing  13
        甲局  10-16         11-02         in_time  -
        """,
        as_of="11-15",
        same={name: {"region": "本县"} for name in ("units", "report_periods", "reports")},
    ),
    Spec(
        "report_punctuality",
        "后来的名录才列为应报的从应报起期起要报，不再列的到应报止期以前；报过的期次都列",
        {
            "units": """
            unit  has_to_report  owes_from  owes_until
            甲局  yes            -          -
            乙局  yes            11-01      -
            丙局  no             -          11-01
            丁局  yes            11-01      -
            """,
            "report_periods": PERIODS,
            "reports": """
            unit  period_start  period_end  submitted_on  zero_report
            甲局  10-16         10-31       11-02         no
            丁局  10-16         10-31       11-02         no
            """,
        },
        """
        unit  period_start  submitted_on  state    days_late
        丁局  11-01         -             missing  1
        乙局  11-01         -             missing  1
        甲局  11-01         -             missing  1
        丁局  10-16         11-02         in_time  -
        丙局  10-16         -             missing  16
        甲局  10-16         11-02         in_time  -
        """,
        as_of="11-18",
        same={name: {"region": "本县"} for name in ("units", "report_periods", "reports")},
    ),
    Spec(
        "units_reporting",
        "后来的名录才列为应报的从应报起期起算到期，不再列的不是应报单位",
        {
            "units": """
            unit  has_to_report  owes_from  owes_until
            甲局  yes            -          -
            乙局  yes            11-01      -
            丙局  no             -          11-01
            """,
            "report_periods": PERIODS,
            "reports": """
            unit  period_start  period_end  submitted_on
            甲局  10-16         10-31       11-02
            """,
        },
        """
        unit  due  owed  owed_since
        乙局  1    1     11-01
        甲局  2    1     11-01
        """,
        as_of="11-18",
        same={name: {"region": "本县"} for name in ("units", "report_periods", "reports")},
    ),
    Spec(
        "units_reporting",
        "应报日期当日还不算到期，次日才算；没有报送的期次为缺报，没有联络员的照实列出",
        {
            "units": """
            unit  unit_kind  has_to_report  liaison  phone
            甲局  成员单位   yes            赵某     12345
            乙局  成员单位   yes            -        -
            丙局  其他       no             钱某     -
            """,
            "report_periods": PERIODS,
            "reports": """
            unit  period_start  period_end  submitted_on
            甲局  10-16         10-31       11-02
            乙局  11-01         11-15       -
            """,
        },
        """
        unit  unit_kind  liaison  phone  has_liaison  last_period_end  last_submitted_on  due  owed  owed_since
        乙局  成员单位   -        -      no           -                -                  1    1     10-16
        甲局  成员单位   赵某     12345  yes          10-31            11-02              1    0     -
        """,
        as_of="11-17",
        same={name: {"region": "本县"} for name in ("units", "report_periods", "reports")},
    ),
    Spec(
        "report_reconciliation",
        "期次首日和末日的都归本期，前一日、后一日的不归；没有填报的项不比，当日还没有报送的、期次止不明或早于期次起的不比，撤销的不计",
        {
            "reports": """
            unit  period_start  period_end  submitted_on  visits  sites_inspected  hazards_found  hazards_done  major_found  major_closed
            甲局  11-01         11-15       11-16         3       1                2              -             1            1
            乙局  11-01         11-15       -             3       1                2              -             1            1
            丙局  11-01         -           11-16         3       1                2              -             1            1
            丁局  11-16         11-15       11-16         3       1                2              -             1            1
            """,
            "inspections": """
            unit  site  inspected_on
            甲局  宾馆  10-31
            甲局  宾馆  11-01
            甲局  宾馆  11-15
            甲局  宾馆  11-16
            乙局  网吧  11-10
            """,
            "items": """
            item_id  level  opened_on  state   done_on  closed_on
            1        重大   11-01      closed  11-02    11-15
            2        一般   11-15      open    -        -
            3        重大   10-31      closed  11-01    11-16
            4        重大   11-10      void    -        -
            """,
        },
        """
        unit  period_start  period_end  figure        reported  in_ledger  difference  path    sheet  row_no
        甲局  11-01         11-15       发现重大隐患  1         1          0           r.xlsx  报表   4
        甲局  11-01         11-15       发现隐患      2         2          0           r.xlsx  报表   4
        甲局  11-01         11-15       检查家数      1         1          0           r.xlsx  报表   4
        甲局  11-01         11-15       检查家次      3         2          1           r.xlsx  报表   4
        甲局  11-01         11-15       重大隐患销号  1         1          0           r.xlsx  报表   4
        """,
        as_of="11-30",
        same={
            "reports": {"region": "本县", "path": "r.xlsx", "sheet": "报表", "row_no": 4},
            "inspections": {"region": "本县"},
        },
    ),
    Spec(
        "units_reporting",
        "别的地区同名的单位不算一个；缺第一期、报了第二期的，缺的从第一期起",
        {
            "units": """
            unit  region  has_to_report
            甲局  本县    yes
            甲局  邻县    yes
            """,
            "report_periods": """
            region  period_start  period_end  due_on
            本县    10-16         10-31       11-02
            本县    11-01         11-15       11-17
            邻县    10-16         10-31       11-02
            邻县    11-01         11-15       11-17
            """,
            "reports": """
            unit  region  period_start  period_end  submitted_on
            甲局  本县    10-16         10-31       -
            甲局  本县    11-01         11-15       11-16
            甲局  邻县    10-16         10-31       11-01
            甲局  邻县    11-01         11-15       11-16
            """,
        },
        """
        unit  last_period_end  last_submitted_on  due  owed  owed_since
        甲局  11-15            11-16              2    1     10-16
        甲局  11-15            11-16              2    0     -
        """,
        as_of="11-18",
    ),
    Spec(
        "report_punctuality",
        "旧的发布没有报送日历的，期末后两天应报；一年多以前的期次是笔误，不从那里起算欠账",
        {
            "units": """
            unit  has_to_report
            甲局  yes
            """,
            "reports": """
            unit  period_start  period_end  submitted_on  zero_report
            甲局  2022-10-16    2022-10-31  2023-11-02    no
            甲局  2023-10-16    2023-10-31  2023-11-02    no
            """,
        },
        """
        unit  period_start  due_on  submitted_on  state
        甲局  10-16         11-02   11-02         in_time
        """,
        as_of="11-03",
        same={name: {"region": "本县"} for name in ("units", "reports")},
    ),
    Spec(
        "report_reconciliation",
        "邻县同名单位的检查和隐患不算本县的",
        {
            "reports": """
            unit  region  period_start  period_end  submitted_on  visits  hazards_found
            甲局  本县    11-01         11-15       11-16         1       1
            """,
            "inspections": """
            unit  region  site  inspected_on
            甲局  本县    宾馆  11-01
            甲局  邻县    宾馆  11-01
            """,
            "items": """
            item_id  region  opened_on  state
            1        本县    11-01      open
            2        邻县    11-01      open
            """,
        },
        """
        unit  figure    reported  in_ledger  difference
        甲局  发现隐患  1         1          0
        甲局  检查家次  1         1          0
        """,
    ),
    Spec(
        "report_punctuality",
        "邻县同名单位的半月报不算本县的",
        {
            "units": """
            unit  region  has_to_report
            甲局  本县    yes
            """,
            "reports": """
            unit  region  period_start  period_end  submitted_on
            甲局  邻县    10-16         10-31       11-01
            乙局  本县    10-16         10-31       11-02
            """,
        },
        """
        unit  submitted_on  state
        乙局  11-02         in_time
        甲局  -             missing
        甲局  11-01         in_time
        """,
        as_of="11-03",
    ),
    Spec(
        "units_reporting",
        "期次起过了 366 天才报的算开始报送，从那时起欠账；过了 367 天的是笔误，不从那里起算",
        {
            "units": """
            unit  region  has_to_report
            甲局  本县    yes
            乙局  邻县    yes
            """,
            "report_periods": """
            region  period_start  period_end  due_on
            本县    10-01         10-15       10-17
            本县    10-16         10-31       11-02
            邻县    10-01         10-15       10-17
            邻县    10-16         10-31       11-02
            """,
            "reports": """
            unit  region  period_start  period_end  submitted_on
            甲局  本县    2022-10-16    2022-10-31  2023-10-17
            乙局  邻县    2022-10-16    2022-10-31  2023-10-18
            乙局  邻县    2023-10-16    2023-10-31  2023-11-01
            """,
        },
        """
        unit  due  owed  owed_since
        甲局  2    2     10-01
        乙局  1    0     -
        """,
    ),
    Spec(
        "report_punctuality",
        "很久以前的期次到今年才报的，看过去的一天也不从那里起算，别的单位不因此缺报",
        {
            "units": """
            unit  region  has_to_report
            甲局  本县    yes
            乙局  本县    yes
            """,
            "reports": """
            unit  region  period_start  period_end  submitted_on  told_on
            甲局  本县    2022-03-01    2022-03-15  -             2024-06-30
            甲局  本县    2023-10-16    2023-10-31  2023-11-01    2023-11-01
            """,
        },
        """
        unit  period_start  state
        乙局  2023-10-16    missing
        甲局  2023-10-16    in_time
        """,
        as_of="11-03",
    ),
)
