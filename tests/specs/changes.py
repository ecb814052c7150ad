"""前后变化: what moved between two days, what vanished, how long it took, what looks too good."""

from tests.specs.spec import Spec

SUBJECT = "前后变化：期限变动、漏报、用时、疑点"

SPECS = (
    Spec(
        "since",
        "起始日（10 月 31 日）当日发现而后来才报的是补报，次日发现的是新发现；撤销的不算新发现",
        {
            "items": """
            item_id  opened_on  state     due_on
            1        10-31      open      -
            2        11-01      open      -
            3        11-01      void      -
            """
        },
        (
            """
            change      item_id  kind    title       unit  person  level  due_before  due_on
            found       2        hazard  灭火器过期  甲局  赵某    一般   -           -
            registered  1        hazard  灭火器过期  甲局  赵某    一般   -           -
            """,
            """
            due_is_provisional  done_on  state_before  state  path    sheet  row_no
            no                  -        -             open   a.xlsx  台账   4
            no                  -        -             open   a.xlsx  台账   4
            """,
        ),
    ),
    Spec(
        "since",
        "完成日期在起始日当日以前的是补记完成，以后的是新完成；销号、重新打开、新逾期、撤销各列一行",
        {
            "items": """
            item_id  state      due_on  done_on
            1        accepting  11-30   10-31
            2        accepting  11-30   11-01
            3        closed     11-30   10-20
            4        overdue    11-14   -
            5        open       11-30   -
            6        void       11-30   -
            """,
            "items_before": """
            item_id  state      due_on  done_on
            1        open       11-30   -
            2        open       11-30   -
            3        accepting  11-30   10-20
            4        open       11-14   -
            5        accepting  11-30   10-20
            6        open       11-30   -
            """,
        },
        """
        change     item_id  state_before  state      done_on
        done       2        open          accepting  11-01
        backdated  1        open          accepting  10-31
        closed     3        accepting     closed     10-20
        reopened   5        accepting     open       -
        overdue    4        open          overdue    -
        void       6        open          void       -
        """,
    ),
    Spec(
        "since",
        "期限推迟、提前、取消；漏报后又报上来的不列，已销号的不列",
        {
            "items": """
            item_id  state   due_on
            1        open    12-01
            2        open    11-29
            3        undated -
            4        open    11-30
            5        open    11-30
            6        closed  11-30
            """,
            "items_before": """
            item_id  state   due_on
            1        open    11-30
            2        open    11-30
            3        open    11-30
            4        open    11-30
            5        open    11-30
            6        closed  11-30
            """,
            "findings": """
            item_id  rule      known_from
            4        vanished  11-01
            5        vanished  11-01
            5        returned  11-02
            6        vanished  11-01
            1        vanished  10-31
            """,
        },
        """
        change     item_id  due_before  due_on
        later      1        11-30       12-01
        earlier    2        11-30       11-29
        cancelled  3        11-30       -
        vanished   4        11-30       11-30
        """,
    ),
    Spec(
        "since",
        "疑似同一条的核实以前不列为新发现，核实不是同一条的从核实之日起列出",
        {
            "items": """
            item_id  opened_on  state
            1        11-01      open
            2        10-20      open
            3        11-01      open
            """,
            "items_before": """
            item_id  opened_on  state
            2        10-20      open
            """,
            "in_doubt": "item_id\n1",
            "in_doubt_before": "item_id\n2",
        },
        """
        change      item_id
        found       3
        registered  2
        """,
    ),
    Spec(
        "deadline_slip",
        "推迟、提前、取消、后来补定；变动后又改回首次期限的不列，撤销的不列",
        {
            "versions": """
            item_id  due_on  extended_due_on  known_from  known_to  first_known_on
            1        11-01   -                10-01       10-10     10-01
            1        11-11   11-11            10-10       -         10-01
            2        11-01   -                10-01       10-10     10-01
            2        10-31   -                10-10       -         10-01
            3        11-01   -                10-01       10-10     10-01
            3        -       -                10-10       -         10-01
            4        -       -                10-01       10-10     10-01
            4        11-01   -                10-10       -         10-01
            5        11-01   -                10-01       10-10     10-01
            5        11-11   -                10-10       10-20     10-01
            5        11-01   -                10-20       -         10-01
            6        11-01   -                10-01       10-10     10-01
            6        11-11   -                10-10       -         10-01
            """,
            "items": """
            item_id  due_on  state    known_from
            1        11-11   overdue  10-10
            2        10-31   overdue  10-10
            3        -       undated  10-10
            4        11-01   overdue  10-10
            5        11-01   overdue  10-20
            6        11-11   void     10-10
            """,
        },
        (
            """
            item_id  kind    title       unit  person  slip       first_due_on  due_on  due_is_provisional
            3        hazard  灭火器过期  甲局  赵某    cancelled  11-01         -       no
            1        hazard  灭火器过期  甲局  赵某    later      11-01         11-11   no
            2        hazard  灭火器过期  甲局  赵某    earlier    11-01         10-31   no
            4        hazard  灭火器过期  甲局  赵某    set        11-01         11-01   no
            """,
            """
            days_moved  moves  moved_on  is_approved  state    path    sheet  row_no
            -           1      10-10     no           undated  a.xlsx  台账   4
            10          1      10-10     yes          overdue  a.xlsx  台账   4
            -1          1      10-10     no           overdue  a.xlsx  台账   4
            -           0      10-10     no           overdue  a.xlsx  台账   4
            """,
        ),
        same={"items": {"first_known_on": "2023-10-01"}},
    ),
    Spec(
        "deadline_slip",
        "当日以后才报来的变动也算，与现行期限一致；变动两次的按首次与现行相比",
        {
            "versions": """
            item_id  due_on  known_from  known_to  first_known_on
            1        11-01   10-01       11-15     10-01
            1        11-11   11-15       -         10-01
            2        11-01   10-01       11-16     10-01
            2        11-11   11-16       -         10-01
            3        11-01   10-01       10-10     10-01
            3        10-20   10-10       10-20     10-01
            3        11-05   10-20       -         10-01
            """,
            "items": """
            item_id  due_on  state    known_from
            1        11-11   overdue  11-15
            2        11-11   overdue  11-16
            3        11-05   overdue  10-20
            """,
        },
        """
        item_id  slip   first_due_on  due_on  days_moved  moves  moved_on
        1        later  11-01         11-11   10          1      11-15
        2        later  11-01         11-11   10          1      11-16
        3        later  11-01         11-05   4           2      10-20
        """,
        same={"items": {"first_known_on": "2023-10-01"}},
    ),
    Spec(
        "vanished",
        "漏报以后没有再报上来的才列；同一天又报上来的、已销号的、撤销的不列",
        {
            "items": """
            item_id  state    due_on
            1        overdue  11-14
            2        open     11-30
            3        closed   11-14
            4        void     11-14
            5        open     11-30
            """,
            "findings": """
            item_id  rule      known_from  path
            1        vanished  11-03       十月下.xlsx
            1        returned  10-20       十月上.xlsx
            2        vanished  11-03       十月下.xlsx
            2        returned  11-04       十月下.xlsx
            3        vanished  11-03       十月下.xlsx
            4        vanished  11-03       十月下.xlsx
            5        vanished  11-03       十月下.xlsx
            5        returned  11-03       十月下.xlsx
            """,
        },
        (
            """
            item_id  kind    title       unit  person  level  state    due_on  days_late
            1        hazard  灭火器过期  甲局  赵某    一般   overdue  11-14   1
            """,
            """
            missing_since  missing_in   path    sheet  row_no
            11-03          十月下.xlsx  a.xlsx  台账   4
            """,
        ),
    ),
    Spec(
        "close_times",
        "五条中四条完成：中位用时 3 天，没有完成的按截至当日算作还在等；不足五条的不给区间",
        {
            "items": """
            item_id  opened_on  state      done_on  level  due_on
            1        11-01      accepting  11-02    一般   -
            2        11-01      accepting  11-03    一般   -
            3        11-01      accepting  11-04    一般   -
            4        11-01      accepting  11-05    一般   -
            5        11-01      open       -        重大   -
            6        11-01      void       -        一般   -
            7        11-01      standing   -        一般   -
            """
        },
        (
            """
            until   dimension  member  items  reached  median_days  median_low  median_high
            done    all        all     5      4        3            1           -
            done    kind       hazard  5      4        3            1           -
            done    level      一般    4      4        2            -           -
            done    level      重大    1      0        -            -           -
            done    unit       甲局    5      4        3            1           -
            closed  all        all     5      0        -            -           -
            closed  kind       hazard  5      0        -            -           -
            closed  level      一般    4      0        -            -           -
            closed  level      重大    1      0        -            -           -
            closed  unit       甲局    5      0        -            -           -
            """,
            """
            p90_days  p90_low  p90_high  mean_reached_days
            -         3        -         2.5
            -         3        -         2.5
            4         -        -         2.5
            -         -        -         -
            -         3        -         2.5
            -         -        -         -
            -         -        -         -
            -         -        -         -
            -         -        -         -
            -         -        -         -
            """,
        ),
        same={"items": {"first_known_on": "2023-11-01"}},
    ),
    Spec(
        "suspect_closure",
        "自己验收、重大隐患当日完成、九十天内又发现；第九十一天的、撤销的不算",
        {
            "items": """
            item_id  site  category  opened_on   done_on     state      level  accepted_by
            1        宾馆  消防设施  2023-06-01  2023-06-10  closed     一般   赵某
            2        宾馆  消防设施  2023-09-08  -           open       一般   -
            3        网吧  用电用火  2023-06-01  2023-06-10  closed     一般   钱某
            4        网吧  用电用火  2023-09-09  -           open       一般   -
            5        影院  疏散通道  2023-10-01  2023-10-01  accepting  重大   -
            6        影院  疏散通道  2023-10-01  2023-10-01  void       重大   -
            """
        },
        (
            """
            item_id  kind    title       unit  person  site  level  opened_on   done_on     accepted_by
            1        hazard  灭火器过期  甲局  赵某    宾馆  一般   2023-06-01  2023-06-10  赵某
            5        hazard  灭火器过期  甲局  赵某    影院  重大   2023-10-01  2023-10-01  -
            """,
            """
            state      no_acceptance  self_accepted  same_day_major  bunched  recurred
            closed     no             yes            no              no       yes
            accepting  no             no             yes             no       no
            """,
            """
            reopened  copied  reasons  path    sheet  row_no
            no        no      2        a.xlsx  台账   4
            no        no      1        a.xlsx  台账   4
            """,
        ),
        same={"items": {"content": "更换"}},
    ),
    Spec(
        "suspect_closure",
        "同一单位同一天完成五项、在节点前两天以内的为集中完成；前三天的不是",
        {
            "nodes": "node_on\n11-14",
            "items": """
            item_id  unit  done_on  state
            1        甲局  11-12    accepting
            2        甲局  11-12    accepting
            3        甲局  11-12    accepting
            4        甲局  11-12    accepting
            5        甲局  11-12    accepting
            6        乙局  11-11    accepting
            7        乙局  11-11    accepting
            8        乙局  11-11    accepting
            9        乙局  11-11    accepting
            10       乙局  11-11    accepting
            11       丙局  11-14    accepting
            """,
        },
        """
        item_id  unit  bunched  reasons
        1        甲局  yes      1
        2        甲局  yes      1
        3        甲局  yes      1
        4        甲局  yes      1
        5        甲局  yes      1
        """,
        same={"nodes": {"region": "本县"}, "items": {"content": "更换"}},
    ),
    Spec(
        "suspect_closure",
        "报销号而没有验收的、完成后又报未完成的、两处一字不差的（15 字以上）",
        {
            "items": """
            item_id  site  state      done_on  content
            1        宾馆  accepting  10-10    更换
            2        网吧  open       -        更换
            3        影院  accepting  10-10    灭火器压力不足指针在红区；立即更换
            4        书店  open       -        灭火器压力不足指针在红区；立即更换
            5        宾馆  closed     10-10    更换
            """,
            "findings": """
            item_id  rule
            1        unsigned_closure
            5        unsigned_closure
            """,
            "versions": """
            item_id  known_from  known_to  first_known_on  says_open  says_done
            2        10-05       10-20     10-05           no         yes
            2        10-20       -         10-05           yes        no
            """,
        },
        """
        item_id  site  no_acceptance  reopened  copied  reasons
        1        宾馆  yes            no        no      1
        2        网吧  no             yes       no      1
        3        影院  no             no        yes     1
        """,
    ),
    Spec(
        "suspect_closure",
        "改了完成日期，以前报的日期的疑点还在；后来才收到的、报未完成的不看；四项报了两次的不成五项",
        {
            "nodes": "node_on\n11-10",
            "items": """
            item_id  site  category  level  opened_on  done_on  state
            1        甲馆  消防      重大   10-08      10-20    accepting
            2        乙馆  用电      一般   10-01      10-20    accepting
            3        乙馆  用电      一般   10-12      10-30    accepting
            4        丙馆  通道      重大   10-08      10-20    accepting
            5        丁馆  通道      重大   10-08      10-20    accepting
            6        戊馆  标识      一般   10-01      11-10    accepting
            7        己馆  标识      一般   10-01      11-10    accepting
            8        庚馆  标识      一般   10-01      11-10    accepting
            9        辛馆  标识      一般   10-01      11-10    accepting
            """,
            "versions": """
            item_id  known_from  known_to  first_known_on  says_open  says_done  said_done_on
            1        10-15       10-25     10-15           no         yes        10-08
            1        10-25       -         10-15           no         yes        10-20
            2        10-15       10-25     10-15           no         yes        10-10
            2        10-25       -         10-15           no         yes        10-20
            4        10-15       10-25     10-15           yes        no         10-08
            4        10-25       -         10-15           no         yes        10-20
            5        10-25       11-20     10-25           no         yes        10-20
            5        11-20       -         10-25           no         yes        10-08
            6        11-12       -         11-12           no         yes        11-10
            7        11-12       -         11-12           no         yes        11-10
            """,
        },
        """
        item_id  site  same_day_major  recurred  reasons
        1        甲馆  yes             no        1
        2        乙馆  no              yes       1
        """,
        same={"nodes": {"region": "本县"}, "items": {"content": "更换"}},
    ),
    Spec(
        "suspect_closure",
        "节点次日完成的不算集中完成，节点当日的算；别的场所、别的类别的不算复发，发现当日完成的同一条不算",
        {
            "nodes": "node_on\n11-10",
            "items": """
            item_id  unit  site  category  opened_on  done_on  state
            1        甲局  甲馆  消防      10-01      11-11    accepting
            2        甲局  乙馆  消防      10-01      11-11    accepting
            3        甲局  丙馆  消防      10-01      11-11    accepting
            4        甲局  丁馆  消防      10-01      11-11    accepting
            5        甲局  戊馆  消防      10-01      11-11    accepting
            6        乙局  甲馆  消防      10-01      11-10    accepting
            7        乙局  乙馆  用电      10-01      11-10    accepting
            8        乙局  丙馆  用电      10-01      11-10    accepting
            9        乙局  丁馆  用电      10-01      11-10    accepting
            10       乙局  戊馆  用电      10-01      11-10    accepting
            11       乙局  己馆  用电      10-01      11-09    accepting
            12       丙局  庚馆  消防      11-01      11-01    accepting
            """,
        },
        """
        item_id  unit  bunched  recurred  reasons
        10       乙局  yes      no        1
        6        乙局  yes      no        1
        7        乙局  yes      no        1
        8        乙局  yes      no        1
        9        乙局  yes      no        1
        """,
        same={"nodes": {"region": "本县"}, "items": {"content": "更换"}},
    ),
    Spec(
        "deadline_slip",
        "只报过一次的没有变动可言；报了两次而期限没有变的也不列",
        {
            "versions": """
            item_id  due_on  known_from  known_to  first_known_on
            1        11-01   10-01       -         10-01
            2        11-01   10-01       10-10     10-01
            2        11-01   10-10       -         10-01
            """,
            "items": """
            item_id  due_on  state    known_from  first_known_on
            1        11-01   overdue  10-01       10-01
            2        11-01   overdue  10-10       10-01
            """,
        },
        "item_id  slip  days_moved",
    ),
    Spec(
        "close_times",
        "发现 31 天后才首次报来、那时已完成的，只计入事项数，不进入估计；30 天的进入",
        {
            "items": """
            item_id  opened_on  first_known_on  state      done_on  due_on
            1        10-01      11-01           accepting  10-20    -
            2        10-01      10-31           accepting  10-11    -
            3        10-01      11-01           accepting  11-10    -
            """
        },
        """
        until   dimension  member  items  reached  median_days  mean_reached_days
        done    all        all     3      3        10           23
        done    kind       hazard  3      3        10           23
        done    level      一般    3      3        10           23
        done    unit       甲局    3      3        10           23
        closed  all        all     3      0        -            -
        closed  kind       hazard  3      0        -            -
        closed  level      一般    3      0        -            -
        closed  unit       甲局    3      0        -            -
        """,
    ),
    Spec(
        "suspect_closure",
        "照抄的从 15 个字起算，14 个字的不算；当日以后才收到的重新打开还不知道",
        {
            "items": """
            item_id  site  state  content
            1        宾馆  open   一二三四五六七八九十一二三四五
            2        网吧  open   一二三四五六七八九十一二三四五
            3        宾馆  open   一二三四五六七八九十一二三四
            4        网吧  open   一二三四五六七八九十一二三四
            5        宾馆  accepting  更换
            6        网吧  accepting  一二三四五六七八九十一二三四五
            """,
            "versions": """
            item_id  known_from  known_to  first_known_on  says_open  says_done
            5        10-05       11-16     10-05           no         yes
            5        11-16       -         10-05           yes        no
            """,
        },
        """
        item_id  copied  reasons
        6        yes     1
        """,
    ),
    Spec(
        "suspect_closure",
        "重大隐患次日完成的、一般隐患当日完成的都不算；发现晚于完成的那一条自己不是自己的复发",
        {
            "items": """
            item_id  site  level  opened_on  done_on  state
            1        宾馆  重大   10-01      10-02    accepting
            2        网吧  一般   10-01      10-01    accepting
            3        影院  一般   11-01      10-20    accepting
            """
        },
        "item_id  same_day_major  recurred  reasons",
        same={"items": {"content": "更换"}},
    ),
)
