"""进度: where an item is counted that is two things at once, and what nothing at all counts as."""

from tests.specs.spec import Spec

SUBJECT = "进度、节点、专项行动的边界：一条事项有两种情形时算在哪里"

SPECS = (
    Spec(
        "overview",
        "撤销的、长期坚持的完成了也只在自己一栏；期限还没有到的不进到期；停业的长期坚持只算长期坚持；待验收的重大隐患没有销号",
        {
            "items": """
            item_id  kind     level  due_on  state      done_on  is_done  is_closed  standing  suspension  closure  supervised  punctuality
            01       hazard   重大   11-10   void       11-12    yes      yes        no        -           gone     yes         late
            02       hazard   一般   -       accepting  11-01    yes      no         yes       -           -        no          -
            03       hazard   -      11-30   open       -        no       no         no        -           -        no          -
            04       measure  重大   -       closed     11-01    yes      yes        no        -           record   no          -
            05       hazard   重大   11-20   accepting  11-01    yes      no         no        -           -        yes         in_time
            06       hazard   重大   11-20   closed     11-01    yes      yes        no        confirmed   gone     yes         undated
            07       hazard   一般   11-20   suspended  -        no       no         no        confirmed   -        no          -
            08       hazard   一般   -       suspended  -        no       no         yes       confirmed   -        no          -
            09       hazard   一般   -       suspended  -        no       no         no        confirmed   -        no          -
            10       hazard   一般   11-10   void       11-09    yes      no         no        -           -        no          in_time
            11       hazard   一般   11-10   void       11-12    yes      no         no        -           -        no          undated
            12       hazard   一般   -       void       -        no       no         yes       -           -        no          -
            13       hazard   重大   -       closed     11-01    yes      yes        no        -           record   yes         -
            """
        },
        (
            """
            total  done  closed  due  on_time  late  overdue  suspended_due  undated_done  due_soon  undated
            5      4     3       0    0        0     0        0              0             0         0
            """,
            """
            suspended  suspended_apart  gone  standing  void  major_total  major_closed  major_open  major_supervised  supervised_open
            2          2                1     2         4     3            2             1           1                 1
            """,
            """
            completion_rate  closure_rate  on_time_rate  major_closure_rate  supervision_rate
            4/5              3/5           -             2/3                 1
            """,
        ),
    ),
    Spec(
        "overview",
        "只有一条的，完成了就是全部完成",
        {
            "items": "item_id  level  due_on  state   done_on  supervised\n1  重大  11-14  closed  11-14  no"
        },
        """
        total  done  closed  due  on_time  completion_rate  closure_rate  on_time_rate  major_closure_rate
        1      1     1       1    1        1                1             1             1
        """,
    ),
    Spec(
        "nodes",
        "没有首个节点、没有间隔的没有节点；没有期限的排到当日；还没有开始的有第一个节点；日历按首个节点编号，同一天的按方案",
        {
            "node_calendar": """
            plan    first_node_on  node_days  last_due_on  known_from
            乙方案  10-01          15         -            10-01
            甲方案  10-01          30         11-16        10-01
            -       10-01          45         -            10-01
            丙方案  -              15         11-16        10-01
            丁方案  09-01          0          11-16        10-01
            戊方案  12-01          15         11-20        10-01
            己方案  11-14          1          -            10-01
            """
        },
        """
        plan    calendar_no  node_no  node_on
        -       1            1        10-01
        -       1            2        11-15
        乙方案  2            1        10-01
        乙方案  2            2        10-16
        乙方案  2            3        10-31
        乙方案  2            4        11-15
        甲方案  3            1        10-01
        甲方案  3            2        10-31
        甲方案  3            3        11-30
        己方案  4            1        11-14
        己方案  4            2        11-15
        戊方案  5            1        12-01
        """,
    ),
    Spec(
        "node_progress",
        "没有写方案的措施按没有方案的日历；没有节点的方案按最早的；没有期限的不使单位列出；别的县没有节点的不算",
        {
            "nodes": """
            plan    calendar_no  node_no  node_on  node_days
            甲方案  1            1        10-15    15
            甲方案  1            2        10-30    15
            -       2            1        10-20    15
            """,
            "items": """
            item_id  kind     region  plan    unit  due_on  state      done_on  punctuality  quantity
            01       measure  本县    甲方案  甲局  10-15   closed     10-10    in_time      -
            02       measure  本县    -       乙局  10-06   overdue    -        -            -
            03       measure  本县    -       乙局  10-05   accepting  10-05    undated      -
            04       hazard   本县    -       -     10-16   suspended  -        -            -
            05       hazard   本县    -       丙局  -       undated    -        -            -
            06       measure  本县    甲方案  丁局  -       void       -        -            -
            07       measure  本县    甲方案  甲局  -       undated    -        -            2
            08       measure  本县    甲方案  甲局  -       undated    -        -            -
            09       measure  别县    甲方案  甲局  10-15   overdue    -        -            -
            10       measure  别县    甲方案  戊局  -       undated    -        -            -
            11       measure  本县    丙方案  甲局  10-20   overdue    -        -            -
            12       measure  本县    甲方案  甲局  -       undated    -        -            3
            """,
        },
        (
            """
            unit  node_no  node_on  planned  begun  on_time  late  undated_done  suspended_due  owed  done
            全部  0        -        1        1      0        0     1             0              0     1
            全部  1        10-15    1        1      1        0     0             0              0     1
            全部  2        10-20    1        1      0        0     0             0              1     0
            全部  3        10-30    2        2      0        0     0             1              1     0
            乙局  0        -        1        1      0        0     1             0              0     1
            乙局  1        10-15    0        0      0        0     0             0              0     0
            乙局  2        10-20    1        1      0        0     0             0              1     0
            乙局  3        10-30    0        0      0        0     0             0              0     0
            未填  0        -        0        0      0        0     0             0              0     0
            未填  1        10-15    0        0      0        0     0             0              0     0
            未填  2        10-20    0        0      0        0     0             0              0     0
            未填  3        10-30    1        1      0        0     0             1              0     0
            甲局  0        -        0        0      0        0     0             0              0     0
            甲局  1        10-15    1        1      1        0     0             0              0     1
            甲局  2        10-20    0        0      0        0     0             0              0     0
            甲局  3        10-30    1        1      0        0     0             0              1     0
            """,
            """
            without_task  planned_total  suspended_total  done_total  completion_rate
            1             1              0                1           1
            1             2              0                2           1
            1             3              0                2           2/3
            1             5              1                2           1/2
            0             1              0                1           1
            0             1              0                1           1
            0             2              0                1           1/2
            0             2              0                1           1/2
            0             0              0                0           -
            0             0              0                0           -
            0             0              0                0           -
            0             1              1                0           -
            1             0              0                0           -
            1             1              0                1           1
            1             1              0                1           1
            1             2              0                1           1/2
            """,
        ),
        same={"nodes": {"region": "本县"}},
    ),
    Spec(
        "clarity",
        "没有事项的，合计各项都是零",
        {"items": "item_id"},
        """
        unit  items  with_person  with_unit  with_deadline  clear  clarity_rate
        全部  0      0            0          0              0      -
        """,
    ),
    Spec(
        "completion",
        "没有事项的，合计各项都是零；没有名录的，挂牌责任的合计也是零",
        {"items": "item_id"},
        """
        dimension  member  total  done  closed  due  on_time  late  overdue  suspended_due  undated_done
        all        all     0      0     0       0    0        0     0        0              0
        """,
    ),
    Spec(
        "site_responsibility",
        "没有名录的，只有合计一行",
        {"sites": "site"},
        """
        dimension  member  sites  with_person  with_post  responsibility_rate
        all        all     0      0            0          -
        """,
    ),
    Spec(
        "site_responsibility",
        "没有填写业态、风险等级、主管单位的为未填",
        {"sites": "site  township  site_kind  risk_level  unit\n宾馆  东镇  -  -  -"},
        """
        dimension   member  sites
        all         all     1
        risk_level  未填    1
        site_kind   未填    1
        township    东镇    1
        unit        未填    1
        """,
    ),
    Spec(
        "campaign_progress",
        "只检查没有发现隐患的、只有隐患没有检查的都列；长期坚持、停业的完成了也不进比率；措施不是隐患",
        {
            "inspections": """
            campaign  site  inspected_on
            护航行动  宾馆  10-03
            护航行动  -     10-05
            护航行动  宾馆  10-01
            """,
            "items": """
            item_id  kind     campaign  level  opened_on  state      standing  is_done  is_closed
            1        hazard   百日行动  重大   10-02      closed     no        yes      yes
            2        hazard   百日行动  重大   10-09      accepting  no        yes      no
            3        hazard   百日行动  一般   10-05      suspended  no        no       no
            4        hazard   百日行动  一般   10-05      accepting  yes       yes      no
            5        hazard   百日行动  一般   10-05      closed     yes       yes      yes
            6        measure  百日行动  重大   09-01      open       no        no       no
            """,
        },
        (
            """
            campaign  visits  sites  hazards  apart  done  closed  overdue  major_hazards  major_closed
            护航行动  3       1      0        0      0     0       0        0              0
            百日行动  0       0      5        3      2     1       0        2              1
            """,
            """
            completion_rate  closure_rate  first_on  last_on
            -                -             10-01     10-05
            1                1/2           10-02     10-09
            """,
        ),
        same={"inspections": {"region": "本县"}, "items": {"inspection_no": None}},
    ),
    Spec(
        "campaign_progress",
        "按编号找检查：同一场所的在先，先收到的算；两个专项行动都可能的不归入；几行说的是同一个的就是它；别的县的不相干",
        {
            "inspections": """
            region  inspection_no  unit  site  campaign  told_on
            本县    J-1            乙局  宾馆  百日行动  10-01
            本县    J-1            乙局  宾馆  护航行动  10-05
            本县    J-2            丙局  茶楼  百日行动  10-01
            本县    J-2            丁局  茶楼  护航行动  10-01
            本县    J-3            丙局  网吧  百日行动  10-01
            本县    J-3            丁局  网吧  百日行动  10-01
            本县    J-3            甲局  书店  护航行动  10-01
            本县    J-4            丙局  甲店  百日行动  10-01
            本县    J-4            丁局  乙店  百日行动  10-01
            本县    -              丙局  剧院  百日行动  10-01
            本县    -              丁局  剧院  百日行动  10-01
            本县    -              丙局  歌厅  百日行动  10-01
            本县    -              丁局  歌厅  护航行动  10-01
            本县    -              丙局  浴室  -         10-01
            本县    -              丙局  浴室  百日行动  10-05
            别县    J-8            甲局  酒吧  百日行动  10-01
            本县    J-9            甲局  丙店  百日行动  10-01
            本县    J-9            甲局  丁店  百日行动  11-05
            本县    J-9            丙局  戊店  护航行动  10-01
            """,
            "items": """
            item_id  unit  site    inspection_no  opened_on
            1        甲局  宾馆    J-1            11-01
            2        甲局  茶楼    J-2            11-01
            3        甲局  网吧    J-3            11-01
            4        甲局  影院    J-4            11-01
            5        甲局  剧院    -              10-03
            6        甲局  歌厅    -              10-03
            7        甲局  浴室    -              10-03
            8        甲局  酒吧    J-8            10-03
            9        甲局  健身房  J-9            11-01
            """,
        },
        """
        campaign  visits  sites  hazards
        护航行动  5       5      0
        百日行动  13      11     6
        """,
        same={
            "inspections": {"inspected_on": "2023-10-03"},
            "items": {"first_known_on": "2023-10-20"},
        },
    ),
    Spec(
        "node_progress",
        "两个单位同一天到期的各一条，合计是两条；各有一条无定量任务的，合计也是两条",
        {
            "nodes": "plan  calendar_no  node_no  node_on  node_days\n甲方案  1  1  10-15  15",
            "items": """
            item_id  unit  due_on  state
            1        甲局  10-10   overdue
            2        乙局  10-10   overdue
            3        甲局  -       undated
            4        乙局  -       undated
            """,
        },
        """
        unit  node_no  planned  owed  without_task
        全部  0        0        0     2
        全部  1        2        2     2
        乙局  0        0        0     1
        乙局  1        1        1     1
        甲局  0        0        0     1
        甲局  1        1        1     1
        """,
        same={"nodes": {"region": "本县"}, "items": {"kind": "measure", "plan": "甲方案"}},
    ),
)
