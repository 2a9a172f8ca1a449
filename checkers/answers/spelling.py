"""The text of an answer in one spelling: out of its wrappers, without what only sets it in print."""

from __future__ import annotations

import re
import unicodedata

from checkers.answers.find import MAX_ANSWER

_WRAPPERS = (
    ("\\boxed{", "}"),
    ("\\fbox{", "}"),
    ("$$", "$$"),
    ("$", "$"),
    ("\\(", "\\)"),
    ("\\[", "\\]"),
    ("**", "**"),
    ("\\text{", "}"),
    ("\\textbf{", "}"),
    ("\\mathbf{", "}"),
    ("\\mathrm{", "}"),
    ('\\"', '\\"'),
    ('"', '"'),
    ("'", "'"),
    ("`", "`"),
    ("“", "”"),
)
_KNOWN = "frac|dfrac|tfrac|sqrt|left|right|pi|infty|le|leq|ge|geq|ne|neq|lt|gt|in|cup|cap|pm|text|cdot|times|circ|theta"
# Three backslashes before a command are a row of a matrix that ends, two are one that was escaped twice.
_TWICE = re.compile(rf"(?<!\\)\\\\(?=(?:{_KNOWN}|boxed|fbox|mathrm|begin|end|log|ln|sin|cos|tan)(?![A-Za-z]))")
_GROUPS = (
    (re.compile(r"(?<=[0-9]) {0,3}, {0,3}\\! {0,3}(?=[0-9]{3}(?![0-9]))"), ","),
    (re.compile(r"(?<=[0-9]) {0,3}\{ {0,3}, {0,3}\} {0,3}(?=[0-9]{3}(?![0-9]))"), "{,}"),
)
_SPACED_GROUPS = re.compile(r"-?[0-9]{1,3}(?:(?: |\\ |\\,|\\;|~)[0-9]{3}){1,5}(?:\.[0-9]+)?")
_ARRAY = re.compile(
    r"(?:\\left)? ?[(\[] ?\\begin\{array\}(?:\{[lcr| ]{0,20}\})?(?P<rows>(?:(?!\\(?:begin|end)\{).){0,900})"
    r"\\end\{array\} ?(?:\\right)? ?[)\]]",
    re.DOTALL,
)
_MIXED = re.compile(r"(-?)([0-9]{1,18}) {1,3}([0-9]{1,18})/([0-9]{1,18})")
_QUADS = re.compile(r"\s*[,;]?\s*\\q?quad(?![A-Z])\s*")
_TEXT_AND_BLANK = re.compile(r"\\(text|mathrm|mbox)\s{1,3}\{")
_ROWS = re.compile(
    r"(?:\\left ?\\?\{ ?|\\left ?\. ?)?"
    r"\\begin\{(?P<fence>cases|array|aligned|align\*?|gathered)\}(?:\{[lcr| ]{0,20}\})?"
    r"(?P<rows>(?:(?!\\(?:begin|end)\{).){0,900})\\end\{(?P=fence)\}(?: ?\\right ?(?:\.|\\?\}))?",
    re.DOTALL,
)
_ALIGNED = re.compile(r"&\s{0,3}(?==|<|>|\\(?:leq?|geq?|neq?|in)(?![A-Za-z]))|(?<==)\s{0,3}&")
_ROW_ENDS = re.compile(r"\s*,?\s*\\\\\s*")
_PLAIN_SCIENTIFIC = re.compile(r"(-?[0-9]{1,18})([eE][-+]?[0-9]{1,3})")
_UNIT_POWER = re.compile(r"(\\(?:text|mathrm|mbox)\{[^{}]{1,40}\})\s{0,3}\^\s{0,3}\{([23])\}")
_MONEY_BEHIND = re.compile(r"(-?[0-9][0-9,.]{0,40})\s{0,3}(\\?\$|[£€¥])")
_MINUS_BEHIND = re.compile(r"\A(?P<money>\\?\$|[£€¥])\s{0,3}-(?=[0-9])")
_JOINERS = re.compile(r"\\(?:text|mathrm|mbox)\{\s{0,3},?\s{0,3}(and|or)\s{0,3}\}|\\(lor|vee|land|wedge)(?![A-Za-z])")
_SIGNS_OF_WORDS = {"lor": "or", "vee": "or", "land": "and", "wedge": "and"}
_SCALED_MATRIX = re.compile(r"(?<=[0-9}])\s{0,3}(?=\\begin\{[pbv]?matrix\})")
_BRACKETED_WORD = re.compile(r"\[([A-Za-z]{2,20})[.!]?\]")
_LEADING = re.compile(r"(?:=|≈|\\approx(?![A-Za-z])|:)\s*")
_SPACES = re.compile(r"\s+|\\[,;:! ]|~")
_ARTICLES = re.compile(r"\b(?:the|a|an)\b ?")
_MATHEMATICS = re.compile(r"[\\=+*/^_<>|(){}\[\]]")
_CORNERS = re.compile(r"[A-Z]{2,3}")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_IN_WORDS = re.compile(r"\\(?:text|textbf|textit|mathrm|mbox)\{([^{}]{0,300})\}")


