"""Crawls with Scrapy: spiders of each kind, pipelines, middlewares, feeds, items, commands."""

import io
import logging
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import scrapy
from itemloaders.processors import Join, MapCompose, TakeFirst
from scrapy import FormRequest, Item, Request, Selector, Spider, signals
from scrapy.cmdline import execute
from scrapy.contracts import ContractsManager
from scrapy.contracts.default import ReturnsContract, ScrapesContract, UrlContract
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DropItem, IgnoreRequest
from scrapy.exporters import PythonItemExporter
from scrapy.extensions.httpcache import RFC2616Policy
from scrapy.http import HtmlResponse, JsonRequest, TextResponse, XmlResponse
from scrapy.linkextractors import LinkExtractor
from scrapy.loader import ItemLoader
from scrapy.settings import BaseSettings, Settings
from scrapy.spiders import CrawlSpider, CSVFeedSpider, Rule, SitemapSpider, XMLFeedSpider
from scrapy.utils.log import configure_logging
from scrapy.utils.misc import load_object, walk_modules
from scrapy.utils.project import get_project_settings
from scrapy.utils.request import RequestFingerprinter, request_from_dict
from scrapy.utils.response import open_in_browser, response_status_message
from scrapy.utils.spider import iter_spider_classes
from scrapy.utils.trackref import format_live_refs, get_oldest, object_ref
from workloads.server import site


class Product(Item):
    """What is collected."""

    title = scrapy.Field(input_processor=MapCompose(str.strip), output_processor=TakeFirst())
    price = scrapy.Field(output_processor=Join(), serializer=str)


@dataclass
class Price:
    """What is collected, otherwise."""

    price: str | None = None


class Shop(CrawlSpider):
    """Follow every product."""

    name = "shop"
    rules = (Rule(LinkExtractor(allow=r"/p/\d"), callback="product", follow=True),)

    def product(self, response: TextResponse) -> Iterator[Product]:
        """Collect a product.

        @url http://localhost/p/1
        @returns items 1 1
        @scrapes title price
        """
        loader = ItemLoader(Product(), response=response)
        loader.add_css("title", "h1::text")
        loader.add_xpath("price", "//p[@class='price']/text()")
        yield loader.load_item()


class Visitor(Spider):
    """Visit what else there is."""

    name = "visitor"
    custom_settings = {"ROBOTSTXT_OBEY": False, "DEPTH_LIMIT": 3, "LOG_LEVEL": "CRITICAL"}

    def parse(self, response: TextResponse) -> Iterator[Any]:
        """Go on to forms, files, mistakes."""
        root = response.urljoin("/")
        yield Request(root + "redirect", self.visited, cookies={"a": "b"}, meta={"depth": 1})
        yield Request(root + "gone", errback=self.failed)
        yield Request(root + "busy", self.visited, meta={"max_retry_times": 1})
        yield Request(root + "secret", self.visited)
        yield Request(root + "zipped", self.visited, priority=2)
        yield Request("http://127.0.0.1:9/", self.visited, errback=self.failed)
        yield JsonRequest(root + "echo", self.visited, data={"a": 1})
        yield FormRequest(root + "echo", self.visited, formdata={"q": "tea"})
        yield response.follow("form", self.fill)

    def fill(self, response: TextResponse) -> Request:
        """Send a form."""
        return FormRequest.from_response(response, formdata={"q": "cup"}, callback=self.visited)

    def visited(self, response: TextResponse) -> Iterator[Any]:
        """Collect an address."""
        self.crawler.stats.inc_value("shop/visited")
        yield Price(price=str(response.status))
        yield {"url": response.url}

    def failed(self, failure: Any) -> None:
        """Count it."""
        self.logger.debug("failed %s", failure)


class Map(SitemapSpider):
    """Follow a map of the site."""

    name = "map"
    sitemap_rules = (("/p/", "parse"),)

    def parse(self, response: TextResponse) -> dict[str, str]:
        """Collect an address."""
        return {"url": response.url}


class Check:
    """Let good items pass."""

    def process_item(self, item: Any) -> Any:
        """Drop what costs nothing."""
        if isinstance(item, Product) and item["price"].startswith("0"):
            raise DropItem("free")
        return item


class Slow:
    """Look at what is sent and what comes back."""

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Slow":
        """Make one, and listen."""
        made = cls()
        crawler.signals.connect(made.opened, signal=signals.spider_opened)
        crawler.signals.connect(made.item, signal=signals.item_scraped)
        return made

    def opened(self, spider: Spider) -> None:
        """Greet."""

    def item(self, item: Any, **details: object) -> None:
        """Notice."""

    def process_request(self, request: Request) -> None:
        """Skip a page."""
        if request.url.endswith("/p/5"):
            raise IgnoreRequest


def settings(**more: object) -> dict[str, object]:
    """Return settings of a crawl."""
    return {
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "DOWNLOAD_DELAY": 0,
        "RETRY_TIMES": 1,
        "ROBOTSTXT_OBEY": True,
        "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_DIR": str(Path.cwd() / "cache"),
        "ITEM_PIPELINES": {Check: 1, "scrapy.pipelines.files.FilesPipeline": 2},
        "FILES_STORE": str(Path.cwd() / "files"),
        "DOWNLOADER_MIDDLEWARES": {Slow: 10},
        "EXTENSIONS": {"scrapy.extensions.closespider.CloseSpider": 1},
        "MEMUSAGE_ENABLED": False,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": 0.01,
        "CLOSESPIDER_PAGECOUNT": 50,
        "FEEDS": {
            "items.json": {"format": "json", "overwrite": True},
            "items.csv": {"format": "csv"},
            "items.xml": {"format": "xml", "item_export_kwargs": {"item_element": "product"}},
            "items-%(batch_id)d.jl": {"format": "jsonlines", "batch_item_count": 2},
        },
        **more,
    }


