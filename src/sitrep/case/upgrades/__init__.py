"""NNN.sql brings an older case to version NNN, from 002 on; file.py runs those that a file lacks.

A new case is made by schema.sql and then upgraded like any other, so schema.sql stays what version 1 was.
"""
