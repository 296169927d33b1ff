"""A batch on one page and in tables: which documents to read first and why (docs/portfolio.md).

Everything is made from DIR/*/record.json and report.json alone, so that it can be made again from results.
"""
