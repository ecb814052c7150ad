"""Declared tests on a published warehouse: what must hold of every table, relation and metric.

They are declared beside what they are about, in one line: ``tests`` of a ledger, 检验 in the
opening comment of an SQL file.
"""

from analysis.warehouse.checks.declared import DataTest, declared, declared_for
from analysis.warehouse.checks.running import Failure, failures

__all__ = ["DataTest", "Failure", "declared", "declared_for", "failures"]
