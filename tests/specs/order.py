"""清单的次序: what stands first where several rows are alike, so that a list is the same each time."""

from tests.specs.spec import Spec

SUBJECT = "清单的次序：谁在前，相同的怎么排"

SPECS = (
    Spec(
        "overdue",
        "逾期天数相同的按单位，再按编号",
        {
            "items": """
            item_id  unit  due_on  state
            2        甲局  11-14   overdue
            1        甲局  11-14   overdue
            3        乙局  11-14   overdue
            4        丁局  11-13   overdue
            """
        },
        """
        item_id  unit  days_late
        4        丁局  2
        3        乙局  1
        1        甲局  1
        2        甲局  1
        """,
    ),
    Spec(
        "due_soon",
        "最先到期的在前；同一天的按单位，再按编号；第 8 日到期的、昨天到期的不列",
        {
            "items": """
            item_id  unit  due_on  state
            5        甲局  11-22   due_soon
            2        甲局  11-16   due_soon
            1        甲局  11-16   due_soon
            3        乙局  11-16   due_soon
            4        丙局  11-17   due_soon
            6        丙局  11-23   suspended
            7        丙局  11-22   suspended
            8        丙局  11-14   suspended
            """
        },
        """
        item_id  unit  days_left
        3        乙局  1
        1        甲局  1
        2        甲局  1
        4        丙局  2
        7        丙局  7
        5        甲局  7
        """,
        same={"items": {"suspension": "claimed"}},
    ),
    Spec(
        "ageing",
        "合计在前，各单位按名称，再按档；未填的也是一个单位",
        {
            "items": """
            item_id  unit  state  due_on
            1        乙局  open   11-30
            2        丙局  open   11-30
            3        -     open   -
            4        乙局  open   -
            """
        },
        """
        basis  unit  band_no  items
        late   全部  1        2
        late   全部  2        2
        late   丙局  1        1
        late   乙局  1        1
        late   乙局  2        1
        late   未填  2        1
        open   全部  3        4
        open   丙局  3        1
        open   乙局  3        2
        open   未填  3        1
        """,
    ),
    Spec(
        "clarity",
        "合计在前，明确率低的在前，相同的按单位；写了责任人没有写单位的、没有期限又不是长期坚持的都不算明确",
        {
            "items": """
            item_id  unit  has_named_person  has_named_unit  due_on  state
            1        丁局  yes               yes             11-30   open
            2        甲局  yes               no              11-30   open
            3        乙局  yes               yes             -       undated
            4        丙局  no                yes             11-30   open
            5        戊局  yes               yes             -       standing
            """
        },
        """
        unit  items  with_person  with_unit  with_deadline  clear  clarity_rate
        全部  5      4            4          4              2      2/5
        丙局  1      0            1          1              0      0
        乙局  1      1            1          0              0      0
        甲局  1      1            0          1              0      0
        丁局  1      1            1          1              1      1
        戊局  1      1            1          1              1      1
        """,
    ),
    Spec(
        "cross_checks",
        "自己查自己的在前，安排多的、检查多的在前，再按检查方、被检查方；同一天查两家是两家次",
        {
            "targets": """
            kind      acted_by  target  held_on
            交叉互检  丙镇      乙镇    10-01
            交叉互检  丙镇      乙镇    10-01
            """,
            "inspections": """
            kind          unit  township  inspected_on  hazards_found
            交叉互检      甲镇  乙镇      10-02         1
            交叉互检      甲镇  乙镇      10-02         1
            交叉互检      甲镇  丙镇      10-03         -
            交叉互检      乙镇  丁镇      10-03         -
            交叉互检      乙镇  丙镇      10-03         -
            交叉互检      丁镇  丁镇      10-04         -
            """,
        },
        """
        unit  target  is_own  arranged  visits  hazards_found
        丁镇  丁镇    yes     0         1       0
        丙镇  乙镇    no      2         0       0
        甲镇  乙镇    no      0         2       2
        乙镇  丁镇    no      0         1       0
        乙镇  丙镇    no      0         1       0
        甲镇  丙镇    no      0         1       0
        """,
    ),
    Spec(
        "hazard_flow",
        "合计在前，然后重大，其余按名称",
        {
            "items": """
            item_id  level  state
            1        重大   open
            2        一般   open
            3        较大   open
            4        -      open
            """
        },
        """
        level  stage_no
        全部   1
        全部   2
        全部   3
        全部   4
        全部   5
        全部   6
        全部   7
        全部   8
        重大   1
        重大   2
        重大   3
        重大   4
        重大   5
        重大   6
        重大   7
        重大   8
        一般   1
        一般   2
        一般   3
        一般   4
        一般   5
        一般   6
        一般   7
        一般   8
        未填   1
        未填   2
        未填   3
        未填   4
        未填   5
        未填   6
        未填   7
        未填   8
        较大   1
        较大   2
        较大   3
        较大   4
        较大   5
        较大   6
        较大   7
        较大   8
        """,
    ),
    Spec(
        "hazard_mix",
        "条数相同的按名称；交叉的再按隐患类别，累计占比照这个次序",
        {
            "items": """
            item_id  category  level  site_kind  township  source  state
            1        消防      一般   宾馆       东河镇    日常    open
            2        用电      一般   宾馆       东河镇    日常    open
            3        消防      一般   网吧       西河镇    日常    open
            4        用电      一般   网吧       西河镇    日常    open
            """
        },
        """
        dimension           member  by_member  items  share_rate  cumulative_rate
        category            消防    -          2      1/2         1/2
        category            用电    -          2      1/2         1
        level               一般    -          4      1           1
        site_kind           宾馆    -          2      1/2         1/2
        site_kind           网吧    -          2      1/2         1
        site_kind_category  宾馆    消防       1      1/4         1/4
        site_kind_category  宾馆    用电       1      1/4         1/2
        site_kind_category  网吧    消防       1      1/4         3/4
        site_kind_category  网吧    用电       1      1/4         1
        source              日常    -          4      1           1
        township            东河镇  -          2      1/2         1/2
        township            西河镇  -          2      1/2         1
        township_category   东河镇  消防       1      1/4         1/4
        township_category   东河镇  用电       1      1/4         1/2
        township_category   西河镇  消防       1      1/4         3/4
        township_category   西河镇  用电       1      1/4         1
        """,
    ),
    Spec(
        "completion",
        "同一维度里多的在前，一样多的按名称",
        {
            "items": """
            item_id  unit  state
            1        甲局  open
            2        乙局  open
            3        丙局  open
            4        丙局  open
            5        丁局  standing
            6        丁局  void
            """
        },
        """
        dimension   member    total
        all         all       4
        category    消防设施  4
        kind        hazard    4
        level       一般      4
        rect_type   限期整改  4
        site_kind   星级饭店  4
        supervised  否        4
        township    东河镇    4
        unit        丙局      2
        unit        乙局      1
        unit        甲局      1
        """,
    ),
    Spec(
        "recurrence",
        "新近发现的在前，同一天的按场所，再按编号；前一条只取最近完成的，同一天完成的取编号在前的",
        {
            "items": """
            item_id  site  opened_on  done_on  state
            1        宾馆  09-01      09-10    closed
            2        宾馆  09-01      09-12    closed
            3        宾馆  09-01      09-12    closed
            4        宾馆  10-02      -        open
            5        网吧  09-01      09-12    closed
            6        网吧  10-02      -        open
            7        网吧  10-03      -        open
            9        宾馆  10-02      -        open
            """
        },
        """
        item_id  site  first_item_id  opened_on
        7        网吧  5              10-03
        4        宾馆  2              10-02
        9        宾馆  2              10-02
        6        网吧  5              10-02
        """,
    ),
    Spec(
        "recurrence",
        "没有写场所、没有写类别的无从判断；措施不是隐患；没有完成的不算前一条；别的县的同名场所不是同一个",
        {
            "items": """
            item_id  kind     region  site  category  opened_on  done_on  state
            1        hazard   本县    -     消防      09-01      09-10    closed
            2        hazard   本县    -     消防      10-01      -        open
            3        hazard   本县    宾馆  -         09-01      09-10    closed
            4        hazard   本县    宾馆  -         10-01      -        open
            5        measure  本县    网吧  消防      09-01      09-10    closed
            6        measure  本县    网吧  消防      10-01      -        open
            7        hazard   甲县    影院  消防      09-01      09-10    closed
            8        hazard   乙县    影院  消防      10-01      -        open
            """
        },
        "item_id  first_item_id",
    ),
    Spec(
        "supervision",
        "应挂未挂的在前，督办中的其次，已摘牌的最后；逾期久的在前，没有逾期的在后，再按单位、编号",
        {
            "items": """
            item_id  unit  level  supervised  supervised_on  state     due_on  closed_on
            1        甲局  一般   yes         10-01          closed    10-31   10-20
            2        甲局  重大   yes         10-01          open      11-30   -
            3        甲局  重大   yes         10-01          overdue   10-31   -
            4        乙局  重大   no          -              overdue   11-10   -
            5        甲局  重大   no          -              overdue   11-01   -
            6        丙局  重大   no          -              open      11-30   -
            8        乙局  重大   no          -              open      11-30   -
            7        乙局  重大   no          -              open      11-30   -
            9        丙局  -      no          -              open      11-30   -
            """
        },
        """
        item_id  unit  standing_text  days_late
        5        甲局  应挂未挂       14
        4        乙局  应挂未挂       5
        6        丙局  应挂未挂       -
        7        乙局  应挂未挂       -
        8        乙局  应挂未挂       -
        3        甲局  督办中         15
        2        甲局  督办中         -
        1        甲局  已摘牌         -
        """,
    ),
    Spec(
        "instruments",
        "按手段；每种手段的合计在前，对象用得多的在前，一样多的按名称",
        {
            "targets": """
            kind      target  held_on
            现场办公  甲局    11-10
            约谈警示  甲局    11-01
            约谈警示  乙局    11-02
            约谈警示  丙局    11-02
            约谈警示  丙局    11-03
            """
        },
        """
        instrument  target  acts  last_on
        现场办公    全部    1     11-10
        现场办公    甲局    1     11-10
        约谈警示    全部    4     11-03
        约谈警示    丙局    2     11-03
        约谈警示    乙局    1     11-02
        约谈警示    甲局    1     11-01
        """,
        same={"targets": {"region": "本县"}},
    ),
    Spec(
        "good_practice",
        "新的在前，同一天的按单位、名称，再按文件、行号；写明没有完成的、别的履职不列",
        {
            "acts": """
            kind      unit  subject   told_on  is_held  path    row_no
            经验总结  甲局  错时检查  10-01    yes      a.xlsx  4
            制度文件  甲局  互检办法  10-01    yes      a.xlsx  5
            经验总结  乙局  错时检查  10-01    yes      b.xlsx  7
            经验总结  乙局  错时检查  10-01    yes      a.xlsx  9
            经验总结  乙局  错时检查  10-01    yes      a.xlsx  8
            经验总结  丙局  错时检查  10-02    yes      c.xlsx  4
            经验总结  丙局  错时检查  10-03    no       c.xlsx  5
            约谈警示  丙局  错时检查  10-04    yes      c.xlsx  6
            """
        },
        """
        unit  subject   told_on  path    row_no
        丙局  错时检查  10-02    c.xlsx  4
        乙局  错时检查  10-01    a.xlsx  8
        乙局  错时检查  10-01    a.xlsx  9
        乙局  错时检查  10-01    b.xlsx  7
        甲局  互检办法  10-01    a.xlsx  5
        甲局  错时检查  10-01    a.xlsx  4
        """,
    ),
    Spec(
        "warnings_issued",
        "新的月份在前；一个月里合计在前，发得多的在前，一样多的按单位；一样的两条是两条；未填的不算一个单位",
        {
            "acts": """
            kind      unit  quantity  target  held_on  told_on  is_held
            预警信息  乙局  2         各乡镇  10-20    10-20    yes
            预警信息  甲局  2         -       10-21    10-21    yes
            预警信息  丙局  3         景区    10-22    10-22    yes
            预警信息  -     -         -       10-31    10-31    yes
            预警信息  -     -         -       10-31    10-31    yes
            预警信息  甲局  -         景区    11-01    11-01    yes
            预警信息  甲局  5         景区    11-02    11-02    no
            """
        },
        """
        month_on  unit  warnings  with_target  units  last_on
        11-01     全部  1         1            1      11-01
        11-01     甲局  1         1            -      11-01
        10-01     全部  9         5            3      10-31
        10-01     丙局  3         3            -      10-22
        10-01     乙局  2         2            -      10-20
        10-01     未填  2         0            -      10-31
        10-01     甲局  2         0            -      10-21
        """,
    ),
    Spec(
        "vanished",
        "先漏报的在前，同一天的按单位、编号；漏报以后又报上来的不列，同一天又漏报又报上来的也不列",
        {
            "findings": """
            item_id  rule      known_from  path
            2        vanished  11-03       a.xlsx
            1        vanished  11-03       a.xlsx
            3        vanished  11-03       b.xlsx
            4        vanished  11-02       b.xlsx
            5        vanished  11-02       b.xlsx
            5        returned  11-10       b.xlsx
            6        returned  11-02       b.xlsx
            6        vanished  11-10       c.xlsx
            7        vanished  11-02       b.xlsx
            7        returned  11-02       b.xlsx
            """,
            "items": """
            item_id  unit
            1        甲局
            2        甲局
            3        乙局
            4        丙局
            5        丙局
            6        甲局
            7        丙局
            """,
        },
        """
        item_id  unit  missing_since  missing_in
        4        丙局  11-02          b.xlsx
        3        乙局  11-03          b.xlsx
        1        甲局  11-03          a.xlsx
        2        甲局  11-03          a.xlsx
        6        甲局  11-10          c.xlsx
        """,
    ),
    Spec(
        "site_responsibility",
        "同一维度里场所多的在前，一样多的按名称；没有写场所名称的一行不是场所",
        {
            "sites": """
            site  township  site_kind  risk_level  unit  person  person_post
            宾馆  东河镇    宾馆       一般        甲局  赵某    局长
            网吧  西河镇    网吧       一般        乙局  钱某    -
            影院  西河镇    影院       一般        丙局  -       局长
            -     南河镇    影院       一般        丁局  赵某    局长
            """
        },
        """
        dimension   member  sites  with_person  with_post  responsibility_rate
        all         all     3      2            1          2/3
        risk_level  一般    3      2            1          2/3
        site_kind   宾馆    1      1            1          1
        site_kind   影院    1      0            0          0
        site_kind   网吧    1      1            0          1
        township    西河镇  2      1            0          1/2
        township    东河镇  1      1            1          1
        unit        丙局    1      0            0          0
        unit        乙局    1      1            0          1
        unit        甲局    1      1            1          1
        """,
    ),
    Spec(
        "self_reports",
        "新的年度在前，合计在前；没有述职的在前，再按单位、姓名；没有写人的以单位为一个",
        {
            "acts": """
            kind  unit  person  period_start  held_on  is_held  told_on
            述职  甲局  孙某    01-01         10-02    yes      10-02
            述职  甲局  钱某    01-01         10-01    yes      10-01
            述职  乙局  周某    01-01         10-03    yes      10-03
            述职  乙局  李某    01-01         -        no       01-01
            述职  丙局  -       01-01         -        no       01-01
            述职  丙局  赵某    2022-01-01    10-09    no       2022-01-01
            """
        },
        """
        year  member  unit  listed  reported  missing  report_rate  reported_on
        2023  all     -     5       3         2        3/5          10-03
        2023  丙局    丙局  1       0         1        0            -
        2023  李某    乙局  1       0         1        0            -
        2023  周某    乙局  1       1         0        1            10-03
        2023  孙某    甲局  1       1         0        1            10-02
        2023  钱某    甲局  1       1         0        1            10-01
        2022  all     -     1       0         1        0            -
        2022  赵某    丙局  1       0         1        0            -
        """,
        same={"acts": {"region": "本县"}},
    ),
    Spec(
        "submission_quality",
        "合计在前，错误多的单位在前，一样多的按单位；警告不算错误",
        {
            "submissions": """
            submission_id  unit  ledger  rows_read  rows_loaded  rows_duplicate  rows_rejected  received_on
            s1             乙局  hazard  3          3            0               0              10-01
            s2             丙局  hazard  3          3            0               0              10-01
            s3             丁局  hazard  3          3            0               0              10-01
            s4             甲局  hazard  3          3            0               0              10-01
            """,
            "findings": """
            submission_id  row_no  severity
            s4             4       error
            s4             5       error
            s3             4       error
            s3             5       warning
            s3             6       warning
            """,
        },
        """
        unit  errors  warnings  rows_with_errors
        全部  3       2         3
        甲局  2       0         2
        丁局  1       2         1
        丙局  0       0         0
        乙局  0       0         0
        """,
    ),
    Spec(
        "units_reporting",
        "缺报多的在前，一样多的按单位；两个县同名的单位按县",
        {
            "units": """
            region  unit    has_to_report
            本县    甲局    yes
            本县    乙局    yes
            本县    丙局    yes
            别县    甲局    yes
            """,
            "report_periods": """
            region  period_start  period_end  due_on
            本县    10-01         10-15       10-17
            别县    10-01         10-15       10-17
            """,
            "reports": """
            region  unit  period_start  period_end  submitted_on
            本县    丙局  10-01         10-15       10-16
            别县    甲局  10-01         10-15       10-16
            """,
        },
        """
        unit  due  owed  owed_since  last_period_end
        乙局  1    1     10-01       -
        甲局  1    1     10-01       -
        丙局  1    0     -           10-15
        甲局  1    0     -           10-15
        """,
    ),
    Spec(
        "report_reconciliation",
        "新的期次在前，同一期的按单位、项目，再按文件、工作表、行号",
        {
            "reports": """
            unit  period_start  period_end  visits  hazards_found  path    sheet  row_no
            甲局  10-01         10-15       1       2              a.xlsx  报表   4
            甲局  10-16         10-31       1       -              a.xlsx  报表   5
            乙局  10-01         10-15       1       -              b.xlsx  附表   4
            乙局  10-01         10-15       1       -              a.xlsx  附表   4
            乙局  10-01         10-15       1       -              a.xlsx  报表   7
            乙局  10-01         10-15       1       -              a.xlsx  报表   6
            """
        },
        """
        unit  period_start  figure    path    sheet  row_no
        甲局  10-16         检查家次  a.xlsx  报表   5
        乙局  10-01         检查家次  a.xlsx  报表   6
        乙局  10-01         检查家次  a.xlsx  报表   7
        乙局  10-01         检查家次  a.xlsx  附表   4
        乙局  10-01         检查家次  b.xlsx  附表   4
        甲局  10-01         发现隐患  a.xlsx  报表   4
        甲局  10-01         检查家次  a.xlsx  报表   4
        """,
        same={"reports": {"region": "本县", "submitted_on": "2023-11-01"}},
    ),
    Spec(
        "deadline_slip",
        "取消期限的在前，补定的在后；推迟多的在前，再按单位、编号",
        {
            "versions": """
            item_id  due_on  known_from  known_to  first_known_on
            1        10-20   10-01       10-10     10-01
            1        -       10-10       -         10-01
            2        -       10-01       10-10     10-01
            2        10-20   10-10       -         10-01
            3        10-20   10-01       10-10     10-01
            3        10-30   10-10       -         10-01
            5        10-20   10-01       10-10     10-01
            5        10-30   10-10       -         10-01
            4        10-20   10-01       10-10     10-01
            4        10-30   10-10       -         10-01
            6        10-20   10-01       10-10     10-01
            6        11-20   10-10       -         10-01
            7        10-20   10-01       10-10     10-01
            7        10-15   10-10       -         10-01
            """,
            "items": """
            item_id  unit
            1        甲局
            2        甲局
            3        乙局
            4        甲局
            5        甲局
            6        甲局
            7        丙局
            """,
        },
        """
        item_id  unit  slip       days_moved
        1        甲局  cancelled  -
        6        甲局  later      31
        3        乙局  later      10
        4        甲局  later      10
        5        甲局  later      10
        7        丙局  earlier    -5
        2        甲局  set        -
        """,
        same={"items": {"known_from": "2023-10-10", "first_known_on": "2023-10-01"}},
    ),
    Spec(
        "suspect_closure",
        "疑点多的在前，一样多的按单位、编号",
        {
            "items": """
            item_id  unit  level  opened_on  done_on  accepted_by  state
            1        甲局  一般   10-01      10-10    赵某         closed
            2        甲局  重大   10-10      10-10    赵某         closed
            4        乙局  一般   10-01      10-10    赵某         closed
            3        乙局  一般   10-01      10-10    赵某         closed
            """
        },
        """
        item_id  unit  self_accepted  same_day_major  reasons
        2        甲局  yes            yes             2
        3        乙局  yes            no              1
        4        乙局  yes            no              1
        1        甲局  yes            no              1
        """,
        same={"items": {"content": "更换"}},
    ),
)
