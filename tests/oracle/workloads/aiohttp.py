"""A server and a client with aiohttp: pages, forms, files, streams, web sockets, cookies."""

import asyncio
import datetime
import io
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
from aiohttp import (
    BasicAuth,
    ClientSession,
    ClientTimeout,
    CookieJar,
    DummyCookieJar,
    FormData,
    MultipartWriter,
    TCPConnector,
    ThreadedResolver,
    TraceConfig,
    UnixConnector,
    hdrs,
    payload,
    web,
)
from aiohttp.abc import AbstractAccessLogger
from aiohttp.helpers import parse_http_date
from aiohttp.http import HttpVersion11
from aiohttp.resolver import DefaultResolver
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request, unused_port
from aiohttp.typedefs import Handler
from aiohttp.web_middlewares import normalize_path_middleware

logging.getLogger("aiohttp").setLevel(logging.CRITICAL)

NAME = web.AppKey("name", str)
routes = web.RouteTableDef()


class Price:
    """What is sent as a body of its own kind."""

    cents = 3


class PricePayload(payload.StringPayload):
    """Sends a price."""

    def __init__(self, value: Price, **more: object) -> None:
        super().__init__(str(value.cents), **more)


class Log(AbstractAccessLogger):
    """Keeps quiet."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write nothing."""


@routes.get("/")
async def home(request: web.Request) -> web.Response:
    """Return a page."""
    response = web.Response(text=f"<h1>{request.app[NAME]}</h1>", content_type="text/html")
    response.set_cookie("basket", "1", max_age=60, samesite="Lax")
    response.last_modified = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    response.etag = "tag"
    response.enable_compression()
    return response


@routes.post("/echo")
async def echo(request: web.Request) -> web.Response:
    """Return what was sent."""
    if request.content_type.startswith("multipart/"):
        parts = [await part.read() async for part in await request.multipart()]
        return web.json_response({"parts": [len(part) for part in parts]})
    return web.json_response({"form": dict(await request.post()), "query": dict(request.query)})


@routes.get("/stream")
async def stream(request: web.Request) -> web.StreamResponse:
    """Return a body in parts."""
    response = web.StreamResponse()
    response.enable_chunked_encoding()
    await response.prepare(request)
    for part in (b"a", b"b"):
        await response.write(part)
    await response.write_eof()
    return response


@routes.get("/socket")
async def socket(request: web.Request) -> web.WebSocketResponse:
    """Talk."""
    talk = web.WebSocketResponse(heartbeat=30, protocols=("chat",))
    await talk.prepare(request)
    async for message in talk:
        if message.type is aiohttp.WSMsgType.TEXT:
            await talk.send_json({"heard": message.data})
    return talk


@routes.get("/broken")
async def broken(request: web.Request) -> web.Response:
    """Fail."""
    raise ValueError("broken")


@routes.get("/away")
async def away(request: web.Request) -> web.Response:
    """Send elsewhere."""
    raise web.HTTPFound("/", headers={"X": "1"})


@routes.view(r"/p/{id:\d+}", name="product")
class Product(web.View):
    """A product."""

    async def get(self) -> web.Response:
        """Return it."""
        return web.Response(text=self.request.match_info["id"])


