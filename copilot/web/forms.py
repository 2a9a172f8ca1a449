"""What a form sent: bounded, strictly decoded, as a plain mapping of names to texts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, TypeAlias
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request

MOST_BYTES = 1 << 20
MOST_FIELDS = 8_000
"""Three for each of 2,000 steps, and room for the rest."""
_SECONDS = 30
_KIND = "application/x-www-form-urlencoded"


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields, newlines as LF; too long is 413, another content type 415, not UTF-8 400, too slow 408."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _KIND:
        raise HTTPException(415, "this is not a form of this desk")
    try:
        async with asyncio.timeout(_SECONDS):
            body = await _body(request)
    except TimeoutError as error:
        raise HTTPException(408, "the form did not arrive in time") from error
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise HTTPException(400, "the form cannot be read") from error
    return {name: text.replace("\r\n", "\n").replace("\r", "\n") for name, text in pairs}


async def _body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > MOST_BYTES:
        raise HTTPException(413, _too_long())
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, _too_long())
    return bytes(body)


def _too_long() -> str:
    return "the text is too long to be sent at once; go back, where it still stands, and shorten it"


Fields: TypeAlias = Annotated[Mapping[str, str], Depends(read_form)]
