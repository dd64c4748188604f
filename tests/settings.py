"""The project's settings for tests: a home folder of its own for each process, fast passwords, files not kept.

Read before any ``conftest.py``, so the home folder is made here.
"""

import atexit
import getpass
import os
import shutil
import sys
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def home() -> str:
    """A new folder, or that of the test which started this process; always the same one outside tests.

    A type checker reads the settings too, and ends without a chance to clean up.
    """
    worker, _, folder = os.environ.get("PARCHEMIN_TEST_HOME", "").partition(":")
    if worker != WORKER and "pytest" not in sys.modules:
        return str(Path(tempfile.gettempdir(), f"parchemin-checks-{getpass.getuser()}"))
    if worker != WORKER:
        folder = tempfile.mkdtemp(prefix=f"parchemin-{WORKER}-")
        os.environ["PARCHEMIN_TEST_HOME"] = f"{WORKER}:{folder}"
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


os.environ["PARCHEMIN_HOME"] = home()

from parchemin.project.settings import *  # noqa: E402  # its own reading of the environment comes after ours

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE["TEST"] = {"NAME": HOME / "test.sqlite3"}  # a file: threads and processes share it as in production
    DATABASE["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASE["TEST"] = {"NAME": f"test_{DATABASE['NAME']}_{HOME.name.rpartition('-')[2]}"}  # runs may share the server
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # served as it is by whitenoise, which warns when it is missing
