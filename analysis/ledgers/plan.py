"""整改方案: the plans whose measures are tracked; several stand side by side."""

from analysis.ledgers.fields import Field, Ledger

PLAN = Ledger(
    name="plan",
    label="整改方案",
    grain="一个整改方案的一版名称、文号和日期一行",
    order=905,
    tests=("历次 plan_id；非空 plan_id、known_from；引用 submission_id → submission.submission_id"),
    fields=(
        Field(
            "plan_id",
            "所属方案",
            "text",
            "方案的文号；没有文号的为标题",
            note="整改措施的“所属方案”即此",
            is_identifier=True,
        ),
        Field("number", "文号", "text", "印发方案的文号", is_identifier=True),
        Field("title", "方案名称", "text", "方案的标题"),
        Field("issued_on", "成文日期", "date", "方案落款的日期；空表示方案没有写明"),
        Field(
            "submission_id", "报送批次", "text", "来自哪一次报送", is_identifier=True, is_local=True
        ),
        Field("sheet", "工作表", "text", "来源工作表"),
        Field("known_from", "收到日期", "date", "专班办公室知道方案这样叫的日期"),
        Field("known_to", "被替代日期", "date", "文号、名称或日期改了的日期；空表示现行有效"),
    ),
)
