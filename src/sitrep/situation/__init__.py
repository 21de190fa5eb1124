"""What follows from many reports together: tellings in; incidents, control and claims out.

Pure functions on records. Judgements are of two tellings (or names, or texts) at a time and do not depend on
the order in which reports came; `case` stores what they say.
"""
