"""A language model on this machine, that says what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]


class FakeWriter:
    """Answers like a language model that says what a test wants, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: Callable[[bytes], Answer] = lambda _body: (200, {}, b"{}")
        self.wait = threading.Event()
        self.wait.set()
        mine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mine.asked.append((self.path, dict(self.headers), body))
                mine.wait.wait(20)
                status, headers, answer = mine.answer(body)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"

    def says(self, text: str) -> None:
        answer = json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()
        self.answer = lambda _body: (200, {"Content-Type": "application/json"}, answer)

    def stop(self) -> None:
        self.wait.set()
        self.http.shutdown()
        self.http.server_close()
