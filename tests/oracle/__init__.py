"""A second opinion on the figures: an oracle in plain Python, written from 口径 alone.

Whoever wrote it had the design, 口径 and 数据字典 before him, no SQL and no program; it imports
nothing of ``analysis``. ``comparison.py`` is the one module that knows both. Where the words leave
a choice, it is a field of ``story.Rules``; those defaults, and a few columns that 口径 named only
later, were set after the first comparison, to what the program does.

story → words, arithmetic → items → figures_of_items, figures_of_books → oracle; worlds, files.
Items are known by (kind, unit, number). All names and figures are 模拟数据.
"""
