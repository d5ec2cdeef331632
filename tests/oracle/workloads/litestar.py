"""An application with Litestar: controllers, injection, DTOs, sessions, limits, schema, sockets."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypedDict
from uuid import UUID, uuid4

import litestar.cli.main
import litestar.testing
from click.testing import CliRunner
from litestar import (
    Controller,
    Litestar,
    MediaType,
    Request,
    Response,
    Router,
    WebSocket,
    asgi,
    delete,
    get,
    head,
    patch,
    post,
    put,
    websocket,
    websocket_listener,
)
from litestar.background_tasks import BackgroundTask, BackgroundTasks
from litestar.channels import ChannelsPlugin
from litestar.channels.backends.memory import MemoryChannelsBackend
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.config.compression import CompressionConfig
from litestar.config.cors import CORSConfig
from litestar.config.csrf import CSRFConfig
from litestar.config.response_cache import ResponseCacheConfig
from litestar.connection import ASGIConnection
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.datastructures import Cookie, ResponseHeader, State, UploadFile
from litestar.di import Provide
from litestar.dto import DataclassDTO, DTOConfig, DTOData, MsgspecDTO
from litestar.enums import RequestEncodingType
from litestar.events import listener
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.handlers import BaseRouteHandler
from litestar.logging import LoggingConfig
from litestar.middleware import AbstractMiddleware, DefineMiddleware
from litestar.middleware.logging import LoggingMiddlewareConfig
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.middleware.session.client_side import CookieBackendConfig
from litestar.middleware.session.server_side import ServerSideSessionConfig
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import RedocRenderPlugin, SwaggerRenderPlugin
from litestar.pagination import OffsetPagination
from litestar.params import Body, Dependency, Parameter
from litestar.plugins import InitPlugin
from litestar.response import File, Redirect, ServerSentEvent, Stream, Template
from litestar.security.session_auth import SessionAuth
from litestar.serialization import decode_json, encode_json, encode_msgpack
from litestar.static_files import create_static_files_router
from litestar.stores.file import FileStore
from litestar.stores.memory import MemoryStore
from litestar.template.config import TemplateConfig
from litestar.testing import AsyncTestClient, RequestFactory, TestClient, create_test_client
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Struct


@dataclass
class Product:
    """What is sold."""

    title: str
    price: float = 1.0
    id: UUID = field(default_factory=uuid4)
    labels: list[str] = field(default_factory=list)


class Maker(Struct):
    """Who makes products."""

    name: str
    products: list[Product] = []


class Named(TypedDict):
    """A form."""

    name: str


class Written(DataclassDTO[Product]):
    """A product as it is sent in."""

    config = DTOConfig(exclude={"id"}, rename_strategy="camel", partial=False)


class Patched(DataclassDTO[Product]):
    """A part of a product."""

    config = DTOConfig(partial=True)


MakerDTO = MsgspecDTO[Annotated[Maker, DTOConfig(max_nested_depth=1)]]


async def shop_name(request: Request) -> str:
    """Provide the name of the shop."""
    return "Shop"


def only_staff(connection: ASGIConnection, handler: BaseRouteHandler) -> None:
    """Let nobody in without a token."""
    if not connection.headers.get("X-Token"):
        raise NotAuthorizedException("no token")


class Products(Controller):
    """The products."""

    path = "/products"
    dto = Written
    return_dto = DataclassDTO[Product]
    tags = ("products",)

    @get("/", cache=5, sync_to_thread=False)
    def every(
        self, limit: Annotated[int, Parameter(ge=1, le=9, query="n")] = 3
    ) -> OffsetPagination[Product]:
        """Return products."""
        return OffsetPagination(items=[Product("tea")], total=1, limit=limit, offset=0)

    @get("/{product_id:uuid}", responses={404: ResponseSpec(data_container=Named)})
    async def one(
        self,
        product_id: UUID,
        name: str,
        agent: Annotated[str, Parameter(header="user-agent")] = "",
    ) -> Product:
        """Return a product."""
        return Product(name, id=product_id)

    @post("/", after_response=None, background=BackgroundTasks([BackgroundTask(len, "x")]))
    async def add(self, data: Product, request: Request) -> Product:
        """Add a product."""
        request.app.emit("added", data.title)
        return data

    @patch("/", dto=Patched, guards=[only_staff])
    async def change(self, data: DTOData[Product]) -> Product:
        """Change a product."""
        return data.create_instance(id=uuid4(), labels=[], price=1.0)

    @delete("/{product_id:uuid}")
    async def drop(self, product_id: UUID) -> None:
        """Drop a product."""
        raise HTTPException(status_code=409, detail="no")


@post("/makers", dto=MakerDTO)
async def add_maker(data: Maker) -> Maker:
    """Add a maker."""
    return data


@post("/form")
async def form(data: Annotated[Named, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> Named:
    """Return a form."""
    return data


@put("/upload")
async def upload(
    data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> int:
    """Return the size of a file."""
    return len(await data.read())


@get("/page")
async def page() -> Template:
    """Return a page."""
    return Template(template_name="page.html", context={"name": "Shop"})


@get("/text", media_type=MediaType.TEXT, response_headers=[ResponseHeader(name="A", value="b")])
async def text(state: State, optional: Annotated[int, Dependency(default=1)]) -> Response[str]:
    """Return a text."""
    return Response(str(state.count), cookies=[Cookie(key="a", value="b")])


@get("/stream")
async def stream() -> Stream:
    """Return a body in parts."""
    return Stream(iter(["a", "b"]))


@get("/events")
async def events() -> ServerSentEvent:
    """Return events."""
    return ServerSentEvent(iter(["a", "b"]), event_type="x")


@get("/file")
async def file() -> File:
    """Return a file."""
    return File(path="static/a.txt", filename="a.txt")


@get("/away")
async def away() -> Redirect:
    """Send elsewhere."""
    return Redirect("/text")


@head("/head")
async def only_head() -> None:
    """Return nothing."""


@get("/session")
async def session(request: Request) -> dict[str, Any]:
    """Keep a number."""
    request.session["n"] = request.session.get("n", 0) + 1
    return request.session


@get("/broken")
async def broken() -> None:
    """Fail."""
    raise LookupError("broken")


@asgi("/raw", is_mount=True)
async def raw(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer by hand."""
    await Response("raw").to_asgi_response(app=None, request=Request(scope))(scope, receive, send)


