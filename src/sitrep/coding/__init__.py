"""Documents in; Reports out.

One question, one folder, its spaCy component in `component.py`; `pipeline.py` puts them in order.
"""
