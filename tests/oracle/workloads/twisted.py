"""Networking with Twisted: deferreds, the reactor, servers, clients, the log, plug-ins."""

import io
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from unittest import TestResult

from twisted import plugin
from twisted.application import internet, service
from twisted.application.app import getApplication
from twisted.cred import checkers, credentials, portal
from twisted.cred import error as cred_error
from twisted.internet import defer, endpoints, interfaces, protocol, reactor, task, threads, utils
from twisted.internet.abstract import isIPAddress
from twisted.logger import (
    FilteringLogObserver,
    Logger,
    LogLevel,
    LogLevelFilterPredicate,
    globalLogBeginner,
    globalLogPublisher,
    jsonFileLogObserver,
    textFileLogObserver,
)
from twisted.mail import smtp
from twisted.names import client as names_client
from twisted.names import dns
from twisted.protocols import amp, basic, policies
from twisted.python import components, failure, filepath, log, reflect, threadable, usage, versions
from twisted.python.deprecate import deprecated, getDeprecationWarningString
from twisted.spread import jelly, pb
from twisted.trial import unittest
from twisted.web import client, http_headers, resource, server, static, template
from twisted.words.xish import domish
from zope.interface import Interface, implementer


class IPrice(Interface):
    """What has a price."""


class Product:
    """What is sold."""


@implementer(plugin.IPlugin, IPrice)
class Price:
    """The price of a product."""

    def __init__(self, product: Product) -> None:
        self.product = product


TEA = Price(Product())
"""A plug-in."""


class Echo(basic.LineReceiver):
    """Says what it hears."""

    def lineReceived(self, line: bytes) -> None:
        """Say a line."""
        self.sendLine(line)


class Sum(amp.Command):
    """Adds."""

    arguments = [(b"a", amp.Integer()), (b"b", amp.Integer())]
    response = [(b"total", amp.Integer())]


class Adder(amp.AMP):
    """Answers."""

    @Sum.responder
    def add(self, a: int, b: int) -> dict[str, int]:
        """Add two numbers."""
        return {"total": a + b}


class Page(resource.Resource):
    """A page."""

    isLeaf = True

    def render_GET(self, request: server.Request) -> object:
        """Answer now or later."""
        request.getSession()
        request.setHeader(b"x-shop", b"1")
        if request.args.get(b"later"):
            reactor.callLater(0, finish, request)
            return server.NOT_DONE_YET
        return template.renderElement(request, Element())


class Element(template.Element):
    """What is on a page."""

    loader = template.XMLString(
        '<p xmlns:t="http://twistedmatrix.com/ns/twisted.web.template/0.1">'
        '<b t:render="name" /></p>'
    )

    @template.renderer
    def name(self, request: object, tag: template.Tag) -> template.Tag:
        """Show the name."""
        return tag("Shop")


class Root(pb.Root):
    """Is called from elsewhere."""

    def remote_add(self, a: int, b: int) -> int:
        """Add two numbers."""
        return a + b


def finish(request: server.Request) -> None:
    """End an answer."""
    request.write(b"later")
    request.finish()


def deferreds() -> None:
    """Wait for what is not there yet."""
    waiting = defer.Deferred()
    waiting.addCallback(lambda number: number + 1).addErrback(log.err)
    waiting.callback(1)
    assert defer.gatherResults([defer.succeed(1), waiting])
    failed = defer.fail(ValueError("x"))
    failed.addErrback(lambda each: each.trap(ValueError))
    defer.setDebugging(True)
    defer.Deferred().addErrback(lambda each: each.trap(defer.CancelledError)).cancel()
    defer.setDebugging(False)
    lock, queue = defer.DeferredLock(), defer.DeferredQueue()
    lock.acquire().addCallback(lambda each: each.release())
    queue.put(1)
    queue.get()

    async def later() -> int:
        return await defer.succeed(3)

    @defer.inlineCallbacks
    def steps() -> object:
        one = yield defer.succeed(1)
        return one

    assert defer.ensureDeferred(later()).result == 3
    assert steps().result == 1
    clock = task.Clock()
    loop = task.LoopingCall(lambda: None)
    loop.clock = clock
    loop.start(1)
    clock.pump([1, 1])
    loop.stop()
    task.Cooperator(scheduler=lambda call: clock.callLater(0, call)).cooperate(iter([None]))
    clock.advance(1)


