"""A small application with Celery: eager tasks, signals, beat, a worker of its own, commands."""

import datetime
import logging
import time
from collections.abc import Callable
from typing import Any

import celery
import celery.contrib.testing.tasks  # the worker of the tests asks this task for an answer
from celery import (
    Celery,
    bootsteps,
    chain,
    chord,
    chunks,
    group,
    shared_task,
    signals,
    signature,
    states,
)
from celery.app import app_or_default, defaults
from celery.app.control import Inspect
from celery.beat import PersistentScheduler, ScheduleEntry, Scheduler
from celery.bin.celery import celery as command
from celery.contrib.testing.worker import start_worker
from celery.events import Event, EventReceiver
from celery.events.snapshot import Polaroid
from celery.events.state import State
from celery.exceptions import Ignore, Reject, SoftTimeLimitExceeded
from celery.result import AsyncResult, GroupResult, allow_join_result
from celery.schedules import crontab, schedule, solar
from celery.utils.log import get_task_logger
from celery.utils.serialization import pickle
from celery.worker import state
from click.testing import CliRunner
from kombu import Exchange, Queue

logging.getLogger("celery").setLevel(logging.CRITICAL)


def shop(name: str = "shop") -> Celery:
    """Return an application with its tasks, not finalised."""
    app = Celery(name, broker="memory://", backend="cache+memory://", set_as_current=False)
    app.conf.update(task_always_eager=True, task_store_eager_result=True, timezone="Europe/Berlin")
    app.conf.broker_transport_options = {"polling_interval": 0.02}

    @app.task(name="add", typing=True)
    def add(left: int, right: int) -> int:
        return left + right

    @app.task(name="total")
    def total(numbers: list[int]) -> int:
        return sum(numbers)

    @app.task(bind=True, name="flaky", max_retries=2, default_retry_delay=0)
    def flaky(self: Any) -> int:
        if self.request.retries < 1:
            raise self.retry(countdown=0)
        return self.request.retries

    @app.task(name="patient", autoretry_for=(ZeroDivisionError,), retry_backoff=True)
    def patient(number: int) -> float:
        return 1 / number

    @app.task(bind=True, name="told", ignore_result=False, track_started=True)
    def told(self: Any) -> str:
        self.update_state(state="PROGRESS", meta={"done": 1})
        get_task_logger(__name__).info("told")
        return "told"

    @app.task(name="wrong")
    def wrong() -> None:
        raise ValueError("wrong")

    @app.task(name="ignored")
    def ignored() -> None:
        raise Ignore

    return app


def finalise() -> None:
    """Make applications, finalise them, make one current."""

    @shared_task(name="shared")
    def shared() -> int:
        return 7

    app = shop()
    app.finalize()
    assert app.tasks["shared"]() == 7
    app.set_default()
    app.set_current()
    assert app_or_default() is app
    assert celery.current_app.main == "shop"
    app.loader.import_default_modules()
    app.autodiscover_tasks(["email"], force=True)
    app.set_default()
    assert defaults.find("timezone")
    assert celery.current_task.__class__ is not None


def settings() -> None:
    """Configure in several ways."""
    app = Celery("settings", set_as_current=False)
    app.config_from_object({"task_default_queue": "x", "result_expires": 60})
    app.conf.task_routes = {"add": {"queue": "fast"}, "tot*": "slow"}
    app.conf.task_queues = (Queue("fast", Exchange("fast"), routing_key="fast"), Queue("slow"))
    app.conf.task_annotations = {"add": {"rate_limit": "10/s"}}
    app.add_defaults({"foo": 1})
    app.add_periodic_task(10, signature("add", (1, 2)), name="often")
    assert app.conf.humanize()
    assert app.amqp.router.route({}, "add")["queue"].name == "fast"
    app.config_from_envvar("NOT_THERE", silent=True)
    app.close()


def eager() -> None:
    """Run tasks in place."""
    app = shop()
    assert app.tasks["add"].delay(1, 2).get() == 3
    assert app.tasks["flaky"].apply().get() == 1
    assert app.tasks["told"].apply_async(countdown=0, queue="fast").get() == "told"
    assert app.tasks["wrong"].apply().state == states.FAILURE
    assert app.tasks["ignored"].apply().state == states.IGNORED
    assert app.tasks["add"].s(1).freeze().id
    try:
        app.tasks["patient"].apply((0,), retries=3).get()
    except ZeroDivisionError:
        pass
    try:
        app.tasks["add"].delay(1)
    except TypeError:
        pass


def canvas() -> None:
    """Combine tasks."""
    app = shop()
    add, total = app.tasks["add"], app.tasks["total"]
    assert chain(add.s(1, 1), add.s(2)).apply().get() == 4
    assert group(add.s(n, n) for n in range(3)).apply().get() == [0, 2, 4]
    assert chord([add.s(1, 1), add.s(2, 2)], total.s()).apply().get() == 6
    assert (add.s(1, 1) | add.s(1)).apply_async().get() == 3
    assert add.chunks(zip(range(4), range(4), strict=True), 2).apply().get()
    assert chunks(add, iter([(1, 1)]), 1)
    assert add.map([(1, 2)]) is not None
    assert add.starmap([(1, 2)]).apply().get() == [3]
    made = signature("add", args=(1,), app=app, immutable=True).set(priority=1)
    assert signature(dict(made), app=app).args == (1,)
    made.link(total.s())
    made.on_error(total.s())
    assert GroupResult("id", [AsyncResult("a", app=app)]).as_tuple()


