"""履职: what was asked for, what was held, and how often in which month."""

from tests.specs.spec import Spec

SUBJECT = "履职：学习、例会、约谈、述职、预警"

SPECS = (
    Spec(
        "duties",
        "当日开展的在内，次日的不在；没有开展日期的按报送日期、所属期第一天、收到日期；写明没有开展的不在",
        {
            "duty": """
            duty_id  kind      held_on  submitted_on  period_start  is_held  known_from
            D-1      专题学习  11-15    -             -             -        10-05
            D-2      专题学习  11-16    -             -             -        10-05
            D-3      专题学习  -        11-15         12-01         yes      10-05
            D-4      专题学习  -        -             11-16         yes      10-05
            D-5      专题学习  -        -             -             -        11-15
            D-6      专题学习  10-01    -             -             no       10-05
            D-7      专题学习  10-01    -             -             yes      11-16
            """
        },
        """
        duty_id  kind      held_on  submitted_on  period_start
        D-1      专题学习  11-15    -             -
        D-3      专题学习  -        11-15         12-01
        D-5      专题学习  -        -             -
        """,
        known_on="11-15",
    ),
    Spec(
        "acts",
        "述职名单上的人，当日以后才述职的仍在，注明否；别的履职、年度还没有开始的不在",
        {
            "duty": """
            kind  person  held_on     period_start  is_held  submission_id  known_from
            述职  赵某    11-15       01-01         yes      s1             12-20
            述职  钱某    11-16       01-01         yes      s1             12-20
            述职  孙某    -           01-01         no       s1             12-20
            述职  李某    2024-01-10  2024-01-01    yes      s1             12-20
            例会  周某    11-16       11-01         yes      s1             12-20
            """
        },
        """
        person  is_held  held_on  told_on
        赵某    yes      11-15    11-15
        钱某    no       -        01-01
        孙某    no       -        01-01
        """,
        known_on="12-20",
    ),
    Spec(
        "acts",
        "名单写明没有开展的也在，注明否；日期按开展、报送、所属期、收到的先后取",
        {
            "duty": """
            kind  person  held_on  submitted_on  period_start  is_held  submission_id  known_from
            述职  赵某    11-15    11-01         01-01         -        s1             10-05
            述职  钱某    -        11-15         01-01         no       s1             10-05
            述职  孙某    -        -             11-15         yes      s1             10-05
            述职  李某    -        -             -             yes      s1             11-15
            述职  周某    11-16    -             -             yes      s1             10-05
            述职  吴某    10-01    -             -             yes      -              10-05
            述职  郑某    10-01    -             -             yes      s1             11-16
            """
        },
        """
        person  is_held  held_on  told_on
        赵某    yes      11-15    11-15
        钱某    no       11-15    11-15
        孙某    yes      -        11-15
        李某    yes      -        11-15
        """,
        known_on="11-15",
    ),
    Spec(
        "targets",
        "一次约谈几家，一家一行，按当时所知的单位名称；没有写对象的一行，写明没有开展的不在",
        {
            "duty": """
            kind      unit  target          held_on  is_held  submission_id  known_from
            约谈警示  专班  甲宾馆、文旅局  11-15    -        s1             10-05
            约谈警示  专班  -               11-14    -        s1             10-05
            约谈警示  专班  乙网吧          11-16    -        s1             10-05
            约谈警示  专班  丙影院          11-01    no       s1             10-05
            约谈警示  专班  丁书店          11-01    yes      s1             11-16
            """,
            "unit_name": """
            written  unit            known_from  known_to
            文旅局   县文化和旅游局  10-01       -
            甲宾馆   乙宾馆          11-16       -
            """,
        },
        """
        kind      acted_by  target          held_on
        约谈警示  专班      -               11-14
        约谈警示  专班      县文化和旅游局  11-15
        约谈警示  专班      甲宾馆          11-15
        """,
        known_on="11-15",
    ),
    Spec(
        "meetings",
        "同一天的同类会议是一次；乡镇自己的、写明没有开的不算；只写月份的按次数；当日以后的不算",
        {
            "duty": """
            kind        unit        held_on  period_start  quantity  is_held  known_from
            形势研判会  专班办公室  10-10    -             -         -        10-15
            形势研判会  -           10-10    -             -         -        10-15
            例会        东河镇      10-11    -             -         -        10-15
            例会        专班办公室  -        10-01         2         -        10-15
            例会        专班办公室  10-12    -             -         no       10-15
            例会        专班办公室  11-16    -             -         -        10-15
            """,
            "decision": """
            item_id  meeting          held_on  task  known_from
            D-1      10月形势研判会   10-10    排查  10-15
            D-2      第三季度例会     11-15    排查  10-15
            D-3      局务会           10-13    排查  10-15
            """,
        },
        """
        kind        held_on  month_start  times
        形势研判会  10-10    -            1
        例会        -        10-01        2
        例会        11-15    -            1
        """,
    ),
    Spec(
        "requirements",
        "有定量目标的措施才是要求，按用词对应履职类型；对应不上的为空，撤销的、没有数量的不在",
        {
            "measure": """
            item_id  sub_no  sub_measure    unit  frequency  quantity  start_on  due_on  status  known_from
            M-1      5-1     每月专题学习   甲局  每月       1         09-25     -       -       10-01
            M-2      5-2     每季度召开例会 甲局  每季度     1         -         12-31   -       10-01
            M-3      5-3     张贴标语       甲局  -          2         09-25     12-31   -       10-01
            M-4      5-4     专项督导       甲局  -          -         09-25     12-31   -       10-01
            M-5      5-5     每月约谈       甲局  每月       1         09-25     -       void    10-01
            """
        },
        """
        item_id  plan_no  sub_no  unit  duty_kind  frequency  quantity  start_on  due_on
        M-1      -        5-1     甲局  专题学习   每月       1         09-25     -
        M-2      -        5-2     甲局  例会       每季度     1         10-01     12-31
        M-3      -        5-3     甲局  -          -          2         09-25     12-31
        """,
    ),
    Spec(
        "requirements",
        "有几个方案的，编号前写明方案的文号，免得两个 1-1 分不清",
        {
            "plan": """
            plan_id  known_from
            P-6      10-01
            P-9      10-01
            """,
            "measure": """
            item_id  sub_no  sub_measure   plan        unit  frequency  quantity  start_on  known_from
            M-1      1-1     每月专题学习  县〔2023〕6号  甲局  每月       1         09-25     10-01
            M-2      1-1     每月例会      县〔2023〕9号  甲局  每月       1         09-25     10-01
            """,
        },
        """
        item_id  plan_no    sub_no  duty_kind
        M-1      〔2023〕6号  1-1     专题学习
        M-2      〔2023〕9号  1-1     例会
        """,
    ),
    Spec(
        "requirements",
        "启动日期取最先写明的，后来改写的不算；没有启动日期的为首个节点的时段之始；整改措施的定期要求没有细化的也算",
        {
            "measure": """
            item_id  sub_no  sub_measure  measure_no  measure       measure_frequency  measure_quantity  frequency  quantity  start_on  first_node_on  node_days  known_from  known_to
            M-1      5-1     每月学习     5           每月组织学习  每月               1                 每月       1         09-25     -              -          10-01       10-10
            M-1      5-1     每月学习     5           每月组织学习  每月               1                 每月       1         10-09     -              -          10-10       -
            M-2      6-1     张贴标语     6           每月召开例会  每月               1                 -          -         -         10-15          15         10-01       -
            M-3      6-2     更新名录     6           每月召开例会  每月               1                 -          -         -         10-15          15         10-01       -
            """
        },
        """
        item_id  sub_no  sub_measure   duty_kind  frequency  quantity  start_on
        M-1      5-1     每月学习      专题学习   每月       1         09-25
        M-2      6       每月召开例会  例会       每月       1         09-30
        """,
    ),
    Spec(
        "duty_compliance",
        "启动所在的月不计，从下一个整月起；当月还没有完的为进行中，恰好结束的次日才算不足；乡镇开的不算",
        {
            "requirements": """
            item_id  sub_no  sub_measure  unit  duty_kind  frequency  quantity  start_on  due_on
            M-1      5-1     每月学习     甲局  专题学习   每月       1         09-02     -
            M-2      5-3     报告␣2␣份    甲局  调研报告   -          2         09-02     10-31
            M-3      5-9     张贴标语     甲局  -          每月       1         10-01     -
            """,
            "duties": """
            kind      unit    held_on  quantity
            专题学习  甲局    10-31    -
            专题学习  乙局    11-01    -
            专题学习  专班办  09-30    -
            调研报告  甲局    10-31    1
            调研报告  甲局    11-01    1
            """,
        },
        (
            """
            sub_no  requirement  unit  duty_kind  frequency  period_start  period_end
            5-1     每月学习     甲局  专题学习   每月       10-01         10-31
            5-1     每月学习     甲局  专题学习   每月       11-01         11-30
            5-3     报告␣2␣份    甲局  调研报告   -          09-02         10-31
            5-9     张贴标语     甲局  -          每月       10-01         10-31
            5-9     张贴标语     甲局  -          每月       11-01         11-30
            """,
            """
            required  done  missing  state    stricter_no
            1         1     0        met      -
            1         0     1        running  -
            2         1     1        short    -
            1         -     -        -        -
            1         -     -        -        -
            """,
        ),
        as_of="11-30",
    ),
    Spec(
        "duty_compliance",
        "每季度一次和每月一次并存的，只按每月判断；时段最后一天还有时间，次日才算不足",
        {
            "requirements": """
            item_id  plan_no    sub_no  sub_measure  unit  duty_kind  frequency  quantity  start_on
            M-1      〔2023〕6号  5-2     每季例会     甲局  例会       每季度     1         07-01
            M-2      〔2023〕9号  43      每月例会     甲局  例会       每月       1         08-01
            """,
            "duties": """
            kind  unit  held_on  quantity
            例会  甲局  08-01    2
            """,
        },
        """
        plan_no    sub_no  period_start  period_end  required  done  missing  state  stricter_no
        〔2023〕9号  43      08-01         08-31       1         2     0        met    -
        〔2023〕9号  43      09-01         09-30       1         0     1        short  -
        〔2023〕9号  43      10-01         10-31       1         0     1        running  -
        〔2023〕6号  5-2     07-01         09-30       1         2     0        met    -
        〔2023〕6号  5-2     10-01         12-31       1         0     -        stricter  43
        """,
        as_of="10-31",
    ),
    Spec(
        "meetings_held",
        "方案启动后的第一个整月、整季起；时段最后一天还没有开的不算没有召开，次日才算",
        {
            "requirements": "start_on\n09-02",
            "meetings": """
            kind        held_on  month_start  times
            形势研判会  10-31    -            1
            例会        -        12-01        2
            """,
        },
        """
        kind        period_start  period_end  required  held  first_held_on  state
        形势研判会  10-01         10-31       1         1     10-31          met
        例会        10-01         12-31       1         2     -              met
        形势研判会  11-01         11-30       1         0     -              short
        形势研判会  12-01         12-31       1         0     -              running
        """,
        as_of="12-31",
        same={"requirements": {"region": "本县"}, "meetings": {"region": "本县"}},
    ),
    Spec(
        "self_reports",
        "同一年的名单报了几次，同一个人只算一次，有一次写明已述职的为已述职；按所属年度",
        {
            "acts": """
            kind  person  unit  is_held  held_on     period_start  told_on
            述职  赵某    甲局  no       -           2022-01-01    2023-01-10
            述职  赵某    甲局  yes      2023-01-15  2022-01-01    2023-01-15
            述职  钱某    甲局  no       -           2022-01-01    2023-01-10
            述职  -       乙局  yes      2023-12-31  -             2023-12-31
            述职  -       -     yes      2023-12-31  -             2023-12-31
            例会  孙某    乙局  yes      2023-12-31  -             2023-12-31
            """
        },
        """
        year  member  unit  listed  reported  missing  report_rate  reported_on
        2023  all     -     1       1         0        1            2023-12-31
        2023  乙局    乙局  1       1         0        1            2023-12-31
        2022  all     -     2       1         1        1/2          2023-01-15
        2022  钱某    甲局  1       0         1        0            -
        2022  赵某    甲局  1       1         0        1            2023-01-15
        """,
    ),
    Spec(
        "warnings_issued",
        "月末和次月初分在两个月；没有填写数量的为 1 条，没有发布的不算，没有写明单位的算在未填",
        {
            "acts": """
            kind      unit  is_held  told_on  held_on  quantity  target
            预警信息  甲局  yes      10-31    10-31    3         各乡镇
            预警信息  甲局  yes      10-30    10-30    -         -
            预警信息  -     yes      11-01    -        2         -
            预警信息  乙局  no       11-01    -        5         -
            例会      乙局  yes      11-01    11-01    5         -
            """
        },
        """
        month_on  unit  warnings  with_target  units  last_on
        11-01     全部  2         0            0      -
        11-01     未填  2         0            -      -
        10-01     全部  4         3            1      10-31
        10-01     甲局  4         3            -      10-31
        """,
    ),
    Spec(
        "good_practice",
        "经验总结和制度文件，新的在前；没有完成的、别的履职不列",
        {
            "acts": """
            kind      unit  subject  is_held  told_on  target  path    sheet  row_no
            经验总结  甲局  错时检查 yes      10-01    各乡镇  b.xlsx  履职   4
            制度文件  乙局  检查制度 yes      10-02    -       b.xlsx  履职   5
            经验总结  乙局  未完成   no       10-03    -       b.xlsx  履职   6
            例会      乙局  例会     yes      10-03    -       b.xlsx  履职   7
            """
        },
        """
        kind      unit  subject   told_on  target  path    sheet  row_no
        制度文件  乙局  检查制度  10-02    -       b.xlsx  履职   5
        经验总结  甲局  错时检查  10-01    各乡镇  b.xlsx  履职   4
        """,
    ),
    Spec(
        "meetings",
        "截至 11 月 1 日还没有收到的会议不知道；登记更正过的只算更正后的",
        {
            "duty": """
            kind        unit        held_on  known_from  known_to
            形势研判会  专班办公室  10-10    10-15       11-01
            形势研判会  专班办公室  10-11    11-01       -
            例会        专班办公室  10-12    11-02       -
            """
        },
        """
        kind        held_on  times
        形势研判会  10-11    1
        """,
        known_on="11-01",
    ),
    Spec(
        "targets",
        "办公室对别的单位的约谈，单位自己的份里只知道有过，不列对象",
        {
            "duty": """
            kind      unit  target  held_on  submission_id  known_from
            约谈警示  专班  甲宾馆  11-01    s1             10-05
            约谈警示  专班  乙宾馆  11-01    -              10-05
            """
        },
        """
        acted_by  target  held_on
        专班      甲宾馆  11-01
        """,
    ),
    Spec(
        "requirements",
        "整改措施的要求被同类的细化措施接住的不另计；别的措施、别的类型接不住",
        {
            "measure": """
            item_id  sub_no  sub_measure   measure_no  measure       measure_frequency  measure_quantity  frequency  quantity  known_from
            M-1      5-1     每月召开例会  5           每月召开例会  每月               1                 每月       1         10-01
            M-2      6-1     每月组织学习  6           每月召开例会  每月               1                 每月       1         10-01
            M-3      7-1     更新名录      7           张贴标语      每月               1                 -          -         10-01
            M-4      8-1     开展演练      8           加强培训      -                  1                 -          1         10-01
            M-5      9-1     研判形势      9           形势研判      每月               -                 -          3         10-01
            """
        },
        """
        item_id  sub_no  duty_kind  quantity
        M-1      5-1     例会       1
        M-2      6-1     专题学习   1
        M-2      6       例会       1
        M-4      8-1     培训演练   1
        M-5      9-1     -          3
        """,
    ),
    Spec(
        "duty_compliance",
        "较严的一条须是同一单位、次数够、时段能套进去、先启动的；半年从 7 月起算",
        {
            "requirements": """
            item_id  sub_no  sub_measure  unit  duty_kind  frequency  quantity  start_on
            M-1      1       每季例会     甲局  例会       每季度     4         07-01
            M-2      2       每月例会     甲局  例会       每月       1         07-01
            M-3      3       每季督导     甲局  督导检查   每季度     1         07-01
            M-4      4       每月督导     乙局  督导检查   每月       1         07-01
            M-5      5       每半年演练   甲局  培训演练   每半年     1         07-01
            M-6      6       每年演练     甲局  培训演练   每年       1         01-01
            """
        },
        """
        sub_no  period_start  period_end  required  state    stricter_no
        1       07-01         09-30       4         running  -
        2       07-01         07-31       1         running  -
        3       07-01         09-30       1         running  -
        4       07-01         07-31       1         running  -
        5       07-01         12-31       1         running  -
        6       01-01         12-31       1         running  -
        """,
        as_of="07-31",
    ),
    Spec(
        "meetings_held",
        "方案要求例会每月一次的按每月，从写明的那个方案启动后的第一个整月起；别的单位自己的例会不算，承办单位自己的算",
        {
            "requirements": """
            unit  duty_kind  frequency  quantity  start_on
            甲局  例会       每月       1         10-08
            乙局  例会       每季度     1         07-01
            """,
            "meetings": """
            kind  held_on  month_start  times
            例会  11-20    -            1
            """,
            "duties": """
            kind  unit  held_on  quantity
            例会  甲局  12-05    1
            例会  乙局  01-05    1
            """,
        },
        """
        kind        period_start  period_end  required  held  first_held_on  state
        形势研判会  07-01         07-31       1         0     -              short
        形势研判会  08-01         08-31       1         0     -              short
        形势研判会  09-01         09-30       1         0     -              short
        形势研判会  10-01         10-31       1         0     -              short
        形势研判会  11-01         11-30       1         0     -              short
        例会        11-01         11-30       1         1     11-20          met
        形势研判会  12-01         12-31       1         0     -              running
        例会        12-01         12-31       1         1     12-05          met
        """,
        as_of="12-31",
        same={name: {"region": "本县"} for name in ("requirements", "meetings", "duties")},
    ),
    Spec(
        "meetings_held",
        "没有方案的从第一次会议所在的月、季算起；月末开的算这个月，次月初开的算次月",
        {
            "meetings": """
            kind        held_on  month_start  times
            形势研判会  10-31    -            1
            形势研判会  11-01    -            1
            """
        },
        """
        kind        period_start  period_end  held  first_held_on  state
        形势研判会  10-01         10-31       1     10-31          met
        例会        10-01         12-31       0     -              running
        形势研判会  11-01         11-30       1     11-01          met
        """,
        same={"meetings": {"region": "本县"}},
    ),
    Spec(
        "meetings",
        "议定事项写的日期与履职台账相差 3 天以内的是同一次，以台账的日期为准；相差 4 天的、另一类的是另一次",
        {
            "duty": """
            kind        unit        held_on  known_from
            形势研判会  专班办公室  10-10    10-15
            例会        专班办公室  10-20    10-21
            形势研判会  专班办公室  11-14    11-14
            """,
            "decision": """
            item_id  meeting          held_on  task  known_from
            D-1      10月形势研判会   10-13    排查  10-15
            D-2      形势研判会       10-14    排查  10-15
            D-3      形势研判会       10-20    排查  10-21
            D-4      例会             10-17    排查  10-21
            D-5      11月形势研判会   11-13    排查  11-13
            """,
        },
        """
        kind        held_on  times
        形势研判会  10-10    1
        形势研判会  10-14    1
        形势研判会  10-20    1
        例会        10-20    1
        形势研判会  11-14    1
        """,
    ),
    Spec(
        "meetings",
        "两份登记对同一个月各写了 2 次、3 次的，按多的算；没有写次数的是 1 次",
        {
            "duty": """
            kind  unit        period_start  quantity  known_from
            例会  专班办公室  10-01         2         10-15
            例会  专班办公室  10-01         3         10-15
            例会  专班办公室  11-01         -         11-10
            """
        },
        """
        kind  held_on  month_start  times
        例会  -        10-01        3
        例会  -        11-01        1
        """,
    ),
    Spec(
        "duty_compliance",
        "启动当日就列出这一期；6 月 30 日启动的从下半年起计，7 月 2 日启动的还没有；邻县的履职不算",
        {
            "requirements": """
            item_id  sub_no  sub_measure  unit  duty_kind  frequency  quantity  start_on
            M-1      1       每月例会     甲局  例会       每月       1         07-01
            M-2      2       半年演练     甲局  培训演练   每半年     1         06-30
            M-3      3       每月学习     甲局  专题学习   每月       1         07-02
            """,
            "duties": """
            kind  unit  region  held_on
            例会  甲局  邻县    07-01
            """,
        },
        """
        sub_no  period_start  period_end  done  missing  state
        1       07-01         07-31       0     1        running
        2       07-01         12-31       0     1        running
        """,
        as_of="07-01",
        same={"requirements": {"region": "本县"}},
    ),
    Spec(
        "meetings_held",
        "方案当日启动、恰是这个月第一天的，这个月就应开",
        {"requirements": "start_on  region\n11-01  本县"},
        """
        kind        period_start  held  state
        形势研判会  11-01         0     running
        """,
        as_of="11-01",
    ),
    Spec(
        "acts",
        "没有开展日期的，报送日期、所属期第一天在当日以后的还不在，所属期已经开始的仍在名单上",
        {
            "duty": """
            kind  person  submitted_on  period_start  known_from
            述职  赵某    -             11-15         10-05
            述职  钱某    -             11-16         10-05
            述职  孙某    11-15         11-16         10-05
            述职  李某    11-16         11-01         10-05
            """
        },
        """
        person  held_on  told_on
        李某    -        11-01
        赵某    -        11-15
        孙某    11-15    11-15
        """,
        same={"duty": {"submission_id": "s1"}},
    ),
    Spec(
        "targets",
        "没有开展日期的按报送日期、所属期第一天、收到日期，在当日以后的不在",
        {
            "duty": """
            kind      unit  target  submitted_on  period_start  known_from
            约谈警示  专班  甲宾馆  11-15         11-16         10-05
            约谈警示  专班  乙宾馆  11-16         11-01         10-05
            约谈警示  专班  丙宾馆  -             11-15         10-05
            约谈警示  专班  丁宾馆  -             11-16         10-05
            约谈警示  专班  戊宾馆  -             -             11-15
            约谈警示  专班  己宾馆  -             -             11-16
            """
        },
        """
        target  held_on
        丙宾馆  11-15
        戊宾馆  11-15
        甲宾馆  11-15
        """,
        same={"duty": {"submission_id": "s1"}},
    ),
)
