"""Benchmarks: each claim of speed beside its peer or physical limit, in the same run."""
