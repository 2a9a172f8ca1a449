"""The style sheets, icons and scripts: read once, served under an address that holds their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from fastapi import APIRouter, HTTPException, Response

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOREVER = "public, max-age=31536000, immutable"

router = APIRouter()


def _read() -> Mapping[str, tuple[str, bytes, str]]:
    found = {}
    for file in files("copilot.web").joinpath("static").iterdir():
        kind = _KINDS.get(f".{file.name.rpartition('.')[2]}")
        if kind:
            body = file.read_bytes()
            found[file.name] = (hashlib.sha256(body).hexdigest()[:16], body, kind)
    return MappingProxyType(found)


_ASSETS = _read()


def asset_url(name: str) -> str:
    """The address of one of our own files; it changes when the file does."""
    return f"/static/{_ASSETS[name][0]}/{name}"


@router.get("/static/{digest}/{name}")
def asset(digest: str, name: str) -> Response:
    """One of our own files, to be kept for ever; a name or hash that is not ours is a 404."""
    found = _ASSETS.get(name)
    if found is None or found[0] != digest:
        raise HTTPException(404)
    return Response(found[1], media_type=found[2], headers={"Cache-Control": FOREVER})
