"""The site's door for gunicorn, which can be told to die at the worst moment: when a form has been received and nothing been answered.

Whoever writes the path of a form to the file `die-after` in DATA_DIR kills the process that handles it next.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from resourcebank.project.wsgi import application as site


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Let the site do all its work, and perhaps be gone before a word of it is sent."""
    answer: Iterable[bytes] = site(environ, start_response)
    order = Path(os.environ["DATA_DIR"]) / "die-after"
    if environ["REQUEST_METHOD"] == "POST" and order.exists() and environ["PATH_INFO"].startswith(order.read_text(encoding="utf-8")):
        order.unlink(missing_ok=True)
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
