"""Show a finished site in the browser: a small server for this computer alone."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote, unquote

from orgcode.adapters.paths import is_safe
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

_ADDRESS = "127.0.0.1"
_OPENING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}


@contextmanager
def serve_site(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a folder from this computer to this computer; gives the address of its home page.

    Port 0 takes any that is free. It ends with the `with` block.
    """
    try:
        server = _Server((_ADDRESS, port), _Handler)
    except (OSError, OverflowError) as error:
        raise OrgcodeError(
            message("Nothing can be served at port {port}.", port=port),
            message("Choose another port, or stop the program that uses it."),
        ) from error
    server.folder = folder
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{_ADDRESS}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def wait_for_interrupt() -> None:
    """Return when somebody presses Ctrl-C."""
    with suppress(KeyboardInterrupt):
        Event().wait()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    folder: Path

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is nothing to speak of."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with ordinary files inside the folder, and with its `404.html`."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "orgcode"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Answer with a file."""
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        """Answer with what a file is, without its content."""
        self._answer(with_content=False)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: what somebody looks at is theirs."""

    def _answer(self, *, with_content: bool) -> None:
        if not self._is_asked_as_itself():
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"", with_content=False)
            return
        address = self.path.partition("?")[0].partition("#")[0]
        path = unquote(address, errors="surrogateescape").removeprefix("/")
        if path and not path.endswith("/") and self._is_folder(path):
            self._redirect("/" + quote(path, errors="surrogateescape") + "/")
            return
        path = path + "index.html" if path == "" or path.endswith("/") else path
        content = self._read(path)
        status = HTTPStatus.OK if content is not None else HTTPStatus.NOT_FOUND
        if content is None:
            path, content = "404.html", self._read("404.html")
        if content is None:
            path, content = "404.txt", b"404\n"
        type = _TYPES.get(Path(path).suffix.lower(), "application/octet-stream")
        self._send(status, type, content, with_content=with_content)

    def _is_asked_as_itself(self) -> bool:
        """A page elsewhere cannot read the site by giving this address a name of its own."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        return name in (_ADDRESS, "localhost")

    def _is_folder(self, path: str) -> bool:
        if not is_safe(path):
            return False
        folder = self.server.folder / path
        return folder.is_dir() and self._is_inside(folder)

    def _is_inside(self, file: Path) -> bool:
        return file.resolve().is_relative_to(self.server.folder.resolve())

    def _read(self, path: str) -> bytes | None:
        """The content of an ordinary file of the site; None for anything else."""
        if not is_safe(path) or any(name.startswith(".") for name in path.split("/")):
            return None
        file = self.server.folder / path
        try:
            if not self._is_inside(file.parent):
                return None
            descriptor = os.open(file, _OPENING)
        except (OSError, RuntimeError, ValueError):
            return None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return None
        with os.fdopen(descriptor, "rb") as stream:
            return stream.read()

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, type: str, content: bytes, *, with_content: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_content:
            self.wfile.write(content)
