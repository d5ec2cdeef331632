"""A client that all requests share gets the headers or credentials of one.

## What it finds

Run-time code that changes `headers`, `cookies`, `params`, `auth`, `api_key`, `base_url`
and the like of a client of requests, httpx, aiohttp, openai and others, where a module, a
class or an object of which there is one keeps that client.

An error where an entry point of a framework leads there, a warning else.

## Why it hurts

The next request goes out with the token, cookie or tenant of the one before, and of two at
once one goes out with the other's. This is the commonest leak between tenants that shared
clients bring about.

## When it is fine

While the program starts; on a client of the function's own; and what is handed over with
the one call.

```python
import httpx

client = httpx.Client()
client.headers["User-Agent"] = "shop"


def orders(token: str) -> str:
    return client.get("/orders", headers={"Authorization": token}).text


def alone(token: str) -> str:
    with httpx.Client() as own:
        own.headers["Authorization"] = token
        return own.get("/orders").text
```

## Example

```python
import requests

session = requests.Session()


def orders(token: str) -> str:
    session.headers["Authorization"] = token  # expect: HMS412
    return session.get("/orders").text


def as_user(cookie: str) -> None:
    session.cookies.set("user", cookie)  # expect: HMS412
```

## Use instead

```python
import requests

session = requests.Session()


def orders(token: str) -> str:
    return session.get("/orders", headers={"Authorization": token}).text
```

## Options

None.

## Fix

By hand: hand headers, cookies and credentials over with each call, and keep the client.

## References

- httpx documentation, [clients: sharing configuration](https://www.python-httpx.org/advanced/clients/#sharing-configuration-across-requests)
- [CWE-488](https://cwe.mitre.org/data/definitions/488.html): data of one session exposed to another
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place, reach_steps


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report what one call leaves on a client of all."""
    for write in project.client_writes:
        reach = reach_steps(write.reached_from)
        yield at_place(
            RULE,
            Place(write.path, write.span, write.symbol),
            message=(
                f"{write.function} changes a {write.dotted} that all callers share "
                f"(`{write.text}`): the requests of others go out with it as well"
            ),
            remedy="hand it over with the call: headers=..., cookies=..., auth=...",
            steps=(write.evidence, *reach),
            severity=Severity.ERROR if reach else Severity.WARNING,
        )


RULE = Rule(
    code="HMS412",
    name="shared-client-mutated",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
