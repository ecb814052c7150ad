"""隐患: how far they came, what they are, where they come back, what was done to press for them."""

from tests.specs.spec import Spec

SUBJECT = "隐患：环节、构成、复发、挂牌督办、专项行动"

SPECS = (
    Spec(
        "hazard_flow",
        "判定、立案的当日即算；重大隐患没有立案的不算建档，一般隐患不需要；没有写完成日期的不算建档",
        {
            "items": """
            item_id  level  state   judged_on  filed_on  supervised  done_on  accepted_on  accepted_by  done_as_reported  closure
            1        重大   closed  11-15      11-15     yes         11-01    11-02        钱某         no                record
            2        重大   closed  11-15      11-16     no          11-01    11-02        钱某         no                record
            3        一般   closed  11-15      -         no          11-01    11-02        钱某         yes               record
            4        一般   closed  11-15      -         no          11-01    11-02        钱某         no                record
            5        一般   closed  11-16      -         no          11-01    11-02        专班         no                gone
            6        -      open    -          -         no          -        -            -            no                -
            7        重大   void    11-01      11-01     yes         11-01    11-02        钱某         no                record
            """
        },
        """
        level  stage_no  stage  items  found  stage_rate
        全部   1         发现   6      6      1
        全部   2         判定   4      6      2/3
        全部   3         立案   1      6      1/6
        全部   4         督改   1      6      1/6
        全部   5         整改   5      6      5/6
        全部   6         验收   4      6      2/3
        全部   7         销号   5      6      5/6
        全部   8         建档   2      6      1/3
        重大   1         发现   2      2      1
        重大   2         判定   2      2      1
        重大   3         立案   1      2      1/2
        重大   4         督改   1      2      1/2
        重大   5         整改   2      2      1
        重大   6         验收   2      2      1
        重大   7         销号   2      2      1
        重大   8         建档   1      2      1/2
        一般   1         发现   3      3      1
        一般   2         判定   2      3      2/3
        一般   3         立案   0      3      0
        一般   4         督改   0      3      0
        一般   5         整改   3      3      1
        一般   6         验收   2      3      2/3
        一般   7         销号   3      3      1
        一般   8         建档   1      3      1/3
        未填   1         发现   1      1      1
        未填   2         判定   0      1      0
        未填   3         立案   0      1      0
        未填   4         督改   0      1      0
        未填   5         整改   0      1      0
        未填   6         验收   0      1      0
        未填   7         销号   0      1      0
        未填   8         建档   0      1      0
        """,
    ),
    Spec(
        "hazard_mix",
        "各维度从多到少，占比和累计占比在一个维度之内；撤销的和措施不计，没有填写的为未填",
        {
            "items": """
            item_id  kind     category  level  site_kind  township  source  state
            1        hazard   消防      重大   宾馆       东河镇    双随机  overdue
            2        hazard   消防      重大   宾馆       东河镇    双随机  accepting
            3        hazard   用电      一般   宾馆       东河镇    双随机  closed
            4        hazard   -         重大   -          东河镇    双随机  void
            5        measure  消防      -      宾馆       东河镇    双随机  open
            """
        },
        (
            """
            dimension           member  by_member  items  open_items  overdue_items
            category            消防    -          2      1           1
            category            用电    -          1      0           0
            level               重大    -          2      1           1
            level               一般    -          1      0           0
            site_kind           宾馆    -          3      1           1
            site_kind_category  宾馆    消防       2      1           1
            site_kind_category  宾馆    用电       1      0           0
            source              双随机  -          3      1           1
            township            东河镇  -          3      1           1
            township_category   东河镇  消防       2      1           1
            township_category   东河镇  用电       1      0           0
            """,
            """
            major_items  major_open  share_rate  cumulative_rate
            2            2           2/3         2/3
            0            0           1/3         1
            2            2           2/3         2/3
            0            0           1/3         1
            2            2           1           1
            2            2           2/3         2/3
            0            0           1/3         1
            2            2           1           1
            2            2           1           1
            2            2           2/3         2/3
            0            0           1/3         1
            """,
        ),
    ),
    Spec(
        "recurrence",
        "完成后第 90 天又发现的算复发，第 91 天的、完成当日的不算；只与最近完成的一条配对",
        {
            "items": """
            item_id  site  category  opened_on   done_on     state
            1        宾馆  消防      2023-06-01  2023-06-10  accepting
            2        宾馆  消防      2023-06-10  2023-06-12  closed
            3        宾馆  消防      2023-09-10  -           open
            4        网吧  消防      2023-06-01  2023-06-10  closed
            5        网吧  消防      2023-09-09  -           open
            6        影院  消防      2023-06-01  2023-06-10  closed
            7        影院  用电      2023-06-20  -           open
            8        影院  消防      2023-06-20  -           void
            """
        },
        (
            """
            site  township  category  unit  first_item_id  first_done_on  first_state  item_id
            宾馆  东河镇    消防      甲局  2              2023-06-12     closed       3
            """,
            """
            title       level  opened_on   days_between  path    sheet  row_no
            灭火器过期  一般   2023-09-10  90            a.xlsx  台账   4
            """,
        ),
    ),
    Spec(
        "supervision",
        "未销号的重大隐患没有挂牌的应挂未挂；已销号的、一般的、撤销的不列；销号早于挂牌的没有天数",
        {
            "items": """
            item_id  level  supervised  supervised_on  state      suspension  due_on  closed_on  days_late  relief
            1        重大   yes         11-01          suspended  claimed     11-14   -          1          -
            2        重大   no          11-20          open       -           11-30   -          -          void
            3        重大   yes         11-01          closed     -           11-14   11-10      -          -
            4        重大   no          -              closed     -           11-14   11-10      -          -
            5        一般   no          -              open       -           11-30   -          -          -
            6        一般   yes         11-15          open       -           11-30   -          -          -
            7        重大   no          -              void       -           11-14   -          -          -
            8        一般   yes         11-01          closed     -           11-09   11-12      3          -
            9        一般   yes         11-13          closed     -           11-14   11-12      -          -
            """
        },
        (
            """
            item_id  title       unit  person  township  site  level  standing_text
            2        灭火器过期  甲局  赵某    东河镇    宾馆  重大   应挂未挂
            1        灭火器过期  甲局  赵某    东河镇    宾馆  重大   督办中
            6        灭火器过期  甲局  赵某    东河镇    宾馆  一般   督办中
            8        灭火器过期  甲局  赵某    东河镇    宾馆  一般   已摘牌
            3        灭火器过期  甲局  赵某    东河镇    宾馆  重大   已摘牌
            9        灭火器过期  甲局  赵某    东河镇    宾馆  一般   已摘牌
            """,
            """
            supervised_on  days_supervised  due_on  state      suspension  relief  days_late  done_late  closed_on  path    sheet  row_no
            -              -                11-30   open       -           void    -          -          -          a.xlsx  台账   4
            11-01          14               11-14   suspended  claimed     -       1          -          -          a.xlsx  台账   4
            11-15          0                11-30   open       -           -       -          -          -          a.xlsx  台账   4
            11-01          11               11-09   closed     -           -       -          3          11-12      a.xlsx  台账   4
            11-01          9                11-14   closed     -           -       -          -          11-10      a.xlsx  台账   4
            11-13          -                11-14   closed     -           -       -          -          11-12      a.xlsx  台账   4
            """,
        ),
    ),
    Spec(
        "instruments",
        "满 30 天的才看结果：第 30 天完成的算，第 31 天的不算；当日已完成的、后来才发现的不在当日未完成里",
        {
            "targets": """
            kind      target  held_on
            约谈警示  甲局    10-16
            约谈警示  甲局    10-17
            约谈警示  -       10-17
            例会      甲局    10-01
            """,
            "items": """
            item_id  unit  opened_on  done_on  state
            1        甲局  10-16      11-15    accepting
            2        甲局  10-01      11-16    open
            3        甲局  10-01      10-16    accepting
            4        甲局  10-17      -        open
            5        乙局  10-01      10-20    accepting
            6        乙局  10-01      -        open
            7        甲局  10-01      -        void
            8        甲局  10-01      -        suspended
            """,
        },
        (
            """
            instrument  target  acts  last_on  judged  open_then  done_after
            约谈警示    全部    3     10-17    1       2          1
            约谈警示    甲局    2     10-17    1       2          1
            约谈警示    未填    1     10-17    0       0          0
            """,
            """
            done_rate  alike_open  alike_done  alike_rate
            1/2        2           1           1/2
            1/2        2           1           1/2
            -          0           0           -
            """,
        ),
        same={
            "targets": {"region": "本县"},
            "items": {"site": None, "township": None},
        },
    ),
    Spec(
        "instruments",
        "挂牌督办只与同日没有挂牌的重大隐患比；当日以后才挂牌的还不算使用",
        {
            "items": """
            item_id  level  unit  opened_on  supervised  supervised_on  done_on  state
            1        重大   甲局  10-01      yes         10-16          10-20    closed
            2        重大   甲局  10-01      no          -              10-25    closed
            3        重大   乙局  10-01      no          -              -        open
            4        一般   乙局  10-01      no          -              10-25    closed
            5        重大   乙局  10-01      yes         11-15          -        open
            6        重大   乙局  10-01      yes         11-16          -        open
            """
        },
        """
        instrument  target  acts  judged  open_then  done_after  alike_open  alike_done
        挂牌督办    全部    2     1       1          1           3           1
        挂牌督办    乙局    1     0       0          0           0           0
        挂牌督办    甲局    1     1       1          1           3           1
        """,
    ),
    Spec(
        "campaign_progress",
        "隐患没有写专项行动的随它的检查；长期坚持、停业的单列不进比率，撤销的不计",
        {
            "inspections": """
            inspection_no  unit  site  campaign  inspected_on
            J-1            甲局  宾馆  百日行动  10-01
            J-2            甲局  网吧  百日行动  10-02
            -              甲局  宾馆  -         10-03
            J-3            乙局  影院  护航行动  10-04
            """,
            "items": """
            item_id  site  inspection_no  campaign  opened_on  state      level  due_on
            1        书店  J-1            -         10-01      closed     重大   11-14
            2        网吧  -              -         10-02      overdue    重大   11-14
            3        网吧  -              -         10-03      open       一般   11-30
            4        书店  -              百日行动  10-05      accepting  一般   11-14
            5        书店  -              百日行动  10-06      suspended  一般   11-14
            6        书店  -              百日行动  10-07      void       重大   11-14
            7        书店  J-3            -         10-08      standing   一般   -
            """,
        },
        (
            """
            campaign  visits  sites  hazards  apart  done  closed  overdue  major_hazards  major_closed
            护航行动  1       1      1        1      0     0       0        0              0
            百日行动  2       2      4        1      2     1       1        2              1
            """,
            """
            completion_rate  closure_rate  first_on  last_on
            -                -             10-04     10-08
            2/3              1/3           10-01     10-06
            """,
        ),
        same={"inspections": {"region": "本县"}},
    ),
    Spec(
        "recurrence",
        "前一条要已完成；自己不与自己配对，不同场所、不同类别的不算",
        {
            "items": """
            item_id  site  category  opened_on   done_on     state
            1        宾馆  消防      2023-10-01  -           open
            2        宾馆  消防      2023-10-10  2023-10-09  closed
            3        网吧  消防      2023-10-20  -           open
            4        宾馆  用电      2023-10-20  -           open
            """
        },
        "item_id  first_item_id  days_between",
    ),
    Spec(
        "campaign_progress",
        "同一个检查编号两个单位都用的，本单位的在先；分不清的不归入任何一个",
        {
            "inspections": """
            inspection_no  unit  site  campaign  inspected_on
            J-1            甲局  宾馆  百日行动  10-01
            J-1            乙局  网吧  护航行动  10-02
            """,
            "items": """
            item_id  unit  site  inspection_no  opened_on  state
            1        甲局  书店  J-1            10-05      open
            2        乙局  书店  J-1            10-05      open
            3        丙局  书店  J-1            10-05      open
            4        丙局  书店  -              10-01      open
            """,
        },
        """
        campaign  visits  hazards  first_on  last_on
        护航行动  1       1        10-02     10-05
        百日行动  1       1        10-01     10-05
        """,
        same={"inspections": {"region": "本县"}},
    ),
    Spec(
        "campaign_progress",
        "后收到的检查用了同一个编号、同一场所同一天，不改变已经归入的专项行动",
        {
            "inspections": """
            inspection_no  unit  site  campaign  inspected_on  told_on
            J-1            甲局  宾馆  百日行动  10-01         10-16
            J-1            乙局  宾馆  护航行动  10-01         11-02
            J-2            甲局  网吧  百日行动  10-02         10-16
            J-2            丙局  书店  护航行动  10-20         11-02
            -              丁局  影院  百日行动  10-03         10-16
            -              丙局  影院  护航行动  10-03         11-02
            """,
            "items": """
            item_id  unit  site  inspection_no  opened_on  first_known_on  state
            1        丙局  宾馆  J-1            10-01      10-17           open
            2        丙局  茶楼  J-2            10-02      10-17           open
            3        丙局  影院  -              10-03      10-17           open
            4        丙局  茶楼  J-2            11-01      11-02           open
            """,
        },
        """
        campaign  visits  hazards  overdue
        护航行动  3       1        0
        百日行动  3       3        0
        """,
        same={"inspections": {"region": "本县"}},
    ),
    Spec(
        "instruments",
        "两个对象、两天各算各的；当天对照的是没有用这种手段的其他隐患",
        {
            "targets": """
            kind      target  held_on
            约谈警示  甲局    10-01
            约谈警示  甲局    10-10
            约谈警示  乙局    10-10
            """,
            "items": """
            item_id  unit  opened_on  done_on  state
            1        甲局  09-01      10-05    accepting
            2        甲局  10-05      10-31    accepting
            3        乙局  09-01      -        open
            4        丙局  09-01      10-20    accepting
            5        丙局  10-12      -        open
            """,
        },
        """
        instrument  target  acts  judged  open_then  done_after  alike_open  alike_done
        约谈警示    全部    3     3       3          2           4           3
        约谈警示    甲局    2     2       2          2           3           2
        约谈警示    乙局    1     1       1          0           1           1
        """,
        same={"targets": {"region": "本县"}, "items": {"site": None, "township": None}},
    ),
)
