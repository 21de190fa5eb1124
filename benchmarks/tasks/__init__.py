"""One scorer task a file: records of its gold set in, predictions in the scorer's format out."""
