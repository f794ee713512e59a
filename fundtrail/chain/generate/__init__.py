"""Writes `bindings.py` and `event_types.py` from the committed artifacts.

`python -m fundtrail.chain.generate` writes them, `--check` says which one is not what it would
write. The output is a function of the artifacts alone.
"""
