"""检查和场所: what was looked at, what was found, what was made public in time."""

from tests.specs.spec import Spec

SUBJECT = "检查和场所：覆盖、成效、公示、互检"

#: Friday 13 October is the fifth working day of the table; 20 working days later it is the 25th.
WORKDAYS = """
day    is_workday  workday_no  is_arranged
10-13  yes         5           yes
10-14  no          5           yes
10-16  yes         6           yes
11-10  yes         25          yes
11-13  yes         26          yes
"""

SPECS = (
    Spec(
        "inspections",
        "当日的检查在内，次日的不在；没有日期的按收到日期；当日还没有收到的不知道",
        {
            "inspection": """
            inspection_no  inspected_on  site  unit  hazards_found  submission_id  known_from
            J-1            11-15         宾馆  甲局  2              s1             10-05
            J-2            11-16         宾馆  甲局  2              s1             10-05
            J-3            -             网吧  甲局  -              s1             11-15
            J-4            -             网吧  甲局  -              s1             11-16
            J-5            10-01         网吧  甲局  0              s1             11-16
            """,
            "submission": "submission_id  path\ns1  检查.xlsx",
        },
        """
        inspection_no  inspected_on  site  unit  hazards_found  path
        J-1            11-15         宾馆  甲局  2              检查.xlsx
        J-3            -             网吧  甲局  -              检查.xlsx
        """,
        known_on="11-15",
    ),
    Spec(
        "sites",
        "名录不分日期；到 20 日为止有效的一版才在，被更改的、退出名录的不在",
        {
            "site": """
            site  risk_level  person  known_from  known_to
            宾馆  一般        赵某    10-01       10-20
            宾馆  较大        赵某    10-20       -
            网吧  一般        -       10-01       10-21
            影院  一般        -       10-21       -
            """
        },
        """
        site  risk_level  person
        宾馆  较大        赵某
        网吧  一般        -
        """,
        known_on="10-20",
    ),
    Spec(
        "workdays",
        "日历照表列出：星期六不是工作日，补班的星期六是；所属的日子和收到的日子都不起作用",
        {
            "workday": """
            region  day    is_workday  workday_no  is_arranged
            本县    10-13  yes         5           yes
            本县    10-14  no          5           yes
            本县    10-16  yes         6           yes
            """
        },
        """
        region  day    is_workday  workday_no  is_arranged
        本县    10-13  yes         5           yes
        本县    10-14  no          5           yes
        本县    10-16  yes         6           yes
        """,
        as_of="10-01",
    ),
    Spec(
        "inspection_coverage",
        "满 60 天未检查：第 60 天算，第 59 天不算，从未检查的算；名录外的单列；去年的检查不算今年",
        {
            "sites": """
            site  risk_level  site_kind  township
            宾馆  较大        宾馆       东河镇
            网吧  较大        网吧       东河镇
            影院  -           影院       东河镇
            书店  较大        书店       -
            """,
            "inspections": """
            site  inspected_on
            宾馆  2023-09-16
            网吧  2023-09-17
            网吧  2023-09-01
            书店  2022-12-31
            歌厅  2023-10-01
            """,
        },
        """
        dimension   member  sites  inspected  visits  idle_60  coverage_rate
        all         all     4      2          3       3        1/2
        all         名录外  0      1          1       0        -
        risk_level  较大    3      2          3       2        2/3
        risk_level  未填    1      0          0       1        0
        risk_level  名录外  0      1          1       0        -
        site_kind   书店    1      0          0       1        0
        site_kind   宾馆    1      1          1       1        1
        site_kind   影院    1      0          0       1        0
        site_kind   网吧    1      1          2       0        1
        site_kind   名录外  0      1          1       0        -
        township    东河镇  3      2          3       2        2/3
        township    未填    1      0          0       1        0
        township    名录外  0      1          1       0        -
        """,
    ),
    Spec(
        "inspection_yield",
        "第 20 个工作日当日公示的及时，次日的不及时；星期六检查的从下一个工作日数起；这一天没有过完的不算应公示",
        {
            "workdays": WORKDAYS,
            "inspections": """
            kind    site  inspected_on  published_on  hazards_found  major_hazards_found  campaign
            双随机  宾馆  10-13         11-10         2              1                    百日行动
            双随机  网吧  10-14         11-11         0              0                    -
            双随机  影院  10-16         -             -              -                    -
            专项    宾馆  10-13         -             1              0                    -
            双随机  书店  2022-12-30    -             5              5                    -
            """,
        },
        (
            """
            dimension  member    visits  sites  with_hazards  hazards_found  major_found  per_visit
            all        all       4       3      2             3              1            1
            campaign   百日行动  1       1      1             2              1            2
            kind       双随机    3       3      1             2              1            1
            kind       专项      1       1      1             1              0            1
            site_kind  未填      4       3      2             3              1            1
            township   未填      4       3      2             3              1            1
            unit       甲局      4       3      2             3              1            1
            """,
            """
            yield_rate  to_publish  published_in_time  publish_rate  by_weekdays
            2/3         2           1                  1/2           0
            1           1           1                  1             0
            1/2         2           1                  1/2           0
            1           0           0                  -             0
            2/3         2           1                  1/2           0
            2/3         2           1                  1/2           0
            2/3         2           1                  1/2           0
            """,
        ),
        as_of="11-13",
        same={"inspections": {"region": "本县", "unit": "甲局"}, "workdays": {"region": "本县"}},
    ),
    Spec(
        "site_responsibility",
        "填写了挂牌责任人的为已挂牌，写明职务的另计；没有人的职务不算",
        {
            "sites": """
            site  township  site_kind  risk_level  unit  person  person_post
            宾馆  东河镇    宾馆       较大        甲局  赵某    经理
            网吧  东河镇    网吧       较大        甲局  钱某    -
            影院  -         宾馆       较大        甲局  -       经理
            """
        },
        """
        dimension   member  sites  with_person  with_post  responsibility_rate
        all         all     3      2            1          2/3
        risk_level  较大    3      2            1          2/3
        site_kind   宾馆    2      1            1          1/2
        site_kind   网吧    1      1            0          1
        township    东河镇  2      2            1          1
        township    未填    1      0            0          0
        unit        甲局    3      2            1          2/3
        """,
    ),
    Spec(
        "cross_checks",
        "检查方就是被检查方的不算互检；“东河镇”和“东河镇人民政府”是同一个；没有写明的为未填",
        {
            "targets": """
            kind      acted_by        target          held_on
            交叉互检  东河镇          西山镇          10-01
            交叉互检  东河镇人民政府  西山镇人民政府  10-03
            交叉互检  西山镇          西山镇人民政府  10-02
            督导检查  东河镇          西山镇          10-04
            交叉互检  -               -               10-05
            """,
            "inspections": """
            kind      unit    township  site  inspected_on  hazards_found
            交叉互检  东河镇  西山镇    宾馆  10-02         3
            交叉互检  东河镇  -         网吧  10-06         -
            双随机    东河镇  西山镇    宾馆  10-07         5
            """,
        },
        """
        unit    target  is_own  arranged  visits  hazards_found  first_on  last_on
        西山镇  西山镇  yes     1         0       0              10-02     10-02
        东河镇  西山镇  no      2         1       3              10-01     10-03
        未填    未填    no      1         0       0              10-05     10-05
        东河镇  网吧    no      0         1       0              10-06     10-06
        """,
    ),
    Spec(
        "inspection_coverage",
        "年初第一天的检查算当年，头一年最后一天的不算",
        {
            "sites": """
            site  risk_level  site_kind  township
            宾馆  较大        宾馆       东河镇
            网吧  较大        宾馆       东河镇
            """,
            "inspections": """
            site  inspected_on
            宾馆  2023-01-01
            网吧  2022-12-31
            """,
        },
        """
        dimension   member  sites  inspected  visits  idle_60
        all         all     2      1          1       0
        risk_level  较大    2      1          1       0
        site_kind   宾馆    2      1          1       0
        township    东河镇  2      1          1       0
        """,
        as_of="2023-02-01",
    ),
    Spec(
        "inspection_yield",
        "放假安排没有公布的年份只按周末推算，单列；当日公示的及时，次日才公示的还不知道",
        {
            "workdays": """
            day    is_workday  workday_no  is_arranged
            10-13  yes         5           yes
            11-10  yes         25          no
            """,
            "inspections": """
            kind    site  inspected_on  published_on
            双随机  宾馆  10-13         11-10
            双随机  网吧  10-13         10-12
            双随机  影院  10-13         11-12
            """,
        },
        """
        dimension  member  visits  to_publish  published_in_time  by_weekdays
        all        all     3       3           1                  3
        kind       双随机  3       3           1                  3
        site_kind  未填    3       3           1                  3
        township   未填    3       3           1                  3
        unit       甲局    3       3           1                  3
        """,
        as_of="11-11",
        same={"inspections": {"region": "本县", "unit": "甲局"}, "workdays": {"region": "本县"}},
    ),
)
