"""Takes from this process what a reader of strangers' files does not need, before any such file is opened.

Called first thing in the child. Limits can only be lowered, so code that breaks out of a reader keeps them.
What a kernel or container does not allow (a network namespace, mostly) is skipped: it is a second wall, not
the first.
"""

import ctypes
import os
import resource
import signal

MIB = 1024 * 1024
NICENESS = 10  # a live broadcast on the same machine goes first
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38


def confine(*, memory_mb: int, cpu_seconds: int, file_mb: int, open_files: int) -> None:
    _limit(resource.RLIMIT_AS, memory_mb * MIB)
    _limit(resource.RLIMIT_CPU, cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, file_mb * MIB)
    _limit(resource.RLIMIT_NOFILE, open_files)
    _limit(resource.RLIMIT_CORE, 0)
    os.nice(NICENESS)
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # a server that is killed leaves no renderer behind
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.unshare(CLONE_NEWNET):  # needs root; a namespace of one's own users gives anyone the right
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _limit(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    # A second of CPU between the two: SIGXCPU at the soft limit says why, SIGKILL at the hard one does not.
    ceiling = most + 1 if which == resource.RLIMIT_CPU and most != hard else most
    resource.setrlimit(which, (most, ceiling))
