"""How gunicorn serves: a few processes with two threads each; the code is loaded once, before they part.

A page is mostly Python, and Python runs one thread at a time: with eight threads a process did half as many survey
steps a second as with two. For more at once, more processes (WEB_CONCURRENCY) on more cores.
"""

import os
import threading
from typing import Any

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '5000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "2"))
worker_class = "gthread"
preload_app = True
accesslog = None  # the application writes its own lines, without personal data
loglevel = "warning"
graceful_timeout = 20


def post_fork(server: Any, worker: Any) -> None:
    """No process may go on with a database connection that was opened before they parted."""
    from app.extensions import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)


def post_worker_init(_worker: Any) -> None:
    """Load the language model beside the first requests, so that the first idea does not wait for it."""
    from app.insight import default_encoder

    threading.Thread(target=default_encoder().encode, args=(["Hallo buurt"],), daemon=True).start()
