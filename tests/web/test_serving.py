"""`furet serve`, for real: the command, the sockets, the limits."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.serving import serve, told_address

ROOT = Path(__file__).parents[2]


def ask(port, request, body=b""):
    """The status line and headers that raw bytes are answered with."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        with contextlib.suppress(ConnectionError):  # the server may answer before it has read everything
            connection.sendall(request + body)
        return connection.recv(65536).decode("latin-1")


def test_pages_are_served(server):
    """A page comes through the real server, without naming the software."""
    connection = http.client.HTTPConnection("127.0.0.1", server, timeout=20)
    connection.request("GET", "/?q=greve")
    response = connection.getresponse()

    assert response.status == 200
    assert "reconduite" in response.read().decode()
    assert response.headers["Server"] is None
    connection.close()


def test_an_endless_address_is_cut_short(server):
    """A 100 KB address is answered 431."""
    assert ask(server, b"GET /?q=" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n").startswith("HTTP/1.0 431")


def test_an_enormous_body_is_refused(server):
    """A declared body of 2 GiB is answered 413, unread."""
    request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2147483648\r\n\r\n"

    assert ask(server, request).startswith("HTTP/1.1 413")


def test_half_open_connections_do_not_shut_others_out(server):
    """150 clients that never finish their request leave room for one that does."""
    with contextlib.ExitStack() as stack:
        for _ in range(150):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", server), timeout=20))
            slow.sendall(b"GET / HT")

        assert ask(server, b"GET /sante HTTP/1.1\r\nHost: x\r\n\r\n").startswith("HTTP/1.1 200")


@pytest.mark.parametrize(
    "request_bytes",
    [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n"],
)
def test_what_is_no_request_gets_a_short_answer(server, request_bytes):
    """Noise is answered with a client error, or a page when it can be read after all; the server goes on."""
    assert re.match(r"HTTP/1\.[01] (4\d\d|200)|$", ask(server, request_bytes))
    assert ask(server, b"GET /sante HTTP/1.1\r\nHost: x\r\n\r\n").startswith("HTTP/1.1 200")


def test_a_port_already_taken_is_said(server, index):
    """The command ends with code 2 and a sentence that says what to do."""
    result = CliRunner().invoke(serve, ["--index", str(index), "--port", str(server)])

    assert result.exit_code == 2
    assert result.stderr == f"Le port {server} est déjà pris. Essayez avec --port 0\xa0: un port libre sera choisi.\n"


def test_an_address_that_cannot_be_had_is_said(index):
    """A host that is not ours ends the command with code 2."""
    result = CliRunner().invoke(serve, ["--index", str(index), "--host", "192.0.2.1", "--port", "0"])

    assert result.exit_code == 2
    assert "192.0.2.1" in result.stderr


def test_settings_that_make_no_sense_are_said(index, tmp_path, monkeypatch):
    """A configuration file with a mistake ends the command with the code of SettingsError."""
    (tmp_path / "furet.toml").write_text('colour = "blue"', "utf-8")
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(serve, ["--port", "0"])

    assert result.exit_code == 2
    assert "colour" in result.stderr


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("archives.example", "http://archives.example:8000/"),
        ("0.0.0.0", "http://localhost:8000/"),
        ("::", "http://localhost:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_the_address_can_be_typed_in_a_browser(host, address):
    """What is printed leads to the server from the same computer."""
    assert told_address(host, 8000) == address


def test_help_shows_examples():
    """The help of the command says what it does and how, line by line."""
    result = CliRunner().invoke(serve, ["--help"])

    assert "  furet serve --index archives --port 8080\n" in result.stdout


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(os.name == "nt", reason="these signals are POSIX")
def test_the_command_serves_until_it_is_told_to_stop(index, ending):
    """It prints the address with the real port once ready, serves, and ends cleanly on Ctrl+C or SIGTERM."""
    command = [sys.executable, "-m", "web", "--index", str(index), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        (port,) = re.findall(r"^Furet écoute sur http://127\.0\.0\.1:(\d+)/ — Ctrl\+C pour arrêter$", line)
        answered = ask(int(port), b"GET /sante HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        process.send_signal(ending)
        rest, complaints = process.communicate(timeout=30)

    assert answered.startswith("HTTP/1.1 200")
    assert process.returncode == 0
    assert rest == "Furet s’est arrêté.\n"
    assert complaints == ""


@pytest.fixture
def several(index):
    """A command that serves with two processes, and its port."""
    command = [sys.executable, "-m", "web", "--index", str(index), "--port", "0", "--processes", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process, int(re.findall(r":(\d+)/", process.stdout.readline())[0])
        process.kill()


ONE_PAGE = b"GET /?q=greve HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not copy processes")


@FORKS
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_several_processes_serve_and_stop_together(several, ending):
    """With --processes the pages are those of one process, and all processes end with the first one."""
    process, port = several
    answers = [ask(port, ONE_PAGE) for _ in range(8)]
    process.send_signal(ending)
    rest, complaints = process.communicate(timeout=30)

    assert all(answer.startswith("HTTP/1.1 200") for answer in answers)
    assert (process.returncode, rest, complaints) == (0, "Furet s’est arrêté.\n", "")


@FORKS
def test_no_process_outlives_the_first(several):
    """When the first process is killed the others end: nobody holds its output or its port any more."""
    process, port = several
    process.kill()
    process.communicate(timeout=30)

    with pytest.raises(ConnectionRefusedError):
        ask(port, ONE_PAGE)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the system does not tell the children of a process")
def test_a_process_that_dies_is_replaced(several):
    """When all those that answer are killed, others take their place and answer who was waiting."""
    process, port = several
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)

    assert len(children) == 2
    assert ask(port, ONE_PAGE).startswith("HTTP/1.1 200")


def test_a_missing_index_is_said_at_once(tmp_path):
    """Without an index the server starts all the same, and says on stderr that there is nothing to search."""
    command = [sys.executable, "-m", "web", "--index", str(tmp_path / "none"), "--port", "0", "--language", "en"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        process.terminate()
        _, complaints = process.communicate(timeout=30)

    assert line.startswith("Furet is listening on http://127.0.0.1:")
    assert complaints.strip()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for a browser is a shell script writing to a POSIX pipe")
def test_the_browser_is_opened_on_demand(index, tmp_path):
    """With --open the address goes to the reader's browser."""
    browser, pipe = tmp_path / "browser", tmp_path / "pipe"
    browser.write_text(f'#!/bin/sh\necho "$1" > {pipe}\n', "utf-8")
    browser.chmod(0o755)
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "web", "--index", str(index), "--port", "0", "--open"]
    environment = os.environ | {"BROWSER": str(browser)}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment) as process:
        opened = pipe.read_text("utf-8").strip()
        process.terminate()
        said, _ = process.communicate(timeout=30)

    assert opened.startswith("http://127.0.0.1:")
    assert opened in said