def unwrapped(text: str) -> str:
    """The text without boxes, dollars, bold print, quotes and full stops around it."""
    text = _TWICE.sub(r"\\", text.strip())
    for _ in range(6):
        before = text
        for opening, closing in _WRAPPERS:
            inner = text[len(opening) : len(text) - len(closing)]
            if text.startswith(opening) and text.endswith(closing) and len(text) > len(opening) + len(closing):
                text = text if _is_broken(inner, closing) else inner.strip()
        word = _BRACKETED_WORD.fullmatch(text)
        text = (
            word[1]
            if word
            else _LEADING.sub("", _bare_edges(text), count=1)
            if _LEADING.match(text)
            else _bare_edges(text)
        )
        if text == before:
            break
    return text


def spelled(text: str) -> str:
    """A formula that `unwrapped` gave as the reader of formulas wants it."""
    for pattern, instead in _GROUPS:
        text = pattern.sub(instead, text)
    text = _TEXT_AND_BLANK.sub(r"\\\1{", text)
    text = _UNIT_POWER.sub(r"\1^\2", text)
    text = _MINUS_BEHIND.sub(r"-\g<money>", text)
    money = _MONEY_BEHIND.fullmatch(text)
    if money is not None:
        return money[2] + money[1]
    text = _JOINERS.sub(lambda found: f" {found[1] or _SIGNS_OF_WORDS[found[2]]} ", text)
    text = _ARRAY.sub(r"\\begin{pmatrix}\g<rows>\\end{pmatrix}", text)
    text = _ROWS.sub(_as_list, text)
    if "\\\\" in text and "\\begin" not in text:
        text = _ROW_ENDS.sub(", ", text).strip(", ")
    text = _SCALED_MATRIX.sub(r" \\cdot ", text)
    if "quad" in text:
        text = _QUADS.sub(", ", text).strip(", ")
    if _SPACED_GROUPS.fullmatch(text):
        return re.sub(r"[^-0-9.]+", "", text)
    mixed = _MIXED.fullmatch(text)
    if mixed is not None and int(mixed[3]) < int(mixed[4]):
        return f"{mixed[1]}({mixed[2]} + {mixed[3]}/{mixed[4]})"
    return _tuples(text) if ";" in text else text


def with_point(text: str) -> str:
    """`1e-3` as `1.0e-3`, which no reader takes for a product with the number e; for text that is no LaTeX."""
    found = _PLAIN_SCIENTIFIC.fullmatch(text)
    return f"{found[1]}.0{found[2]}" if found else text


def _as_list(found: re.Match[str]) -> str:
    """The lines of a system of equations with commas between them; a case distinction stays as it is."""
    rows = _ALIGNED.sub("", found["rows"])
    return found[0] if "&" in rows else _ROW_ENDS.sub(", ", rows).strip(", \n")


def in_words(text: str) -> str:
    """The text as it is compared when it is no mathematics: small letters, no articles, one blank between words."""
    plain = _IN_WORDS.sub(r" \1 ", text.replace("\\left", "").replace("\\right", "").replace("$", ""))
    plain = _SPACES.sub(" ", plain).strip(" .,;:!\"'")
    if not _MATHEMATICS.search(plain) and _TWO_LETTERS.search(plain) and not _CORNERS.fullmatch(plain):
        plain = unicodedata.normalize("NFKC", plain).casefold()
        plain = _ARTICLES.sub("", plain + " ").strip() or plain
    return plain


def _bare_edges(text: str) -> str:
    text = text.strip().removesuffix("\\\\").rstrip()
    if text.endswith((".", "。")) and not text.endswith(".."):
        text = text[:-1].rstrip()
    if text.count("$") % 2 and text.endswith("$") and not text.endswith("\\$"):
        text = text[:-1].rstrip()
    return text.removesuffix("**").removeprefix("**").strip() if text.count("**") == 1 else text


def _is_broken(inner: str, closing: str) -> bool:
    """Whether the wrapper around this is no pair: a brace is closed that was opened before, or one stands between."""
    depth = 0
    for sign in inner[:MAX_ANSWER]:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return True
    return depth != 0 or "$" in inner.replace("\\$", "") or (closing != "}" and closing in inner)


def _tuples(text: str) -> str:
    """`(0; 1)` as `(0, 1)`, unless a comma may be the point of a decimal."""
    if re.search(r"[0-9],[0-9]", text):
        return text
    said, depth = [], 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        said.append("," if sign == ";" and depth > 0 else sign)
    return "".join(said)
