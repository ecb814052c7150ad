"""Specs: each rule of counting on a table of a few rows, with the whole result.

A spec is a test (``test_specs.py``) and part of a page for officials (docs/规则示例.md): one drawing,
read by both. Relations are drawn over rows of ledgers, metrics over rows of relations, rules of findings
over files as a unit would send them.
"""
