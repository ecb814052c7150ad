"""边界: two counties beside one another, two rows for one thing, and days on which nothing was there."""

from tests.specs.spec import Spec

SUBJECT = "边界：几个县各归各的、一处写了两行、当天什么也没有"

SPECS = (
    Spec(
        "instruments",
        "对象是单位、场所、乡镇的都认；单位和场所同名的一条只算一次；同一天用了两次的是两次，只看一次结果；措施不是隐患，别的县的不相干",
        {
            "targets": """
            kind      target  held_on
            约谈警示  甲局    10-01
            约谈警示  宾馆    10-01
            媒体曝光  东河镇  10-01
            现场办公  甲局    10-02
            督导检查  甲局    10-03
            督导检查  甲局    10-03
            述职      甲局    10-03
            """,
            "items": """
            item_id  kind     region  unit  site  township  opened_on  done_on  state
            1        hazard   本县    甲局  宾馆  东河镇    09-01      10-20    closed
            2        hazard   本县    甲局  甲局  东河镇    09-01      -        open
            3        hazard   本县    乙局  网吧  西河镇    09-01      10-05    closed
            4        measure  本县    甲局  -     -         09-01      -        open
            5        hazard   别县    甲局  -     -         09-01      -        open
            """,
        },
        """
        instrument  target  acts  judged  open_then  done_after  alike_open  alike_done
        媒体曝光    全部    1     1       2          1           1           1
        媒体曝光    东河镇  1     1       2          1           1           1
        现场办公    全部    1     1       2          1           1           1
        现场办公    甲局    1     1       2          1           1           1
        督导检查    全部    2     1       2          1           1           1
        督导检查    甲局    2     1       2          1           1           1
        约谈警示    全部    2     2       3          2           2           2
        约谈警示    宾馆    1     1       1          1           1           1
        约谈警示    甲局    1     1       2          1           1           1
        """,
        same={"targets": {"region": "本县"}},
    ),
    Spec(
        "instruments",
        "同一对象同一天挂两条的，满 30 天的算一次；挂牌当日发现的算当日未完成，当日已完成、后来才发现的不算；写了挂牌日期而没有挂牌的不是",
        {
            "items": """
            item_id  unit  level  opened_on  supervised  supervised_on  done_on  state
            1        甲局  重大   10-01      yes         10-10          10-20    closed
            2        甲局  重大   10-01      yes         10-10          -        open
            3        -     重大   10-01      yes         10-11          10-11    closed
            4        乙局  重大   10-12      yes         10-11          -        open
            5        丙局  重大   10-01      no          10-10          10-25    closed
            6        丁局  重大   10-10      yes         10-10          -        open
            7        戊局  -      10-01      no          -              -        open
            """
        },
        """
        instrument  target  acts  last_on  judged  open_then  done_after  alike_open  alike_done
        挂牌督办    全部    5     10-11    4       3          1           4           4
        挂牌督办    甲局    2     10-10    1       2          1           1           1
        挂牌督办    丁局    1     10-10    1       1          0           1           1
        挂牌督办    乙局    1     10-11    1       0          0           1           1
        挂牌督办    未填    1     10-11    1       0          0           1           1
        """,
    ),
    Spec(
        "instruments",
        "对象当天没有未完成的、当天谁也没有未完成的，都是零，没有比率",
        {
            "targets": """
            kind      target  held_on
            约谈警示  丙局    10-01
            约谈警示  丙局    08-01
            现场办公  甲局    10-01
            """,
            "items": """
            item_id  unit  opened_on  done_on  state
            1        甲局  09-01      10-20    closed
            """,
        },
        """
        instrument  target  acts  judged  open_then  done_after  done_rate  alike_open  alike_done  alike_rate
        现场办公    全部    1     1       1          1           1          0           0           -
        现场办公    甲局    1     1       1          1           1          0           0           -
        约谈警示    全部    2     2       0          0           -          1           1           1
        约谈警示    丙局    2     2       0          0           -          1           1           1
        """,
        same={"targets": {"region": "本县"}},
    ),
    Spec(
        "instruments",
        "几个县同一天用同一种手段，各与本县的其他隐患比，对象同名的相加",
        {
            "targets": """
            kind      region  target  held_on
            约谈警示  甲县    甲局    10-01
            约谈警示  乙县    甲局    10-01
            现场办公  甲县    甲局    10-01
            """,
            "items": """
            item_id  region  unit  opened_on  done_on  state
            1        甲县    甲局  09-01      -        open
            2        甲县    乙局  09-01      10-05    closed
            3        乙县    甲局  09-01      10-05    closed
            4        乙县    乙局  09-01      -        open
            5        乙县    丙局  09-01      10-06    closed
            """,
        },
        """
        instrument  target  acts  judged  open_then  done_after  alike_open  alike_done
        现场办公    全部    1     1       1          0           1           1
        现场办公    甲局    1     1       1          0           1           1
        约谈警示    全部    2     2       2          1           3           2
        约谈警示    甲局    2     2       2          1           3           2
        """,
    ),
    Spec(
        "duty_compliance",
        "每季、每半年、每年各从自己的第一个整期算起；一次性的从启动当日到完成时限，没有时限的到当日；还没有启动的不列",
        {
            "requirements": """
            item_id  sub_no  unit  duty_kind  frequency  quantity  start_on    due_on
            M-1      1-1     甲局  专题学习   每季       1         2023-10-01  -
            M-2      1-2     甲局  例会       每半年     1         2023-07-01  -
            M-3      1-3     甲局  约谈警示   每半年     1         2023-06-30  -
            M-4      1-4     甲局  培训演练   每年       1         2023-01-01  -
            M-5      1-5     甲局  督导检查   -          1         2024-02-16  -
            M-6      1-6     甲局  调研报告   -          2         2023-11-01  -
            M-7      1-7     甲局  预警信息   每季度     1         2023-11-01  -
            """,
            "duties": """
            kind      unit        held_on     submitted_on  period_start  due_on      quantity
            专题学习  甲局        2023-12-31  -             -             -           -
            约谈警示  专班办公室  -           2023-07-01    -             2023-06-01  -
            约谈警示  甲局        -           -             2024-01-01    -           -
            培训演练  甲局        2023-01-01  -             -             -           1
            培训演练  乙局        2024-01-02  -             -             -           1
            调研报告  甲局        -           2023-11-01    -             2023-10-01  -
            调研报告  甲局        2024-02-15  -             -             -           -
            """,
        },
        """
        sub_no  period_start  period_end  required  done  missing  state
        1-1     2023-10-01    2023-12-31  1         1     0        met
        1-1     2024-01-01    2024-03-31  1         0     1        running
        1-2     2023-07-01    2023-12-31  1         0     1        short
        1-2     2024-01-01    2024-06-30  1         0     1        running
        1-3     2023-07-01    2023-12-31  1         1     0        met
        1-3     2024-01-01    2024-06-30  1         1     0        met
        1-4     2023-01-01    2023-12-31  1         1     0        met
        1-4     2024-01-01    2024-12-31  1         0     1        running
        1-6     2023-11-01    -           2         2     0        met
        1-7     2024-01-01    2024-03-31  1         0     1        running
        """,
        as_of="2024-02-15",
        same={"requirements": {"region": "本县"}, "duties": {"region": "本县"}},
    ),
    Spec(
        "duty_compliance",
        "恰好够数的、时段相同而次数更多的是较严的一条，几条都较严的写编号在前的；次数不够的、别的县的、期初还没有启动的不是",
        {
            "requirements": """
            item_id  sub_no  region  frequency  quantity  start_on
            M-1      2-1     本县    每季度     3         10-01
            M-2      2-2     本县    每月       1         10-01
            M-3      2-3     本县    每月       2         10-01
            M-4      2-4     本县    每季度     7         10-01
            M-5      2-5     别县    每季度     3         10-01
            M-6      2-6     本县    每月       5         10-02
            """
        },
        """
        sub_no  period_start  required  done  missing  state     stricter_no
        2-1     10-01         3         0     -        stricter  2-2
        2-2     10-01         1         0     -        stricter  2-3
        2-2     11-01         1         0     -        stricter  2-3
        2-3     10-01         2         0     2        short     -
        2-3     11-01         2         0     -        stricter  2-6
        2-4     10-01         7         0     7        running   -
        2-5     10-01         3         0     3        running   -
        2-6     11-01         5         0     5        running   -
        """,
        same={"requirements": {"duty_kind": "例会", "unit": "甲局"}},
    ),
    Spec(
        "duty_compliance",
        "一条措施自己的和它的整改措施的要求分别判断；两个方案同一个编号的按措施分开，各自的时段各自列出",
        {
            "requirements": """
            item_id  sub_no  duty_kind  frequency  quantity  start_on
            乙-3     3       专题学习   每季度     1         10-01
            甲-3     3       例会       每季度     1         10-01
            甲-3     3-1     例会       每月       1         10-01
            """
        },
        """
        sub_no  duty_kind  period_start  state     stricter_no
        3       专题学习   10-01         running   -
        3       例会       10-01         stricter  3-1
        3-1     例会       10-01         short     -
        3-1     例会       11-01         running   -
        """,
        same={"requirements": {"region": "本县", "unit": "甲局"}},
    ),
    Spec(
        "inspection_coverage",
        "登记了两行的场所是一家；没有写名称的不是场所；别的县的同名场所是另一家；名录外的没有未检查数",
        {
            "sites": """
            region  site  risk_level  site_kind  township
            本县    宾馆  一般        宾馆       东河镇
            本县    宾馆  较大        酒店       西河镇
            本县    -     较大        影院       东河镇
            别县    宾馆  一般        -          东河镇
            本县    网吧  -           网吧       东河镇
            """,
            "inspections": """
            region  site  inspected_on
            本县    宾馆  2023-11-01
            本县    歌厅  2022-12-01
            本县    -     2023-11-01
            本县    茶楼  2023-01-05
            别县    网吧  2023-11-01
            """,
        },
        """
        dimension   member  sites  inspected  visits  idle_60  coverage_rate
        all         all     3      1          1       2        1/3
        all         名录外  0      2          2       0        -
        risk_level  一般    1      0          0       1        0
        risk_level  未填    1      0          0       1        0
        risk_level  较大    1      1          1       0        1
        risk_level  名录外  0      2          2       0        -
        site_kind   未填    1      0          0       1        0
        site_kind   网吧    1      0          0       1        0
        site_kind   酒店    1      1          1       0        1
        site_kind   名录外  0      2          2       0        -
        township    东河镇  2      0          0       2        0
        township    西河镇  1      1          1       0        1
        township    名录外  0      2          2       0        -
        """,
    ),
    Spec(
        "inspection_coverage",
        "名录外的场所只在去年检查过的，今年不列",
        {
            "sites": "site  risk_level  site_kind  township\n宾馆  一般  宾馆  东河镇",
            "inspections": "site  inspected_on\n歌厅  2022-12-01",
        },
        """
        dimension   member  sites  inspected  visits  idle_60
        all         all     1      0          0       1
        risk_level  一般    1      0          0       1
        site_kind   宾馆    1      0          0       1
        township    东河镇  1      0          0       1
        """,
    ),
    Spec(
        "inspection_yield",
        "各县按本县的放假安排数第 20 个工作日，没有安排的按 28 天；不是双随机的不看公示；两头有一年没有安排的单列",
        {
            "workdays": """
            region  day    is_workday  workday_no  is_arranged
            本县    10-13  yes         5           yes
            本县    11-10  yes         25          yes
            本县    11-11  no          25          yes
            本县    10-16  yes         6           yes
            本县    11-13  yes         26          no
            本县    10-20  yes         10          no
            本县    11-14  yes         30          yes
            别县    10-13  yes         5           yes
            别县    11-09  yes         25          yes
            """,
            "inspections": """
            region  kind    unit  site  inspected_on  published_on  hazards_found  major_hazards_found
            本县    双随机  甲局  宾馆  10-13         11-10         2              1
            别县    双随机  甲局  宾馆  10-13         11-10         0              0
            本县    双随机  甲局  -     01-01         01-29         -              -
            本县    双随机  乙局  网吧  02-01         02-01         1              0
            本县    -       -     影院  10-01         10-02         -              -
            本县    专项    乙局  影院  10-16         10-17         1              0
            本县    双随机  乙局  书店  10-20         -             0              0
            本县    双随机  乙局  茶楼  01-02         01-31         -              -
            本县    双随机  乙局  茶楼  2022-12-31    2023-01-01    9              9
            """,
        },
        (
            """
            dimension  member  visits  sites  with_hazards  hazards_found  major_found  per_visit
            all        all     8       6      3             4              1            4/5
            kind       双随机  6       5      2             3              1            3/4
            kind       专项    1       1      1             1              0            1
            kind       未填    1       1      0             0              0            -
            site_kind  未填    8       6      3             4              1            4/5
            township   未填    8       6      3             4              1            4/5
            unit       乙局    4       4      2             2              0            67/100
            unit       甲局    3       2      1             2              1            1
            unit       未填    1       1      0             0              0            -
            """,
            """
            yield_rate  to_publish  published_in_time  publish_rate  by_weekdays
            3/5         6           3                  1/2           1
            1/2         6           3                  1/2           1
            1           0           0                  -             0
            -           0           0                  -             0
            3/5         6           3                  1/2           1
            3/5         6           3                  1/2           1
            2/3         3           1                  1/3           1
            1/2         3           2                  2/3           0
            -           0           0                  -             0
            """,
        ),
    ),
    Spec(
        "self_reports",
        "两个县、两个单位同名的人是两个；一个人报了两次的取最近一次；述职早的在前；没有写年度的按述职那天",
        {
            "acts": """
            kind  region  unit  person  period_start  held_on     is_held  told_on
            述职  甲县    甲局  赵某    01-01         10-01       yes      10-01
            述职  乙县    甲局  赵某    01-01         10-01       yes      10-01
            述职  甲县    甲局  钱某    01-01         10-01       yes      10-01
            述职  甲县    甲局  钱某    01-01         10-05       yes      10-05
            述职  甲县    丙局  赵某    01-01         10-01       yes      10-01
            述职  乙县    甲局  周某    01-01         10-03       yes      10-03
            述职  甲县    甲局  周某    01-01         10-02       yes      10-02
            述职  甲县    甲局  孙某    -             2022-12-31  yes      2022-12-31
            述职  甲县    甲局  李某    -             -           no       2022-06-01
            """
        },
        """
        year  member  unit  listed  reported  reported_on
        2023  all     -     6       6         10-05
        2023  赵某    丙局  1       1         10-01
        2023  周某    甲局  1       1         10-02
        2023  周某    甲局  1       1         10-03
        2023  赵某    甲局  1       1         10-01
        2023  赵某    甲局  1       1         10-01
        2023  钱某    甲局  1       1         10-05
        2022  all     -     2       1         2022-12-31
        2022  李某    甲局  1       0         -
        2022  孙某    甲局  1       1         2022-12-31
        """,
    ),
)
