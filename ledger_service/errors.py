"""What the service refuses. `problems.py` maps each to an RFC 9457 problem.

FundtrailError
└── ServiceError
    ├── NotFound            nothing of that kind and name
    ├── CursorError         not a cursor that this service gave out
    ├── CodeUnknown         no slip carries this code
    ├── CodeSpent           the code was used, or its time has passed
    ├── TokenInvalid        no read token, or one whose time has passed
    ├── TooManyAttempts     more codes tried than a minute allows
    ├── BodyTooLarge        a request body over the limit
    ├── NoticeNotLoaded     slips for a notice whose roster is not proved yet
    ├── SlipsExist          slips that were made before
    ├── ReceiptUnavailable  a payment that no receipt can be made of
    ├── GovernorsFileError  a file of governors that is not one
    └── ProjectionError     the node's chain changed under the reading
"""

from fundtrail.errors import FundtrailError


class ServiceError(FundtrailError):
    """Everything the service refuses."""


class NotFound(ServiceError):
    """Nothing of that kind and name."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"no {kind} {name}")
        self.kind, self.name = kind, name


class CursorError(ServiceError):
    """Not a cursor that this service gave out."""


class CodeUnknown(ServiceError):
    """No slip carries this code."""


class CodeSpent(ServiceError):
    """The code was used before, or its time has passed."""


class TokenInvalid(ServiceError):
    """No read token, or one whose time has passed."""


class TooManyAttempts(ServiceError):
    """More codes tried than a minute allows."""

    def __init__(self, retry_seconds: int) -> None:
        super().__init__(f"expected fewer attempts, try again in {retry_seconds} s")
        self.retry_seconds = retry_seconds


class BodyTooLarge(ServiceError):
    """A request body over the limit."""

    def __init__(self, bytes_max: int) -> None:
        super().__init__(f"expected a body of at most {bytes_max} bytes, got more")
        self.bytes_max = bytes_max


class NoticeNotLoaded(ServiceError):
    """Slips were asked for a notice whose roster is not loaded and proved."""


class SlipsExist(ServiceError):
    """Slips of this notice were made before."""


class ReceiptUnavailable(ServiceError):
    """A payment that no receipt can be made of."""


class GovernorsFileError(ServiceError):
    """A file of governors that cannot be read, or not as such."""


class ProjectionError(ServiceError):
    """The node's chain changed under the reading; the next reading finds out."""
