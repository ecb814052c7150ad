"""履职要求和会议: which clause is asked of whom, since when, and what meets it."""

from tests.specs.spec import Spec

SUBJECT = "履职要求和会议的边界：哪一条算数，从哪天起"

SPECS = (
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
            kind        held_on  times
            例会        10-20    1
            例会        10-25    1
            形势研判会  10-20    1
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
