"""Keys, tokens and passwords that should never stand in training data."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import NamedTuple

from checkers.finding import Finding, Json, Span, Verdict
from checkers.registry import rule
from checkers.trace import Trace

WINDOW = 1_000
"""Characters that one pattern sees at a time: the library's own patterns are not all of linear time."""
OVERLAP = 250
MAX_SHOWN = 6

# A text without any of these holds no secret of a known form, which is nearly every text.
_HINT = re.compile(
    r"[A-Za-z0-9_/+=-]{20}|://|PRIVATE KEY|pass(?:word|wd|phrase)|secret|token|api[_ -]?key|\d{8,10}:", re.IGNORECASE
)
_LIBRARY = (
    ("artifactory", "ArtifactoryDetector", "an Artifactory token"),
    ("aws", "AWSKeyDetector", "an AWS key"),
    ("azure_storage_key", "AzureStorageKeyDetector", "an Azure storage key"),
    ("discord", "DiscordBotTokenDetector", "a Discord token"),
    ("github_token", "GitHubTokenDetector", "a GitHub token"),
    ("gitlab_token", "GitLabTokenDetector", "a GitLab token"),
    ("mailchimp", "MailchimpDetector", "a Mailchimp key"),
    ("openai", "OpenAIDetector", "an OpenAI key"),
    ("pypi_token", "PypiTokenDetector", "a PyPI token"),
    ("sendgrid", "SendGridDetector", "a SendGrid key"),
    ("slack", "SlackDetector", "a Slack token"),
    ("square_oauth", "SquareOAuthDetector", "a Square secret"),
    ("stripe", "StripeDetector", "a Stripe key"),
    ("telegram_token", "TelegramBotTokenDetector", "a Telegram token"),
    ("twilio", "TwilioKeyDetector", "a Twilio key"),
)
# Forms of vendors' own documents that the library does not know.
_OWN: Mapping[str, str] = {
    "an OpenAI key": r"\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,200}",
    "an Anthropic key": r"\bsk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{60,120}",
    "a GitHub token": r"\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    "a Google key": r"\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])",
    "a Google client secret": r"\bGOCSPX-[A-Za-z0-9_-]{28}",
    "a Hugging Face token": r"\bhf_[A-Za-z]{34}\b",
    "an npm token": r"\bnpm_[A-Za-z0-9]{36}\b",
    "a DigitalOcean token": r"\bdo[opr]_v1_[a-f0-9]{64}\b",
    "a Shopify token": r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b",
    "a Databricks token": r"\bdapi[a-f0-9]{32}\b",
    "a JSON web token": r"\beyJ[A-Za-z0-9_-]{8,400}\.eyJ[A-Za-z0-9_-]{8,500}\.[A-Za-z0-9_-]{16,100}",
    "a private key": r"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----",
    "a password in an address": r"\b[a-z][a-z0-9+.-]{1,15}://[^\s:/@]{1,60}:(?P<secret>[^\s:/@]{3,80})@[A-Za-z0-9.-]{3,}",
    "an AWS key": r"(?i:\baws.{0,30}(?:secret|key).{0,15}[\"'=: ])(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
    "a password": (
        r"(?i:\b(?:password|passwd|passphrase|pwd|secret|api[_ -]?key|access[_ -]?token|auth[_ -]?token"
        r"|client[_ -]?secret))"
        r"[\"']?\s{0,3}(?:=>|:=|[:=])\s{0,3}[\"']?(?P<secret>[^\s\"'`,;<>(){}\[\]]{8,120})"
    ),
}
_PLACEHOLDER = re.compile(
    r"example|sample|dummy|placeholder|changeme|change_me|your|insert|redacted|replace|secret_?here|to_?do|fake"
    r"|test|xxx|\*\*\*|\.\.\.|…|0{6}|1234567|abcdef|^<|^\$|^%|\{\{|env|process\.|getenv|^none$|^null$|^true$|^false$",
    re.IGNORECASE,
)


_NAMES = re.compile(r"[A-Za-z_]+(?:(?:\.|::|->)[A-Za-z_]+)*")
"""A variable or a call in a program."""


class _Form(NamedTuple):
    """How one kind of secret is written."""

    kind: str
    pattern: re.Pattern[str]


@rule(version=1)
def secret(trace: Trace) -> Iterator[Finding]:
    """No key, token or password stands in the text: the forms of detect-secrets, and newer ones of known services.

    A placeholder is none: `sk-your-key-here`, `AKIAIOSFODNN7EXAMPLE`. What was found is never repeated in the message.
    """
    for step, text in trace.pieces():
        if not _HINT.search(text):
            continue
        for span, kind in _found(text, trace):
            message = f"This looks like {kind}: take it out, and if it is a real one, have it revoked."
            known: dict[str, Json] = {"kind": kind, "characters": span[1] - span[0]}
            yield Finding(Verdict.SUSPICIOUS, span, message, step, evidence=known, repair="[removed]")


def _found(text: str, trace: Trace) -> list[tuple[Span, str]]:
    found: dict[Span, str] = {}
    for start in range(0, max(1, len(text) - OVERLAP), WINDOW - OVERLAP):
        trace.budget.look()
        window = text[start : start + WINDOW]
        if not _HINT.search(window):
            continue
        for form in _forms():
            for match in form.pattern.finditer(window):
                group = "secret" if "secret" in form.pattern.groupindex else 0
                span = match.span(group)
                if not _is_inside_a_word(window, span[0]) and _is_secret(form.kind, match[group]):
                    found.setdefault((start + span[0], start + span[1]), form.kind)
    return _apart(found)


def _apart(found: Mapping[Span, str]) -> list[tuple[Span, str]]:
    """Those that no longer one covers, in their order."""
    kept: list[tuple[Span, str]] = []
    for span, kind in sorted(found.items(), key=lambda each: (each[0][0], -each[0][1])):
        if not kept or span[0] >= kept[-1][0][1]:
            kept.append((span, kind))
    return kept


@cache
def _forms() -> tuple[_Form, ...]:
    own = [_Form(kind, re.compile(pattern)) for kind, pattern in _OWN.items()]
    library = []
    for module, name, kind in _LIBRARY:
        detector = getattr(import_module(f"detect_secrets.plugins.{module}"), name)
        library += [_Form(kind, pattern) for pattern in detector.denylist]
    return (*own, *library)


def _is_inside_a_word(text: str, start: int) -> bool:
    return start > 0 and text[start].isalnum() and (text[start - 1].isalnum() or text[start - 1] == "_")


def _is_secret(kind: str, value: str) -> bool:
    if kind == "a private key":
        return True
    if _PLACEHOLDER.search(value) or len(set(value)) < MAX_SHOWN:
        return False
    return kind != "a password" or _is_random(value)


def _is_random(value: str) -> bool:
    """Whether somebody made it up as a secret: letters and digits or marks, and hardly any of them twice."""
    if _NAMES.fullmatch(value):
        return False
    kinds = sum(bool(re.search(each, value)) for each in (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]"))
    counts = Counter(value)
    bits = -sum(count / len(value) * math.log2(count / len(value)) for count in counts.values())
    return (kinds >= 3 and bits >= 2.7) or (kinds >= 2 and bits >= 3.2 and bool(re.search(r"[0-9]", value)))
