"""Secrets and personal data that are made up here, and texts that only look like them; seeded."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

SEED = "privacy-1"
_LETTERS = string.ascii_letters
_MIXED = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
_FIRST = ("maria", "j.okafor", "lena_schmidt", "tom.hughes", "priya.n", "wei-zhang", "ana+lists", "k.novak87")
_HOSTS = ("gmail.com", "outlook.de", "hughesandsons.co.uk", "posteo.net", "uni-graz.at", "proton.me")


class Made(NamedTuple):
    """One sentence, and whether it holds a secret or personal data."""

    kind: str
    text: str
    is_true: bool


def made(count: int) -> list[Made]:
    """So many true ones and as many look-alikes, the kinds in turn; the same on every machine."""
    draw = random.Random(SEED)
    return [
        *_turns(draw, _TRUE, count, is_true=True),
        *_turns(draw, _ALIKE, count, is_true=False),
    ]


def _turns(
    draw: random.Random, kinds: Sequence[tuple[str, Callable[[random.Random], str]]], count: int, *, is_true: bool
) -> Iterator[Made]:
    for place in range(count):
        kind, make = kinds[place % len(kinds)]
        yield Made(kind, make(draw), is_true)


def _of(draw: random.Random, signs: str, count: int) -> str:
    return "".join(draw.choice(signs) for _ in range(count))


def _digits(draw: random.Random, count: int) -> str:
    return _of(draw, string.digits, count)


def _checked(digits: str) -> str:
    """The digits with the check digit that cards end in."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def _card(draw: random.Random, *, is_right: bool) -> str:
    whole = _checked(draw.choice(("4", "51", "55", "2345", "6011")).ljust(6, "7") + _digits(draw, 9))
    if not is_right:
        whole = whole[:-1] + str((int(whole[-1]) + draw.randint(1, 9)) % 10)
    mark = draw.choice((" ", "-", ""))
    return mark.join(whole[start : start + 4] for start in range(0, 16, 4))


def _iban(draw: random.Random, *, is_right: bool) -> str:
    country, length = draw.choice((("DE", 18), ("AT", 16), ("BE", 12), ("NO", 11), ("PL", 24)))
    body = _digits(draw, length)
    number = int("".join(str(int(sign, 36)) for sign in body + country + "00"))
    check = 98 - number % 97
    if not is_right:
        check = check % 97 + 1
    whole = f"{country}{check:02d}{body}"
    return " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def _email(draw: random.Random) -> str:
    return f"{draw.choice(_FIRST)}{draw.randint(1, 99)}@{draw.choice(_HOSTS)}"


def _spanish(draw: random.Random) -> str:
    number = draw.randint(10_000_000, 99_999_999)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def _jwt(draw: random.Random) -> str:
    head = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
    body = "eyJzdWIiOiI5MzI4NDcyMDQiLCJuYW1lIjoiUmF2aSBNZWh0YSIsImlhdCI6MTcwMzk0NzYyMn0"
    return f"{head}.{body}.{_of(draw, _MIXED + '-_', 43)}"


def _telephone(draw: random.Random) -> str:
    return draw.choice(
        (
            f"+49 30 {draw.randint(2, 9)}{_digits(draw, 7)}",
            f"+44 20 7{draw.randint(100, 999)} {draw.randint(1000, 9999)}",
            f"(212) {draw.randint(600, 989)}-{draw.randint(2000, 9999)}",
            f"+1 415-{draw.randint(600, 989)}-{draw.randint(2000, 9999)}",
            f"+33 6 {draw.randint(10, 79)} {draw.randint(10, 99)} {draw.randint(10, 99)} {draw.randint(10, 99)}",
            f"+91 98{_digits(draw, 3)} {draw.randint(10000, 99999)}",
        )
    )


