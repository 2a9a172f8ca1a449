"""Column types that give back exactly what was put in, on both databases."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator

from checkers import Json

Sequence = BigInteger().with_variant(Integer(), "sqlite")
"""The type of a counting key: SQLite counts in a column of exactly the type INTEGER."""

_ESCAPE = "\ufdd0"
_FORBIDDEN = re.compile("[\x00\ud800-\udfff\ufdd0]")
_ESCAPED = re.compile("\ufdd0([0-9a-f]{4})")


class Prose(TypeDecorator[str]):
    """Any Python text.

    PostgreSQL takes neither U+0000 nor lone surrogates, and SQLite cuts text at U+0000. Models write both, and a
    paid draft is not thrown away for them: they are stored as the noncharacter U+FDD0 and four hexadecimal digits,
    as is U+FDD0 itself. All other text is stored as it is, so it can be searched.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as both databases take it."""
        return None if value is None else _FORBIDDEN.sub(lambda found: f"{_ESCAPE}{ord(found[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it was given."""
        return None if value is None else _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


class Document(TypeDecorator[Any]):
    """A JSON value as canonical text: equal values are stored as equal bytes, in ASCII."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json, dialect: Dialect) -> str | None:
        """The value in canonical JSON."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json:
        """The value; objects as dict, arrays as list."""
        if value is None:
            return None
        parsed: Json = json.loads(value)
        return parsed


def canonical(value: Json) -> str:
    """The one JSON text of a value: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    # Frozen nouns may hold mappings and sequences that json does not know by type.
    if hasattr(value, "items"):
        return dict(value.items())
    if hasattr(value, "__iter__"):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in, UTC out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC; a naive one is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored; pass one in UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC. SQLite keeps no zone, and everything in it was written in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Money(TypeDecorator[Decimal]):
    """US dollars, counted in units of 10^-12, so that sums are exact on both databases."""

    impl = BigInteger
    cache_ok = True

    _PLACES = 12

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """The amount in units, rounded to the nearest."""
        return None if value is None else int(value.scaleb(self._PLACES).to_integral_value())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """The amount in dollars."""
        return None if value is None else Decimal(int(value)).scaleb(-self._PLACES).normalize() + 0
