"""Messages with Kombu: producers, consumers, pools, serialisers, timers, files."""

import datetime
import logging
import uuid
from pathlib import Path
from typing import Any

import kombu
from kombu import Connection, Consumer, Exchange, Producer, Queue, compression, pools, serialization
from kombu.asynchronous import Hub, get_event_loop, set_event_loop
from kombu.clocks import LamportClock
from kombu.common import (
    Broadcast,
    collect_replies,
    eventloop,
    itermessages,
    maybe_declare,
)
from kombu.common import (
    uuid as new,
)
from kombu.compat import Publisher
from kombu.log import get_logger, setup_logging
from kombu.matcher import match
from kombu.matcher import register as register_matcher
from kombu.mixins import ConsumerMixin, ConsumerProducerMixin
from kombu.pidbox import Mailbox
from kombu.transport import TRANSPORT_ALIASES, resolve_transport
from kombu.transport.virtual import exchange
from kombu.utils import json
from kombu.utils.functional import LRUCache, lazy, memoize
from kombu.utils.limits import TokenBucket
from kombu.utils.scheduling import FairCycle, cycle_by_name
from kombu.utils.url import parse_url

EXCHANGE = Exchange("shop", type="topic", durable=False)
TEA = Queue("tea", EXCHANGE, routing_key="tea.#")
CUP = Queue("cup", EXCHANGE, routing_key="cup.*", max_priority=5)


def send() -> None:
    """Send messages, and receive them."""
    heard = []

    def hear(body: object, message: kombu.Message) -> None:
        heard.append(body)
        message.ack()

    with Connection("memory://", transport_options={"polling_interval": 0.01}) as connection:
        channel = connection.channel()
        producer = Producer(channel, serializer="json")
        producer.publish({"a": 1}, exchange=EXCHANGE, routing_key="tea.green", declare=[TEA, CUP])
        producer.publish(
            "b", exchange=EXCHANGE, routing_key="cup.x", compression="zlib", priority=1
        )
        with Consumer(channel, [TEA, CUP], callbacks=[hear], prefetch_count=1):
            while len(heard) < 2:
                connection.drain_events(timeout=30)
        simple = connection.SimpleQueue("simple")
        simple.put({"c": datetime.datetime.now(datetime.UTC)})
        simple.get(timeout=30).reject()
        simple.close()
        TEA(channel).purge()
        TEA(channel).unbind_from(EXCHANGE, "tea.#")
        assert maybe_declare(CUP, channel) is not None
        assert TEA(channel).queue_declare(passive=True).message_count == 0
        CUP(channel).delete()
        publisher = Publisher(channel, exchange="old", exchange_type="direct")
        publisher.send("x", routing_key="y")
        publisher.close()


def kinds_of_exchange() -> None:
    """Send through every kind of exchange."""
    with Connection("memory://kinds") as connection:
        channel = connection.default_channel
        for kind in ("direct", "fanout", "topic"):
            through = Exchange(f"x-{kind}", kind)
            queue = Queue(f"q-{kind}", through, routing_key="a.b")
            queue(channel).declare()
            Producer(channel, through).publish("x", routing_key="a.b")
            assert queue(channel).get() is not None
        Broadcast("all")(channel).declare()
    assert exchange.STANDARD_EXCHANGE_TYPES["topic"]


def serialise() -> None:
    """Register a serialiser, a compression, a type for JSON; enable and disable."""

    class Price:
        def __init__(self, cents: int) -> None:
            self.cents = cents

    json.register_type(Price, "price", lambda each: each.cents, Price)
    assert json.loads(
        json.dumps({"p": Price(3), "u": uuid.uuid4(), "d": datetime.date(2020, 1, 1)})
    )
    serialization.register(
        "shout", lambda it: str(it).upper(), lambda it: it, "text/shout", "utf-8"
    )
    serialization.enable_insecure_serializers(["pickle"])
    for name in ("json", "pickle", "yaml", "raw", "shout"):
        try:
            kind, encoding, data = serialization.dumps({"a": 1} if name != "raw" else b"r", name)
            serialization.loads(data, kind, encoding, accept=None)
        except serialization.SerializerNotInstalled:
            continue
    serialization.disable_insecure_serializers(["json"])
    serialization.unregister("shout")
    serialization.registry.enable("pickle")
    serialization.registry.disable("pickle")
    compression.register(
        lambda body: body[::-1], lambda body: body[::-1], "text/turned", aliases=["turn"]
    )
    for each in ("turn", "zlib", "gzip"):
        body, kind = compression.compress(b"abc", each)
        assert compression.decompress(body, kind) == b"abc"
    register_matcher("same", lambda text, pattern: text == pattern)
    assert match("a", "a", matcher="same")


