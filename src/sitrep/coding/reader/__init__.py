"""A `Doc` with its actors, places, times and attributions in; its events, each bound to them, out.

One encoder reads the text once (`passages`, `encoder`), small heads ask its vectors what has to be understood
(`heads`) about the words and the `candidates`, and `decoding` makes records of the answers. Method and
figures: models/reader.md.
"""