@web.middleware
async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count requests."""
    request.app["counted"][0] += 1
    return await handler(request)


async def resources(app: web.Application) -> AsyncIterator[None]:
    """Open and close what the application needs."""
    app["open"].append(1)
    yield
    app["open"].clear()


def shop() -> web.Application:
    """Return the application."""
    Path("files").mkdir(exist_ok=True)
    Path("files/a.txt").write_text("abc" * 1000)
    app = web.Application(
        middlewares=[count, normalize_path_middleware(append_slash=False, remove_slash=True)],
        client_max_size=10**6,
    )
    app[NAME], app["counted"], app["open"] = "Shop", [0], []
    app.add_routes(routes)
    app.router.add_static("/files", "files", show_index=True, append_version=True)
    app.router.add_route("*", "/any/{tail:.*}", home, expect_handler=expect)
    sub = web.Application()
    sub.router.add_get("/in", stream)
    app.add_subapp("/sub/", sub)
    app.cleanup_ctx.append(resources)
    app.on_response_prepare.append(prepare)
    app.on_startup.append(nothing)
    app.on_shutdown.append(nothing)
    return app


async def expect(request: web.Request) -> None:
    """Let go on."""
    request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")


async def prepare(request: web.Request, response: web.StreamResponse) -> None:
    """Add a header."""
    response.headers["X-Shop"] = "1"


async def nothing(app: web.Application) -> None:
    """Do nothing."""


def running(visit: Callable[[TestClient], Awaitable[None]]) -> None:
    """Serve the shop while a client visits it."""

    async def run() -> None:
        async with TestClient(TestServer(shop(), access_log_class=Log)) as client:
            await visit(client)

    asyncio.run(run())


def pages() -> None:
    """Visit pages."""

    async def visit(client: TestClient) -> None:
        for path in ("/", "/stream", "/p/3", "/p/3/", "/away", "/sub/in", "/files/a.txt", "/files"):
            async with client.get(path) as answer:
                assert answer.status == 200, path
                await answer.read()
        for path in ("/nowhere", "/p/x", "/broken"):
            assert (await client.get(path)).status >= 400
        assert (await client.put("/echo")).status == 405
        assert (await client.get("/files/a.txt", headers={"Range": "bytes=0-3"})).status == 206
        again = {"If-None-Match": '"tag"', "If-Modified-Since": "Wed, 01 Jan 2100 00:00:00 GMT"}
        assert (await client.get("/files/a.txt", headers=again)).status in {200, 304}
        assert client.app.router["product"].url_for(id="3")

    running(visit)


def bodies() -> None:
    """Send bodies of every kind."""
    payload.PAYLOAD_REGISTRY.register(PricePayload, Price)

    async def parts() -> AsyncIterator[bytes]:
        yield b"a"
        yield b"b"

    async def visit(client: TestClient) -> None:
        form = FormData({"a": "b"})
        form.add_field("f", io.BytesIO(b"abc"), filename="a.txt", content_type="text/plain")
        with MultipartWriter("mixed") as mixed:
            mixed.append("text")
            mixed.append_json({"a": 1})
            mixed.append_form({"a": "b"})
        for body in (form, mixed, {"a": "b"}, b"x", "y", io.StringIO("z"), parts(), Price()):
            async with client.post("/echo", data=body, params={"q": "1"}) as answer:
                assert answer.status == 200, body
                assert await answer.json()
        with open("files/a.txt", "rb") as file:  # noqa: ASYNC230 - the client reads it
            await client.post("/echo", data=file, expect100=False, compress="deflate")
        await client.post("/echo", json={"a": 1}, chunked=True)
        await client.post("/any/x", data=b"x", expect100=True)

    running(visit)


def sockets() -> None:
    """Talk over web sockets."""

    async def visit(client: TestClient) -> None:
        async with client.ws_connect("/socket", protocols=("chat",), compress=15) as talk:
            await talk.send_str("hello")
            assert await talk.receive_json() == {"heard": "hello"}
            await talk.ping()
            await talk.send_bytes(b"x")
            await talk.close(code=1000)

    running(visit)


def sessions() -> None:
    """Use the client with traces, cookies, passwords, limits, resolvers, mistakes."""

    async def visit(server: TestClient) -> None:
        root = str(server.make_url("/"))
        heard = []
        trace = TraceConfig()
        for signal in (
            trace.on_request_start,
            trace.on_request_end,
            trace.on_dns_resolvehost_start,
        ):
            signal.append(hear(heard))
        jar = CookieJar(unsafe=True)
        async with ClientSession(
            connector=TCPConnector(limit=2, ttl_dns_cache=1, resolver=ThreadedResolver()),
            trace_configs=[trace],
            cookie_jar=jar,
            timeout=ClientTimeout(total=30),
            headers={"A": "b"},
            auth=BasicAuth("a", "b"),
            json_serialize=json.dumps,
            raise_for_status=False,
            middlewares=(through,),
        ) as session:
            await asyncio.gather(*(session.get(root) for _ in range(3)))
            async with session.get(
                root.replace("127.0.0.1", "localhost"), allow_redirects=False
            ) as answer:
                assert answer.cookies
                assert await answer.text()
            for url in ("http://127.0.0.1:9/", "http://nowhere.invalid/"):
                try:
                    await session.get(url)
                except aiohttp.ClientError:
                    continue
            try:
                await session.get(root, timeout=ClientTimeout(total=1e-9))
            except TimeoutError:
                pass
            try:
                await session.get(root + "nowhere", raise_for_status=True)
            except aiohttp.ClientResponseError as error:
                assert error.status == 404
        jar.save("cookies")
        jar.load("cookies")
        async with aiohttp.request("GET", root, cookies={"c": "d"}) as answer:
            assert answer.ok
        async with ClientSession(
            root, cookie_jar=DummyCookieJar(), version=HttpVersion11
        ) as session:
            assert (await session.head("p/3")).headers[hdrs.CONTENT_LENGTH]
        assert heard

    running(visit)


def hear(heard: list[object]) -> Callable[..., Awaitable[None]]:
    """Return what hears a signal."""

    async def listen(*parts: object) -> None:
        heard.append(parts)

    return listen


async def through(
    request: aiohttp.ClientRequest, handler: Callable[..., Awaitable[aiohttp.ClientResponse]]
) -> aiohttp.ClientResponse:
    """Pass a request on."""
    return await handler(request)


def serve() -> None:
    """Serve in other ways."""

    async def run() -> None:
        runner = web.AppRunner(shop(), access_log=None, handle_signals=False)
        await runner.setup()
        tcp = web.TCPSite(runner, "127.0.0.1", unused_port(), shutdown_timeout=0.1)
        unix = web.UnixSite(runner, "socket")
        await tcp.start()
        await unix.start()
        async with ClientSession(connector=UnixConnector("socket")) as session:
            assert (await session.get("http://localhost/p/1")).status == 200
        await runner.cleanup()
        low = web.ServerRunner(web.Server(answer))
        await low.setup()
        await low.cleanup()
        DefaultResolver()

    asyncio.run(run())


async def answer(request: web.BaseRequest) -> web.Response:
    """Answer."""
    return web.Response()


def tools() -> None:
    """Use what else there is."""

    async def run() -> None:
        request = make_mocked_request("GET", "/?a=b", headers={"Cookie": "a=b"})
        assert request.query["a"] == "b"
        assert request.cookies["a"] == "b"
        assert request.clone(rel_url="/x").path == "/x"

    asyncio.run(run())
    assert parse_http_date("Wed, 01 Jan 2020 00:00:00 GMT")
    assert payload.get_payload("x").size == 1
    assert aiohttp.BasicAuth.decode(BasicAuth("a", "b").encode())


STAGES = (pages, bodies, sockets, sessions, serve, tools)
