"""Paragraphs → a tree by their numbers and labels, in the order in which the classes are used."""

from analysis.ingest.plan.outline.nodes import Group, Node, Text
from analysis.ingest.plan.outline.tree import is_day_alone, outline

__all__ = ["Group", "Node", "Text", "is_day_alone", "outline"]
