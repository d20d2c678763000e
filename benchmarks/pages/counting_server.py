"""Serve a built site as a host on the web does, compressed, and count the bytes that go over the wire."""

import contextlib
import gzip
import http.server
import mimetypes
import threading
from pathlib import Path

PACKED = {".html", ".js", ".mjs", ".css", ".json", ".svg", ".wasm", ".txt", ".ipynb", ".map", ".py"}
"""What hosts compress: text and WebAssembly. Wheels, archives, fonts and pictures go as they are."""


class CountingServer(http.server.ThreadingHTTPServer):
    """Serve a folder; each file is compressed once, when it is first asked for.

    Attributes
    ----------
    sent : int
        Bytes of all bodies sent since it was last set to zero.
    requests : int
        How many of them there were.
    """

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = Path(folder).resolve()
        self.bodies = {}
        self.reset()

    def reset(self):
        """Begin to count anew."""
        self.sent = self.requests = 0

    def body(self, path):
        """Read a file, compressed where a host would do it; returns the bytes and whether they are compressed."""
        if path not in self.bodies:
            content, packed = path.read_bytes(), path.suffix in PACKED
            self.bodies[path] = (gzip.compress(content, 6) if packed else content, packed)
        return self.bodies[path]


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        asked = self.path.partition("?")[0].partition("#")[0].lstrip("/")
        path = (self.server.folder / asked).resolve()
        path = path / "index.html" if path.is_dir() else path
        if not path.is_relative_to(self.server.folder) or not path.is_file():
            self.send_error(404)
            return
        body, packed = self.server.body(path)
        mark = f'"{path.stat().st_mtime_ns}"'
        known = self.headers.get("If-None-Match") == mark
        self.send_response(304 if known else 200)
        self.send_header("ETag", mark)
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages says
        if not known:
            self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            if packed:
                self.send_header("Content-Encoding", "gzip")
        self.server.requests += 1
        self.server.sent += 0 if known else len(body)  # before the browser can know that it has it all
        self.end_headers()
        if not known:
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def counting_server(folder):
    """Serve a folder on a free port.

    Parameters
    ----------
    folder : path
        Of the built site.

    Yields
    ------
    server : CountingServer
    address : str
        Ends in "/".
    """
    server = CountingServer(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server, f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
