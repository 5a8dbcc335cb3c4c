"""What is set up: accounts, browsers and their seats, broadcasts, people, decks. Plain rows.

Every function takes a sqlite3 connection and is called inside a job of `Database.read` or `.write`;
none commits, none knows a clock or makes a secret of its own, and none writes to the log.
"""
