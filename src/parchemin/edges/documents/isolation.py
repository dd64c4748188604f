"""Has a hostile file read by another process, and believes nothing of its answer but what has the right shape.

One process for each document, about a tenth of a second: the PDF library is not safe between threads, and none of the
libraries is trusted with a server's memory. At most AT_ONCE run together; others wait their turn.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from threading import BoundedSemaphore
from typing import BinaryIO

from parchemin.edges.documents.problems import UploadRefusedError, problem
from parchemin.edges.documents.reading import ATTACHED, REFUSED, REWRITE, Limits, Reading

AT_ONCE = max(2, os.cpu_count() or 1)
WORKER = "parchemin.edges.documents.worker"
ANSWER_BYTES = 64 * 1024
OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL} if hasattr(signal, "SIGXCPU") else set()
_turn = BoundedSemaphore(AT_ONCE)


def read_apart(task: str, document: BinaryIO, limits: Limits) -> Reading:
    """What the reader of that task found in a document kept on disk; its crash or its slowness is a problem."""
    try:
        code, answer = _ran(task, document, limits, ANSWER_BYTES)
        if code:
            raise ValueError("the reader failed")
        return Reading.from_json(answer)
    except UploadRefusedError as refused:
        return Reading(kind=None, problems=(refused.problem,))
    except (ValueError, TypeError, RecursionError):
        return Reading(kind=None, problems=(problem("crashed"),))


def rewrite_apart(document: BinaryIO, limits: Limits) -> bytes:
    """The picture written anew. Raises UploadRefusedError."""
    return _written(REWRITE, document, limits)


def attached_apart(document: BinaryIO, limits: Limits) -> tuple[str, ...]:
    """The texts attached to a PDF, in its order. Raises UploadRefusedError."""
    try:
        found = json.loads(_written(ATTACHED, document, limits))
    except (ValueError, RecursionError) as error:
        raise UploadRefusedError(problem("crashed")) from error
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise UploadRefusedError(problem("crashed"))
    return tuple(found)


def _written(task: str, document: BinaryIO, limits: Limits) -> bytes:
    """What the process wrote. Raises UploadRefusedError."""
    code, answer = _ran(task, document, limits, 4 * limits.max_bytes)
    if code == REFUSED:
        try:
            problems = Reading.from_json(answer).problems
        except (ValueError, TypeError):
            problems = ()
        raise UploadRefusedError(problems[0] if problems else problem("crashed"))
    if code or not answer:
        raise UploadRefusedError(problem("crashed"))
    return answer


def _ran(task: str, document: BinaryIO, limits: Limits, most: int) -> tuple[int, bytes]:
    """The exit code and the answer of the reader. Raises UploadRefusedError when it runs out of time."""
    document.flush()
    document.seek(0)
    paths = [path for path in sys.path if os.path.isabs(path)]  # noqa: PTH117 - entries are text
    command = [sys.executable, "-P", "-s", "-m", WORKER, task, limits.to_json()]
    with _turn, tempfile.TemporaryFile() as answer:
        reader = subprocess.Popen(
            command,
            stdin=document,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(paths), "LANG": "C.UTF-8"},
            cwd=os.path.sep,
        )
        try:
            code = reader.wait(timeout=limits.seconds + 2)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        finally:
            reader.kill()
            reader.wait()
        if code in OUT_OF_TIME or code == -signal.SIGKILL:
            raise UploadRefusedError(problem("too_slow", seconds=limits.seconds))
        answer.seek(0)
        return code, answer.read(most)
