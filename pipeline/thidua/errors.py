"""The exceptions of thidua.

Every message says what happened, to which file and page, and what to do next; the command line prints it and leaves
with `exit_code`.

    ThiduaError                      1
    ├── UsageError                   2   the call itself is wrong
    ├── SetupError                   3   a program or data file of the set-up is missing
    │   └── ArtefactError            3   a model or dictionary is missing, damaged or of an unknown format
    ├── SourceError                  1   one source cannot be converted; others can
    │   ├── SourceMissing            1   there is no such file, or it may not be read
    │   ├── SourceUnreadable         1   empty, damaged, or not of a known type
    │   ├── SourceLocked             1   needs a password
    │   └── SourceTimeout            1   took longer than its deadline
    └── PageError                    1   one page cannot be read; the other pages are kept
"""

from __future__ import annotations


class ThiduaError(Exception):
    """Base of all errors raised on purpose.

    message: what happened and to what; remedy: what the reader can do about it.
    """

    exit_code = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}. {self.remedy}" if self.remedy else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders in batches: the keyword argument must survive pickling.
        return (_rebuild, (type(self), self.message, self.remedy))


def _rebuild(kind: type[ThiduaError], message: str, remedy: str) -> ThiduaError:
    return kind(message, remedy=remedy)


class UsageError(ThiduaError):
    exit_code = 2


class SetupError(ThiduaError):
    exit_code = 3


class ArtefactError(SetupError):
    pass


class SourceError(ThiduaError):
    pass


class SourceMissing(SourceError):
    pass


class SourceUnreadable(SourceError):
    pass


class SourceLocked(SourceError):
    pass


class SourceTimeout(SourceError):
    pass


class PageError(ThiduaError):
    pass
