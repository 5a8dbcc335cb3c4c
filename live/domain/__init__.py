"""What happens in a broadcast, as pure functions.

Each feature module has the same six names: `Command`, `Event`, `Doc`, `decide`,
`evolve` and `view`. `broadcast` unites them. Nothing in this package does I/O,
reads a clock, draws a random number or knows of asyncio: time and identity are
arguments, so a log folds to the same state everywhere and for ever.
"""
