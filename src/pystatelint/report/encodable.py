"""What can be written as UTF-8?"""


def encodable(text: str) -> str:
    """Return `text` with lone surrogates, as in undecodable file names, as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
