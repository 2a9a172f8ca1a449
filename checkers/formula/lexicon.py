"""Words and commands of mathematics, and what each one is."""

from __future__ import annotations

from checkers.formula.tokens import Kind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TRIGONOMETRY = _words("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh")
"""Functions whose power may stand before the argument: `sin^2 x`."""
LOGARITHMS = _words("log ln lg exp")
OF_MANY = _words("gcd lcm max min mod")
OF_ONE = _words("sqrt cbrt abs floor ceil")
UNKNOWN = _words("det dim arg sgn Var Cov")
"""Functions that are read and whose values nobody here knows."""
FUNCTIONS = TRIGONOMETRY | LOGARITHMS | OF_MANY | OF_ONE | UNKNOWN
OTHER_SPELLINGS = {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "cosec": "csc", "tg": "tan", "ctg": "cot"}

_SMALL = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi"
_ALPHABET = f"{_SMALL} chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
GREEK = _words(f"{_ALPHABET} varepsilon vartheta varphi varrho varsigma ell hbar nabla partial")
LETTERS = dict(zip("αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", _ALPHABET.split(), strict=True))
VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8), "⅙": (1, 6)}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_R, _O, _B = Kind.RELATION, Kind.OPERATOR, Kind.BREAK
COMMANDS: dict[str, tuple[Kind, str]] = {
    **{name: (Kind.NAME, name) for name in GREEK},
    **{name: (Kind.FUNCTION, name) for name in FUNCTIONS},
    **dict.fromkeys(("times", "cdot", "ast"), (_O, "*")),
    "div": (_O, "/"),
    "pm": (_O, "±"),
    "mp": (_O, "∓"),
    "cup": (_O, "∪"),
    "cap": (_O, "∩"),
    "setminus": (_O, "∖"),
    **dict.fromkeys(("approx", "simeq", "doteq"), (_R, "≈")),
    **dict.fromkeys(("ne", "neq"), (_R, "≠")),
    **dict.fromkeys(("le", "leq", "leqslant"), (_R, "≤")),
    **dict.fromkeys(("ge", "geq", "geqslant"), (_R, "≥")),
    "lt": (_R, "<"),
    "gt": (_R, ">"),
    "equiv": (_R, "≡"),
    "cong": (_R, "≅"),
    "sim": (_R, "~"),
    "propto": (_R, "∝"),
    "in": (_R, "∈"),
    "notin": (_R, "∉"),
    **dict.fromkeys(("subset", "subseteq"), (_R, "⊆")),
    **dict.fromkeys(("mid", "divides"), (_R, "∣")),
    "nmid": (_R, "∤"),
    **{name: (_R, f"\\{name}") for name in _words("perp parallel prec succ preceq succeq supset supseteq")},
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), (Kind.FRACTION, "frac")),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), (Kind.FRACTION, "binom")),
    "sum": (Kind.FUNCTION, "sum"),
    "prod": (Kind.FUNCTION, "prod"),
    **dict.fromkeys(("pmod", "bmod", "mod"), (Kind.COMMAND, "mod")),
    **dict.fromkeys(("degree", "circ"), (Kind.DEGREE, "°")),
    "prime": (Kind.PRIME, "'"),
    "infty": (Kind.NAME, "∞"),
    "emptyset": (Kind.NAME, "∅"),
    **dict.fromkeys(("lvert", "rvert", "vert"), (Kind.BAR, "|")),
    "lfloor": (Kind.OPEN, "⌊"),
    "rfloor": (Kind.CLOSE, "⌋"),
    "lceil": (Kind.OPEN, "⌈"),
    "rceil": (Kind.CLOSE, "⌉"),
    "langle": (Kind.OPEN, "⟨"),
    "rangle": (Kind.CLOSE, "⟩"),
    "lbrace": (Kind.OPEN, "\\{"),
    "rbrace": (Kind.CLOSE, "\\}"),
    **dict.fromkeys(("ldots", "cdots", "dots", "vdots", "dotsb", "dotsc", "dotsm", "ddots"), (Kind.DOTS, "...")),
    **{
        name: (Kind.WRAPPER, name)
        for name in _words(
            "boxed fbox operatorname mathop mathbf mathrm mathbb mathcal mathfrak boldsymbol bold vec hat bar tilde "
            "dot overline underline widehat overrightarrow widetilde mathit mathsf cancel"
        )
    },
    **dict.fromkeys(("int", "iint", "oint"), (Kind.COMMAND, "an integral")),
    "choose": (Kind.COMMAND, "choose"),
    "over": (Kind.COMMAND, "over"),
    "exists": (Kind.BREAK, "\\quad"),
    "forall": (Kind.BREAK, "\\quad"),
    "lim": (Kind.COMMAND, "a limit"),
    "angle": (Kind.WRAPPER, "angle"),
    "triangle": (Kind.WRAPPER, "triangle"),
}
SILENT = _words(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle limits nolimits "
    "phantom nonumber notag small large hline centering scriptstyle bf rm it"
)
BREAKS = _words(
    "implies Rightarrow Longrightarrow Leftrightarrow Longleftrightarrow iff therefore because quad qquad item newline "
    "rightarrow longrightarrow to mapsto land lor wedge vee"
)
SIGNS: dict[str, tuple[Kind, str]] = {
    "|": (Kind.BAR, "|"),
    "!": (Kind.BANG, "!"),
    "_": (Kind.BELOW, "_"),
    "'": (Kind.PRIME, "'"),
    "′": (Kind.PRIME, "'"),
    "’": (Kind.PRIME, "'"),
    "°": (Kind.DEGREE, "°"),
    "√": (Kind.FUNCTION, "sqrt"),
    "∛": (Kind.FUNCTION, "cbrt"),
    "∑": (Kind.FUNCTION, "sum"),
    "∏": (Kind.FUNCTION, "prod"),
    "∞": (Kind.NAME, "∞"),
    "∅": (Kind.NAME, "∅"),
    "∫": (Kind.COMMAND, "an integral"),
    "∠": (Kind.WRAPPER, "angle"),
    "△": (Kind.WRAPPER, "triangle"),
    "±": (_O, "±"),
    "∓": (_O, "∓"),
    "∪": (_O, "∪"),
    "∩": (_O, "∩"),
    "–": (_O, "-"),
    "‑": (_O, "-"),
    "∕": (_O, "/"),
    "⁄": (_O, "/"),
    "≡": (_R, "≡"),
    "≅": (_R, "≅"),
    "∈": (_R, "∈"),
    "≃": (_R, "≈"),
    "⩽": (_R, "≤"),
    "⩾": (_R, "≥"),
    "∣": (_R, "∣"),
    "⌊": (Kind.OPEN, "⌊"),
    "⌋": (Kind.CLOSE, "⌋"),
    "⌈": (Kind.OPEN, "⌈"),
    "⌉": (Kind.CLOSE, "⌉"),
    "⟨": (Kind.OPEN, "⟨"),
    "⟩": (Kind.CLOSE, "⟩"),
    **dict.fromkeys("⇒→⟹⇔⟺∴∵↔↦;", (_B, "\\implies")),
}
STRANGE: dict[str, tuple[Kind, str]] = {
    "==": (_R, "="),
    ":=": (_R, "="),
    "~=": (_R, "≈"),
    "=>": (_B, "\\implies"),
    "==>": (_B, "\\implies"),
    "<=>": (_B, "\\implies"),
    "->": (_B, "\\implies"),
    "-->": (_B, "\\implies"),
}
NEGATED = {"=": "≠", "≡": "≢", "∈": "∉", "<": "≥", ">": "≤", "∣": "∤", "≤": ">", "≥": "<", "⊆": "⊈"}
"""What `\\not` makes of a sign of relation."""
CONNECTING = _words(
    "and or if when whenever where for since so thus then therefore hence because otherwise as but which with that is "
    "are was be we let while until by has have"
)
"""Words that join statements, so that what has them is no unit and no name of a value."""
COUNTING = _words(
    "dozen dozens hundred hundreds thousand thousands million millions billion billions trillion half halves third "
    "thirds quarter quarters fourth fourths fifth fifths sixth sixths eighth eighths tenth tenths hundredths pair "
    "pairs score gross squared cubed times plus minus divided multiplied over of more less than twice double triple "
    "remainder mod modulo factorial root power fold"
)
"""Words that change the number they stand behind, so that they are no unit."""
APPROXIMATE = _words("about approximately around roughly nearly approx")
ENGLISH = _words(
    "a an and are as at be but by can did do for from get got had has have he her his how if in is it its let may me "
    "my no not of on one or our out per she so the to two up us use was we who why you all any each than that then "
    "this with when i'm it's too yes now new old put see say via off own am also both case due end few five four six "
    "ten last left less more most much must next nine only open over part same set sum term thus total true age ages "
    "day hot box row pen pet dog cat cow pig hen egg hat cup jar car bus van kid boy job tax fee tip pay won run key "
    "toy lap leg arm eye ear jug mug pie ice oil gas sky fly bug ant rat son mom sis bro odd even pot lot man men him "
    "kids red top low high hip hop fat fun gum inn ink jam jet lid log map nut oak pan pop rug saw sea sun tea tie "
    "tin tub war web wet win far fan bat ball mix try big"
)
CAPITAL_ENGLISH = _words("AND OR IF THE NOT SO IS FOR ALL ARE WE")
"""Words that stay words when they are written in capitals; others name segments and points, `BE`, `AM`."""
LETTER_UNITS = frozenset("mgshlLNJWVAK")
"""Units of one letter, which stand for an unknown as often."""
UNITS = _words(
    "kb Mb MB GB cm mm km m kg mg g lb lbs oz ft in yd mi mph kph km/h s sec min hr hrs h ml l cc mol Hz Pa kPa kJ J "
    "W kW V A N K inches inch feet foot miles mile hours hour minutes minute seconds second days day weeks week "
    "months month years year dollars dollar cents cent degrees units unit meters metres grams liters litres percent "
    "points"
)
"""Short words that stand behind a number as its unit."""
CALLED = _words("deg Im Re tr Tr rk rank ord vol area")
"""Words that are functions where a bracket touches them."""
ORDINALS = _words("st nd rd th")