def logs() -> None:
    """Write to the log, and listen to it."""
    out = io.StringIO()
    observers = [textFileLogObserver(out), jsonFileLogObserver(io.StringIO())]
    levels = LogLevelFilterPredicate(LogLevel.info)
    levels.setLogLevelForNamespace("shop", LogLevel.warn)
    observers.append(FilteringLogObserver(observers[0], [levels]))
    globalLogBeginner.beginLoggingTo(observers, redirectStandardIO=False)
    Logger("shop").warn("sold {what}", what="tea")
    try:
        1 / 0  # noqa: B018 - fails
    except ZeroDivisionError:
        Logger("shop").failure("oh")
    log.msg("old")
    log.addObserver(out.write)
    log.removeObserver(out.write)
    log.callWithContext({"system": "shop"}, log.msg, "inside")
    for each in observers:
        globalLogPublisher.removeObserver(each)
    assert "tea" in out.getvalue()


def adapt() -> None:
    """Register adapters, and use them."""
    components.registerAdapter(Price, Product, IPrice)
    assert isinstance(IPrice(Product()), Price)
    box = components.Componentized()
    box.setComponent(IPrice, Price(Product()))
    assert IPrice(box)
    components.getRegistry()
    assert reflect.namedAny("twisted.web.server.Site") is server.Site
    assert versions.Version("shop", 1, 0, 0)
    assert getDeprecationWarningString(adapt, versions.Version("shop", 1, 0, 0))
    deprecated(versions.Version("shop", 1, 0, 0))(finish)
    for _ in range(2):  # the second time from what has been kept in a file
        assert list(plugin.getPlugins(IPrice, own_plugins()))


def own_plugins() -> ModuleType:
    """Write a package with a plug-in, and import it."""
    folder = Path("shop_plugins")
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    (folder / "tea.py").write_text("from workloads.twisted import TEA as tea\n")
    sys.path.insert(0, str(Path.cwd()))
    return import_module("shop_plugins")


def sign_in() -> None:
    """Let people in."""
    checker = checkers.InMemoryUsernamePasswordDatabaseDontUse(boss=b"secret")
    there = portal.Portal(Realm(), [checker, checkers.AllowAnonymousAccess()])
    known = credentials.UsernamePassword(b"boss", b"secret")
    assert there.login(known, None, IPrice)
    there.login(credentials.Anonymous(), None, IPrice)
    refused = there.login(credentials.UsernamePassword(b"boss", b"x"), None, IPrice)
    refused.addErrback(lambda each: each.trap(cred_error.UnauthorizedLogin))
    maker = credentials.DigestCredentialFactory(b"md5", b"shop")
    maker.getChallenge(b"127.0.0.1")


@implementer(portal.IRealm)
class Realm:
    """Where people are let in."""

    def requestAvatar(self, who: object, mind: object, *kinds: type) -> tuple[object, ...]:
        """Return who somebody is there."""
        return kinds[0], Price(Product()), lambda: None


def texts() -> None:
    """Write and read formats."""

    class Options(usage.Options):
        optParameters = [["port", "p", 1, "the port", int]]
        optFlags = [["loud", "l"]]

    options = Options()
    options.parseOptions(["--port", "3", "-l"])
    assert options["port"] == 3
    assert jelly.unjelly(jelly.jelly([1, {"a": (2,)}])) == [1, {"a": (2,)}]
    jelly.setUnjellyableForClass("shop.Product", Product)
    pb.setUnjellyableForClass("shop.Price", pb.RemoteCopy)
    message = dns.Message(id=1)
    message.addQuery("shop.example", dns.A)
    assert dns.Message().fromStr(message.toStr()) is None
    assert domish.Element(("ns", "a")).toXml()
    assert http_headers.Headers({"a": ["b"]}).getRawHeaders("a") == ["b"]
    http_headers.Headers({"x-own": ["b"]}).getAllRawHeaders()
    assert smtp.messageid()
    assert filepath.FilePath(".").child("x").path
    assert failure.Failure(ValueError("x")).getTraceback()
    assert isIPAddress("127.0.0.1")


