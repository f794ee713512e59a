"""What the service is told: FUNDTRAIL_* variables, or the command's options."""

from pathlib import Path
from typing import Self

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One service. Folders default to their places beside the network file."""

    model_config = SettingsConfigDict(
        env_prefix="FUNDTRAIL_", populate_by_name=True, frozen=True, extra="ignore"
    )

    network: Path = Path("network.toml")
    evidence: Path | None = None
    data: Path | None = None
    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("FUNDTRAIL_DATABASE_URL", "DATABASE_URL")
    )
    database_durable: bool = True
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65_535)
    trusted_proxies: str = ""  # addresses whose X-Forwarded-For is believed

    index: bool = True
    poll_seconds: float = Field(default=1.0, gt=0)
    lag_blocks_max: int = Field(default=50, ge=0)

    body_bytes_max: int = Field(default=16_384, gt=0)
    token_seconds: int = Field(default=900, gt=0)
    code_days: int = Field(default=60, gt=0)
    attempts_per_minute: int = Field(default=10, gt=0)

    bank_days: str = "1-3"
    hotline: str = "12345"
    contacts: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _absolute(self) -> Self:
        """Fill in the folders that were not named."""
        home = self.network.absolute().parent
        object.__setattr__(self, "evidence", self.evidence or home / "evidence")
        object.__setattr__(self, "data", self.data or home / "service")
        return self

    @property
    def evidence_folder(self) -> Path:
        """The evidence folder of docs/format.md §7."""
        return self.evidence or Path("evidence")

    @property
    def data_folder(self) -> Path:
        """Where the embedded PostgreSQL keeps its data."""
        return self.data or Path("service")
