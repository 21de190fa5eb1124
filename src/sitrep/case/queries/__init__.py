"""Asking a case: what is asked in, rows and records out, in an order that does not depend on that of adding.

One file a subject. Nothing outside `case/` asks its tables: `Case` and `Overview` have a method for each.
"""