def read_settings() -> None:
    """Read and change settings."""
    own = Settings({"A": 1}, priority="project")
    own.set("A", 2, "cmdline")
    own.setmodule("scrapy.settings.default_settings")
    own.add_to_list("SPIDER_MODULES", "shop")
    own.freeze()
    assert BaseSettings({"a": "1"}).getbool("a")
    os.environ["SCRAPY_CHECK"] = "1"
    assert get_project_settings() is not None
    del os.environ["SCRAPY_CHECK"]
    configure_logging({"LOG_LEVEL": "CRITICAL"}, install_root_handler=False)
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)


def parse() -> None:
    """Read pages without a crawl."""
    page = (
        b"<html><head><base href='http://x/'></head><body><a href='a'>A</a><p>1</p></body></html>"
    )
    response = HtmlResponse("http://localhost/", body=page, encoding="utf-8")
    assert response.css("a::attr(href)").get() == "a"
    assert response.xpath("//p[has-class('x')]").getall() == []
    assert LinkExtractor().extract_links(response)
    assert Selector(text='{"a": 1}', type="json").jmespath("a").get() == 1
    assert (
        XmlResponse("http://localhost/", body=b"<a><b>1</b></a>").xpath("//b/text()").get() == "1"
    )
    assert response.replace(body=b"x").copy().body == b"x"
    loader = ItemLoader(Product(), selector=response.selector)
    loader.add_value("title", [" tea "])
    nested = loader.nested_css("body")
    nested.add_css("price", "p::text")
    assert loader.load_item() == {"title": "tea", "price": "1"}
    assert PythonItemExporter().export_item(Price("1")) == {"price": "1"}
    open_in_browser(response, _openfunc=lambda url: url)


def feeds() -> None:
    """Read feeds."""

    class Rss(XMLFeedSpider):
        name = "rss"
        itertag = "item"
        namespaces = (("n", "http://n"),)

        def parse_node(self, response: Any, node: Any) -> dict[str, str]:
            return {"a": node.xpath("a/text()").get()}

    class Csv(CSVFeedSpider):
        name = "csv"

        def parse_row(self, response: Any, row: dict[str, str]) -> dict[str, str]:
            return row

    text = b"<r><item><a>1</a></item></r>"
    assert list(Rss()._parse(XmlResponse("http://localhost/", body=text)))
    assert list(Csv()._parse(TextResponse("http://localhost/", body=b"a,b\n1,2\n")))


def requests() -> None:
    """Compare requests, and write them down."""
    spider = Visitor()
    request = Request("http://localhost/?b=1&a=2", spider.parse, method="POST", body=b"x")
    assert request_from_dict(request.to_dict(spider=spider), spider=spider).url == request.url
    assert len(RequestFingerprinter().fingerprint(request)) == 20
    assert RequestFingerprinter().fingerprint(request.replace(url="http://localhost/?a=2&b=1"))
    assert Request.from_curl("curl 'http://localhost/' -H 'A: b'").headers
    assert response_status_message(404)
    assert format_live_refs()
    assert get_oldest("Request") is not None
    assert issubclass(Request, object_ref)
    assert load_object("scrapy.Spider") is Spider
    assert walk_modules("scrapy.loader")
    assert list(iter_spider_classes(__import__("sys").modules[__name__]))


def crawl() -> None:
    """Crawl a site on this machine with several spiders at once; the reactor runs only once."""
    process = CrawlerProcess(settings(), install_root_handler=False)
    with site() as root:
        process.crawl(Shop, start_urls=[root + "/"])
        process.crawl(Visitor, start_urls=[root + "/"])
        process.crawl(Map, sitemap_urls=[root + "/sitemap.xml"])
        again = settings(JOBDIR=str(Path.cwd() / "job"), HTTPCACHE_POLICY=RFC2616Policy)
        again["SCHEDULER_PRIORITY_QUEUE"] = "scrapy.pqueues.DownloaderAwarePriorityQueue"
        process.crawl(
            process.create_crawler(type("Again", (Visitor,), {"custom_settings": again})),
            start_urls=[root + "/"],
        )
        process.start(install_signal_handlers=False)
    assert "tea" not in Path("items.json").read_text()
    assert process.bootstrap_failed is False


def commands() -> None:
    """Ask as a person at a terminal does."""
    for words in (
        ["version", "-v"],
        ["settings", "--get", "BOT_NAME"],
        ["startproject", "fresh"],
        ["genspider", "-l"],
        ["list"],
    ):
        with redirect_stdout(io.StringIO()):
            try:
                execute(["scrapy", *words], Settings({"LOG_ENABLED": False}))
            except SystemExit as end:
                assert end.code in {0, 2}, words
    manager = ContractsManager((UrlContract, ReturnsContract, ScrapesContract))
    assert len(manager.extract_contracts(Shop().product)) == 3


STAGES = (read_settings, parse, feeds, requests, crawl, commands)
