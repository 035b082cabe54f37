"""Names of people, and words on somebody's health.

A name is what follows a civility (« mme. durand »), an introduction (« je m'appelle ») or a closing formula. Elsewhere a
capital is a town's or an establishment's, which is what the question is about. Words on health go in a sentence that
names somebody, or that speaks of oneself or of a relative: alone, they are what establishments work on.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.french.text import STOP_WORDS, fold
from knowledge.patterns import compile_pattern
from knowledge.privacy.identifiers import Span
from knowledge.privacy.vocabulary import WHOLE, vocabulary

_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_PARTICLE = r"(?:(?i:de|du|des|le|la|el|ben|van|von)[ ]|(?i:d|l)')"
_CIVILITY = compile_pattern(
    r"(?<![\w'])(?<!\d )(?:(?i:monsieur|madame|mademoiselle|messieurs|mesdames|mme|mlle|mmes|mlles|docteure?|professeure?)\.?"
    r"|(?i:mr|mrs|dr)\.?(?=[ ])|(?:Pr|MM)\.?(?=[ ])|M\.(?=[A-ZÀ-Þ][a-zà-ÿ])|M\.?(?=[ ])|m\.(?=[ ]))[ ]{0,3}(?<![a-zA-Z])",
    reads=WHOLE,
)
_INTRODUCTION = compile_pattern(
    r"(?<!\w)(?i:je m'appelle|je me nomme|je me presente|je me présente|mon nom est|mon nom c'est|mon pr[ée]nom est|mon nom de famille est|moi c'est"
    r"|de la part de|sign[ée] ?:?|l'interlocut(?:eur|rice) est|ma coll[èe]gue|mon coll[èe]gue|(?:pr[ée]nom|nom)(?: et (?:pr[ée]nom|nom))? ?:)[ ,]{1,3}",
    reads=WHOLE,
)
# « je suis Jean Dupont », « ici Claire Martin »: told from a function by capitals and known given names.
_PRESENTED = compile_pattern(r"(?<!\w)(?i:je suis|ici|contactez|voir avec|demandez|demander)[ ]{1,2}", reads=WHOLE)
_CLOSING = compile_pattern(
    r"(?<!\w)(?i:cordialement|bien [àa] vous|salutations(?: distingu[ée]es)?|bonne journ[ée]e|sinc[èe]rement|respectueusement)[ ,.\n]{1,6}",
    reads=WHOLE,
)
_TITLE = compile_pattern(
    r"(?:(?i:l[ae])[ ]|(?i:l)')[\w-]{3,30}(?:[ ](?!(?i:est|et|a|de|du)\b)[a-zà-ÿ-]{3,20})?[ ](?=[A-ZÀ-Þ])"
)
_WORD = compile_pattern(rf"{_PARTICLE}{{0,2}}[^\W\d_][\w'-]{{0,40}}\.?")
_NOT_PEOPLE = compile_pattern(
    r"(?:EHPAD|ESSMS|SSIAD|SESSAD|ESAT|IME|ITEP|MAS|FAM|CHU|CHRU|CH|CSE|ARS|ARACT|ANACT|QVC?T|RPS|TMS|HAD|USLD|PASA|UHR|UVP|SAVS"
    r"|SAMSAH|AMI|AAP|AAC|FEHAP|SIRET|FINESS|DGCS|CNSA|DRH|RH|DAF|DIRECT\w*|DIRECTION)\b"
)
_ROLE = compile_pattern(
    r"(?:direct|presid|maire|pref|chef|respons|secret|deleg|cadre|ministre|charge|coord|refer|infirm|medec|aide|agent|educ|psycho|gestion|comptab"
    r"|etabl|resid|foyer|service|maison|centre|equipe|associ|fondation|groupe|hopital|clinique|institut)"
)
_MOST_WORDS = 4  # of a name
_AHEAD = 120  # characters in which a name is read


def name_spans(plain: str) -> Iterator[Span]:
    """Yield where a plain text (knowledge.privacy.plain) names a person."""
    for cue in _CIVILITY.finditer(plain):
        yield from _after(plain, cue.end(), civil=True)
    for cue in _INTRODUCTION.finditer(plain):
        yield from _after(plain, cue.end(), civil=False)
    for cue in _PRESENTED.finditer(plain):
        found = next(_after(plain, cue.end(), civil=False, capital=True), None)
        if (
            found
            and (_is_given(plain[slice(*found)]) or " " in plain[slice(*found)])
            and not _has_role(plain[slice(*found)])
        ):
            yield found
    for cue in _CLOSING.finditer(plain):
        yield from _after(plain, cue.end(), civil=False, capital=True)


def _after(plain: str, start: int, civil: bool, capital: bool = False) -> Iterator[Span]:
    """Yield the name that stands at a place; `civil`: after a civility; `capital`: only one written with capitals."""
    ahead = plain[: start + _AHEAD]
    if civil and (again := _CIVILITY.match(ahead, start)):  # « Mme le Dr Petit », « Madame, Monsieur »
        start = again.end()
    if civil and (title := _TITLE.match(ahead, start)):
        start = title.end()
    end = start
    words = 0
    known = False
    while words < _MOST_WORDS and (word := _WORD.match(ahead, end)):
        if not _is_name(word.group(), words, known, capital):
            break
        known = known or _is_given(word.group())
        end = word.end()
        words += 1
        if word.group().endswith(".") and len(word.group()) > 2:  # the sentence ends there
            end -= 1
            break
        if ahead[end : end + 1] != " ":
            break
        if ahead[end : end + 4] == " et " and civil and not words > 2:
            following = _WORD.match(ahead, end + 4)
            if following and following.group()[:1].isupper() and _is_name(following.group(), 0, False, True):
                yield start, end
                start, end, words = end + 4, end + 4, 0
                continue
        end += 1
    end -= end > start and plain[end - 1] == " "
    if words and end > start:
        yield start, end


def _is_name(word: str, before: int, known: bool, capital: bool) -> bool:
    """Return whether a word goes on with a name of which `before` words stand already; `known`: a given name is one."""
    bare = word.split(" ")[-1]
    folded = fold(bare).split()
    plain = folded[-1] if folded else ""
    if not plain or _NOT_PEOPLE.match(bare.split("'")[-1]):
        return False
    if len(plain) == 1:  # « Mme D. »
        return bare.endswith(".") and bare[:1].isupper()
    words = vocabulary()
    upper = bare.split("'")[-1][:1].isupper() or bare[:1].isupper()
    if upper:
        return not (before == 0 and plain in words.not_names)
    if folded[0] in words.not_names:
        return False
    if capital or before > 1 or len(plain) < 2:
        return False
    return before == 0 or known and plain not in STOP_WORDS


def _is_given(word: str) -> bool:
    return bool(vocabulary().given_names & set(fold(word).split()))


def _has_role(words: str) -> bool:
    return any(_ROLE.match(word) for word in fold(words).split())


# Health -------------------------------------------------------------------------------------------------------

_ONESELF = compile_pattern(
    r"\b(?:je (?:suis|souffre|fais|reviens|sors|prends|vis|reste)|j ai|j etais|j avais|j attends|mon|ma|mes|moi|m a|me)\b(?: \w+){0,4}? $",
    reads=2_000,
)
_RELATIVE = compile_pattern(
    r"\b(?:ma|mon|mes|sa|son|ses) (?:mere|pere|mari|femme|fils|fille|frere|soeur|conjointe?|compagn\w+|epou\w+|enfants?|tante|oncle|grand mere|grand pere|belle mere"
    r"|beau pere|collegues?|collaborat\w+|assistante?|adjointe?|secretaire|voisine?|amie?|salariee?|agente?|chef|cheffe|patronne?)\b",
    reads=2_000,
)
_ROLES = (
    r"(?:coll[èe]gues?|salari[ée]e?|agente?|infirmi(?:er|ère)|aide[ -]soignante?|r[ée]sidente?|patiente?|usag(?:er|ère)|m[èe]re|p[èe]re"
    r"|mari|femme|fils|fille|fr[èe]re|s(?:œ|oe)ur|conjointe?|[ée]pou(?:x|se)|amie?|voisine?|collaborat(?:eur|rice)"
    r"|direct(?:eur|rice)|cheff?e?|secr[ée]taire|m[ée]decin|[ée]ducat(?:eur|rice))"
)
_SMALL = r"[^\W\d_A-ZÀ-Ý]"
_GIVEN = rf"[A-ZÀ-Ý]{_SMALL}{{1,30}}(?:[-'’][A-ZÀ-Ý]?{_SMALL}{{1,30}}){{0,3}}"
_NO_NAME = rf"(?:{_NOT_PEOPLE.pattern})"
_NAME = r"[A-ZÀ-Ý][\w'’-]{0,40}"
_UNTITLED = (
    compile_pattern(
        rf"(?i:\b({_ROLES},?\s{{1,3}}))(?!{_NO_NAME}){_GIVEN}(?:\s[A-ZÀ-Ý]\.|\s{{1,3}}(?!{_NO_NAME}){_NAME}){{0,3}}"
    ),
    # « Jean DUPONT », « Jean D. »
    compile_pattern(
        rf"()\b(?!(?:Notre|Votre|Nos|Vos|Les?|La|Une?|Des|Du|En|Au|Pour|Dans|Chaque|Mon|Ma|Ce|Cette)\b){_GIVEN}\s"
        rf"(?:(?!{_NO_NAME})[A-ZÀ-Ý]{{3,}}\b|[A-ZÀ-Ý]\.)"
    ),
)
_LONGEST_SENTENCE = 1_000
# The dot of an initial (« Karim B. est… ») or of « M. » ends no sentence.
_SENTENCE_END = compile_pattern(r"(?<![ ][A-ZÀ-ÝM])\.(?=\s|$)|[!?\n]", reads=WHOLE)


def without_health(text: str, mask: str) -> str:
    """Return a text, in which names are masked, without what it says of somebody's health."""
    if not vocabulary().health.search(unaccented(text)):
        return text
    kept, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        kept.append(_without(text[start : end.end()], mask))
        start = end.end()
    return "".join([*kept, _without(text[start:], mask)])


def _without(sentence: str, mask: str) -> str:
    health = vocabulary().health
    if not health.search(unaccented(sentence)):
        return sentence
    for pattern in _UNTITLED:
        sentence = pattern.sub(rf"\1{mask}", sentence[:_LONGEST_SENTENCE]) + sentence[_LONGEST_SENTENCE:]
    plain = unaccented(sentence)
    named = mask in sentence or _RELATIVE.search(fold(sentence)[:2_000]) is not None
    pieces, start = [], 0
    for found in health.finditer(plain):
        if named or _ONESELF.search(fold(plain[max(0, found.start() - 60) : found.start()]) + " "):
            pieces += [sentence[start : found.start()], mask]
            start = found.end()
    return "".join([*pieces, sentence[start:]])


class _Unaccented(dict[int, str]):
    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = fold(letter)
        plain = self[code] = folded if len(folded) == 1 else letter.lower() if len(letter.lower()) == 1 else letter
        return plain


_PLAIN = _Unaccented()


def unaccented(text: str) -> str:
    """Return a text in small letters without accents, sign for sign."""
    return text.translate(_PLAIN)
