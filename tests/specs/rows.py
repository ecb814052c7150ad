"""报送的行: what each version of a row says, since when it is known, and what of it is blank."""

from tests.specs.spec import Spec

SUBJECT = "报送的行：首次收到、每一版的说法、空着的格子"

SPECS = (
    Spec(
        "received",
        "填报状态里，办结、现场整改、待验收、销号是报完成；未启动、推进中、受阻、退回、移交是报未完成；其余两样都不是",
        {
            "hazard": """
            item_id  status          known_from
            H-01     done            10-05
            H-02     done_onspot     10-05
            H-03     pending_accept  10-05
            H-04     closed          10-05
            H-05     not_started     10-05
            H-06     in_progress     10-05
            H-07     blocked         10-05
            H-08     rejected        10-05
            H-09     transferred     10-05
            H-10     suspended       10-05
            H-11     void            10-05
            H-12     -               10-05
            """
        },
        """
        item_id  says_done  says_open
        H-01     yes        no
        H-02     yes        no
        H-03     yes        no
        H-04     yes        no
        H-05     no         yes
        H-06     no         yes
        H-07     no         yes
        H-08     no         yes
        H-09     no         yes
        H-10     no         no
        H-11     no         no
        H-12     no         no
        """,
    ),
    Spec(
        "received",
        "没有记下首次收到、起报完成之日的，按这一版的收到日期；只记下起报完成之日的，说明到那一天；没有记下的不是现场整改",
        {
            "hazard": """
            item_id  status  first_known_on  said_done_since  said_done_as_of  is_onspot  known_from
            H-1      done    -               -                -                -          10-05
            H-2      done    10-01           10-03            -                no         10-05
            H-3      done    10-01           10-03            10-02            yes        10-05
            """
        },
        """
        item_id  first_known_on  said_done_since  said_done_as_of  is_onspot
        H-1      10-05           10-05            10-05            no
        H-2      10-01           10-03            10-03            no
        H-3      10-01           10-03            10-02            yes
        """,
    ),
    Spec(
        "received",
        "期限待确认的，要有期限，而且没有批准延期；没有说要确认的不是",
        {
            "measure": """
            item_id  sub_no  due_on  extended_due_on  due_is_provisional  known_from
            M-1      1-1     10-31   -                yes                 10-05
            M-2      1-2     10-31   11-30            yes                 10-05
            M-3      1-3     -       -                yes                 10-05
            M-4      1-4     10-31   -                no                  10-05
            M-5      1-5     10-31   -                -                   10-05
            """
        },
        """
        item_id  first_due_on  due_on  due_is_provisional
        M-1      10-31         10-31   yes
        M-2      10-31         11-30   no
        M-3      -             -       no
        M-4      10-31         10-31   no
        M-5      10-31         10-31   no
        """,
    ),
    Spec(
        "received",
        "报停业而没有核实结果的为报停业待核实；核实没有停业的，没有停业的日期；没有报停业的没有核实结果",
        {
            "hazard": """
            item_id  suspended_since  suspension  known_from
            H-1      10-01            -           10-05
            H-2      10-01            confirmed   10-05
            H-3      10-01            denied      10-05
            H-4      -                confirmed   10-05
            H-5      -                -           10-05
            """
        },
        """
        item_id  suspended_since  suspension
        H-1      10-01            claimed
        H-2      10-01            confirmed
        H-3      -                denied
        H-4      -                -
        H-5      -                -
        """,
    ),
    Spec(
        "received",
        "没有写场所的隐患，标题的前半是部位；没有另外记下是否明确的，写了责任人、责任单位就是明确",
        {
            "hazard": """
            item_id  site  location  unit  person  has_named_unit  has_named_person  known_from
            H-1      宾馆  后厨      甲局  -       -               -                 10-05
            H-2      -     后厨      -     赵某    -               -                 10-05
            H-3      -     -         甲局  赵某    no              yes               10-05
            H-4      -     -         甲局  赵某    yes             no                10-05
            """
        },
        """
        item_id  heading  has_named_unit  has_named_person
        H-1      宾馆     yes             no
        H-2      后厨     no              yes
        H-3      -        no              yes
        H-4      -        yes             no
        """,
    ),
    Spec(
        "items",
        "有文号的方案只有一个，编号前不标；两版是同一个方案、退出的方案不算第二个",
        {
            "measure": """
            item_id  sub_no  sub_measure  plan                 known_from
            M-1      1-1     开会         甲文旅发〔2023〕7号  10-05
            """,
            "hazard": """
            item_id  description    site           known_from
            H-1      〔2023〕7号文  县〔2023〕馆   10-05
            """,
            "plan": """
            plan_id  known_from  known_to
            p1       10-01       10-05
            p1       10-05       -
            p1       10-06       -
            p2       10-01       11-01
            """,
        },
        """
        item_id  title
        M-1      1-1␣开会
        H-1      县〔2023〕馆：〔2023〕7号文
        """,
    ),
    Spec(
        "items",
        "标题、状态取最后一版；被更改的一版不再是事项",
        {
            "hazard": """
            item_id  description  status       due_on  known_from  known_to
            H-1      灭火器过期   not_started  10-20   10-05       10-25
            H-1      灭火器失效   in_progress  11-30   10-25       -
            """
        },
        """
        item_id  title       due_on  state  has_begun
        H-1      灭火器失效  11-30   open   yes
        """,
    ),
    Spec(
        "items",
        "停业的，不论期限已过、临近、还早、没有，都写停业关停；完成了的不再写，主体灭失的仍写",
        {
            "hazard": """
            item_id  due_on  status          suspension  closure  accepted_on  accepted_by  known_from
            H-1      10-20   suspended       -           -        -            -            10-10
            H-2      11-20   suspended       -           -        -            -            10-10
            H-3      12-20   suspended       -           -        -            -            10-10
            H-4      -       suspended       -           -        -            -            10-10
            H-5      10-20   pending_accept  -           -        -            -            10-10
            H-6      10-20   suspended       gone        gone     10-12        专班         10-10
            """
        },
        """
        item_id  state      is_overdue  days_late  days_left  suspension  suspended_on  closure
        H-1      suspended  yes         26         -          claimed     10-10         -
        H-2      suspended  no          -          5          claimed     10-10         -
        H-3      suspended  no          -          35         claimed     10-10         -
        H-4      suspended  no          -          -          claimed     10-10         -
        H-5      accepting  no          -          -          -           -             -
        H-6      closed     no          -          -          confirmed   10-10         gone
        """,
        same={"hazard": {"found_on": "2023-10-01", "suspended_since": "2023-10-10"}},
    ),
    Spec(
        "items",
        "主体灭失的没有期限就无所谓按期；待验收的还写着报送待核实；还没有到验收日期的，验收的依据不写",
        {
            "hazard": """
            item_id  due_on  status          relief  closure  accepted_on  accepted_by  known_from
            H-1      -       closed          -       gone     10-12        专班         10-10
            H-2      10-20   pending_accept  later   -        -            -            10-10
            H-3      10-20   closed          later   record   11-16        钱某         10-10
            H-4      10-20   closed          later   record   11-15        钱某         10-10
            """
        },
        """
        item_id  state      punctuality  relief  closure
        H-1      closed     -            -       gone
        H-2      accepting  in_time      later   -
        H-3      accepting  in_time      later   -
        H-4      closed     in_time      -       record
        """,
        same={"hazard": {"found_on": "2023-10-01"}},
    ),
    Spec(
        "items",
        "逾期完成的，写明晚了几天；提前完成的没有剩余天数；期限当日还报未完成的是逾期完成，只在当日以前报过的不知道",
        {
            "hazard": """
            item_id  due_on  status          done_on  said_open_until  known_from
            H-1      10-20   pending_accept  10-25    -                10-30
            H-2      11-30   pending_accept  10-25    -                10-30
            H-3      10-20   pending_accept  -        10-20            10-30
            H-4      10-20   pending_accept  -        10-19            10-30
            """
        },
        """
        item_id  punctuality  days_late  days_left  done_on
        H-1      late         5          -          10-25
        H-2      in_time      -          -          10-25
        H-3      late         10         -          10-30
        H-4      undated      -          -          10-30
        """,
        same={"hazard": {"found_on": "2023-10-01"}},
    ),
    Spec(
        "items",
        "没有写完成日期的：验收的最晚在验收之日已经完成，报送更早说完成的以报送为准；报送写明截至日的，按截至日看是否按期",
        {
            "hazard": """
            item_id  due_on  status          accepted_on  accepted_by  said_done_since  said_done_as_of  known_from
            H-1      10-20   closed          10-18        钱某         10-25            10-25            10-05
            H-2      10-20   closed          10-25        钱某         10-18            10-18            10-05
            H-3      10-20   pending_accept  -            -            10-25            10-20            10-05
            H-4      10-20   pending_accept  -            -            10-25            10-21            10-05
            H-5      10-20   closed          10-25        钱某         10-30            10-20            10-05
            H-6      10-20   in_progress     10-18        钱某         10-18            10-18            10-05
            """
        },
        """
        item_id  state      done_on  done_as_reported  punctuality
        H-1      closed     10-18    yes               in_time
        H-2      closed     10-18    yes               in_time
        H-3      accepting  10-25    yes               in_time
        H-4      accepting  10-25    yes               undated
        H-5      closed     10-25    yes               in_time
        H-6      overdue    -        no                -
        """,
        same={"hazard": {"found_on": "2023-10-01", "first_known_on": "2023-10-05"}},
    ),
    Spec(
        "items",
        "销号须有验收日期也有验收人，从验收、销号两个日期中晚的一天起；只有验收人的、又报未完成的不算",
        {
            "hazard": """
            item_id  status       done_on  accepted_on  accepted_by  closed_on  known_from
            H-1      closed       10-10    10-12        钱某         -          10-15
            H-2      closed       10-10    10-12        钱某         10-14      10-15
            H-3      closed       10-10    10-12        钱某         10-11      10-15
            H-4      closed       10-10    -            钱某         10-14      10-15
            H-5      in_progress  10-10    10-12        钱某         10-14      10-15
            """
        },
        """
        item_id  state      is_closed  closed_on  done_on
        H-1      closed     yes        10-12      10-10
        H-2      closed     yes        10-14      10-10
        H-3      closed     yes        10-12      10-10
        H-4      accepting  no         -          10-10
        H-5      undated    no         -          -
        """,
        same={"hazard": {"found_on": "2023-10-01"}},
    ),
    Spec(
        "in_doubt",
        "与两条更早的都疑似重复的，只列一次",
        {
            "doubt": """
            doubt_key  rule         item_id  other_item_id  known_from
            k1         same_or_not  H-1      H-3            10-01
            k2         same_or_not  H-2      H-3            10-01
            """
        },
        """
        item_id
        H-3
        """,
    ),
    Spec(
        "findings",
        "截至当日以后才成立的不列，哪怕已经收到",
        {
            "submission": "submission_id  received_on\ns1  10-05",
            "quality": """
            submission_id  row_no  rule      severity  known_from
            s1             4       vanished  warning   11-15
            s1             5       vanished  warning   11-16
            """,
        },
        """
        row_no  known_from
        4       11-15
        """,
    ),
    Spec(
        "submissions",
        "截至当日以后收到的不列，哪怕已经知道",
        {
            "submission": """
            submission_id  received_on
            s1             11-15
            s2             11-16
            """
        },
        """
        submission_id  received_on
        s1             11-15
        """,
    ),
    Spec(
        "accident_totals",
        "公布的百分数没有记下小数位数的：整数是 0 位，升降一样；十分之几是 1 位；百分之几是 2 位",
        {
            "accident_stat": """
            region  accidents_yoy_printed  deaths_yoy_printed
            甲县    33                     -25
            乙县    -25                    16.7
            丙县    16.7                   -33.33
            丁县    -33.33                 33
            """
        },
        """
        region  accidents_yoy_places  deaths_yoy_places
        甲县    0                     0
        乙县    0                     1
        丙县    1                     2
        丁县    2                     0
        """,
        same={
            "accident_stat": {
                "period_start": "2023-01-01",
                "period_end": "2023-10-31",
                "known_from": "2023-11-01",
            }
        },
    ),
    Spec(
        "acts",
        "年度当日开始的，当日以后才述职的人已在名单上；次日开始的还不在",
        {
            "duty": """
            kind  person  held_on     period_start  is_held  submission_id  known_from
            述职  赵某    11-20       11-15         yes      s1             10-05
            述职  钱某    11-20       11-16         yes      s1             10-05
            """
        },
        """
        person  is_held  held_on  period_start  told_on
        赵某    no       -        11-15         11-15
        """,
    ),
    Spec(
        "units",
        "同一行写了两个联络员的，取姓名在前的；两个县同名的单位各是一个",
        {
            "unit": """
            region  unit  liaison  known_from  row_no
            甲县    文旅局  b某    10-01       4
            甲县    文旅局  a某    10-01       4
            乙县    文旅局  c某    10-01       5
            """
        },
        """
        region  unit    liaison
        甲县    文旅局  a某
        乙县    文旅局  c某
        """,
    ),
    Spec(
        "inspections",
        "有检查编号的，首次收到按单位和编号；没有编号的按单位、场所和检查日期；别的单位、别的县的是别的检查",
        {
            "inspection": """
            row_no  region  unit  inspection_no  site  inspected_on  known_from  known_to
            1       甲县    甲局  J-1            宾馆  10-01         10-05       10-20
            2       甲县    甲局  J-1            酒店  10-02         10-20       -
            3       甲县    乙局  J-1            宾馆  10-01         10-21       -
            4       乙县    甲局  J-1            宾馆  10-01         10-22       -
            5       甲县    甲局  J-2            宾馆  10-01         10-23       -
            6       甲县    甲局  -              宾馆  10-01         10-06       10-24
            7       甲县    甲局  -              宾馆  10-01         10-24       -
            8       甲县    甲局  -              网吧  10-01         10-25       -
            9       甲县    甲局  -              宾馆  10-02         10-26       -
            10      甲县    -     -              宾馆  10-01         10-27       -
            11      -       甲局  J-1            宾馆  10-01         10-28       -
            """
        },
        """
        row_no  inspection_no  site  told_on
        2       J-1            酒店  10-05
        3       J-1            宾馆  10-21
        4       J-1            宾馆  10-22
        5       J-2            宾馆  10-23
        7       -              宾馆  10-06
        8       -              网吧  10-25
        9       -              宾馆  10-26
        10      -              宾馆  10-27
        11      J-1            宾馆  10-28
        """,
    ),
    Spec(
        "reports",
        "网页上确认的日期优先于填写的，当日以后的也写明；填写的没有确认就按填写的；期次止只看本县的期次",
        {
            "half_month": """
            unit  period_start  submitted_on  reported_on  due_on  known_from
            甲局  10-16         11-01         11-03        11-05   10-20
            乙局  10-16         11-01         -            11-05   10-20
            丙局  10-16         11-01         11-20        11-05   10-20
            丁局  10-16         11-20         -            11-05   10-20
            """,
            "report_period": """
            region  period_start  period_end  due_on
            本县    10-16         10-31       11-02
            别县    10-16         10-30       11-02
            """,
        },
        """
        unit  period_end  submitted_on  told_on  due_on
        甲局  10-31       11-03         11-03    11-05
        乙局  10-31       11-01         11-01    11-05
        丙局  10-31       -             11-20    11-05
        丁局  10-31       -             11-20    11-05
        """,
        same={"half_month": {"region": "本县"}},
    ),
)
