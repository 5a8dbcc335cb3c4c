"""Who may organise: accounts, and the one-time links that make them.

Called by `auth` and the command line. Passwords come in as argon2id strings and tokens as their
SHA-256; nothing here ever sees either of them in the clear.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """All accounts of one installation may organise all its broadcasts."""

    id: int
    name: str


class NameTaken(Exception):
    """Another account is called so."""


class LinkSpent(Exception):
    """This set-up link was used, has expired, or never was."""


def any_account(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM account LIMIT 1").fetchone() is not None


def find(db: sqlite3.Connection, name: str) -> tuple[Account, str] | None:
    """The account and its password string."""
    row = db.execute("SELECT id, name, password FROM account WHERE name = ?", (name,)).fetchone()
    return None if row is None else (Account(row["id"], row["name"]), row["password"])


def add(db: sqlite3.Connection, name: str, password: str, at: int) -> Account:
    try:
        cursor = db.execute(
            "INSERT INTO account (name, password, created_at) VALUES (?, ?, ?)", (name, password, at)
        )
    except sqlite3.IntegrityError:
        raise NameTaken(name) from None
    return Account(int(cursor.lastrowid or 0), name)


def add_setup_link(db: sqlite3.Connection, link: str, expires_at: int) -> None:
    db.execute("INSERT INTO setup_link (hash, expires_at) VALUES (?, ?)", (link, expires_at))


def is_open(db: sqlite3.Connection, link: str, at: int) -> bool:
    found = db.execute("SELECT 1 FROM setup_link WHERE hash = ? AND expires_at > ?", (link, at))
    return found.fetchone() is not None


def set_up(db: sqlite3.Connection, link: str, name: str, password: str, at: int) -> Account:
    """Spend the link and make the account: both or neither."""
    if not is_open(db, link, at):
        raise LinkSpent
    account = add(db, name, password, at)
    db.execute("DELETE FROM setup_link WHERE hash = ? OR expires_at <= ?", (link, at))
    return account
