"""整改进度: what is counted, in which rate, and by which day."""

from tests.specs.spec import Spec

SUBJECT = "整改进度：完成率、逾期、节点"

SPECS = (
    Spec(
        "item_wall",
        "每条事项一格，在期限所在的节点一列；已过的在当日前一天分开，当日到期的不算逾期，没有期限的单成一列",
        {
            "nodes": """
            plan    calendar_no  node_no  node_on  node_days  region
            甲方案  1            1        10-30    15         本县
            甲方案  1            2        11-14    15         本县
            甲方案  1            3        11-29    15         本县
            """,
            "items": """
            item_id  kind     title  region  unit  person  township  site_kind  site  due_on  state      level  is_overdue  is_done  days_late
            1        hazard   甲     本县    甲局  某      东镇      宾馆       一馆  11-14   overdue    重大   yes         no       1
            2        measure  乙     本县    甲局  某      东镇      -          -     11-15   due_soon   -      no          no       -
            3        measure  丙     本县    甲局  某      东镇      -          -     -       standing   -      no          no       -
            4        measure  丁     本县    甲局  某      东镇      -          -     11-15   void       -      no          no       -
            """,
        },
        (
            """
            item_id  title  region  unit  person  township  site_kind  site  kind
            1        甲     本县    甲局  某      东镇      宾馆       一馆  hazard
            2        乙     本县    甲局  某      东镇      -          -     measure
            3        丙     本县    甲局  某      东镇      -          -     measure
            """,
            """
            column_on  is_node  due_on  state     is_major  is_done  is_overdue  is_counted  days_late  items
            11-14      yes      11-14   overdue   yes       no       yes         yes         1          1
            11-29      yes      11-15   due_soon  no        no       no          yes         -          1
            -          no       -       standing  no        no       no          no          -          1
            """,
        ),
    ),
    Spec(
        "overview",
        "撤销、长期坚持、经核实停业的不进比率；当日到期的不算到期；停业没有核实的照常逾期",
        {
            "items": """
            item_id  due_on  state      done_on  suspension  level  supervised  relief
            1        11-14   closed     11-14    -           重大   yes         -
            2        11-14   accepting  11-15    -           重大   no          -
            3        11-14   overdue    -        -           重大   yes         void
            4        11-15   due_soon   -        -           一般   no          later
            5        11-14   void       -        -           重大   yes         -
            6        -       standing   -        -           一般   no          -
            7        11-14   suspended  -        confirmed   一般   no          -
            8        -       undated    -        -           一般   no          -
            """
        },
        (
            """
            total  done  closed  due  on_time  late  overdue  suspended_due  undated_done  due_soon  undated
            5      2     1       3    1        1     1        1              0             1         1
            """,
            """
            suspended  suspended_apart  relieved  gone  standing  void  major_total  major_closed  major_open  major_supervised  supervised_open
            1          1                2         0     1         1     3            1             2           1                 1
            """,
            """
            completion_rate  closure_rate  on_time_rate  major_closure_rate  supervision_rate
            2/5              1/5           1/3           1/3                 1/2
            """,
        ),
    ),
    Spec(
        "overview",
        "昨天到期的才算到期；停业没有核实的，七日内到期也是临期；主体灭失的完成时间不明",
        {
            "items": """
            item_id  due_on  state      done_on  suspension  is_overdue  punctuality  closure
            1        11-15   accepting  11-10    -           no          in_time      -
            2        11-22   suspended  -        claimed     no          -            -
            3        11-14   suspended  -        claimed     yes         -            -
            4        11-14   closed     11-01    confirmed   no          undated      gone
            5        -       suspended  -        claimed     no          -            -
            6        11-23   suspended  -        claimed     no          -            -
            """
        },
        (
            """
            total  done  due  on_time  late  overdue  undated_done  due_soon  undated  suspended  suspended_apart  gone
            6      2     1    0        0     1        1             1         1        4          0                1
            """,
            """
            completion_rate  on_time_rate  major_closure_rate  supervision_rate
            1/3              0             -                   -
            """,
        ),
    ),
    Spec(
        "completion",
        "按单位分：撤销的不计，只有停业单列事项的单位总数为零；没有到期的没有按期率",
        {
            "items": """
            item_id  unit  due_on  state      done_on
            1        甲局  11-14   closed     11-10
            2        甲局  11-14   overdue    -
            3        甲局  11-15   accepting  11-15
            4        甲局  11-14   void       -
            5        乙局  11-14   suspended  -
            6        -     11-15   due_soon   -
            """
        },
        (
            """
            dimension   member    total  done  closed  due  on_time  late  overdue  suspended_due
            all         all       4      2     1       2    1        0     1        1
            category    消防设施  4      2     1       2    1        0     1        1
            kind        hazard    4      2     1       2    1        0     1        1
            level       一般      4      2     1       2    1        0     1        1
            rect_type   限期整改  4      2     1       2    1        0     1        1
            site_kind   星级饭店  4      2     1       2    1        0     1        1
            supervised  否        4      2     1       2    1        0     1        1
            township    东河镇    4      2     1       2    1        0     1        1
            unit        甲局      3      2     1       2    1        0     1        0
            unit        未填      1      0     0       0    0        0     0        0
            unit        乙局      0      0     0       0    0        0     0        1
            """,
            """
            undated_done  completion_rate  closure_rate  on_time_rate
            0             1/2              1/4           1/2
            0             1/2              1/4           1/2
            0             1/2              1/4           1/2
            0             1/2              1/4           1/2
            0             1/2              1/4           1/2
            0             1/2              1/4           1/2
            0             1/2              1/4           1/2
            0             1/2              1/4           1/2
            0             2/3              1/3           1/2
            0             0                0             -
            0             -                -             -
            """,
        ),
    ),
    Spec(
        "completion",
        "没有这一维度的为不适用，没有填写的为未填；没有事项时合计为零、比率为空",
        {
            "items": """
            item_id  kind      township  category  level  rect_type  state
            1        hazard    -         -         -      -          open
            2        measure   -         -         -      长期坚持   void
            3        decision  -         -         -      -          open
            """
        },
        """
        dimension   member    total  completion_rate
        all         all       2      0
        category    不适用    1      0
        category    未填      1      0
        kind        decision  1      0
        kind        hazard    1      0
        level       不适用    1      0
        level       未填      1      0
        rect_type   不适用    1      0
        rect_type   未填      1      0
        site_kind   不适用    1      0
        site_kind   未填      1      0
        supervised  否        2      0
        township    不适用    1      0
        township    未填      1      0
        unit        甲局      2      0
        """,
        same={"items": {"site_kind": None}},
    ),
    Spec(
        "completion",
        "一条事项也没有",
        {"items": "item_id"},
        """
        dimension  member  total  done  due  completion_rate  closure_rate  on_time_rate
        all        all     0      0     0    -                -             -
    """,
    ),
    Spec(
        "overdue",
        "昨天到期的逾期，当日到期的不列；停业没有核实的仍列，逾期最久的在前",
        {
            "items": """
            item_id  unit  due_on  state      suspension  is_overdue  first_due_on  supervised  relief
            1        甲局  11-14   overdue    -           yes         10-31         no          void
            2        乙局  10-15   suspended  claimed     yes         10-15         yes         -
            3        乙局  11-15   due_soon   -           no          11-15         no          -
            4        乙局  10-15   suspended  confirmed   no          10-15         no          -
            5        甲局  10-15   closed     -           no          10-15         no          -
            """
        },
        (
            """
            item_id  kind    title       unit  person  township  site  level  supervised  opened_on
            2        hazard  灭火器过期  乙局  赵某    东河镇    宾馆  一般   yes         10-01
            1        hazard  灭火器过期  甲局  赵某    东河镇    宾馆  一般   no          10-01
            """,
            """
            first_due_on  due_on  due_is_provisional  suspension  relief  days_late  path    sheet  row_no
            10-15         10-15   no                  claimed     -       31         a.xlsx  台账   4
            10-31         11-14   no                  -           void    1          a.xlsx  台账   4
            """,
        ),
    ),
    Spec(
        "due_soon",
        "当日到期的和七日后到期的列出，第八日的、逾期的、经核实停业的不列",
        {
            "items": """
            item_id  unit  due_on  state      suspension  is_suspended  relief
            1        甲局  11-22   due_soon   -           no            later
            2        乙局  11-15   due_soon   -           no            -
            3        甲局  11-23   open       -           no            -
            4        甲局  11-20   suspended  claimed     no            -
            5        甲局  11-20   suspended  confirmed   yes           -
            6        甲局  11-14   overdue    -           no            -
            7        甲局  11-15   accepting  -           no            -
            """
        },
        (
            """
            item_id  kind    title       unit  person  township  site  level  supervised  opened_on
            2        hazard  灭火器过期  乙局  赵某    东河镇    宾馆  一般   no          10-01
            4        hazard  灭火器过期  甲局  赵某    东河镇    宾馆  一般   no          10-01
            1        hazard  灭火器过期  甲局  赵某    东河镇    宾馆  一般   no          10-01
            """,
            """
            due_on  due_is_provisional  suspension  relief  days_left  path    sheet  row_no
            11-15   no                  -           -       0          a.xlsx  台账   4
            11-20   no                  claimed     -       5          a.xlsx  台账   4
            11-22   no                  -           later   7          a.xlsx  台账   4
            """,
        ),
    ),
    Spec(
        "ageing",
        "逾期 14 天和 15 天分在两段，当日到期为未到期；撤销、长期坚持、已完成的不计",
        {
            "items": """
            item_id  due_on  state      opened_on  level
            1        11-01   overdue    11-01      重大
            2        10-31   overdue    10-31      重大
            3        11-15   due_soon   11-15      一般
            4        -       undated    08-17      一般
            5        10-30   suspended  10-30      重大
            6        10-30   void       10-30      重大
            7        -       standing   10-30      重大
            8        10-30   accepting  10-30      重大
            """
        },
        """
        basis  unit  band_no  band             items  major_items  longest_days
        late   全部  0        停业关停         1      1            -
        late   全部  1        未到期           1      0            -
        late   全部  2        时限不明         1      0            -
        late   全部  3        逾期␣1—14␣天     1      1            14
        late   全部  4        逾期␣15—29␣天    1      1            15
        late   甲局  0        停业关停         1      1            -
        late   甲局  1        未到期           1      0            -
        late   甲局  2        时限不明         1      0            -
        late   甲局  3        逾期␣1—14␣天     1      1            14
        late   甲局  4        逾期␣15—29␣天    1      1            15
        open   全部  0        停业关停         1      1            -
        open   全部  1        15␣天以内        3      2            15
        open   全部  3        31—90␣天         1      0            90
        open   甲局  0        停业关停         1      1            -
        open   甲局  1        15␣天以内        3      2            15
        open   甲局  3        31—90␣天         1      0            90
        """,
    ),
    Spec(
        "nodes",
        "从首个节点起每 15 天一个，排到最后的期限之后；没有时限条款的方案没有节点",
        {
            "measure": """
            item_id  sub_no  plan    first_node_on  node_days  due_on  known_from
            M-1      5-1     甲方案  10-15          15         10-31   10-01
            M-2      5-2     乙方案  -              -          10-31   10-01
            """
        },
        """
        plan    node_no  node_on  node_days  calendar_no
        甲方案  1        10-15    15         1
        甲方案  2        10-30    15         1
        甲方案  3        11-14    15         1
        甲方案  4        11-29    15         1
        """,
    ),
    Spec(
        "nodes",
        "期限恰在节点当日的，排到这个节点为止；方案到 11 月 20 日才收到的，当日以前不知道",
        {
            "measure": """
            item_id  sub_no  plan    first_node_on  node_days  due_on  known_from
            M-1      5-1     甲方案  10-15          15         11-29   10-01
            M-2      5-2     乙方案  10-20          10         11-29   11-20
            """
        },
        """
        plan    node_no  node_on  node_days  calendar_no
        甲方案  1        10-15    15         1
        甲方案  2        10-30    15         1
        甲方案  3        11-14    15         1
        甲方案  4        11-29    15         1
        """,
        known_on="11-15",
    ),
    Spec(
        "node_progress",
        "节点当日到期的归本节点，次日到期的归下一个；首个节点的时段以前的归节点 0",
        {
            "nodes": """
            plan    calendar_no  node_no  node_on  node_days  region
            甲方案  1            1        10-15    15         本县
            甲方案  1            2        10-30    15         本县
            """,
            "items": """
            item_id  due_on  state      done_on
            1        09-30   accepting  09-30
            2        10-15   accepting  10-16
            3        10-16   overdue    -
            4        10-30   suspended  -
            5        10-30   void       -
            6        -       undated    -
            """,
        },
        (
            """
            unit  node_no  node_on  planned  begun  on_time  late  undated_done  suspended_due  owed  done
            全部  0        -        1        1      1        0     0             0              0     1
            全部  1        10-15    1        1      0        1     0             0              0     1
            全部  2        10-30    2        2      0        0     0             1              1     0
            甲局  0        -        1        1      1        0     0             0              0     1
            甲局  1        10-15    1        1      0        1     0             0              0     1
            甲局  2        10-30    2        2      0        0     0             1              1     0
            """,
            """
            without_task  planned_total  suspended_total  done_total  completion_rate
            0             1              0                1           1
            0             2              0                2           1
            0             4              1                2           2/3
            0             1              0                1           1
            0             2              0                2           1
            0             4              1                2           2/3
            """,
        ),
    ),
    Spec(
        "clarity",
        "责任人、责任单位、期限三样都写明才算明确；长期坚持的期限视为明确，撤销的不计",
        {
            "items": """
            item_id  unit  has_named_person  has_named_unit  due_on  state
            1        甲局  yes               yes             11-14   overdue
            2        甲局  no                yes             11-14   overdue
            3        甲局  yes               yes             -       standing
            4        甲局  yes               yes             -       undated
            5        -     no                no              -       undated
            6        甲局  no                no              -       void
            """
        },
        """
        unit  items  with_person  with_unit  with_deadline  clear  clarity_rate
        全部  5      3            4          3              2      2/5
        未填  1      0            0          0              0      0
        甲局  4      3            4          3              2      1/2
        """,
    ),
    Spec(
        "completion",
        "当日到期的还不算到期：逾期完成、停业、完成时间不明的都从次日起才计",
        {
            "items": """
            item_id  due_on  state      done_on  punctuality  is_suspended
            1        11-14   accepting  11-15    late         no
            2        11-15   accepting  11-15    late         no
            3        11-14   suspended  -        -            yes
            4        11-15   suspended  -        -            yes
            5        11-14   accepting  11-15    undated      no
            6        11-15   accepting  11-15    undated      no
            """
        },
        """
        dimension   member    total  due  late  suspended_due  undated_done
        all         all       4      1    1     1              1
        category    消防设施  4      1    1     1              1
        kind        hazard    4      1    1     1              1
        level       一般      4      1    1     1              1
        rect_type   限期整改  4      1    1     1              1
        site_kind   星级饭店  4      1    1     1              1
        supervised  否        4      1    1     1              1
        township    东河镇    4      1    1     1              1
        unit        甲局      4      1    1     1              1
        """,
    ),
    Spec(
        "completion",
        "两条议定事项没有乡镇、类别、等级、整改方式，都是不适用",
        {
            "items": """
            item_id  kind      state
            1        hazard    open
            2        decision  open
            3        decision  open
            """
        },
        """
        dimension   member    total
        all         all       3
        category    不适用    2
        category    未填      1
        kind        decision  2
        kind        hazard    1
        level       不适用    2
        level       未填      1
        rect_type   不适用    2
        rect_type   未填      1
        site_kind   不适用    2
        site_kind   未填      1
        supervised  否        3
        township    不适用    2
        township    未填      1
        unit        甲局      3
        """,
        same={"items": dict.fromkeys(("township", "category", "level", "rect_type", "site_kind"))},
    ),
    Spec(
        "overview",
        "挂牌督办未销号的含一般隐患；已销号的、撤销的不在，应挂未挂的只看重大",
        {
            "items": """
            item_id  level  state   supervised
            1        重大   open    yes
            2        重大   open    no
            3        重大   open    no
            4        重大   closed  yes
            5        一般   open    yes
            6        重大   void    yes
            7        一般   closed  yes
            8        一般   open    yes
            """
        },
        """
        major_total  major_closed  major_open  major_supervised  supervised_open  supervision_rate
        4            1             3           1                 3                1/3
        """,
    ),
    Spec(
        "ageing",
        "29 天和 30 天、91 天和 90 天、180 天和 181 天各分在两段",
        {
            "items": """
            item_id  due_on      state    opened_on
            1        2023-10-17  overdue  2023-10-17
            2        2023-10-16  overdue  2023-10-16
            3        2023-08-17  overdue  2023-08-17
            4        2023-08-16  overdue  2023-08-16
            5        -           undated  2023-05-19
            6        -           undated  2023-05-18
            """
        },
        """
        basis  unit  band_no  band             items  longest_days
        late   全部  2        时限不明         2      -
        late   全部  4        逾期␣15—29␣天    1      29
        late   全部  5        逾期␣30—90␣天    2      90
        late   全部  6        逾期超过␣90␣天   1      91
        late   甲局  2        时限不明         2      -
        late   甲局  4        逾期␣15—29␣天    1      29
        late   甲局  5        逾期␣30—90␣天    2      90
        late   甲局  6        逾期超过␣90␣天   1      91
        open   全部  2        16—30␣天         2      30
        open   全部  3        31—90␣天         1      90
        open   全部  4        91—180␣天        2      180
        open   全部  5        超过␣180␣天      1      181
        open   甲局  2        16—30␣天         2      30
        open   甲局  3        31—90␣天         1      90
        open   甲局  4        91—180␣天        2      180
        open   甲局  5        超过␣180␣天      1      181
        """,
    ),
    Spec(
        "node_progress",
        "两个方案的节点各算各的：甲方案 10-12 到期的归 10-15，乙方案的归 10-20",
        {
            "nodes": """
            plan    calendar_no  node_no  node_on  node_days
            甲方案  1            1        10-15    15
            乙方案  2            1        10-20    10
            """,
            "items": """
            item_id  kind     plan    unit  due_on  state      has_begun  quantity
            1        measure  甲方案  甲局  10-12   overdue    no         -
            2        measure  乙方案  甲局  10-12   overdue    yes        -
            3        hazard   -       乙局  10-12   overdue    yes        -
            4        measure  甲方案  乙局  -       undated    no         -
            5        measure  甲方案  乙局  -       undated    no         2
            """,
        },
        """
        unit  node_no  node_on  planned  begun  owed  without_task  planned_total
        全部  0        -        0        0      0     1             0
        全部  1        10-15    2        1      2     1             2
        全部  2        10-20    1        1      1     1             3
        乙局  0        -        0        0      0     1             0
        乙局  1        10-15    1        1      1     1             1
        乙局  2        10-20    0        0      0     1             1
        甲局  0        -        0        0      0     0             0
        甲局  1        10-15    1        0      1     0             1
        甲局  2        10-20    1        1      1     0             2
        """,
        same={"nodes": {"region": "本县"}},
    ),
)
