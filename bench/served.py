"""`live`, with one number changed: how many votes a participant may give in a second.

A load test has the votes of a town come from the hands of a thousand. The rule is still asked for each
vote, so its cost is in the figures; it only never says no. Started by the benchmark of votes.
"""

from live import cli, limits

limits.VOTES = limits.Rate(burst=1_000_000, every_ms=1)

if __name__ == "__main__":
    cli.main()
