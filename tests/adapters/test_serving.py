"""The server shows the site, to this computer alone, and nothing else."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from orgcode.adapters.serving import serve_site
from orgcode.model.errors import OrgcodeError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "rollen" / "empty").mkdir(parents=True)
    (site / "index.html").write_text("<p>thuis é", encoding="utf-8")
    (site / "404.html").write_text("<p>niet gevonden")
    (site / "style.css").write_text("p {}")
    (site / "kaart.svg").write_text("<svg/>")
    (site / "onbekend.xyz").write_text("?")
    (site / "rollen" / "index.html").write_text("<p>rollen")
    (site / "rollen" / "één ding.html").write_text("<p>één")
    (site / ".orgcode-site").write_text("{}")
    (tmp_path / "secret.html").write_text("secret")
    (site / "link.html").symlink_to("../secret.html")
    (site / "linked").symlink_to("..")
    os.mkfifo(site / "pipe.html")
    return site


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with serve_site(folder) as address:
        yield address


def get(address: str, path: str, method: str = "GET", host: str = "") -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or parts.netloc)
    connection.endheaders()
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response, content


@pytest.mark.parametrize(
    ("path", "type", "content"),
    [
        ("/", "text/html; charset=utf-8", "<p>thuis é"),
        ("/index.html?x=1", "text/html; charset=utf-8", "<p>thuis é"),
        ("/style.css", "text/css; charset=utf-8", "p {}"),
        ("/kaart.svg", "image/svg+xml", "<svg/>"),
        ("/onbekend.xyz", "application/octet-stream", "?"),
        ("/rollen/", "text/html; charset=utf-8", "<p>rollen"),
        ("/rollen/%C3%A9%C3%A9n%20ding.html", "text/html; charset=utf-8", "<p>één"),
    ],
)
def test_a_file_is_served_as_what_it_is(address: str, path: str, type: str, content: str) -> None:
    response, body = get(address, path)
    assert (response.status, response.headers["Content-Type"]) == (200, type)
    assert body.decode() == content


def test_a_folder_is_answered_with_its_own_page_or_not_at_all(address: str) -> None:
    response, _ = get(address, "/rollen")
    assert (response.status, response.headers["Location"]) == (301, "/rollen/")
    response, body = get(address, "/rollen/empty/")
    assert (response.status, body) == (404, b"<p>niet gevonden")


@pytest.mark.parametrize(
    "path",
    ["/absent", "/../secret.html", "/%2e%2e/secret.html", "/rollen/..%2f..%2fsecret.html",
     "/..%5csecret.html", "//etc/passwd", "/%2fetc/passwd", "/link.html", "/linked/secret.html",
     "/linked", "/pipe.html", "/a%00b", "/%ff%fe", "/.orgcode-site", "/index.html/", "/%0d%0aX:y",
     "//[", "/" + "x" * 5000, "/" + "a/" * 3000],
)  # fmt: skip
def test_nothing_else_is_served(address: str, path: str) -> None:
    response, body = get(address, path)
    assert (response.status, body) == (404, b"<p>niet gevonden")


def test_without_a_page_for_it_what_is_missing_is_still_missing(folder: Path) -> None:
    (folder / "404.html").unlink()
    with serve_site(folder) as address:
        assert get(address, "/absent")[0].status == 404


def test_a_head_request_has_no_content_and_others_are_refused(address: str) -> None:
    response, body = get(address, "/", "HEAD")
    assert (response.status, response.headers["Content-Length"], body) == (200, "11", b"")
    assert get(address, "/", "DELETE")[0].status == 501


def test_a_page_elsewhere_cannot_read_it_under_another_name(address: str) -> None:
    assert get(address, "/", host="evil.example:80")[0].status == 421
    port = urlsplit(address).port
    assert get(address, "/", host=f"localhost:{port}")[0].status == 200


def test_only_this_computer_is_answered(address: str) -> None:
    port = urlsplit(address).port
    assert address.startswith("http://127.0.0.1:")
    with socket.socket() as other:
        other.settimeout(2)
        with pytest.raises(OSError, match="refused"):
            other.connect(("127.0.0.2", port))


def test_a_port_that_is_taken_or_no_port_is_said(address: str, folder: Path) -> None:
    for port in (urlsplit(address).port or 0, 99999):
        with pytest.raises(OrgcodeError, match="Nothing can be served"), serve_site(folder, port):
            pass


def test_nothing_is_left_when_it_ends(folder: Path) -> None:
    before = threading.active_count()
    with serve_site(folder) as address:
        get(address, "/")
    with pytest.raises(ConnectionRefusedError):
        get(address, "/")
    assert threading.active_count() == before


def test_ctrl_c_ends_it_cleanly(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from orgcode.adapters.serving import serve_site, wait_for_interrupt\n"
        "with serve_site(Path(sys.argv[1])) as address:\n"
        "    print(address, flush=True)\n"
        "    wait_for_interrupt()\n"
        "print('ended', flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout
        assert run.stderr
        assert get(run.stdout.readline().strip(), "/")[0].status == 200
        run.send_signal(signal.SIGINT)
        assert run.stdout.read() == "ended\n"
        assert run.stderr.read() == ""
        assert run.wait(5) == 0