def hear() -> None:
    """Connect to signals, send them, disconnect."""
    heard = []

    def listen(sender: object = None, **details: object) -> None:
        heard.append(sender)

    wanted = (
        signals.task_prerun,
        signals.task_postrun,
        signals.task_success,
        signals.task_failure,
        signals.task_retry,
        signals.before_task_publish,
        signals.after_task_publish,
        signals.worker_ready,
        signals.worker_process_init,
        signals.setup_logging,
        signals.celeryd_init,
    )
    for signal in wanted:
        signal.connect(listen)
    signals.worker_ready.connect(listen, weak=False, dispatch_uid="once")
    app = shop()
    app.tasks["add"].delay(1, 1)
    app.tasks["wrong"].delay()
    app.tasks["flaky"].delay()
    signals.worker_process_init.send(sender=None)
    for signal in wanted:
        signal.disconnect(listen)
    assert heard


def later() -> None:
    """Send tasks, and let a worker in this process do them."""
    app = shop("worker")
    app.conf.update(task_always_eager=False, task_store_eager_result=False, task_track_started=True)
    app.conf.task_annotations = {"*": {"on_failure": lambda *parts: None}}

    class Step(bootsteps.StartStopStep):
        requires = ("celery.worker.components:Pool",)

    app.steps["worker"].add(Step)
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="CRITICAL"):
        with allow_join_result():
            assert app.send_task("add", (1, 2)).get(timeout=60) == 3
            assert app.tasks["flaky"].delay().get(timeout=60) == 1
            assert app.tasks["wrong"].delay().get(timeout=60, propagate=False)
            many = group(app.tasks["add"].s(n, 1) for n in range(3)).apply_async()
            assert many.get(timeout=60) == [1, 2, 3]
        many.save()
        many.forget()
        app.tasks["add"].apply_async((1, 1), eta=datetime.datetime.now(datetime.UTC))
        app.control.revoke("nothing")
        app.control.rate_limit("add", "1/m")
        app.control.time_limit("add", soft=1)
        app.control.add_consumer("fast")
        seen: Inspect = app.control.inspect(timeout=0.3)
        for ask in (
            seen.active,
            seen.registered,
            seen.stats,
            seen.conf,
            seen.revoked,
            seen.scheduled,
        ):
            ask()
        while "nothing" not in state.revoked:  # the worker has not heard yet
            time.sleep(0.02)
    app.control.purge()
    app.close()


def beat() -> None:
    """Let schedules fall due."""
    app = shop("beat")
    often = {"task": "add", "schedule": schedule(0.01), "args": (1, 1)}
    daily = {"task": "add", "schedule": crontab(hour="*/2", minute="0,30"), "args": (1, 1)}
    app.conf.beat_schedule = {"often": often, "daily": daily}
    plain = Scheduler(app=app)
    plain.tick()
    time.sleep(0.02)
    plain.tick()
    kept = PersistentScheduler(app=app, schedule_filename="schedule")
    kept.tick()
    kept.merge_inplace({"often": often})
    kept.close()
    assert ScheduleEntry(name="a", task="add", schedule=schedule(1), app=app).is_due()
    assert crontab(day_of_week="mon-fri").is_due(datetime.datetime.now(datetime.UTC))
    try:
        solar("sunset", 52.5, 13.4)
    except Exception:  # noqa: BLE001 - a package that it needs is missing
        pass
    app.Beat(scheduler_cls=Scheduler).set_process_title()


def events() -> None:
    """Send events of a worker, and keep a picture of it."""
    app = shop("events")
    picture: State = app.events.State()
    with app.connection_for_write() as connection:
        sender = app.events.Dispatcher(connection, hostname="here")
        receiver: EventReceiver = app.events.Receiver(connection, handlers={"*": picture.event})
        for kind, fields in (
            ("worker-heartbeat", {"freq": 1, "active": 0, "processed": 0}),
            ("task-received", {"uuid": "1", "name": "add", "args": "", "kwargs": ""}),
            ("task-succeeded", {"uuid": "1", "result": "3", "runtime": 0.1}),
        ):
            sender.send(kind, **fields)
            told = Event(kind, hostname="here", pid=1, clock=1, utcoffset=0, **fields)
            receiver.process(kind, receiver.event_from_message(told, localize=False)[1])
        sender.close()
    assert picture.tasks
    assert list(picture.tasks_by_time())
    with Polaroid(picture, freq=1, app=app) as camera:
        camera.capture()
    picture.freeze_while(lambda: None)


def backends() -> None:
    """Keep results in memory and in files."""
    import os

    os.makedirs("results", exist_ok=True)
    for url in ("cache+memory://", "file://results", "disabled", "rpc://"):
        app = Celery("backends", broker="memory://", backend=url, set_as_current=False)
        if url not in {"disabled", "rpc://"}:
            app.backend.store_result("id", {"a": 1}, states.SUCCESS)
            assert app.AsyncResult("id").get(timeout=30) == {"a": 1}
            app.backend.mark_as_failure("bad", ValueError("x"), traceback="t")
            assert app.AsyncResult("bad").failed()
            app.backend.forget("id")
            app.backend.cleanup()
    assert pickle.loads(pickle.dumps(SoftTimeLimitExceeded(1)))
    assert Reject("no").reason


def commands() -> None:
    """Ask as a person at a terminal does."""
    run: Callable[..., Any] = CliRunner().invoke
    for words in (
        ["--help"],
        ["--app", "celery", "report"],
        ["graph", "--help"],
        ["--broker", "memory://", "inspect", "--timeout", "0.1", "ping"],
        ["--broker", "memory://", "call", "add"],
        ["--broker", "memory://", "purge", "--force"],
    ):
        run(command, words)


STAGES = (finalise, settings, eager, canvas, hear, later, beat, events, backends, commands)
