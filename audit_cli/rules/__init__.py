"""The rules of step 10: one SQL file each, with what it looks for and what a person then does.

A file begins with comments `-- key: value`: id, zh, en, severity, basis, asks_zh, asks_en. Its
query answers one row per finding: `subject`, `zh`, `en`, and columns that become the evidence. It
asks the tables of `audit_cli.tables` and nothing else. A finding never stops a payment by itself.
"""
