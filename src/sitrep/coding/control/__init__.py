"""Doc -> control: the statements of who holds which place. `component.py` is the spaCy component."""