_TRUE: Sequence[tuple[str, Callable[[random.Random], str]]] = (
    ("AWS key", lambda draw: f"aws_access_key_id = AKIA{_of(draw, string.ascii_uppercase + '234567', 16)}"),
    ("AWS secret", lambda draw: f'aws_secret_access_key = "{_of(draw, _MIXED + "/+", 40)}"'),
    ("GitHub token", lambda draw: f"git clone with ghp_{_of(draw, _MIXED, 36)} as the token"),
    ("GitHub fine-grained", lambda draw: f"GITHUB_TOKEN=github_pat_{_of(draw, _MIXED, 22)}_{_of(draw, _MIXED, 59)}"),
    ("GitLab token", lambda draw: f"glpat-{_of(draw, _MIXED, 20)}"),
    ("Slack token", lambda draw: f"xoxb-{_digits(draw, 12)}-{_digits(draw, 12)}-{_of(draw, _MIXED, 24)}"),
    ("Stripe key", lambda draw: f"stripe.api_key = 'sk_live_{_of(draw, _MIXED, 24)}'"),
    ("Google key", lambda draw: f"key=AIza{_of(draw, _MIXED + '-_', 35)}"),
    ("OpenAI key", lambda draw: f"OPENAI_API_KEY=sk-proj-{_of(draw, _MIXED + '-_', 60)}"),
    ("Anthropic key", lambda draw: f"x-api-key: sk-ant-api03-{_of(draw, _MIXED + '-_', 93)}AA"),
    ("Hugging Face token", lambda draw: f"login(token='hf_{_of(draw, _LETTERS, 34)}')"),
    ("npm token", lambda draw: f"//registry/:_authToken=npm_{_of(draw, _MIXED, 36)}"),
    ("private key", lambda draw: f"-----BEGIN RSA PRIVATE KEY-----\nMII{_of(draw, _MIXED + '/+', 60)}"),
    ("web token", lambda draw: f"Authorization: Bearer {_jwt(draw)}"),
    ("SendGrid key", lambda draw: f"SG.{_of(draw, _MIXED, 22)}.{_of(draw, _MIXED, 43)}"),
    ("password in address", lambda draw: f"postgres://app:{_of(draw, _MIXED, 14)}@db.internal.net:5432/orders"),
    ("password", lambda draw: f"The password: {_of(draw, _LETTERS, 6)}{_digits(draw, 3)}!{_of(draw, _MIXED, 4)}"),
    ("client secret", lambda draw: f'client_secret = "{_of(draw, _MIXED, 32)}"'),
    ("Telegram token", lambda draw: f"bot {draw.randint(10**8, 10**10 - 1)}:AA{_of(draw, _MIXED + '-_', 33)}"),
    ("e-mail", lambda draw: f"Write to {_email(draw)} for the rest."),
    ("e-mail", lambda draw: f"Contact: {_email(draw)}, she answers on Mondays."),
    ("telephone", lambda draw: f"Call me at {_telephone(draw)} after six."),
    ("telephone", lambda draw: f"Her mobile is {_telephone(draw)}."),
    ("card", lambda draw: f"I paid with {_card(draw, is_right=True)}, it expires in May."),
    ("account", lambda draw: f"Please transfer it to {_iban(draw, is_right=True)}."),
    (
        "social security",
        lambda draw: f"SSN {draw.randint(130, 660)}-{draw.randint(10, 99)}-{draw.randint(1000, 9999)} on file.",
    ),
    ("passport", lambda draw: f"Passport number: {_of(draw, string.ascii_uppercase, 1)}{_digits(draw, 8)}."),
    ("identity card", lambda draw: f"Su DNI es {_spanish(draw)}."),
    (
        "date of birth",
        lambda draw: f"Date of birth: {draw.randint(10, 28)}/0{draw.randint(1, 9)}/{draw.randint(1950, 2004)}",
    ),
    (
        "IP address",
        lambda draw: f"The log shows 84.{draw.randint(10, 200)}.{draw.randint(2, 250)}.{draw.randint(2, 250)}.",
    ),
)

