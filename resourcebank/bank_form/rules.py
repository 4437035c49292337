"""What a resource in a folder must be, each rule with the line it is broken on.

What holds for every resource, however it was written, is in `resourcebank.quality`; here it gets its file and line, and advice counts
as a fault, because the starter bank is an example to others. Besides that stand the rules that only a file can break.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from resourcebank.bank_form.facts import FACETS, ORIGINS
from resourcebank.bank_form.folder import Folder, Known
from resourcebank.bank_form.forms import FormFile
from resourcebank.bank_form.language import Remark, bokmal_in_nynorsk, long_sentences
from resourcebank.faults import Fault, nearest
from resourcebank.markdown_source import Passage
from resourcebank.models.review import ANSWERS, NOT_OK, OK
from resourcebank.models.taxonomy import FRAMEWORK
from resourcebank.quality import EASY_LEVELS, Finding, findings, sentences
from resourcebank.search_words import LANGUAGES, MAX_LENGTH, MAX_WORDS, tidy_words
from resourcebank.toml_source import Key

MAX_TITLE = 80
MAX_SUMMARY = 300
ROLES = ("main", "touches")
# Said of a text that somebody else must read; long sentences get their own line below; a number of readability refuses nothing.
_LEFT_OUT = ("form-stale", "form-unchecked", "sentence-long", "lix-high", "captions-unknown")
Rule = Callable[[Folder, Known], Iterator[Fault]]


def broken_rules(folder: Folder, known: Known) -> list[Fault]:
    """Every rule the folder breaks."""
    return [fault for rule in _RULES for fault in rule(folder, known)]


def _values(folder: Folder, known: Known) -> Iterator[Fault]:
    facts = folder.facts
    for name in ("kind", "licence", "norwegian_level"):
        value = getattr(facts, name)
        if value and not known.has(name, value):
            yield facts.source.fault(_unknown(value, name, known), name)
    if facts.origin not in ORIGINS:
        yield facts.source.fault("«origin» er «own» (vår egen) eller «linked» (ligger hos andre).", "origin")
    for name in FACETS:
        for value in facts.facets[name]:
            if not known.has(name, value):
                yield facts.source.fault(_unknown(value, name, known), name)
        if len(set(facts.facets[name])) < len(facts.facets[name]):
            yield facts.source.fault(f"Samme verdi står to ganger i «{name}».", name)


def _unknown(value: str, vocabulary: str, known: Known) -> str:
    return f"«{value}» finnes ikke i ordlisten «{vocabulary}».{nearest(value, known.terms.get(vocabulary, ()))}"


def _needs(folder: Folder, known: Known) -> Iterator[Fault]:
    facts = folder.facts
    if "no-preparation" in facts.facets["needs"] and facts.preparation_minutes:
        yield facts.source.fault("«no-preparation» stemmer ikke med «preparation_minutes».", "needs")


def _terms(folder: Folder, known: Known) -> Iterator[Fault]:
    facts = folder.facts
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(facts.terms):
        if row.vocabulary not in FRAMEWORK:
            message = f"«{row.vocabulary}» er ikke en del av rammeverket: {', '.join(FRAMEWORK)} (vocabulary:slug)."
            yield facts.source.fault(message, "terms", number, "term")
        elif not known.has(row.vocabulary, row.slug):
            yield facts.source.fault(_unknown(row.slug, row.vocabulary, known), "terms", number, "term")
        if row.role not in ROLES:
            yield facts.source.fault("«role» er «main» eller «touches».", "terms", number, "role")
        if (row.vocabulary, row.slug) in seen:
            yield facts.source.fault(f"«{row.vocabulary}:{row.slug}» står to ganger.", "terms", number, "term")
        seen.add((row.vocabulary, row.slug))


def _mains(folder: Folder, known: Known) -> Iterator[Fault]:
    facts = folder.facts
    mains = facts.mains()
    pairs = {row.slug.partition("/")[0] for row in mains if row.vocabulary == "word_pair"}
    place = ("terms", next((n for n, row in enumerate(facts.terms) if row.role == "main"), 0))
    if facts.origin == "linked":
        if len(mains) > 1:
            yield facts.source.fault("En ressurs som ligger hos andre, har nøyaktig én hovedkobling.", *place)
    elif len(pairs) > 1:
        yield facts.source.fault("Hovedkoblingene hører til ett ordpar; bruk «touches» for de andre.", *place)
    elif mains and facts.facets["use"] == ("colleagues",):
        if all(row.vocabulary == "word_pair" for row in mains):
            yield facts.source.fault("En ressurs for kollegaer har en standard, etikk eller et kvalitetsområde som hovedkobling.", *place)
    elif mains and not pairs:
        yield facts.source.fault("En ressurs for deltakere har et ordpar som hovedkobling.", *place)


def _checklist(folder: Folder, known: Known) -> Iterator[Fault]:
    for code, answer in folder.facts.checklist.items():
        if known.criteria and code not in known.criteria:
            message = f"«{code}» er ikke et punkt på sjekklisten.{nearest(code, known.criteria)}"
            yield folder.facts.source.fault(message, "checklist", code)
        allowed = ANSWERS if known.criteria.get(code, True) else (OK, NOT_OK)
        if answer not in allowed:
            yield folder.facts.source.fault(f"Svaret på «{code}» er {' eller '.join(allowed)}.", "checklist", code)


def _choosing(folder: Folder, known: Known) -> Iterator[Fault]:
    for form in folder.forms:
        for name, most in (("title", MAX_TITLE), ("summary", MAX_SUMMARY)):
            said = form.meta.get(name, Passage())
            if len(said.text) > most:
                yield Fault(form.path, said.line, f"«{name}» har {len(said.text)} tegn; høyst {most}.")
        goal = form.parts.get("goal", Passage())
        if not form.level and len(sentences(goal.text)) > 1:
            yield Fault(form.path, goal.line, "«goal» er én setning.")


def _made_from(folder: Folder, known: Known) -> Iterator[Fault]:
    for form in folder.forms:
        said = form.meta.get("made_from", Passage())
        if said.text and said.text == form.code:
            yield Fault(form.path, said.line, "En språkversjon er ikke laget fra seg selv.")


def _easy_read(folder: Folder, known: Known) -> Iterator[Fault]:
    for form in folder.forms:
        if form.level in EASY_LEVELS and form.language in ("nb", "nn", "en"):
            yield from _remarks(form, long_sentences)


def _pictures(folder: Folder, known: Known) -> Iterator[Fault]:
    """Who needs pictures has them; a text in the languages of the forms says what they show."""
    facts = folder.facts
    if "pictures" in facts.facets["needs"] and not facts.pictures and facts.origin == "own":
        yield facts.source.fault("«needs» sier at det trengs bilder, men ressursen har ingen under [[pictures]].", "needs")
    ordinary = {form.language for form in folder.forms if not form.level}
    for number, row in enumerate(facts.pictures):
        if "en" in ordinary and not row.alt.get("en"):
            yield facts.source.fault("Ressursen har en engelsk form, men «alt.en» mangler.", "pictures", number, "alt")
        for remark in bokmal_in_nynorsk(row.alt.get("nn", "")):
            yield facts.source.fault(remark.message, "pictures", number, "alt", "nn")
    for number, file in enumerate(facts.files):
        for part, texts in (("caption", file.caption), ("alt", file.alt)):
            for remark in bokmal_in_nynorsk(texts.get("nn", "")):
                yield facts.source.fault(remark.message, "files", number, part, "nn")


def _nynorsk(folder: Folder, known: Known) -> Iterator[Fault]:
    for form in folder.forms:
        if form.language == "nn":
            yield from _remarks(form, bokmal_in_nynorsk)
    for number, row in enumerate(folder.facts.terms):
        for remark in bokmal_in_nynorsk(row.reason.get("nn", "")):
            yield folder.facts.source.fault(remark.message, "terms", number, "reason", "nn")


def _search_words(folder: Folder, known: Known) -> Iterator[Fault]:
    facts = folder.facts
    for language, lines in facts.search_words.items():
        if language not in LANGUAGES:
            yield facts.source.fault(f"Søkeord skrives på {', '.join(LANGUAGES)}.", "search_words", language)
        if len(lines) > MAX_WORDS or tidy_words(lines) != lines:
            message = f"Høyst {MAX_WORDS} søkeord på hvert språk, ingen tomme og ingen to ganger."
            yield facts.source.fault(message, "search_words", language)
        if any(len(line) > MAX_LENGTH for line in lines):
            yield facts.source.fault(f"Et søkeord har høyst {MAX_LENGTH} tegn.", "search_words", language)
    if facts.search_words and not {"nb", "nn"} <= facts.search_words.keys():
        yield facts.source.fault("Søkeord på bokmål har søkeord på nynorsk ved siden av seg, og omvendt.", "search_words")
    for remark in bokmal_in_nynorsk("\n".join(facts.search_words.get("nn", ()))):
        yield facts.source.fault(remark.message, "search_words", "nn")


def _remarks(form: FormFile, remark: Callable[[str], Iterable[Remark]]) -> Iterator[Fault]:
    for passage in form.passages():
        for said in remark(passage.text):
            yield Fault(form.path, passage.line + said.line, said.message)


def _quality(folder: Folder, known: Known) -> Iterator[Fault]:
    for finding in findings(folder.content()):
        if finding.code not in _LEFT_OUT and (fault := _placed(folder, finding)):
            yield fault


def _placed(folder: Folder, finding: Finding) -> Fault | None:
    """The finding at its file and line; None where the place itself could not be read, which has been said already."""
    root, _, rest = finding.field.partition(".")
    if root == "forms" and rest:
        code, _, place = rest.partition(".")
        form = folder.form(code)
        if form is None:
            return Fault(folder.path / f"{code}.md", 1, finding.message)
        part, _, point = place.partition(".")
        return None if part in form.unusable else Fault(form.path, _form_line(form, part, point), finding.message)
    if root in folder.facts.unusable:
        return None
    return folder.facts.source.fault(finding.message, *_facts_key(folder, root, rest))


def _form_line(form: FormFile, part: str, point: str) -> int:
    if point and part in form.items:
        return form.items[part][int(point) - 1].line
    return (form.meta.get(part) or form.parts.get(part) or Passage()).line


def _facts_key(folder: Folder, root: str, rest: str) -> Key:
    if root in ("pictures", "files"):
        number, _, place = rest.partition(".")
        return (root, _row(folder, root, int(number)), place)
    if root != "terms":
        return (root,)
    numbers = [number for number, row in enumerate(folder.facts.terms) if f"{row.vocabulary}:{row.slug}" == rest]
    return ("terms", *numbers[:1], "term")


def _row(folder: Folder, root: str, number: int) -> int:
    """Which row of `resource.toml` the picture or file stands in: those that could not be read are not among them."""
    if root == "pictures":
        return folder.facts.pictures.index(folder.pictures[number - 1].row)
    return folder.facts.files.index(folder.files[number - 1].row)


_RULES: tuple[Rule, ...] = (
    _values,
    _needs,
    _terms,
    _mains,
    _checklist,
    _choosing,
    _made_from,
    _easy_read,
    _pictures,
    _nynorsk,
    _search_words,
    _quality,
)
