"""Makes the lists of `dictionaries/*.tsv`; see `extract.py`."""
