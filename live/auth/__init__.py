"""Who somebody is: cookies, passwords, links, and what happens after too many wrong ones.

`Auth` is made once by `app` and asked by every page and by the socket. It alone knows secrets in the
clear, and only while it looks at them: the database has their hashes. It decides who, never what they
may do: that is in the domain.
"""

from live.auth.auth import INVITED, Auth, audience_of, new_id
from live.auth.failures import Failures, TooMany, neighbourhood
from live.auth.key import key_in
from live.auth.passwords import PASSWORD_MINIMUM, Passwords, WeakPassword
from live.directory.sessions import STRANGER, Seat, Visitor

__all__ = [
    "INVITED",
    "PASSWORD_MINIMUM",
    "STRANGER",
    "Auth",
    "Failures",
    "Passwords",
    "Seat",
    "TooMany",
    "Visitor",
    "WeakPassword",
    "audience_of",
    "key_in",
    "neighbourhood",
    "new_id",
]
