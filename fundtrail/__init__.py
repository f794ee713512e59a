"""Fundtrail's kernel: money, records, canonical bytes, trees, statements, proofs, evidence, chain.

Everything here is defined by docs/format.md. The kernel imports nothing of ours but itself;
only `fundtrail.chain` knows a node.
"""

__version__ = "0.1.0"