def run() -> None:
    """Run the reactor once: servers, clients, threads, processes, timers."""
    done = []
    top = service.MultiService()
    application = service.Application("shop")
    top.setServiceParent(application)
    internet.TimerService(0.01, done.append, "tick").setServiceParent(top)
    site = server.Site(Page())
    site.displayTracebacks = False
    limited = policies.LimitTotalConnectionsFactory()
    limited.protocol = Echo
    factory = protocol.Factory.forProtocol(Adder)
    folder = Path("static")
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text("abc")
    top.privilegedStartService()
    top.startService()
    work = defer.ensureDeferred(visits(site, limited, factory))
    work.addErrback(done.append)
    work.addBoth(lambda _: top.stopService())
    work.addBoth(lambda _: reactor.stop())
    reactor.callWhenRunning(done.append, "running")
    reactor.addSystemEventTrigger("before", "shutdown", done.append, "end")
    reactor.run()
    assert threadable.isInIOThread() is not None
    failed = [each.getTraceback() for each in done if isinstance(each, failure.Failure)]
    assert failed == [], failed
    assert {"running", "tick", "end"} <= set(done)


async def visits(site: server.Site, lines: protocol.Factory, sums: protocol.Factory) -> None:
    """Visit what is served."""
    web = await listen(site)
    agent = client.RedirectAgent(
        client.Agent(reactor, pool=client.HTTPConnectionPool(reactor, persistent=False))
    )
    for path in (b"", b"?later=1"):
        answer = await agent.request(b"GET", b"http://127.0.0.1:%d/%s" % (web.getHost().port, path))
        assert await client.readBody(answer)
    files = await listen(server.Site(static.File("static")))
    answer = await agent.request(b"GET", b"http://127.0.0.1:%d/a.txt" % files.getHost().port)
    assert await client.readBody(answer) == b"abc"
    port = await listen(sums)
    call = await endpoints.connectProtocol(endpoint_of(port), amp.AMP())
    assert (await call.callRemote(Sum, a=1, b=2))["total"] == 3
    call.transport.loseConnection()
    echo = await listen(lines)
    talk = await endpoints.connectProtocol(endpoint_of(echo), basic.LineReceiver())
    talk.sendLine(b"hello")
    talk.transport.loseConnection()
    far = await listen(pb.PBServerFactory(Root()))
    factory = pb.PBClientFactory()
    endpoint_of(far).connect(factory)
    root = await factory.getRootObject()
    assert await root.callRemote("add", 1, 2) == 3
    factory.disconnect()
    assert await threads.deferToThread(lambda: 3) == 3
    assert await utils.getProcessOutput(sys.executable, ["-c", "print(1)"], env={}) == b"1\n"
    assert names_client.createResolver(resolvconf=b"/nowhere", hosts=b"/nowhere") is not None
    for each in (web, files, port, echo, far):
        await each.stopListening()


async def listen(factory: protocol.Factory) -> interfaces.IListeningPort:
    """Listen on this machine."""
    return await endpoints.serverFromString(reactor, "tcp:0:interface=127.0.0.1").listen(factory)


def endpoint_of(port: interfaces.IListeningPort) -> endpoints.TCP4ClientEndpoint:
    """Return the way to what listens."""
    return endpoints.clientFromString(reactor, f"tcp:127.0.0.1:{port.getHost().port}")


def trial() -> None:
    """Run tests."""

    class ShopTest(unittest.TestCase):
        def test_later(self) -> defer.Deferred:
            self.patch(Product, "n", 1)
            self.addCleanup(lambda: None)
            return defer.succeed(1)

        def test_log(self) -> None:
            log.err(ValueError("x"))
            assert len(self.flushLoggedErrors(ValueError)) == 1

    for call in reactor.getDelayedCalls():
        call.cancel()
    Product.n = 0
    for name in ("test_later", "test_log"):
        result = TestResult()
        ShopTest(name).run(result)
        assert result.wasSuccessful(), result.errors
    assert getApplication is not None


STAGES = (deferreds, logs, adapt, sign_in, texts, run, trial)