@websocket("/socket")
async def socket(socket: WebSocket) -> None:
    """Talk."""
    await socket.accept()
    await socket.send_json({"heard": await socket.receive_text()})
    await socket.close()


@websocket_listener("/listen")
async def listen(data: str, channels: ChannelsPlugin) -> str:
    """Answer, and tell others."""
    channels.publish(data, "chat")
    return data.upper()


@listener("added")
async def added(title: str) -> None:
    """Hear that there is a new product."""


class Watch(AbstractMiddleware):
    """Looks at requests."""

    def __init__(self, app: ASGIApp, **more: Any) -> None:
        super().__init__(app, **more)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["watched"] = True
        await self.app(scope, receive, send)


class Counting(InitPlugin):
    """Adds to the configuration."""

    def on_app_init(self, app_config: Any) -> Any:
        """Set a number."""
        app_config.state.count = 1
        return app_config


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncIterator[None]:
    """Start and stop."""
    yield


def trouble(request: Request, error: Exception) -> Response[dict[str, str]]:
    """Turn a mistake into an answer."""
    return Response({"error": str(error)}, status_code=500)


def shop(**more: Any) -> Litestar:
    """Return the application."""
    for folder in ("static", "templates"):
        Path(folder).mkdir(exist_ok=True)
    Path("static/a.txt").write_text("abc" * 500)
    Path("templates/page.html").write_text("<h1>{{ name }}</h1>{{ csrf_input }}")
    handlers = (add_maker, form, upload, page, text, stream, events, file, away, only_head, session)
    return Litestar(
        route_handlers=[
            Router("/v1", route_handlers=[Products], opt={"a": 1}),
            *handlers,
            broken,
            raw,
            socket,
            listen,
            create_static_files_router(path="/static", directories=["static"], html_mode=True),
        ],
        dependencies={
            "name": Provide(shop_name, use_cache=True),
            "optional": Provide(lambda: 2, sync_to_thread=False),
        },
        plugins=[Counting(), ChannelsPlugin(MemoryChannelsBackend(history=2), channels=["chat"])],
        middleware=[
            DefineMiddleware(Watch, exclude="raw"),
            ServerSideSessionConfig().middleware,
            *more.pop("middleware", ()),
        ],
        template_config=TemplateConfig(directory=Path("templates"), engine=JinjaTemplateEngine),
        compression_config=CompressionConfig(backend="gzip", minimum_size=100),
        cors_config=CORSConfig(allow_origins=["https://x.example"]),
        response_cache_config=ResponseCacheConfig(default_expiration=1),
        openapi_config=OpenAPIConfig(
            "Shop", "1", render_plugins=[SwaggerRenderPlugin(), RedocRenderPlugin()]
        ),
        stores={
            "sessions": MemoryStore(),
            "files": FileStore(Path("store"), create_directories=True),
        },
        listeners=[added],
        lifespan=[lifespan],
        exception_handlers={LookupError: trouble},
        logging_config=LoggingConfig(root={"level": "CRITICAL", "handlers": ["queue_listener"]}),
        **more,
    )


