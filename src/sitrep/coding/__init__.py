"""Documents in; Reports out. One question, one component, one file; `pipeline.py` puts them in order."""
