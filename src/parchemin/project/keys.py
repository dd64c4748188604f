"""Keys made on the first start and kept in the home folder, each apart from the other."""

import base64
import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The key that signs cookies and links."""
    return _kept(home / "secret.key", secrets.token_urlsafe(64))


def field_key(home: Path) -> str:
    """The key of the fields encrypted at rest: 32 bytes in URL-safe base64."""
    return _kept(home / "field.key", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def _kept(path: Path, made: str) -> str:
    """The key of that file, written aside first: whoever finds the file finds the whole key."""
    if not path.exists():
        aside = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:  # another process made it meanwhile
            pass
        finally:
            aside.unlink()
    return path.read_text().strip()
