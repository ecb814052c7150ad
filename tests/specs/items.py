"""整改事项: what a record is, where it stands on a day, and which version of it counts."""

from tests.specs.spec import Spec

SUBJECT = "整改事项：状态、期限和历次报送"

#: What a hazard's row says where a spec does not draw it.
HAZARD = {
    "hazard": {"description": "灭火器过期", "site": "宾馆", "unit": "甲局", "status": "in_progress"}
}

SPECS = (
    Spec(
        "items",
        "当日到期的不算逾期，昨天到期的逾期一天；七日内到期为临期，第八日不是",
        {
            "hazard": """
            item_id  found_on  due_on  known_from
            H-1      10-01     11-14   10-05
            H-2      10-01     11-15   10-05
            H-3      10-01     11-22   10-05
            H-4      10-01     11-23   10-05
            H-5      10-01     -       10-05
            """
        },
        """
        item_id  due_on  state     is_overdue  days_late  days_left
        H-1      11-14   overdue   yes         1          -
        H-2      11-15   due_soon  no          -          0
        H-3      11-22   due_soon  no          -          7
        H-4      11-23   open      no          -          8
        H-5      -       undated   no          -          -
        """,
        same=HAZARD,
    ),
    Spec(
        "items",
        "期限当天完成为按期，晚一天为逾期完成；没有期限的不判断",
        {
            "hazard": """
            item_id  found_on  due_on  done_on  status          known_from
            H-1      10-01     10-20   10-20    pending_accept  10-25
            H-2      10-01     10-20   10-21    pending_accept  10-25
            H-3      10-01     -       10-21    pending_accept  10-25
            H-4      10-01     10-20   11-16    pending_accept  11-16
            """
        },
        """
        item_id  state      is_done  done_on  punctuality  days_late
        H-1      accepting  yes      10-20    in_time      -
        H-2      accepting  yes      10-21    late         1
        H-3      accepting  yes      10-21    -            -
        H-4      overdue    no       -        -            26
        """,
        same=HAZARD,
    ),
    Spec(
        "items",
        "没有写完成日期的，按历次报送推断是否按期；推断不出的完成时间不明",
        {
            "hazard": """
            item_id  due_on  status          said_open_until  known_from
            H-1      10-20   pending_accept  10-05            10-20
            H-2      10-20   pending_accept  10-19            10-21
            H-3      10-20   pending_accept  10-20            10-21
            H-4      10-20   pending_accept  -                10-21
            """
        },
        """
        item_id  done_on  done_as_reported  punctuality
        H-1      10-20    yes               in_time
        H-2      10-21    yes               undated
        H-3      10-21    yes               late
        H-4      10-21    yes               undated
        """,
        same={"hazard": HAZARD["hazard"] | {"found_on": "2023-10-01"}},
    ),
    Spec(
        "items",
        "销号须有验收日期和验收人，从两个日期中晚的一天起；验收之日以前为待验收",
        {
            "hazard": """
            item_id  done_on  accepted_on  accepted_by  closed_on  status          known_from
            H-1      10-20    11-15        钱某         -          closed          10-25
            H-2      10-20    11-16        钱某         -          closed          10-25
            H-3      10-20    11-01        -            -          closed          10-25
            H-4      10-20    11-01        钱某         11-16      closed          10-25
            H-5      10-20    11-01        钱某         11-05      closed          10-25
            """
        },
        """
        item_id  state      is_closed  closed_on  accepted_on  accepted_by  closure
        H-1      closed     yes        11-15      11-15        钱某         -
        H-2      accepting  no         -          -            -            -
        H-3      accepting  no         -          11-01        -            -
        H-4      accepting  no         -          11-01        钱某         -
        H-5      closed     yes        11-05      11-01        钱某         -
        """,
        same={"hazard": HAZARD["hazard"] | {"found_on": "2023-10-01"}},
    ),
    Spec(
        "items",
        "台账自报的、责任人自己验收的销号不算，仍是待验收；有验收销号记录的才算",
        {
            "hazard": """
            item_id  done_on  accepted_on  accepted_by  status  closure  known_from
            H-1      10-20    11-01        钱某         closed  record   10-25
            H-2      10-20    11-01        钱某         closed  claimed  10-25
            H-3      10-20    11-01        赵某         closed  self     10-25
            """
        },
        """
        item_id  state      is_closed  accepted_on  accepted_by  closure
        H-1      closed     yes        11-01        钱某         record
        H-2      accepting  no         -            -            claimed
        H-3      accepting  no         -            -            self
        """,
        same={"hazard": HAZARD["hazard"] | {"found_on": "2023-10-01"}},
    ),
    Spec(
        "items",
        "撤销的单列，过了期限也不算逾期；报未完成的，填了完成日期也不算完成",
        {
            "hazard": """
            item_id  found_on  due_on  done_on  status       known_from
            H-1      10-01     10-20   -        void         10-05
            H-2      10-01     10-20   10-18    in_progress  10-25
            H-3      10-01     10-20   10-18    not_started  10-25
            H-4      10-01     10-20   -        -            10-05
            """
        },
        """
        item_id  state    is_void  is_done  is_overdue  has_begun
        H-1      void     yes      no       no          yes
        H-2      overdue  no       no       yes         yes
        H-3      overdue  no       no       yes         no
        H-4      overdue  no       no       yes         no
        """,
        same={"hazard": {"description": "灭火器过期", "site": "宾馆", "unit": "甲局"}},
    ),
    Spec(
        "items",
        "报撤销、延期、降级而没有核实的照常逾期，标明是哪一种；已销号、已撤销的不再标",
        {
            "hazard": """
            item_id  status       relief   accepted_on  accepted_by
            H-1      in_progress  void     -            -
            H-2      in_progress  later    -            -
            H-3      in_progress  lowered  -            -
            H-4      closed       later    10-12        专班
            H-5      void         later    -            -
            """
        },
        """
        item_id  state    is_overdue  relief
        H-1      overdue  yes         void
        H-2      overdue  yes         later
        H-3      overdue  yes         lowered
        H-4      closed   no          -
        H-5      void     no          -
        """,
        same={
            "hazard": {
                "description": "灭火器过期",
                "site": "宾馆",
                "unit": "甲局",
                "found_on": "2023-10-01",
                "due_on": "2023-10-20",
                "known_from": "2023-10-10",
            }
        },
    ),
    Spec(
        "items",
        "报停业而没有核实的照常逾期；经核实的从报告之日起单列；主体灭失的按期与否不明",
        {
            "hazard": """
            item_id  status     suspended_since  suspension  closure  accepted_on  accepted_by  known_from
            H-1      suspended  10-10            -           -        -            -            10-10
            H-2      suspended  10-10            confirmed   -        -            -            10-10
            H-3      suspended  10-10            denied      -        -            -            10-10
            H-4      suspended  11-16            confirmed   -        -            -            10-10
            H-5      suspended  10-10            gone        gone     10-12        专班         10-10
            """
        },
        """
        item_id  state      is_suspended  is_overdue  suspension  suspended_on  punctuality  closure
        H-1      suspended  no            yes         claimed     10-10         -            -
        H-2      suspended  yes           no          confirmed   10-10         -            -
        H-3      overdue    no            yes         -           -             -            -
        H-4      overdue    no            yes         -           -             -            -
        H-5      closed     no            no          confirmed   10-10         undated      gone
        """,
        same={
            "hazard": {
                "description": "灭火器过期",
                "site": "宾馆",
                "unit": "甲局",
                "found_on": "2023-10-01",
                "due_on": "2023-10-20",
            }
        },
    ),
    Spec(
        "items",
        "批准延期的按延期后的期限，首次期限保留；长期坚持而没有期限的单列",
        {
            "measure": """
            item_id  sub_no  sub_measure  rect_type  due_on  extended_due_on  has_named_person  known_from
            M-1      5-1     开会         限期整改   10-20   11-30            yes               10-05
            M-2      5-2     排查         长期坚持   -       -                no                10-05
            M-3      5-3     学习         长期坚持   10-20   -                yes               10-05
            """
        },
        """
        item_id  kind     first_due_on  due_on  standing  state     has_named_person
        M-1      measure  10-20         11-30   no        open      yes
        M-2      measure  -             -       yes       standing  no
        M-3      measure  10-20         10-20   no        overdue   yes
        """,
    ),
    Spec(
        "items",
        "发现日期晚于首次收到的、没有写的，按首次收到计；当日以后的还不存在",
        {
            "hazard": """
            item_id  found_on  known_from
            H-1      10-01     10-05
            H-2      -         10-05
            H-3      10-09     10-05
            H-4      -         11-15
            H-5      -         11-16
            """
        },
        """
        item_id  opened_on
        H-1      10-01
        H-2      10-05
        H-3      10-05
        H-4      11-15
        """,
        same=HAZARD,
    ),
    Spec(
        "items",
        "挂牌的从挂牌之日起算，只写了挂牌日期的也是挂牌；明确写不挂牌的不是",
        {
            "hazard": """
            item_id  supervised  supervised_on  level  known_from
            H-1      yes         11-15          重大   10-05
            H-2      yes         11-16          重大   10-05
            H-3      -           11-01          重大   10-05
            H-4      no          11-01          一般   10-05
            H-5      yes         -              重大   10-05
            """
        },
        """
        item_id  supervised  supervised_on  level
        H-1      yes         11-15          重大
        H-2      no          11-16          重大
        H-3      yes         11-01          重大
        H-4      no          11-01          一般
        H-5      yes         -              重大
        """,
        same=HAZARD,
    ),
    Spec(
        "items",
        "三清单、隐患、议定事项各是什么：标题、来源、类别、数量只取自己有的",
        {
            "measure": """
            item_id  sub_no  sub_measure  list_kind  quantity  plan          unit  known_from
            M-1      5-1     每月开会     反馈问题   2         某县方案      甲局  10-05
            """,
            "hazard": """
            item_id  site  description  measure  category  township  site_kind  source  campaign  inspection_no  unit  known_from
            H-1      宾馆  灭火器过期   更换     消防设施  东河镇    星级饭店   双随机  百日行动  J-1            乙局  10-05
            """,
            "decision": """
            item_id  meeting  held_on  task  unit  known_from
            D-1      例会     10-01    排查  丙局  10-05
            """,
        },
        (
            """
            item_id  kind      title            unit  content            source  category
            M-1      measure   5-1␣每月开会     甲局  每月开会           -       -
            H-1      hazard    宾馆：灭火器过期 乙局  灭火器过期；更换   双随机  消防设施
            D-1      decision  排查             丙局  排查               例会    -
            """,
            """
            township  site_kind  campaign  inspection_no  quantity  plan
            -         -          -         -              2         某县方案
            东河镇    星级饭店   百日行动  J-1            -         -
            -         -          -         -              -         -
            """,
        ),
    ),
    Spec(
        "items",
        "时限写给不存在的条目的，期限待确认；批准延期后是写明的",
        {
            "measure": """
            item_id  sub_no  due_on  due_is_provisional  extended_due_on  known_from
            M-1      5-1     11-30   yes                 -                10-05
            M-2      5-2     11-30   yes                 12-31            10-05
            M-3      5-3     -       yes                 -                10-05
            M-4      5-4     11-30   no                  -                10-05
            """
        },
        """
        item_id  due_on  due_is_provisional
        M-1      11-30   yes
        M-2      12-31   no
        M-3      -       no
        M-4      11-30   no
        """,
    ),
    Spec(
        "received",
        "每次有变动的报送是一个版本，从收到之日到下一次变动；没有写明单位、责任人的不算明确",
        {
            "hazard": """
            item_id  status          unit  person  known_from  known_to
            H-1      in_progress     甲局  赵某    10-05       10-20
            H-1      pending_accept  甲局  赵某    10-20       -
            H-2      in_progress     -     -       10-20       10-20
            H-2      in_progress     乙局  -       10-20       -
            H-3      closed          乙局  -       11-16       -
            """
        },
        """
        item_id  known_from  known_to  says_open  says_done  first_known_on  has_named_unit  has_named_person
        H-1      10-05       10-20     yes        no         10-05           yes             yes
        H-1      10-20       -         no         yes        10-05           yes             yes
        H-2      10-20       10-20     yes        no         10-20           no              no
        H-2      10-20       -         yes        no         10-20           yes             no
        """,
        known_on="11-15",
    ),
    Spec(
        "received",
        "到 10 月 19 日为止只知道第一版，而且它仍有效；20 日收到的当日即知",
        {
            "hazard": """
            item_id  due_on  known_from  known_to
            H-1      10-20   10-05       10-20
            H-1      10-31   10-20       -
            H-2      10-20   10-19       -
            H-3      10-20   10-20       -
            """
        },
        """
        item_id  due_on  known_from  known_to
        H-1      10-20   10-05       -
        H-2      10-20   10-19       -
        """,
        known_on="10-19",
    ),
    Spec(
        "versions",
        "收到当日又被更正的版本从未生效，不列；隔日更改的列出",
        {
            "hazard": """
            item_id  status       known_from  known_to
            H-1      not_started  10-05       10-05
            H-1      in_progress  10-05       10-06
            H-1      closed       10-06       -
            """
        },
        """
        item_id  status       known_from  known_to
        H-1      in_progress  10-05       10-06
        H-1      closed       10-06       -
        """,
        known_on="11-15",
    ),
    Spec(
        "in_doubt",
        "疑似同一条的，提出之日起列后一条，到有人确认为止；确认当日即不列，别的疑问不列",
        {
            "doubt": """
            doubt_key  rule         item_id  other_item_id  known_from  known_to
            k1         same_or_not  H-1      H-2            11-15       -
            k2         same_or_not  H-1      H-3            10-01       -
            k3         same_or_not  H-1      H-4            10-01       -
            k4         same_or_not  H-1      H-5            11-16       -
            k5         same_day     H-1      H-6            10-01       -
            k6         same_or_not  H-1      H-7            10-01       11-15
            """,
            "confirmation": """
            entry_no  doubt_key  answer  answered_on
            1         k2         同一条  11-15
            2         k3         同一条  11-16
            """,
        },
        """
        item_id
        H-2
        H-4
        """,
        known_on="11-15",
    ),
    Spec(
        "in_doubt",
        "确认撤回的（最后一次没有答复）又列出",
        {
            "doubt": """
            doubt_key  rule         item_id  other_item_id  known_from
            k1         same_or_not  H-1      H-2            10-01
            k2         same_or_not  H-1      H-3            10-01
            """,
            "confirmation": """
            entry_no  doubt_key  answer  answered_on
            1         k1         同一条  10-05
            2         k1         -       10-06
            3         k2         -       10-05
            4         k2         同一条  10-05
            """,
        },
        """
        item_id
        H-2
        """,
    ),
    Spec(
        "items",
        "当日完成的、当日报停业的，当日就算；次日的还不算",
        {
            "hazard": """
            item_id  due_on  done_on  status          suspended_since  suspension  known_from
            H-1      11-30   11-15    pending_accept  -                -           10-05
            H-2      11-30   11-16    pending_accept  -                -           10-05
            H-3      11-30   -        suspended       11-15            confirmed   10-05
            H-4      11-30   -        suspended       11-16            confirmed   10-05
            """
        },
        """
        item_id  state      is_done  done_on  done_as_reported  is_suspended  suspended_on
        H-1      accepting  yes      11-15    no                no            -
        H-2      open       no       -        no                no            -
        H-3      suspended  no       -        no                yes           11-15
        H-4      open       no       -        no                no            -
        """,
        same={"hazard": {"description": "灭火器过期", "unit": "甲局", "found_on": "2023-10-01"}},
    ),
    Spec(
        "items",
        "首次就报现场整改而没有完成日期的，按发现当日；有几个方案的，编号前标明文号",
        {
            "hazard": """
            item_id  found_on  is_onspot  status       said_done_since  known_from
            H-1      10-01     yes        done_onspot  10-05            10-05
            H-2      10-01     no         done_onspot  10-05            10-05
            H-3      -         yes        done_onspot  10-05            10-05
            """,
            "measure": """
            item_id  sub_no  sub_measure  plan                 known_from
            M-1      1-1     开会         甲文旅发〔2023〕7号  10-05
            M-2      1-1     排查         无文号方案           10-05
            """,
            "plan": """
            plan_id  known_from
            p1       10-01
            p2       10-01
            """,
        },
        """
        item_id  title                 done_on  done_as_reported
        H-1      灭火器过期            10-01    no
        H-2      灭火器过期            10-05    yes
        H-3      灭火器过期            10-05    yes
        M-1      〔2023〕7号␣1-1␣开会  -        no
        M-2      1-1␣排查              -        no
        """,
        same={"hazard": {"description": "灭火器过期"}},
    ),
    Spec(
        "in_doubt",
        "截至当日以后才提出的不列，哪怕已经收到；只有一条事项的疑问不列",
        {
            "doubt": """
            doubt_key  rule         item_id  other_item_id  known_from
            k1         same_or_not  H-1      H-2            11-15
            k2         same_or_not  H-1      H-3            11-16
            k3         same_or_not  H-1      -              10-01
            """
        },
        """
        item_id
        H-2
        """,
    ),
)
