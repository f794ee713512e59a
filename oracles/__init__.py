"""Oracles: one process per department, from the file it hands over to the statement on the chain.

    read → parse → commit → journal → append to the feed → sign → submit → confirm

Start at `oracle.py`: `Oracle.open(folder, passphrase=…)`, then `ingest`, `prepare`, `sign` and
`submit`.
"""