def pool() -> None:
    """Take connections and producers from pools."""
    connection = Connection("memory://pool")
    with connection.Pool(2).acquire(block=True) as one:
        assert one.connected is not None
    with pools.connections[connection].acquire(block=True) as one:
        one.ensure_connection(max_retries=1)
    with pools.producers[connection].acquire(block=True) as producer:
        producer.publish("x", exchange=EXCHANGE, routing_key="tea", declare=[TEA], retry=True)
    pools.set_limit(20, force=True, reset_after=True)
    assert pools.get_limit() == 20
    mine = pools.PoolGroup(limit=1)
    pools.register_group(mine)
    pools.reset()
    connection.release()
    fallen = Connection("memory://a;memory://b", failover_strategy="shuffle")
    fallen.ensure(None, fallen.connect, max_retries=1)()
    assert fallen.clone().as_uri()
    assert fallen.info()


def workers() -> None:
    """Consume in the ways workers do."""

    class Worker(ConsumerMixin):
        def __init__(self, connection: Connection) -> None:
            self.connection = connection

        def get_consumers(self, make: Any, channel: Any) -> list[Consumer]:
            return [make(queues=[TEA], on_message=self.on_message, accept=["json"])]

        def on_message(self, message: kombu.Message) -> None:
            message.ack()
            self.should_stop = True

    class Both(ConsumerProducerMixin, Worker):
        pass

    for kind in (Worker, Both):
        with Connection(
            "memory://workers", transport_options={"polling_interval": 0.01}
        ) as connection:
            TEA(connection.default_channel).declare()
            connection.Producer().publish("x", exchange=EXCHANGE, routing_key="tea.x")
            kind(connection).run(_tokens=1)
            connection.Producer().publish("y", exchange=EXCHANGE, routing_key="tea.x")
            for body, message in itermessages(
                connection, connection.default_channel, TEA, limit=1, timeout=30
            ):
                message.ack()
                assert body == "y"
            list(eventloop(connection, limit=1, timeout=0.01, ignore_timeouts=True))


def mailboxes() -> None:
    """Ask nodes by mail."""
    with Connection("memory://mail", transport_options={"polling_interval": 0.01}) as connection:
        box = Mailbox("shop", type="fanout")(connection)
        node = box.Node("one", channel=connection.default_channel, state={"n": 1})
        node.handler(ping)
        consumer = node.listen()
        box.cast(["one"], "ping")
        box._broadcast("ping", reply=False)
        node.dispatch("ping", {})
        consumer.cancel()
        reply = Queue("reply")
        collect_replies(connection, connection.default_channel, reply, limit=0)


def ping(state: object, **details: object) -> str:
    """Answer."""
    return "pong"


def timers() -> None:
    """Run a loop of our own with timers and readers."""
    import os

    hub = Hub()
    set_event_loop(hub)
    assert get_event_loop() is hub
    read, write = os.pipe()
    os.set_blocking(read, False)
    done = []
    hub.add_reader(read, lambda fd: done.append(os.read(read, 1)), read)
    hub.call_later(0.001, done.append, 1)
    hub.call_repeatedly(0.001, done.append, 2)
    hub.call_soon(done.append, 3)
    os.write(write, b"x")
    while len(done) < 4:
        hub.run_once()
    hub.remove(read)
    hub.close()
    set_event_loop(None)
    os.close(write)
    assert done


def files() -> None:
    """Send through files."""
    Path("in").mkdir(exist_ok=True)
    options = {"data_folder_in": "in", "data_folder_out": "in", "control_folder": "control"}
    with Connection("filesystem://", transport_options=options) as connection:
        simple = connection.SimpleQueue("files")
        simple.put("x")
        assert simple.get(timeout=30).payload == "x"
        simple.close()


def tools() -> None:
    """Use what else there is."""

    @memoize(maxsize=2)
    def twice(number: int) -> int:
        return number * 2

    assert [twice(1), twice(1), twice(2), twice(3)]
    cache = LRUCache(limit=1)
    cache.update(a=1)
    assert lazy(lambda: 1)() == 1
    assert TokenBucket(1).can_consume(1)
    assert FairCycle(lambda *_, **__: None, [], ValueError) is not None
    assert cycle_by_name("round_robin")(["a", "b"]).consume(1) == ["a"]
    assert LamportClock().forward() == 1
    assert parse_url("amqp://u:p@h:1/v")
    assert resolve_transport("memory")
    for name in sorted(TRANSPORT_ALIASES):
        try:
            resolve_transport(name)
        except Exception:  # noqa: BLE001, S112 - drivers that are not here fail in many ways
            continue
    setup_logging(loglevel=logging.CRITICAL)
    assert get_logger("kombu.shop").name
    assert new()
    assert kombu.enable_insecure_serializers


STAGES = (send, kinds_of_exchange, serialise, pool, workers, mailboxes, timers, files, tools)
