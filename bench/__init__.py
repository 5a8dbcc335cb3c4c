"""The benchmarks: what the shipped server costs, beside its peers, in one interleaved run.

`python -m bench NAME [--json]` runs one of `fanout votes join growth page`; README.md says how each
figure is measured and what came out. Nothing in `live` knows of this package.
"""
