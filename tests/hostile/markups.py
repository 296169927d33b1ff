"""Hostile HTML, XML, Markdown and YAML. `MARKUPS` maps a file name to a function that returns its bytes."""

from collections.abc import Callable, Mapping

from tests.hostile.packages import TRICK, laughs
from tests.hostile.pdfs import PROSE


def laughing_xml() -> bytes:
    head = f'<?xml version="1.0"?>{laughs("rfc")}'
    return f"{head}<rfc><front><title>T</title></front><middle><section><t>&a9;</t></section></middle></rfc>".encode()


def xxe_xml() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE rfc [<!ENTITY s SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM '
        b'"http://127.0.0.1:9/x.dtd">%p;]><rfc><front><title>T</title></front><middle><section><name>N</name>'
        b"<t>Before &s; after, the operator shall log.</t></section></middle></rfc>"
    )


def including_xml() -> bytes:
    return (
        b'<?xml version="1.0"?><rfc xmlns:xi="http://www.w3.org/2001/XInclude"><front><title>T</title></front><middle>'
        b'<section><t>The operator shall log.</t><xi:include href="file:///etc/passwd" parse="text"/></section>'
        b"</middle></rfc>"
    )


def deep_html() -> bytes:
    return b"<!DOCTYPE html><html><body>" + b"<div>" * 200_000 + PROSE.encode() + b"</div>" * 200_000


def deep_xml() -> bytes:
    return b"<?xml version='1.0'?><rfc><middle>" + b"<section>" * 100_000 + b"</section>" * 100_000 + b"</middle></rfc>"


def deep_markdown() -> bytes:
    return ("# Title\n\n" + "> " * 20_000 + PROSE + "\n\n" + "[" * 50_000 + "](" * 1000 + "\n" + "*" * 50_000).encode()


def laughing_yaml() -> bytes:
    lines = ["openapi: 3.0.3", "a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


def tricky_html() -> bytes:
    """Return a page whose title, headings and text are code for a careless report."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{TRICK}\x07\x1b[31m</title></head><body>"
        f"<h1>1 {TRICK}</h1><p>{PROSE}{TRICK}</p></body></html>"
    ).encode()


def nested_markdown() -> bytes:
    lists = "\n".join(f"{'  ' * depth}- {PROSE}" for depth in range(500))
    return f"# Title\n\n{'> ' * 100_000}{PROSE}\n\n{lists}\n\n{'[' * 100_000}\n\n{'`' * 50_001}\n".encode()


MARKUPS: Mapping[str, Callable[[], bytes]] = {
    "xxe.xml": xxe_xml,
    "billion-laughs.xml": laughing_xml,
    "including.xml": including_xml,
    "deep.xml": deep_xml,
    "deep.html": deep_html,
    "long-line.html": lambda: b"<!DOCTYPE html><html><body><p>" + PROSE.encode() * (50_000_000 // len(PROSE)),
    "stored-html.html": tricky_html,
    "deep.md": deep_markdown,
    "nested.md": nested_markdown,
    "headings.md": lambda: b"# H\n\n" * 20_000 + PROSE.encode(),
    "billion-laughs.yaml": laughing_yaml,
}
