"""A small web site on this machine, for clients."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

PRODUCTS = 6
PAGES = {
    "/": "<title>Shop</title>" + "".join(f'<a href="/p/{n}">{n}</a>' for n in range(PRODUCTS)),
    "/robots.txt": "User-agent: *\nDisallow: /private\n",
    "/private": "<title>Private</title>",
    "/sitemap.xml": '<?xml version="1.0"?><urlset><url><loc>{root}/p/1</loc></url></urlset>',
    "/form": '<form action="/echo" method="post"><input name="q" value="tea"></form>',
} | {
    f"/p/{n}": f'<h1>Product {n}</h1><p class="price">{n}.50</p><a href="/">home</a>'
    for n in range(PRODUCTS)
}


class Site(BaseHTTPRequestHandler):
    """Pages, redirects, cookies, passwords, errors."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a GET request, and any other method."""
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        match url.path:
            case "/redirect":
                self.answer(302, b"", Location="/cookie")
            case "/cookie":
                self.answer(200, b"ok", **{"Set-Cookie": "basket=1; Path=/"})
            case "/secret" if "Authorization" not in self.headers:
                self.answer(401, b"", **{"WWW-Authenticate": 'Basic realm="shop"'})
            case "/secret":
                self.answer(200, b"hello")
            case "/busy":
                self.answer(503, b"", **{"Retry-After": "0"})
            case "/zipped":
                self.answer(200, gzip.compress(b"text " * 50), **{"Content-Encoding": "gzip"})
            case "/echo":
                query = dict(parse_qsl(url.query))
                told = {"method": self.command, "query": query, "length": len(body)}
                self.answer(200, json.dumps(told).encode(), **{"Content-Type": "application/json"})
            case path if path in PAGES:
                root = f"http://{self.headers['Host']}"
                self.answer(200, PAGES[path].replace("{root}", root).encode())
            case _:
                self.answer(404, b"not here")

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        """Send one response."""
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html"} | headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *parts: object) -> None:
        """Keep quiet."""


@contextmanager
def site() -> Iterator[str]:
    """Serve the site while the block runs; its address has no slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
