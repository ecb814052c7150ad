"""事项墙: in which column an item hangs, which stand alone, and in what order."""

from tests.specs.spec import Spec

SUBJECT = "事项墙：挂在哪一列、谁在前"

SPECS = (
    Spec(
        "item_wall",
        "首个节点的时段以前按月，止于时段开始；以后按本县最早日历的节点；最后一个节点以后又按月；当日所在的一列在前一天分开",
        {
            "nodes": """
            calendar_no  node_on  node_days
            1            10-25    15
            1            11-09    15
            1            11-24    15
            2            11-12    15
            """,
            "items": """
            item_id  region  due_on  state     is_overdue
            01       本县    08-07   overdue   yes
            02       本县    10-05   overdue   yes
            03       本县    10-10   overdue   yes
            04       本县    10-11   overdue   yes
            05       本县    11-09   overdue   yes
            06       本县    11-10   overdue   yes
            07       本县    11-15   due_soon  no
            08       本县    11-24   open      no
            09       本县    11-25   open      no
            10       本县    12-01   open      no
            11       别县    11-20   due_soon  no
            12       别县    11-10   overdue   yes
            """,
        },
        """
        item_id  due_on  column_on  is_node
        01       08-07   08-31      no
        02       10-05   10-10      no
        03       10-10   10-10      no
        04       10-11   10-25      yes
        05       11-09   11-09      yes
        12       11-10   11-14      no
        06       11-10   11-14      no
        07       11-15   11-24      yes
        08       11-24   11-24      yes
        11       11-20   11-30      no
        09       11-25   11-30      no
        10       12-01   12-31      no
        """,
        same={"nodes": {"region": "本县"}},
    ),
    Spec(
        "item_wall",
        "节点恰在当日的，前一天到期的已经过了，当日到期的还在这一列；当日的前一天的节点不分开",
        {
            "nodes": """
            calendar_no  node_on  node_days
            1            10-31    15
            1            11-15    15
            """,
            "items": """
            item_id  due_on  state
            1        11-14   overdue
            2        11-15   due_soon
            3        10-31   overdue
            """,
        },
        """
        item_id  column_on  is_node
        3        10-31      yes
        1        11-14      no
        2        11-15      yes
        """,
        same={"nodes": {"region": "本县"}},
    ),
    Spec(
        "item_wall",
        "一列里按单位、地区；未完成的在前，逾期久的在前，再按编号；停业的、长期坚持的不进比率；措施没有重大",
        {
            "items": """
            item_id  kind     region  unit  level  due_on  state      done_on  suspension
            07       hazard   本县    甲局  重大   11-01   overdue    -        -
            03       hazard   本县    甲局  一般   10-31   accepting  10-20    -
            02       hazard   本县    甲局  一般   10-31   overdue    -        -
            01       hazard   本县    甲局  一般   10-25   overdue    -        -
            05       hazard   本县    甲局  一般   10-25   overdue    -        -
            04       hazard   本县    甲局  -      10-25   suspended  -        confirmed
            06       measure  本县    乙局  重大   10-31   overdue    -        -
            08       hazard   别县    甲局  一般   10-31   overdue    -        -
            09       hazard   本县    甲局  一般   -       undated    -        -
            """
        },
        """
        item_id  unit  region  column_on  is_done  is_overdue  is_major  is_counted  days_late  state  items
        06       乙局  本县    10-31      no       yes         no        yes         15         overdue  1
        08       甲局  别县    10-31      no       yes         no        yes         15         overdue  1
        01       甲局  本县    10-31      no       yes         no        yes         21         overdue  1
        05       甲局  本县    10-31      no       yes         no        yes         21         overdue  1
        02       甲局  本县    10-31      no       yes         no        yes         15         overdue  1
        04       甲局  本县    10-31      no       no          no        no          -          suspended  1
        03       甲局  本县    10-31      yes      no          no        yes         -          accepting  1
        07       甲局  本县    11-14      no       yes         yes       yes         14         overdue  1
        09       甲局  本县    -          no       no          no        yes         -          undated  1
        """,
    ),
)
