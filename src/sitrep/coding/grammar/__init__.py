"""A parsed `Doc` in; the grammar that the reader's heads are shown out.

The reader names dependency labels nowhere else.
"""
