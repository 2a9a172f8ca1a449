"""Personal data of the kinds that have a form: addresses, telephone numbers, cards, accounts, identity numbers."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from checkers.finding import Finding, Json, Span, Verdict
from checkers.registry import rule
from checkers.trace import Trace

MAX_CANDIDATES = 200
"""Of one kind in one text; a text with more is a table, and the first ones say so."""
_AROUND = 40

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9][A-Za-z0-9._%+-]{0,63})@((?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24})(?![A-Za-z0-9@-])"
)
_NOT_A_PERSON = re.compile(
    r"^(?:info|support|sales|contact|admin|no-?reply|do-?not-?reply|help|press|jobs|hr|office|hello|team"
    r"|service|billing"
    r"|security|abuse|postmaster|webmaster|privacy|legal|media|news|newsletter|feedback|enquiries|inquiries"
    r"|user(?:name)?"
    r"|you|your[._-]?(?:name|e?mail)|name|e?mail|someone|example|test|foo|bar|git)$",
    re.IGNORECASE,
)
_NO_MAIL_DOMAIN = re.compile(
    r"(?:^|\.)(?:example|test|invalid|localhost|local)$|(?:^|\.)example\.[a-z.]+$"
    r"|^(?:domain|company|yourdomain|your-?company|mail|email|site|website)\.[a-z]+$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,/=-])\+?\(?\d[\d ().-]{6,20}\d(?![\w/=]|[.,-]\d)")
_CARD = re.compile(r"(?<![\w.-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5}|\d{15,16})(?![\w.-]?\d)")
_CARD_MAKERS = re.compile(r"^(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12})$")
_CARDS_TO_TRY = {
    "4111111111111111", "4242424242424242", "4012888888881881", "5555555555554444", "5105105105105100",
    "378282246310005", "371449635398431", "6011111111111117", "4000000000000002", "4000056655665556",
}  # fmt: skip
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_IBANS_TO_TRY = {
    "GB82WEST12345698765432",
    "DE89370400440532013000",
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
}
_SOCIAL = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")
_SOCIAL_TO_TRY = {"078-05-1120", "219-09-9999", "123-45-6789", "111-11-1111", "123-12-1234"}
_DOCUMENT = re.compile(
    r"(?i:\b(?:passport|driver'?s licen[cs]e|driving licen[cs]e|national insurance|identity card|id card|tax id)"
    r"(?: (?:number|no\.?"
    r"|num))?(?: is)?[ :#]{1,3})(?P<value>(?=[A-Z0-9 -]{0,11}\d)[A-Z0-9][A-Z0-9 -]{5,14}[A-Z0-9])(?!\w)"
)
_SPANISH = re.compile(r"(?<!\w)(?P<value>[XYZ\d]\d{7}-?[TRWAGMYFPDXBNJZSQVHLCKE])(?!\w)")
_BORN = re.compile(r"(?i:\b(?:date of birth|d\.?o\.?b\.?|birth ?date)[ :]{1,3})(?P<value>[\w][\w ,./-]{4,18}\d)(?!\d)")
_NETWORK = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
_KNOWN_HOSTS = {"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "208.67.222.222", "208.67.220.220"}
_VERSION = re.compile(r"(?:version|release|v|section|chapter|build)\s?\Z", re.IGNORECASE)
_CALL = re.compile(r"(?<![\w\\])(?:phone|tel|telephone|call|mobile|cell|fax|whatsapp|sms|contact)\b", re.IGNORECASE)
_WRITTEN = re.compile(r"\+\d|\(\d{3}\) ?\d{3}[-. ]\d{4}\Z")
"""What is a telephone number without a word beside it."""
_FICTIONAL = re.compile(r"55501\d\d\Z|555\d{7}\Z|(\d)\1{6}|0123456|1234567")


class _Kind(NamedTuple):
    """What one kind is called, and where it stands in a text."""

    name: str
    spans: Callable[[str], Iterator[Span]]


@rule(version=1)
def data(trace: Trace) -> Iterator[Finding]:
    """No personal data of a known form stands in the text.

    E-mail and IP addresses, telephone numbers by the rules of each country (libphonenumber), cards and accounts by
    their check digits, identity numbers, dates of birth. Addresses of offices, reserved names and numbers, and those
    that documents use as examples are none. Names of people are not judged.
    """
    for step, text in trace.pieces():
        found: list[tuple[Span, str]] = []
        for kind in _KINDS:
            trace.budget.look()
            found += [(span, kind.name) for span in kind.spans(text)]
        taken = -1
        for span, name in sorted(found, key=lambda each: (each[0][0], -each[0][1])):
            if span[0] >= taken:
                taken = span[1]
                message = f"This looks like {name} of a person: take it out, unless it is made up and may stay."
                known: dict[str, Json] = {"kind": name, "in_prompt": text[span[0] : span[1]] in trace.prompt}
                yield Finding(Verdict.SUSPICIOUS, span, message, step, evidence=known, repair="[removed]")


def _emails(text: str) -> Iterator[Span]:
    for match in _first(_EMAIL, text) if "@" in text else ():
        if not _NOT_A_PERSON.search(match[1]) and not _NO_MAIL_DOMAIN.search(match[2]):
            yield match.span()


def _telephones(text: str) -> Iterator[Span]:
    for match in _first(_DIGITS, text):
        digits = re.sub(r"\D", "", match[0])
        if not 7 <= len(digits) <= 15 or _FICTIONAL.search(digits):
            continue
        before = text[max(0, match.start() - _AROUND) : match.start()]
        if (_WRITTEN.match(match[0]) or _CALL.search(before)) and _is_callable(match[0]):
            yield match.span()


def _is_callable(said: str) -> bool:
    import phonenumbers

    nobody = {
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
    }
    for region in (None,) if said.startswith("+") else ("US", "GB", "DE", "FR", "IN"):
        try:
            number = phonenumbers.parse(said, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.number_type(number) not in nobody
    return False


def _cards(text: str) -> Iterator[Span]:
    for match in _first(_CARD, text):
        digits = re.sub(r"\D", "", match[0])
        if _CARD_MAKERS.match(digits) and digits not in _CARDS_TO_TRY and _luhn(digits):
            yield match.span()


def _luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return len(set(digits)) > 2 and sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _accounts(text: str) -> Iterator[Span]:
    for match in _first(_IBAN, text):
        said = match[0].replace(" ", "")
        if 15 <= len(said) <= 34 and said not in _IBANS_TO_TRY and _mod97(said):
            yield match.span()


def _mod97(said: str) -> bool:
    """Whether the check digits are right (ISO 13616)."""
    return int("".join(str(int(sign, 36)) for sign in said[4:] + said[:4])) % 97 == 1


def _identities(text: str) -> Iterator[Span]:
    yield from (match.span() for match in _first(_SOCIAL, text) if match[0] not in _SOCIAL_TO_TRY)
    for match in _first(_DOCUMENT, text):
        if not _FICTIONAL.search(re.sub(r"\D", "", match["value"])):
            yield match.span("value")
    for match in _first(_SPANISH, text):
        number = match["value"].replace("-", "")
        whole = number[:-1].translate(str.maketrans("XYZ", "012"))
        if number != "12345678Z" and "TRWAGMYFPDXBNJZSQVHLCKE"[int(whole) % 23] == number[-1]:
            yield match.span("value")


def _births(text: str) -> Iterator[Span]:
    yield from (match.span("value") for match in _first(_BORN, text) if re.search(r"\d{4}|\d\d\Z", match["value"]))


def _networks(text: str) -> Iterator[Span]:
    for match in _first(_NETWORK, text):
        before = text[max(0, match.start() - _AROUND) : match.start()]
        if match[0] in _KNOWN_HOSTS or _VERSION.search(before):
            continue
        try:
            address = ipaddress.IPv4Address(match[0])
        except ValueError:
            continue
        if address.is_global and not match[0].endswith((".0", ".0.1")):
            yield match.span()


def _first(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for count, match in enumerate(pattern.finditer(text)):
        if count == MAX_CANDIDATES:
            return
        yield match


_KINDS = (
    _Kind("an e-mail address", _emails),
    _Kind("the number of a card", _cards),
    _Kind("the number of an account", _accounts),
    _Kind("an identity number", _identities),
    _Kind("a date of birth", _births),
    _Kind("a telephone number", _telephones),
    _Kind("an IP address", _networks),
)
