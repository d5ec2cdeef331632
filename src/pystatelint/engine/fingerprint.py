"""What identifies a finding when lines move?"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from pystatelint.model.finding import Finding


def fingerprinted(findings: Iterable[Finding], texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the findings with their fingerprints.

    A fingerprint is made of the rule's code, the cell's qualified name, the reported
    line without its spacing, and the number among equals; never of a line number.
    Findings without a symbol are told apart by their file.

    Args:
        findings: in order of their places.
        texts: source of each file, by path.
    """
    lines = {path: texts.get(path, "").split("\n") for path in {each.path for each in findings}}
    seen: dict[str, int] = {}
    for finding in findings:
        shown = lines[finding.path]
        number = finding.span.line - 1
        text = " ".join(shown[number].split()) if number < len(shown) else ""
        place = finding.symbol or finding.path
        key = f"{finding.code}\n{place}\n{text}"
        count = seen[key] = seen.get(key, -1) + 1
        digest = hashlib.blake2b(f"{key}\n{count}".encode("utf-8", "replace"), digest_size=12)
        yield msgspec.structs.replace(finding, fingerprint=digest.hexdigest())
