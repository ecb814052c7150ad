"""进度: what is counted where an item is two things at once, and for whom a node, a meeting, a report counts."""

from tests.specs.spec import Spec

SUBJECT = "进度、节点、会议、要求的边界：一条事项有两种情形时算在哪里"

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
        "meetings_held",
        "方案写了几条例会要求的，按最密的，一样密的按次数多的、先启动的、单位在前的；别的履职、每半年的例会不算例会的要求",
        {
            "requirements": """
            item_id  duty_kind   frequency  quantity  start_on  unit
            M-1      例会        每季度     5         10-01     甲局
            M-2      例会        每月       1         10-01     甲局
            M-3      例会        每月       2         10-02     甲局
            M-4      例会        每月       2         10-01     乙局
            M-5      例会        每月       2         10-01     丙局
            M-6      形势研判会  每月       3         10-01     甲局
            M-7      例会        每半年     9         10-01     甲局
            """,
            "meetings": """
            kind        held_on
            例会        10-20
            例会        10-25
            形势研判会  10-20
            """,
            "duties": """
            kind  unit        held_on  period_start  quantity
            例会  丙局        10-20    -             -
            例会  乙局        10-28    -             -
            例会  丙局        -        11-01         3
            例会  丙局        -        -             5
            学习  丙局        11-02    -             -
            """,
        },
        """
        kind        period_start  period_end  required  held  first_held_on  state
        形势研判会  10-01         10-31       1         1     10-20          met
        例会        10-01         10-31       2         2     10-20          met
        形势研判会  11-01         11-30       1         0     -              running
        例会        11-01         11-30       2         3     -              met
        """,
        same={name: {"region": "本县"} for name in ("requirements", "meetings", "duties")},
    ),
    Spec(
        "meetings_held",
        "方案只写每季的按季；方案要求专班自己开的，专班登记的只按会议算；没有写次数的是一次",
        {
            "requirements": """
            region  duty_kind  frequency  quantity  start_on  unit
            甲县    例会       每季       1         07-01     县专班
            乙县    例会       每季度     2         07-01     乙局
            """,
            "meetings": """
            region  kind  held_on  month_start  times
            甲县    例会  -        07-01        3
            """,
            "duties": """
            region  kind  unit    held_on  period_start  quantity
            甲县    例会  县专班  -        07-01         2
            甲县    例会  乙局    07-02    -             -
            乙县    例会  乙局    -        08-01         -
            乙县    例会  县专班  08-02    -             -
            丙县    例会  乙局    08-03    -             -
            """,
        },
        """
        kind        period_start  required  held  first_held_on  state
        形势研判会  07-01         1         0     -              short
        形势研判会  07-01         1         0     -              short
        例会        07-01         2         1     -              running
        例会        07-01         1         3     -              met
        形势研判会  08-01         1         0     -              short
        形势研判会  08-01         1         0     -              short
        形势研判会  09-01         1         0     -              running
        形势研判会  09-01         1         0     -              running
        """,
        as_of="09-30",
    ),
    Spec(
        "meetings_held",
        "没有写地区的，方案和会议是同一个地方的；没有方案的从第一次会议所在的月起，只知道月份的也算",
        {
            "requirements": """
            region  duty_kind  frequency  quantity  start_on  unit
            -       例会       每月       1         10-01     甲局
            """,
            "meetings": """
            region  kind        held_on  month_start  times
            -       例会        10-10    -            1
            乙县    形势研判会  -        10-01        1
            乙县    形势研判会  11-02    -            1
            """,
        },
        """
        kind        period_start  required  held  first_held_on  state
        形势研判会  10-01         1         1     -              met
        形势研判会  10-01         1         0     -              short
        例会        10-01         1         0     -              running
        例会        10-01         1         1     10-10          met
        形势研判会  11-01         1         1     11-02          met
        形势研判会  11-01         1         0     -              running
        例会        11-01         1         0     -              running
        """,
        as_of="11-15",
    ),
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
        "requirements",
        "措施里的用词对应哪一类履职；有几种的按这个次序",
        {
            "measure": """
            item_id  sub_no  sub_measure     quantity  known_from
            M-01     1-01    例会前组织学习  1         10-01
            M-02     1-02    例会和研判会    1         10-01
            M-03     1-03    召开研判会      1         10-01
            M-04     1-04    形势研判        1         10-01
            M-05     1-05    调研后预警      1         10-01
            M-06     1-06    预警通报        1         10-01
            M-07     1-07    通报约谈        1         10-01
            M-08     1-08    约谈培训        1         10-01
            M-09     1-09    培训互检        1         10-01
            M-10     1-10    演练            1         10-01
            M-11     1-11    互检督导        1         10-01
            M-12     1-12    督导述职        1         10-01
            M-13     1-13    述职            1         10-01
            M-14     1-14    张贴标语        1         10-01
            """
        },
        """
        sub_no  duty_kind
        1-01    专题学习
        1-02    例会
        1-03    形势研判会
        1-04    形势研判会
        1-05    调研报告
        1-06    预警信息
        1-07    事故通报
        1-08    约谈警示
        1-09    培训演练
        1-10    培训演练
        1-11    交叉互检
        1-12    督导检查
        1-13    述职
        1-14    -
        """,
    ),
    Spec(
        "requirements",
        "只有一个方案的不写文号，两版是同一个，已经退出的不算；有几个而没有文号的也不写",
        {
            "plan": """
            plan_id  known_from  known_to
            P-6      10-01       10-05
            P-6      10-05       -
            P-6      10-06       -
            P-9      10-01       11-01
            """,
            "measure": """
            item_id  sub_no  sub_measure  plan           quantity  known_from
            M-1      1-1     学习         县〔2023〕6号  1         10-01
            """,
        },
        """
        item_id  plan_no
        M-1      -
        """,
    ),
    Spec(
        "requirements",
        "有几个方案的，没有文号的方案不写文号",
        {
            "plan": "plan_id  known_from\nP-6  10-01\nP-9  10-01",
            "measure": """
            item_id  sub_no  sub_measure  plan           quantity  known_from
            M-1      1-1     学习         县〔2023〕6号  1         10-01
            M-2      1-1     学习         县安委会方案   1         10-01
            """,
        },
        """
        item_id  plan_no
        M-1      〔2023〕6号
        M-2      -
        """,
    ),
    Spec(
        "requirements",
        "启动日期取最先收到的写明的，不取写得早的；同一天收到两版取早的；当时还没有收到的不算；节点没有间隔的从首个节点起",
        {
            "measure": """
            item_id  start_on  first_node_on  node_days  known_from  known_to
            M-1      09-25     -              -          10-01       10-10
            M-1      09-20     -              -          10-10       -
            M-2      -         -              -          10-01       10-10
            M-2      09-28     -              -          10-10       -
            M-3      09-27     -              -          10-01       10-01
            M-3      09-26     -              -          10-01       -
            M-4      -         -              -          10-01       11-16
            M-4      09-01     -              -          11-16       -
            M-5      -         10-15          -          10-01       -
            M-6      -         10-15          15         10-01       -
            """
        },
        """
        item_id  start_on
        M-1      09-25
        M-2      09-28
        M-3      09-26
        M-4      10-01
        M-5      10-15
        M-6      09-30
        """,
        known_on="11-15",
        same={"measure": {"sub_no": "1-1", "sub_measure": "学习", "quantity": 1}},
    ),
    Spec(
        "requirements",
        "完成时限有延期的按延期；整改措施自己的要求一条只列一次，撤销的、已被更改的、没有频次或次数的不是；别的县、别的方案接不住",
        {
            "measure": """
            item_id  region  plan    sub_no  sub_measure  measure_no  measure   measure_frequency  measure_quantity  quantity  due_on  extended_due_on  status       known_from  known_to
            M-01     甲县    甲方案  5-1     月度例会     5           开好例会  每月               1                 1         10-31   11-30            -            10-01       -
            M-02     甲县    甲方案  5-2     季度例会     5           开好例会  每月               1                 2         10-31   -                -            10-01       -
            M-03     乙县    甲方案  5-1     更新名录     5           开好例会  每月               1                 -         10-31   11-30            -            10-01       -
            M-04     乙县    甲方案  5-2     更新台账     5           开好例会  每月               1                 -         12-31   -                -            10-01       -
            M-05     甲县    乙方案  5-1     更新名录     5           开好例会  每月               1                 -         10-31   -                -            10-01       -
            M-06     甲县    甲方案  6-1     更新名录     6           开好例会  每月               1                 -         10-31   -                void         10-01       -
            M-07     甲县    甲方案  7-1     更新名录     7           开好例会  每月               1                 -         10-31   -                -            10-01       11-01
            M-08     甲县    甲方案  8-1     更新名录     8           开好例会  -                  1                 -         10-31   -                -            10-01       -
            M-09     甲县    甲方案  9-1     更新名录     9           开好例会  每月               -                 -         10-31   -                -            10-01       -
            M-10     甲县    甲方案  3-1     更新名录     3           开好例会  每月               1                 -         -       -                in_progress  10-01       -
            """
        },
        """
        item_id  region  sub_no  duty_kind  quantity  due_on
        M-01     甲县    5-1     例会       1         11-30
        M-02     甲县    5-2     例会       2         10-31
        M-03     乙县    5       例会       1         11-30
        M-05     甲县    5       例会       1         10-31
        M-10     甲县    3       例会       1         -
        """,
    ),
    Spec(
        "meetings",
        "别的县的会议是别的会议；同一天登记过的议定事项不另算，其后 3 天以内又写的也是那一次；学习不是会议，没有写单位的是专班的",
        {
            "duty": """
            region  kind      unit        held_on  known_from
            甲县    例会      专班办公室  10-10    10-15
            乙县    例会      -           10-20    10-21
            甲县    专题学习  专班办公室  10-11    10-15
            """,
            "decision": """
            region  item_id  meeting  held_on  known_from  known_to
            甲县    D-1      例会     10-10    10-15       -
            甲县    D-2      例会     10-12    10-15       -
            乙县    D-3      例会     10-11    10-15       -
            甲县    D-4      例会     10-30    10-31       11-01
            甲县    D-4      例会     11-05    11-01       -
            """,
        },
        """
        region  kind  held_on
        甲县    例会  10-10
        乙县    例会  10-20
        乙县    例会  10-11
        甲县    例会  11-05
        """,
    ),
)
