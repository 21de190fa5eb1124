"""Makes the weights of `sitrep.coding.reader`: gold records in, encoder and heads out (models/reader.md)."""
