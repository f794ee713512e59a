"""Says at start whether signing and recovering run on libsecp256k1 or on slow pure Python."""

from eth_keys.main import KeyAPI

from fundtrail.chain.errors import BackendError


def require_coincurve() -> None:
    """Raise BackendError unless eth_account stands on coincurve (15x signing, 50x recovery)."""
    backend = type(KeyAPI().backend).__name__
    if backend != "CoinCurveECCBackend":
        raise BackendError(
            f"签名库不是 coincurve expected eth_account on coincurve, got {backend}; "
            "install the locked requirements, and unset ECC_BACKEND_CLASS"
        )
