"""How Word, PowerPoint and Excel files are made: form, charts, sheets."""
