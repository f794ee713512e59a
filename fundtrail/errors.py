"""The exception tree of Fundtrail. Messages say what was expected and what came.

FundtrailError
├── FormatError             bytes that are not format version 1
│   ├── CanonicalError      not canonical JSON
│   ├── RecordError         not a record of a known kind
│   ├── CodeError           not a code
│   ├── MoneyError          not an amount, or a sum over 2^128 - 1
│   ├── StatementError      not a statement of a known type, or a field out of range
│   ├── CheckpointError     not a signed note of this feed
│   ├── ReceiptError        not a receipt, or one of another network
│   └── NetworkFileError    not a network.toml
├── ProofError              a proof that does not prove
│   ├── ProofIndexError     index outside the tree
│   ├── ProofPathError      path too long, too short, or neighbours that are none
│   ├── RootMismatchError   computed root is not the expected one
│   └── OrderError          lines that are not strictly rising
├── SignatureError          a signature that does not verify or is malleable
├── AuthorityError          an act by a key without the seat, the role or the distance it needs
├── EvidenceError           the evidence folder
│   ├── EvidenceMissing     a file that is named and not there
│   └── EvidenceAltered     a file whose bytes are not those that were named
├── KeyFileError            a key file that cannot be opened
└── ChainError              the node or the contract (fundtrail.chain)
"""


class FundtrailError(Exception):
    """Everything this product refuses."""


class FormatError(FundtrailError):
    """Bytes that are not format version 1."""


class CanonicalError(FormatError):
    """Not canonical JSON, or outside its narrowed value space."""


class RecordError(FormatError):
    """Not a record of a known kind and version."""


class CodeError(FormatError):
    """Not a code of 1 to 31 permitted ASCII characters."""


class MoneyError(FormatError):
    """Not an amount of fen, or an addition that leaves its range."""


class StatementError(FormatError):
    """Not a statement of a known type, or a field out of range."""


class CheckpointError(FormatError):
    """Not a signed note of this feed."""


class ReceiptError(FormatError):
    """Not a receipt of version 1, or one whose statements are not those of its run."""


class NetworkFileError(FormatError):
    """Not a network.toml of format 1."""


class ProofError(FundtrailError):
    """A proof that does not prove."""


class ProofIndexError(ProofError):
    """An index outside the tree."""

    def __init__(self, *, index: int, count: int) -> None:
        super().__init__(f"proof index must be under {count}, got {index}")
        self.index, self.count = index, count


class ProofPathError(ProofError):
    """A path that is too long, too short, or neighbours that are none."""


class RootMismatchError(ProofError):
    """The computed root is not the expected one."""

    def __init__(self, *, expected: bytes, computed: bytes) -> None:
        super().__init__(f"root mismatch: expected {expected.hex()}, computed {computed.hex()}")
        self.expected, self.computed = expected, computed


class OrderError(ProofError):
    """Lines that are not strictly rising by payment id."""


class SignatureError(FundtrailError):
    """A signature that does not verify, is malleable, or comes from another key."""


class AuthorityError(FundtrailError):
    """An act by a key without the seat, the role or the distance to others that it needs."""


class EvidenceError(FundtrailError):
    """The evidence folder does not hold what it must."""


class EvidenceMissing(EvidenceError):
    """A file that is named by the evidence and is not there."""


class EvidenceAltered(EvidenceError):
    """A file whose bytes are not those that were named."""


class KeyFileError(FundtrailError):
    """A key file that cannot be opened, or a wrong passphrase."""


class ChainError(FundtrailError):
    """The node or the contract said no, or said nothing."""
