"""Words with which a step turns: it supposes, confirms, checks again, takes back, or closes."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE
_LEAD = (
    r"(?:(?:now|so|but|and|ok|okay|well|right|next|first|finally|indeed|here|thus|then|also|before\s[^,.]{1,60}),?\s+)"
    r"|(?:(?:let['’]?s|let\s+(?:me|us)|we|i|to|can|could|should|will|might|must|shall|want\s+to|need\s+to|have\s+to|"
    r"may|just|quickly|simply|also|step)\s+)"
)
_AGAIN_VERB = (
    r"(?:verif(?:y|ies|ied|ying)|(?:re)?confirm(?:s|ed|ing)?|double[- ]?check(?:s|ed|ing)?|re-?check(?:s|ed|ing)?|"
    r"cross-?check(?:s|ed|ing)?|re-?calculat(?:e|es|ed|ing)|re-?comput(?:e|es|ed|ing)|re-?evaluat(?:e|es|ed|ing)|"
    r"re-?verif(?:y|ies|ied|ying)|re-?examin(?:e|es|ed|ing)|revisit(?:s|ed|ing)?|review(?:s|ed|ing)?|"
    r"re-?validat(?:e|es|ed|ing)|validat(?:e|es|ed|ing)|recapitulat(?:e|es|ed|ing)|re-?iterat(?:e|es|ed|ing)|"
    r"re-?stat(?:e|es|ed|ing)|re-?affirm(?:s|ed|ing)?|re-?count(?:s|ed|ing)?|also\s+check(?:s|ed|ing)?)"
)
_OPENS_CHECK = re.compile(rf"^\W{{0,4}}(?:{_LEAD}){{0,6}}{_AGAIN_VERB}\b", _FLAGS)
_CHECKS = re.compile(
    rf"\bcan\s+also\s+be\s+(?:checked|confirmed|verified)\b|\bto\s+(?:be\s+sure|ensure\s+(?:\w+\s+)?(?:accuracy|correctness|consistency)|{_AGAIN_VERB})\b"
    rf"|\b(?:for|as\s+a)\s+(?:double[- ]?check|verification|confirmation)\b"
    rf"|\b(?:let['’]?s|let\s+(?:me|us)|we\s+(?:can|should|will|must|could)|i\s+(?:can|should|will|must|could))\s+"
    rf"(?:\w+\s+)?{_AGAIN_VERB}\b|\b(?:check|confirm|verif|calculat|comput)\w*\b[^.]{{0,80}}\b(?:again|once\s+more)\b",
    _FLAGS,
)
_FIRST_TEST = re.compile(
    r"\b(?:satisf\w+|whether|if|candidates?|original\s+(?:\w+\s+)?(?:equation|inequality|condition|constraint)s?|"
    r"conditions?|all|each|every|both|minimum|maximum|pattern)\b",
    _FLAGS,
)
_AGAIN = re.compile(
    r"\b(?:again|once\s+more|indeed|double|re-?(?:check|calc|comp|count|eval|verif|confirm|exam|visit)\w*)\b", _FLAGS
)
_CONCLUDES = re.compile(
    r"\b(?:so|thus|therefore|hence|confirm\w*|verif\w*|indeed|conclu\w*|which gives|we get|we have|yields?)\b", _FLAGS
)
_ASSUMPTION_WORD = re.compile(r"\b(?:assum\w+|suppos\w+|hypothes\w+|guess\w*|presum\w+)\b", _FLAGS)
_SINCE = re.compile(r"\b(?:since|because)\b", _FLAGS)
_CONDITIONAL = re.compile(r"\b(?:if|or)\b|\?", _FLAGS)
_SUPPOSES = re.compile(
    r"\b(?:assum(?:e|es|ed|ing)|suppos(?:e|es|ed|ing)|hypothesi[sz]e[sd]?|presum(?:e|es|ed|ing)|let['’]?s\s+say)\b",
    _FLAGS,
)
_ASSUMPTION = r"(?:assumption|supposition|hypothesis|assumed\s+\w+|presumption|guess)s?"
_CONFIRMS = re.compile(
    rf"\b(?:confirm|verif|validat|prov|support|justif|satisf)\w*\b[^.;]{{0,40}}\b{_ASSUMPTION}\b"
    rf"|\b(?:match|align|agree|consistent|in\s+line)\w*\b[^.;]{{0,25}}\b{_ASSUMPTION}\b"
    rf"|\b{_ASSUMPTION}\b[^.;]{{0,25}}\b(?:holds?|(?:is|was|are|were|proves?)\s+(?:\w+\s+)?"
    r"(?:correct|right|true|valid|verified|confirmed|consistent|justified|satisfied))\b",
    _FLAGS,
)
_SETTLES = re.compile(rf"\b(?:{_AGAIN_VERB}|check(?:s|ed|ing)?|prov(?:e|es|ed|ing))\b", _FLAGS)
_ASSUMES_THE_RESULT = re.compile(
    r"\b(?:assum(?:e|es|ed|ing)|suppos(?:e|es|ed|ing)|presum(?:e|ing))\s+(?:that\s+)?(?:our\s+|the\s+|this\s+|we\s+)?"
    r"(?:(?:final|desired|correct|claimed)\s+)?(?:answer|result|conclusion|solution|claim|"
    r"have\s+already\s+(?:\w+\s+)?(?:calculated|computed|shown|proved|proven|found|derived))\b",
    _FLAGS,
)
_REFUTES = re.compile(
    r"\b(?:contradict\w*|absurd\w*|impossible|cannot|can['’]t|not\s+possible|inconsistent|wrong|incorrect|mistake|"
    r"error|fails?|failed|false|however|does\s+not|doesn['’]t|do\s+not|is\s+not|isn['’]t|are\s+not|no\s+such|wait|"
    r"not\s+(?:equal|true|valid|correct|satisfied)|too\s+(?:small|large|big|many|few|low|high))\b",
    _FLAGS,
)
_CORRECTS = re.compile(
    r"\b(?:contradict\w*|wrong|incorrect|mistake|error|fails?|wait|oops|sorry|no\s+such|misread|"
    r"(?:does\s+not|doesn['’]t|do\s+not|don['’]t|cannot|can['’]t|is\s+not|isn['’]t)\s+(?:\w+\s+)?"
    r"(?:work|hold|match|satisf\w+|equal|possible|true|right|correct|valid))\b",
    _FLAGS,
)
_INDUCTION = re.compile(
    r"\b(?:induct(?:ion|ive|ively)|without\s+loss\s+of\s+generality|wlog|by\s+contradiction|contrary)\b", _FLAGS
)
_ASKS_FOR_PROOF = re.compile(
    r"\b(?:prove|proof|show\s+that|verify|check\s+(?:whether|if|that)|confirm|justify|true\s+or\s+false|assum\w+)\b",
    _FLAGS,
)


def opens_check(text: str) -> bool:
    """Whether it sets out to check something again: "Let's verify ...", "To be sure, ...", "once more"."""
    return _OPENS_CHECK.search(text) is not None or _CHECKS.search(text) is not None


def is_recheck(sentence: str) -> bool:
    """Whether the sentence checks something again, and is no first test of candidates or conditions."""
    return opens_check(sentence) and (_FIRST_TEST.search(sentence) is None or _AGAIN.search(sentence) is not None)


def supposes(text: str) -> bool:
    """Whether something is supposed in it."""
    return _SUPPOSES.search(text) is not None


def speaks_of_assumption(text: str) -> bool:
    """Whether an assumption, hypothesis or guess is mentioned."""
    return _ASSUMPTION_WORD.search(text) is not None


def gives_reason(text: str) -> bool:
    """Whether "since" or "because" stands in it."""
    return _SINCE.search(text) is not None


def concludes(text: str) -> bool:
    """Whether it states something as found, under no condition and without supposing it anew."""
    return _CONCLUDES.search(text) is not None and not supposes(text) and _CONDITIONAL.search(text) is None


def confirms_supposition(text: str) -> bool:
    """Whether it takes an assumption as shown: "which confirms our assumption"."""
    return _CONFIRMS.search(text) is not None


def settles_by_supposing(text: str) -> bool:
    """Whether one sentence both supposes and verifies: "To verify, assume that ..."."""
    return _SUPPOSES.search(text) is not None and _SETTLES.search(text) is not None


def assumes_the_result(text: str) -> bool:
    """Whether it takes for given what is to be found: "Assume the answer is 28"."""
    return _ASSUMES_THE_RESULT.search(text) is not None


def refutes(text: str) -> bool:
    """Whether something is found wrong or impossible in it."""
    return _REFUTES.search(text) is not None


def corrects(text: str) -> bool:
    """Whether something said before is found wrong in it, so that a look back was worth while."""
    return _CORRECTS.search(text) is not None


def is_method(text: str) -> bool:
    """Whether it names a way to prove that begins with an assumption: induction, contradiction, without loss."""
    return _INDUCTION.search(text) is not None


def asks_for_proof(prompt: str) -> bool:
    """Whether the prompt itself asks to verify, or speaks of assumptions."""
    return _ASKS_FOR_PROOF.search(prompt) is not None
