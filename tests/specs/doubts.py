"""变化、期限、疑点、挂牌: what is told of an item, and what is not told of it a second time."""

from tests.specs.spec import Spec

SUBJECT = "变化、疑点、挂牌的边界：什么只列一次，什么不列"

SPECS = (
    Spec(
        "since",
        "新报来就已完成、已销号、已逾期的，几种变化都列；新报来就撤销的、原来就撤销的什么也不列；撤销的不再列别的变化",
        {
            "items_before": """
            item_id  unit  state      due_on  done_on
            05       甲局  open       11-30   -
            06       甲局  accepting  11-30   10-20
            07       甲局  void       11-30   -
            08       甲局  overdue    10-15   -
            09       甲局  closed     11-30   10-20
            10       甲局  open       11-30   -
            11       甲局  open       12-31   -
            12       甲局  open       11-30   -
            28       甲局  accepting  11-30   10-20
            29       甲局  open       11-30   -
            30       甲局  closed     11-30   10-20
            31       甲局  closed     11-30   10-20
            33       甲局  accepting  11-30   10-20
            34       甲局  open       11-30   -
            """,
            "items": """
            item_id  unit  state      opened_on  due_on  done_on  is_done  is_closed
            01       甲局  accepting  11-01      11-30   11-10    yes      no
            02       甲局  closed     11-01      11-30   11-10    yes      yes
            03       乙局  overdue    11-01      11-10   -        no      no
            04       甲局  void       11-01      11-30   -        no      no
            05       甲局  void       10-01      11-30   11-05    yes      no
            06       甲局  void       10-01      11-30   -        no      no
            07       甲局  void       10-01      12-31   -        no      no
            08       甲局  overdue    10-01      10-20   -        no      no
            09       甲局  closed     10-01      12-31   10-20    yes      yes
            10       甲局  void       10-01      12-31   -        no      no
            11       甲局  void       10-01      11-30   -        no      no
            12       甲局  void       10-01      -       -        no      no
            14       甲局  accepting  10-01      11-30   10-20    yes      no
            15       甲局  void       10-01      11-30   10-20    yes      no
            28       甲局  open       10-01      11-30   -        no      no
            29       甲局  closed     10-01      11-30   10-20    yes      yes
            30       甲局  closed     10-01      11-20   10-20    yes      yes
            31       甲局  closed     10-01      -       10-20    yes      yes
            32       甲局  closed     10-01      11-30   11-05    yes      yes
            33       甲局  closed     10-01      11-30   11-05    yes      yes
            34       甲局  void       10-01      11-30   11-05    yes      yes
            """,
        },
        """
        change      item_id  unit
        found       03       乙局
        found       01       甲局
        found       02       甲局
        registered  14       甲局
        registered  32       甲局
        done        01       甲局
        done        02       甲局
        done        32       甲局
        backdated   14       甲局
        backdated   29       甲局
        closed      02       甲局
        closed      29       甲局
        closed      32       甲局
        closed      33       甲局
        reopened    28       甲局
        overdue     03       乙局
        later       08       甲局
        later       09       甲局
        earlier     30       甲局
        cancelled   31       甲局
        void        05       甲局
        void        06       甲局
        void        10       甲局
        void        11       甲局
        void        12       甲局
        void        34       甲局
        """,
    ),
    Spec(
        "since",
        "报停业而没有核实的过了期限，状态没有变，也是新逾期；核实以前疑似重复的不列",
        {
            "items_before": """
            item_id  state      due_on  suspension  is_overdue
            1        suspended  11-10   claimed     no
            3        open       11-30   -           no
            """,
            "items": """
            item_id  state      due_on  suspension  is_overdue  opened_on
            1        suspended  11-10   claimed     yes         10-01
            2        open       11-30   -           no          11-05
            3        open       11-30   -           no          11-05
            """,
            "in_doubt": "item_id\n2",
            "in_doubt_before": "item_id\n3",
        },
        """
        change   item_id  state_before
        found    3        open
        overdue  1        suspended
        """,
    ),
    Spec(
        "since",
        "漏报看起始日以后最后一次：漏报以后又报上来的不列，再漏报的又列；同一天又报上来的不列；已销号、已撤销的不列",
        {
            "items_before": """
            item_id  state
            17       open
            18       void
            19       closed
            20       open
            21       open
            22       open
            23       open
            24       open
            25       open
            """,
            "items": """
            item_id  state
            17       open
            18       void
            19       closed
            20       open
            21       open
            22       open
            23       open
            24       open
            25       open
            """,
            "findings": """
            item_id  rule      known_from
            17       vanished  11-01
            18       vanished  11-05
            19       vanished  11-05
            20       vanished  11-01
            20       returned  11-05
            20       vanished  11-10
            21       vanished  11-01
            21       vanished  11-08
            21       returned  11-05
            22       returned  11-01
            22       returned  11-10
            22       vanished  11-05
            23       vanished  11-05
            23       returned  11-05
            24       vanished  10-31
            25       missing   11-05
            """,
        },
        """
        change    item_id
        vanished  17
        vanished  20
        vanished  21
        """,
    ),
    Spec(
        "deadline_slip",
        "先没有期限、补定以后又改的，与补定的比；中间改过、最后改回去的不列；最后变动的日期是期限变的那一次",
        {
            "versions": """
            item_id  due_on  extended_due_on  known_from  known_to  first_known_on
            1        -       -                10-01       10-05     10-01
            1        10-20   -                10-05       10-10     10-01
            1        10-30   -                10-10       10-15     10-01
            1        10-30   -                10-15       -         10-01
            2        10-20   -                10-01       10-05     10-01
            2        10-30   10-30            10-05       10-10     10-01
            2        10-20   -                10-10       -         10-01
            3        10-20   -                10-01       10-05     10-01
            3        10-30   10-30            10-05       10-10     10-01
            3        10-25   -                10-10       -         10-01
            4        -       -                10-01       10-05     10-01
            4        10-20   -                10-05       10-10     10-01
            4        -       -                10-10       10-15     10-01
            4        10-20   -                10-15       -         10-01
            5        10-20   -                10-01       10-05     10-01
            5        10-30   -                10-05       -         10-01
            """,
            "items": """
            item_id  state
            1        open
            2        open
            3        open
            4        open
            5        void
            """,
        },
        """
        item_id  slip   first_due_on  due_on  days_moved  moves  moved_on  is_approved
        1        later  10-20         10-30   10          1      10-10     no
        3        later  10-20         10-25   5           2      10-10     no
        """,
        same={"items": {"known_from": "2023-10-15", "first_known_on": "2023-10-01"}},
    ),
    Spec(
        "supervision",
        "重大隐患待验收的还没有销号，没有挂牌的仍应挂；没有写等级的不知道要不要挂；措施不挂牌；没有挂牌而写了日期的没有天数",
        {
            "items": """
            item_id  kind     level  supervised  supervised_on  state      closed_on
            1        hazard   重大   no          11-01          accepting  -
            2        hazard   一般   yes         11-01          accepting  -
            3        hazard   -      no          -              open       -
            4        measure  重大   yes         11-01          open       -
            5        hazard   -      yes         11-01          open       -
            """
        },
        """
        item_id  standing_text  supervised_on  days_supervised
        1        应挂未挂       -              -
        2        督办中         11-01          14
        5        督办中         11-01          14
        """,
    ),
    Spec(
        "hazard_flow",
        "验收要有日期也要有验收人；没有销号的、没有判定的、没有验收的不算建档；措施不是隐患；只有一个等级也有合计",
        {
            "items": """
            item_id  kind     level  state      judged_on  done_on  accepted_on  accepted_by  closure
            1        hazard   一般   accepting  11-01      11-01    11-02        钱某         -
            2        hazard   一般   closed     -          11-01    11-02        钱某         record
            3        hazard   一般   closed     11-01      11-01    11-02        -            record
            4        hazard   一般   closed     11-01      11-01    -            钱某         record
            5        hazard   一般   closed     11-01      11-01    11-02        钱某         -
            6        hazard   一般   open       11-01      -        -            -            -
            7        measure  一般   closed     11-01      11-01    11-02        钱某         record
            """
        },
        """
        level  stage  items  found
        全部   发现   6      6
        全部   判定   5      6
        全部   立案   0      6
        全部   督改   0      6
        全部   整改   5      6
        全部   验收   3      6
        全部   销号   4      6
        全部   建档   1      6
        一般   发现   6      6
        一般   判定   5      6
        一般   立案   0      6
        一般   督改   0      6
        一般   整改   5      6
        一般   验收   3      6
        一般   销号   4      6
        一般   建档   1      6
        """,
    ),
    Spec(
        "hazard_flow",
        "一条隐患也没有的，没有合计",
        {"items": "item_id  kind\n1  measure"},
        "level  stage  items  found",
    ),
    Spec(
        "hazard_mix",
        "没有填写的为未填；重大未销号的含待验收；重大的多不改变次序",
        {
            "items": """
            item_id  category  level  site_kind  township  source  state
            1        消防      重大   宾馆       东镇      日常    closed
            2        消防      重大   宾馆       东镇      日常    accepting
            3        用电      一般   宾馆       东镇      日常    open
            4        用电      一般   宾馆       东镇      日常    overdue
            5        用电      一般   宾馆       东镇      日常    closed
            6        -         -      -          -         -       open
            """
        },
        """
        dimension           member  by_member  items  open_items  overdue_items  major_items  major_open  cumulative_rate
        category            用电    -          3      2           1              0            0           1/2
        category            消防    -          2      0           0              2            1           5/6
        category            未填    -          1      1           0              0            0           1
        level               一般    -          3      2           1              0            0           1/2
        level               重大    -          2      0           0              2            1           5/6
        level               未填    -          1      1           0              0            0           1
        site_kind           宾馆    -          5      2           1              2            1           5/6
        site_kind           未填    -          1      1           0              0            0           1
        site_kind_category  宾馆    用电       3      2           1              0            0           1/2
        site_kind_category  宾馆    消防       2      0           0              2            1           5/6
        site_kind_category  未填    未填       1      1           0              0            0           1
        source              日常    -          5      2           1              2            1           5/6
        source              未填    -          1      1           0              0            0           1
        township            东镇    -          5      2           1              2            1           5/6
        township            未填    -          1      1           0              0            0           1
        township_category   东镇    用电       3      2           1              0            0           1/2
        township_category   东镇    消防       2      0           0              2            1           5/6
        township_category   未填    未填       1      1           0              0            0           1
        """,
    ),
    Spec(
        "suspect_closure",
        "没有完成的、撤销的不列疑点；没有报为销号的、别的问题不算无验收签字；自己验收看登记，也看是不是同一个人",
        {
            "items": """
            item_id  kind      site  state      done_on  level  accepted_by  closure  person
            01       hazard    宾馆  open       -        一般   -            -        赵某
            02       hazard    宾馆  void       10-10    一般   赵某         -        赵某
            03       hazard    宾馆  accepting  10-10    一般   -            self     赵某
            04       hazard    宾馆  closed     10-10    一般   赵某         record   赵某
            05       hazard    宾馆  closed     10-10    一般   钱某         record   赵某
            06       hazard    宾馆  accepting  10-10    一般   -            -        赵某
            07       hazard    宾馆  accepting  10-10    一般   -            -        赵某
            08       measure   -     accepting  10-01    重大   -            -        赵某
            """,
            "findings": """
            item_id  rule              row_no
            01       unsigned_closure  4
            02       unsigned_closure  5
            06       unsigned_closure  6
            06       unsigned_closure  7
            07       missing           8
            """,
        },
        """
        item_id  no_acceptance  self_accepted  same_day_major  reasons
        03       no             yes            no              1
        04       no             yes            no              1
        06       yes            no             no              1
        08       no             no             yes             1
        """,
        same={"items": {"content": "更换"}},
    ),
    Spec(
        "suspect_closure",
        "完成后又报未完成的，当日收到的算；只报过一次的、撤销的不算；来回几次也只算一个疑点；一直没有完成、一直完成的不算；又打开了的不再说没有验收",
        {
            "items": """
            item_id  state      accepted_by
            1        open       赵某
            2        void       -
            3        open       -
            4        open       -
            5        open       -
            6        open       -
            7        accepting  -
            """,
            "findings": "item_id  rule\n1  unsigned_closure",
            "versions": """
            item_id  known_from  known_to  first_known_on  says_open  says_done
            1        10-05       11-15     10-05           no         yes
            1        11-15       -         10-05           yes        no
            2        10-05       11-15     10-05           no         yes
            2        11-15       -         10-05           yes        no
            3        10-05       -         10-05           yes        no
            4        10-05       10-06     10-05           no         yes
            4        10-06       10-07     10-05           yes        no
            4        10-07       10-08     10-05           no         yes
            4        10-08       -         10-05           yes        no
            5        10-08       -         10-05           yes        no
            5        10-07       10-08     10-05           yes        yes
            5        10-06       10-07     10-05           no         no
            6        10-05       10-06     10-05           yes        no
            6        10-06       -         10-05           yes        no
            7        10-05       10-06     10-05           no         yes
            7        10-06       -         10-05           no         yes
            """,
        },
        """
        item_id  reopened  reasons
        1        yes       1
        4        yes       1
        5        yes       1
        """,
        same={"items": {"content": "更换", "site": None, "category": None}},
    ),
    Spec(
        "suspect_closure",
        "复发：没有写场所、类别的，别的县的，措施、撤销的都不算；同场所当日又发现的不算，次日的算；同一天发现两条，各以另一条为准",
        {
            "items": """
            item_id  kind     region  site  category  opened_on  done_on  state
            01       hazard   本县    -     消防      10-01      10-10    closed
            02       hazard   本县    -     消防      10-20      -        open
            03       hazard   本县    宾馆  -         10-01      10-10    closed
            04       hazard   本县    宾馆  -         10-20      -        open
            05       hazard   甲县    网吧  消防      10-01      10-10    closed
            06       hazard   乙县    网吧  消防      10-20      -        open
            07       measure  本县    影院  消防      10-01      10-10    closed
            08       hazard   本县    影院  消防      10-20      -        open
            09       hazard   本县    书店  消防      10-01      10-10    closed
            10       measure  本县    书店  消防      10-20      -        open
            11       hazard   本县    茶楼  消防      10-01      10-10    closed
            12       hazard   本县    茶楼  消防      10-20      -        void
            13       hazard   本县    歌厅  消防      10-01      10-10    closed
            14       hazard   本县    歌厅  消防      10-10      -        open
            15       hazard   本县    酒吧  消防      10-01      10-10    closed
            16       hazard   本县    酒吧  消防      10-11      -        open
            17       hazard   本县    浴室  消防      11-01      10-20    closed
            18       hazard   本县    浴室  消防      11-01      -        open
            20       hazard   本县    剧院  消防      11-01      -        open
            21       hazard   本县    剧院  消防      11-01      10-20    closed
            """
        },
        """
        item_id  recurred  reasons
        15       yes       1
        17       yes       1
        21       yes       1
        """,
        same={"items": {"content": "更换"}},
    ),
    Spec(
        "suspect_closure",
        "照抄：同一场所的、别的单位、别的县的、措施、撤销的都不算；没有完成的不列",
        {
            "items": """
            item_id  kind     region  unit  site  state      content
            01       hazard   本县    甲局  宾馆  accepting  一二三四五六七八九十一二三四五
            02       hazard   本县    甲局  宾馆  accepting  一二三四五六七八九十一二三四五
            03       hazard   本县    乙局  网吧  accepting  一二三四五六七八九十一二三四五
            04       hazard   别县    甲局  网吧  accepting  一二三四五六七八九十一二三四五
            05       measure  本县    甲局  影院  accepting  一二三四五六七八九十一二三四五
            06       hazard   本县    甲局  书店  void       一二三四五六七八九十一二三四五
            07       hazard   本县    丙局  宾馆  accepting  二二三四五六七八九十一二三四五
            08       hazard   本县    丙局  网吧  open       二二三四五六七八九十一二三四五
            09       measure  本县    丙局  网吧  accepting  二二三四五六七八九十一二三四五
            10       hazard   本县    丁局  网吧  accepting  二二三四五六七八九十一二三四五
            11       hazard   别县    丙局  网吧  accepting  二二三四五六七八九十一二三四五
            """
        },
        """
        item_id  copied  reasons
        07       yes     1
        """,
    ),
    Spec(
        "suspect_closure",
        "节点前集中完成：别的单位、别的县同一天完成的不算，别的县的节点不相干；撤销的、没有完成的不凑数",
        {
            "nodes": "region  node_on\n本县  11-10",
            "items": """
            item_id  region  unit  done_on  state      is_done
            01       本县    甲局  11-09    accepting  yes
            02       本县    甲局  11-09    accepting  yes
            03       本县    甲局  11-09    accepting  yes
            04       本县    甲局  11-09    accepting  yes
            05       本县    甲局  11-09    accepting  yes
            06       本县    乙局  11-09    accepting  yes
            07       别县    甲局  11-09    accepting  yes
            11       别县    丙局  11-09    accepting  yes
            12       别县    丙局  11-09    accepting  yes
            13       别县    丙局  11-09    accepting  yes
            14       别县    丙局  11-09    accepting  yes
            15       别县    丙局  11-09    accepting  yes
            21       本县    丁局  11-10    accepting  yes
            22       本县    丁局  11-10    accepting  yes
            23       本县    丁局  11-10    accepting  yes
            24       本县    丁局  11-10    accepting  yes
            25       本县    丁局  11-10    void       yes
            """,
        },
        """
        item_id  unit  bunched  reasons
        01       甲局  yes      1
        02       甲局  yes      1
        03       甲局  yes      1
        04       甲局  yes      1
        05       甲局  yes      1
        """,
        same={"items": {"content": "更换"}},
    ),
)
