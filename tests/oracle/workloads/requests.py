"""A client with Requests: sessions, cookies, passwords, retries, pools, files, mistakes."""

import io
import json
import logging
import ssl
import warnings
from threading import Thread

import requests
import urllib3
from requests import Request, Session, adapters, auth, cookies, exceptions, hooks, structures, utils
from requests.packages import urllib3 as vendored
from urllib3 import HTTPConnectionPool, PoolManager, Retry, Timeout, encode_multipart_formdata
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import connection_from_url
from urllib3.exceptions import HTTPError, InsecureRequestWarning, MaxRetryError
from urllib3.fields import RequestField
from urllib3.util import make_headers, parse_url, ssl_
from workloads.server import site


def ask() -> None:
    """Ask in simple ways."""
    with site() as root:
        assert requests.get(root + "/p/1", params={"a": [1, 2]}, timeout=30).ok
        assert requests.get(root + "/redirect", timeout=30).history
        assert requests.get(root + "/zipped", timeout=30).text.startswith("text")
        assert requests.post(root + "/echo", json={"a": 1}, timeout=30).json()["length"] == 8
        assert requests.put(root + "/echo", data=b"x", timeout=30).json()["method"] == "PUT"
        assert requests.head(root + "/p/1", timeout=30).headers["content-length"]
        assert requests.delete(root + "/echo", timeout=30).status_code == 200
        assert requests.get(root + "/secret", auth=("a", "b"), timeout=30).text == "hello"
        files = {"f": ("a.txt", io.BytesIO(b"abc"), "text/plain", {"X": "1"})}
        assert requests.post(root + "/echo", files=files, data={"a": "b"}, timeout=30).ok
        with requests.get(root + "/p/2", stream=True, timeout=30) as response:
            assert b"".join(response.iter_content(7))
            assert response.encoding


def sessions() -> None:
    """Keep cookies, headers, adapters, hooks in a session."""
    heard = []
    with Session() as session, site() as root:
        session.headers["X-Shop"] = "1"
        session.hooks["response"].append(lambda response, **details: heard.append(response.url))
        session.mount(
            root, adapters.HTTPAdapter(max_retries=Retry(2, status_forcelist=[503]), pool_maxsize=1)
        )
        session.get(root + "/cookie", timeout=30)
        assert session.cookies.get_dict() == {"basket": "1"}
        prepared = session.prepare_request(Request("POST", root + "/echo", data={"a": 1}))
        assert session.send(prepared, timeout=(30, 30)).json()["query"] == {}
        try:
            session.get(root + "/busy", timeout=30)
        except exceptions.RetryError:
            pass
        session.auth = auth.HTTPDigestAuth("a", "b")
        session.get(root + "/secret", timeout=30)
        threads = [Thread(target=session.get, args=(root + f"/p/{n}",)) for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        session.trust_env = False
        session.proxies = {"http": root}
        session.get(root + "/p/1", timeout=30, allow_redirects=False)
    assert heard
    assert hooks.default_hooks() == {"response": []}


def mistakes() -> None:
    """Fail in the ways clients fail."""
    for url in ("http://127.0.0.1:9/", "http://", "nothing://x", "http://[x"):
        try:
            requests.get(url, timeout=0.5)
        except exceptions.RequestException:
            continue
    with site() as root:
        try:
            requests.get(root + "/gone", timeout=30).raise_for_status()
        except exceptions.HTTPError as error:
            assert error.response.status_code == 404
        try:
            requests.get(root + "/p/1", timeout=30).json()
        except exceptions.JSONDecodeError:
            pass
        try:
            requests.get("https" + root[4:], verify=False, timeout=30)  # noqa: S501 - it does not answer
        except exceptions.ConnectionError:
            pass
    assert requests.codes.teapot == 418


def pools() -> None:
    """Use the pools below."""
    with site() as root, PoolManager(num_pools=1, retries=Retry(1, backoff_factor=0)) as manager:
        assert manager.request("GET", root + "/p/1").status == 200
        assert json.loads(manager.request("POST", root + "/echo", fields={"a": "b"}).data)
        assert manager.request("GET", root + "/zipped", preload_content=False).read(4) == b"text"
        try:
            manager.request("GET", "http://127.0.0.1:9/", timeout=Timeout(0.2))
        except MaxRetryError:
            pass
        manager.clear()
        pool = connection_from_url(root, maxsize=2, block=True)
        assert isinstance(pool, HTTPConnectionPool)
        assert pool.urlopen("GET", "/p/1").data
        pool.close()
        assert urllib3.request("GET", root + "/p/1").status == 200
        one = HTTPConnection(*root[7:].split(":"), blocksize=10)
        one.request("GET", "/p/1", headers={"A": "b"})
        assert one.getresponse().headers.getlist("content-type")
        one.close()
        proxy = urllib3.ProxyManager(root)
        proxy.request("GET", root + "/p/1")
        try:
            proxy.request("GET", "http://[::1", retries=False)
        except (HTTPError, ValueError):
            pass


def tools() -> None:
    """Use what else there is."""
    assert make_headers(keep_alive=True, basic_auth="a:b", accept_encoding=True)
    assert parse_url("http://u:p@x.example:1/a?b#c").port == 1
    assert encode_multipart_formdata({"a": ("f", "x")})[1]
    assert RequestField.from_tuples("a", ("f", "x")).render_headers()
    assert ssl_.create_urllib3_context(cert_reqs=ssl.CERT_NONE)
    assert Retry.from_int(3).new(total=1).increment("GET", "/").total == 0
    assert utils.get_encoding_from_headers({"content-type": "text/html; charset=x"})
    assert utils.select_proxy("http://x", {"http": "http://p"})
    assert utils.guess_json_utf(b"{}") == "utf-8"
    assert structures.CaseInsensitiveDict(A=1)["a"] == 1
    jar = cookies.cookiejar_from_dict({"a": "b"})
    jar.set("c", "d", domain="x.example")
    assert utils.dict_from_cookiejar(jar)
    assert vendored.__name__
    with warnings.catch_warnings():
        urllib3.disable_warnings(InsecureRequestWarning)
        urllib3.disable_warnings()
    handler = urllib3.add_stderr_logger(logging.CRITICAL)
    logging.getLogger("urllib3").removeHandler(handler)
    requests.session().close()


def inject() -> None:
    """Swap the implementation of TLS, and back."""
    try:
        from urllib3.contrib import pyopenssl
    except ImportError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyopenssl.inject_into_urllib3()
        pyopenssl.extract_from_urllib3()


STAGES = (ask, sessions, mistakes, pools, tools, inject)