def requests() -> None:
    """Ask for everything there is."""
    with TestClient(shop(), raise_server_exceptions=False) as client:
        for path in (
            "v1/products/?n=2",
            "v1/products/?n=2",
            f"v1/products/{uuid4()}",
            "page",
            "text",
            "stream",
        ):
            assert client.get(f"/{path}").status_code == 200, path
        for path in (
            "events",
            "file",
            "away",
            "session",
            "session",
            "static/a.txt",
            "raw",
            "schema",
        ):
            assert client.get(f"/{path}").status_code == 200, path
        for path in ("schema/openapi.json", "schema/redoc", "schema/swagger"):
            assert client.get(f"/{path}").status_code == 200, path
        assert (
            client.post("/v1/products/", json={"title": "cup", "labels": ["a"]}).status_code == 201
        )
        assert (
            client.post(
                "/v1/products/",
                content=encode_msgpack({"title": "cup"}),
                headers={"content-type": "application/x-msgpack"},
            ).status_code
            == 201
        )
        assert client.post("/v1/products/", json={"price": "x"}).status_code == 400
        assert client.patch("/v1/products/", json={"title": "x"}).status_code == 401
        assert (
            client.patch("/v1/products/", json={"title": "x"}, headers={"X-Token": "1"}).status_code
            == 200
        )
        assert client.delete(f"/v1/products/{uuid4()}").status_code == 409
        assert client.post("/makers", json={"name": "Leaf", "products": []}).status_code == 201
        assert client.post("/form", data={"name": "x"}).json() == {"name": "x"}
        assert client.put("/upload", files={"data": b"abc"}).json() == 3
        assert client.head("/head").status_code == 200
        assert client.get("/broken").status_code == 500
        assert client.get("/nowhere").status_code == 404
        assert client.put("/text").status_code == 405
        assert client.options(
            "/text", headers={"Origin": "https://x.example", "Access-Control-Request-Method": "GET"}
        )


def sockets() -> None:
    """Talk over web sockets."""
    with TestClient(shop()) as client:
        with client.websocket_connect("/socket") as talk:
            talk.send_text("hello")
            assert talk.receive_json() == {"heard": "hello"}
        with client.websocket_connect("/listen") as talk:
            talk.send_text("hello")
            assert talk.receive_text() == "HELLO"


def protections() -> None:
    """Limit, sign in, protect forms, log."""
    limit = RateLimitConfig(("minute", 2), exclude=["/schema"])
    with TestClient(
        shop(middleware=[limit.middleware, LoggingMiddlewareConfig().middleware])
    ) as client:
        assert {client.get("/text").status_code for _ in range(4)} == {200, 429}

    async def user(session: dict[str, Any], connection: ASGIConnection) -> str | None:
        return session.get("user")

    @post("/login")
    async def login(request: Request) -> None:
        request.set_session({"user": "boss"})

    @get("/me")
    async def me(request: Request[str, Any, Any]) -> str:
        return request.user

    auth = SessionAuth(
        retrieve_user_handler=user,
        session_backend_config=ServerSideSessionConfig(),
        exclude=["/login", "/schema"],
    )
    with create_test_client([login, me], on_app_init=[auth.on_app_init]) as client:
        assert client.get("/me").status_code == 401
        client.post("/login")
        assert client.get("/me").text == "boss"
    cookie = CookieBackendConfig(secret=b"0" * 16)
    with create_test_client(
        [session, login],
        middleware=[cookie.middleware],
        csrf_config=CSRFConfig(secret="x"),  # noqa: S106 - made up
        allowed_hosts=AllowedHostsConfig(["*.local"]),
    ) as client:
        assert client.get("/session").status_code in {200, 400}
        assert client.post("/login").status_code in {400, 403}


def later() -> None:
    """Ask without blocking, and use stores."""

    async def run() -> None:
        async with AsyncTestClient(shop()) as client:
            assert (await client.get("/text")).status_code == 200
        for store in (MemoryStore(), FileStore(Path("more"), create_directories=True)):
            async with store:
                await store.set("a", "b", expires_in=9)
                assert await store.get("a", renew_for=1) == b"b"
                await store.delete("a")
                await store.delete_all()

    asyncio.run(run())


def routes() -> None:
    """Look at and change what is routed."""
    app = shop()
    app.register(Router("/extra", route_handlers=[only_head]))
    assert app.routes
    assert app.openapi_schema.to_schema()
    assert RequestFactory(app).get("/").url.path == "/"
    assert decode_json(encode_json(Product("x")))


def commands() -> None:
    """Ask as a person at a terminal does."""
    Path("app.py").write_text("from workloads.litestar import shop\napp = shop()\n")
    run = CliRunner().invoke
    for words in (
        ["--help"],
        ["--app", "app:app", "routes"],
        ["--app", "app:app", "schema", "openapi"],
        ["version"],
    ):
        run(litestar.cli.main.litestar_group, words)
    logging.getLogger("litestar").setLevel(logging.CRITICAL)


STAGES = (requests, sockets, protections, later, routes, commands)
