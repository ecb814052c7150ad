"""Lists of plans as other offices head and annotate them, read whole. 模拟数据."""

from pathlib import Path

import pytest

from analysis.ingest.pipeline import ingest
from analysis.ingest.tables.context import captioned
from analysis.ledgers.measure import MEASURE
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

READ = """
    SELECT coalesce(sub_measure, measure), unit, person, due_on::VARCHAR FROM measure
    UNION ALL SELECT measure, unit, person, due_on::VARCHAR FROM hazard
"""
LISTS: dict[str, tuple[str, list[tuple[str | None, ...]]]] = {
    "销号清单": (
        """县消防安全突出问题整改销号清单
序号|突出问题|整治举措|落实主体|抓总单位|牵头领导|推进时序|验收标准|佐证材料|销号情况
1|电动自行车进楼|建设充电棚32处|各街道办事处|县住建局|副县长 何某|8月底前|投用|照片|未销号
2|消防水源缺失|新建消火栓40个|县自来水公司|县城管局|副县长 莫某|分三批，12月底前建成|合格|资料|未销
""",
        [
            ("建设充电棚32处", "县住建局", "何某（副县长）", "2024-08-31"),
            ("新建消火栓40个", "县城管局", "莫某（副县长）", "2024-12-31"),
        ],
    ),
    "谁来改": (
        """己市文化馆安全问题整改表
编号|问题|怎么改|谁来改|何时完成
A1|配电箱未上锁|加装锁具并张贴标识|后勤部 陈某|6月15日
B1|排练厅超员|核定人数并设置计数器|活动部 黄某|7月1日
""",
        [
            ("加装锁具并张贴标识", "后勤部", "陈某", "2024-06-15"),
            ("核定人数并设置计数器", "活动部", "黄某", "2024-07-01"),
        ],
    ),
    "标题里的期限": (
        """壬镇人居环境整治任务清单（2024年8月底前完成）
序号|任务|责任村|包村干部
1|清理生活垃圾120吨|柳沟村|刘某
2|拆除残垣断壁45处|大沟村|王某某
""",
        [
            ("清理生活垃圾120吨", "柳沟村", "刘某", "2024-08-31"),
            ("拆除残垣断壁45处", "大沟村", "王某某", "2024-08-31"),
        ],
    ),
    "脚注": (
        """癸县旅游景区安全问题整改表
序号|问题|整改措施|责任单位|备注
1|玻璃栈道超期未检*|停用并委托检测|云顶景区|
2|漂流河道落石**|清除危岩并设置防护网|清江漂流公司|
注：*2024年6月30日前完成；**2024年9月30日前完成。
""",
        [
            ("停用并委托检测", "云顶景区", None, "2024-06-30"),
            ("清除危岩并设置防护网", "清江漂流公司", None, "2024-09-30"),
        ],
    ),
    "备注里的期限": (
        """壬县古村落消防问题整改一览表
序号|村名|问题|整改内容|责任人|备注
1|下寨村|无消防水源|新建消防水池1座|村支书 廖某|9月底前
2|上寨村|电线老化|入户线路改造86户|村主任 伍某|12月底前
""",
        [
            ("新建消防水池1座", None, "廖某（村支书）", "2024-09-30"),
            ("入户线路改造86户", None, "伍某（村主任）", "2024-12-31"),
        ],
    ),
    "单位各带一人": (
        """庚县文旅重大风险防范化解任务表
风险点|防范措施|责任单位及责任人|时限
高空项目|1.停用未检测设备 2.委托检测|县文旅局 万某；县市场监管局 钱某|6月底
夜游项目|核定承载量，限流预约|古城景区 汤某|7月10日前
""",
        [
            ("停用未检测设备", "县文旅局", "万某", "2024-06-30"),
            ("委托检测", "县文旅局", "万某", "2024-06-30"),
            ("核定承载量，限流预约", "古城景区", "汤某", "2024-07-10"),
        ],
    ),
    "阶段": (
        """己市校车安全整治任务推进计划
阶段|时间|重点任务|责任部门
第一阶段（自查）|6月15日前|对216辆校车逐车检查|市教育局
第二阶段（整治）|6月16日至7月20日|对38辆问题校车限期维修|市公安局
""",
        [
            ("对216辆校车逐车检查", "市教育局", None, "2024-06-15"),
            ("对38辆问题校车限期维修", "市公安局", None, "2024-07-20"),
        ],
    ),
    "措施序号": (
        """甲县审计查出问题整改台账
问题序号|审计查出的问题|措施序号|整改措施|责任单位|责任人|完成时限
1|预算编制不细|1|细化代编资金|县财政局|覃某|2024年10月底前
2|采购不规范|2、3|（1）倒查责任（2）修订制度|县医院|梁某|措施2：7月底前；措施3：8月底前
3|资金闲置|4|见措施1|见措施1|见措施1|见措施1
4|决算滞后|5|编制竣工决算|县交通局|见措施3|9月底前
""",
        [
            ("细化代编资金", "县财政局", "覃某", "2024-10-31"),
            ("倒查责任", "县医院", "梁某", "2024-07-31"),
            ("修订制度", "县医院", "梁某", "2024-08-31"),
            ("编制竣工决算", "县交通局", "梁某", "2024-09-30"),
        ],
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_another_office_is_read(kind: str, tmp_path: Path) -> None:
    text, wanted = LISTS[kind]
    folder = tmp_path / "data" / "raw" / "2024-06-12"
    folder.mkdir(parents=True)
    (folder / f"{kind}.txt").write_text(text.replace("|", "\t"), encoding="utf-8")
    settings = Settings(home=tmp_path)
    ingest(settings)
    with open_warehouse(settings.warehouse) as con:
        assert sorted(fetch_rows(con, READ)[1]) == sorted(wanted)


def test_a_title_sets_a_day_only_where_it_says_that_work_is_done_by_it() -> None:
    assert captioned("任务清单（2024年8月底前完成）", MEASURE)["due_on"] == "2024年8月底前"
    assert "due_on" not in captioned("任务清单（2024年8月）", MEASURE)
