"""Doc -> attributions: who said what. `component.py` is the spaCy component, the rest what it judges with."""