_ALIKE: Sequence[tuple[str, Callable[[random.Random], str]]] = (
    ("documented AWS key", lambda draw: "aws_access_key_id = AKIAIOSFODNN7EXAMPLE"),
    (
        "placeholder",
        lambda draw: draw.choice(("OPENAI_API_KEY=sk-your-key-here", "api_key = 'YOUR_API_KEY_GOES_HERE'")),
    ),
    ("environment", lambda draw: draw.choice(("token = os.environ['API_TOKEN']", "password=${DB_PASSWORD}"))),
    ("commit", lambda draw: f"Fixed in commit {_of(draw, _HEX, 40)}."),
    ("digest", lambda draw: f"sha256: {_of(draw, _HEX, 64)}"),
    ("UUID", lambda draw: "-".join(_of(draw, _HEX, count) for count in (8, 4, 4, 4, 12))),
    ("encoded picture", lambda draw: f"data:image/png;base64,iVBORw0KGgo{_of(draw, _MIXED + '/+', 80)}"),
    ("advice", lambda draw: "A password should have twelve characters, and a secret: never write it down."),
    ("form", lambda draw: "Password: ********\nUsername: maria"),
    ("code", lambda draw: f"def get_token(user): return tokens[user.id][{draw.randint(1, 9)}]"),
    ("masked", lambda draw: f"sk_live_{'*' * 20}{_of(draw, _MIXED, 4)}"),
    ("test key", lambda draw: "stripe.api_key = 'sk_test_xxxxxxxxxxxxxxxxxxxxxxxx'"),
    ("office address", lambda draw: f"Write to {draw.choice(('info', 'support', 'sales'))}@{draw.choice(_HOSTS[2:])}."),
    ("example address", lambda draw: f"{draw.choice(_FIRST)}@example.{draw.choice(('com', 'org'))} is a made-up one."),
    ("handle", lambda draw: f"Follow @{draw.choice(_FIRST)} and use pip install thing@{draw.randint(1, 9)}.2"),
    ("free number", lambda draw: f"Call 1-800-{draw.randint(200, 999)}-{draw.randint(2000, 9999)} for help."),
    ("number of films", lambda draw: f"Call (212) 555-01{draw.randint(10, 99)} and ask for Rita."),
    ("long product", lambda draw: f"{_digits(draw, 7)} * {_digits(draw, 8)} = {_digits(draw, 15)}"),
    ("order", lambda draw: f"Order number {_digits(draw, 10)} has shipped."),
    ("ISBN", lambda draw: f"ISBN 978-3-16-{_digits(draw, 6)}-{draw.randint(0, 9)}"),
    ("date and time", lambda draw: f"on 2024-0{draw.randint(1, 9)}-1{draw.randint(0, 9)} 10:30:{draw.randint(10, 59)}"),
    ("card that fails", lambda draw: f"The card {_card(draw, is_right=False)} was refused."),
    ("card for tests", lambda draw: "Use 4242 4242 4242 4242 in the sandbox."),
    ("account that fails", lambda draw: f"The account {_iban(draw, is_right=False)} does not exist."),
    ("part number", lambda draw: f"Part 000-{draw.randint(10, 99)}-{draw.randint(1000, 9999)} is sold out."),
    ("private network", lambda draw: f"Open 192.168.{draw.randint(0, 9)}.{draw.randint(2, 250)} in a browser."),
    ("version", lambda draw: f"Version {draw.randint(1, 9)}.{draw.randint(10, 99)}.0.{draw.randint(1, 9)} is out."),
    ("digits of pi", lambda draw: f"pi = 3.14159265358979323846{_digits(draw, 10)}"),
    ("birth in history", lambda draw: f"She was born on 14 March 18{draw.randint(10, 99)} in Ulm."),
    ("coordinates", lambda draw: f"at 48.{_digits(draw, 6)}, 16.{_digits(draw, 6)}"),
)
