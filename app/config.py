"""Every setting, read from the environment and checked at start.

Each field's description is also its line in the README's table; a test holds the two together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent.parent
KEY_NAMES = ("secret_key", "code_key")


class SettingsError(Exception):
    """A setting is missing or wrong; the text names each one and says what to do."""


class Settings(BaseSettings):
    """One installation's settings. The environment variable is the field's name in capitals."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    data_dir: Path = Field(ROOT / "var", description="Folder for the database, the keys and the job queue")
    database_url: str = Field(
        "",
        description="Database; empty means SQLite in DATA_DIR; for PostgreSQL postgresql://user:password@host/name",
    )
    redis_url: str = Field(
        "",
        description="Job queue and rate limits on Redis; empty: a file in DATA_DIR, and limits for each web process",
    )
    secret_key: str = Field(
        "", description="Signs sessions and forms, 32 characters or more; empty means DATA_DIR/keys"
    )
    code_key: str = Field(
        "", description="Keys the hashes of receipt and access codes, 32 characters or more; never change it"
    )
    public_url: str = Field(
        "http://127.0.0.1:5000", description="Address that residents see, with a path when served below one"
    )
    trusted_proxies: int = Field(0, ge=0, le=5, description="How many reverse proxies stand in front")
    rate_limit_writes: str = Field("120 per minute", description="What one network address may send in")
    rate_limit_codes: str = Field("20 per minute", description="How many codes one network address may try")
    writer_url: str = Field(
        "",
        description="A language model that may write out summaries, OpenAI-compatible (https://host/v1); empty: none",
    )
    writer_model: str = Field("", description="The model's name there; needed with WRITER_URL")
    writer_key: str = Field("", description="The key that is sent to WRITER_URL, and nowhere else")
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("database_url")
    @classmethod
    def _name_the_driver(cls, url: str) -> str:
        if url.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + url.split("://", 1)[1]
        if url and not url.startswith(("sqlite:", "postgresql+psycopg://")):
            raise ValueError("must start with postgresql:// or sqlite:")
        return url

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("must be a whole address, for example https://wijkstem.example.nl")
        return url.rstrip("/")

    @field_validator("writer_url")
    @classmethod
    def _address_of_the_writer(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.netloc):
            raise ValueError("must be a whole address, for example https://host/v1")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _model_of_the_writer(self) -> Self:
        if self.writer_url and not self.writer_model:
            raise ValueError("WRITER_MODEL is needed with WRITER_URL")
        return self

    def key(self, name: str) -> str:
        """The secret `secret_key` or `code_key`: from the environment, else from DATA_DIR/keys."""
        given: str = getattr(self, name)
        path = self.data_dir / "keys" / name
        value = given or (path.read_text(encoding="ascii").strip() if path.exists() else "")
        if len(value) < 32:
            raise SettingsError(
                f"{name.upper()} is missing or shorter than 32 characters. "
                "Set it, or run `python -m app.cli.keys` to make one for this installation."
            )
        return value

    @property
    def url_prefix(self) -> str:
        """The path below which residents see the site: "" or "/wijkstem"."""
        return urlsplit(self.public_url).path

    @property
    def cookie_name(self) -> str:
        """One for each port: a browser keeps cookies by host only, and two installations may stand side by side."""
        port = urlsplit(self.public_url).port
        return f"wijkstem-{port}" if port else "wijkstem"

    def flask_config(self) -> dict[str, Any]:
        """The same settings in the names that Flask and its extensions know."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        return {
            "SECRET_KEY": self.key("secret_key"),
            "CODE_KEY": self.key("code_key"),
            "PUBLIC_URL": self.public_url,
            "APPLICATION_ROOT": self.url_prefix or "/",
            "SQLALCHEMY_DATABASE_URI": self.database_url
            or f"sqlite:///{self.data_dir.resolve() / 'wijkstem.sqlite'}",
            "SESSION_COOKIE_NAME": self.cookie_name,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.public_url.startswith("https:"),
            "PERMANENT_SESSION_LIFETIME": 12 * 3600,
            "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "WTF_CSRF_TIME_LIMIT": 4 * 3600,
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
            "RATELIMIT_HEADERS_ENABLED": True,
            "RATE_LIMIT_WRITES": self.rate_limit_writes,
            "RATE_LIMIT_CODES": self.rate_limit_codes,
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
            "BABEL_DEFAULT_LOCALE": "nl",
        }


def load_settings(**overrides: Any) -> Settings:
    """Settings from the environment. Raises SettingsError naming every one that is wrong."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError("These settings are wrong:\n  " + "\n  ".join(lines)) from error
