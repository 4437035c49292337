"""How one whole resource looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rest_framework import serializers

from media.shelf import ENDINGS
from resourcebank.api.addresses import address
from resourcebank.api.found import QualitySerializer, RangeSerializer, SlugsField
from resourcebank.models import Attachment, Form, Resource, Revision, Step, Term, TermLink
from resourcebank.models.revision import ATTACHMENT_ROLES, LEVELS, LINK_ROLES, NORWEGIAN_LEVELS, ORIGINS
from resourcebank.selectors import PublishedResource


@dataclass(frozen=True, slots=True)
class QualityAnswer:
    """How far the published revision has been read, and when it is read anew."""

    assurance: str
    assured_on: date | None
    review_due_on: date | None


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """A form, with the code of the form it was made from (None when it was written from nothing, or from one that is gone)."""

    form: Form
    made_from: str | None


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """A link to a term, named in the language asked for."""

    link: TermLink
    term: Term
    label: str


@dataclass(frozen=True, slots=True)
class SizeAnswer:
    """One size of a picture."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PictureAnswer:
    """A picture with its sizes, narrowest first."""

    alt: dict[str, str]
    rights: str
    source_url: str
    sizes: Sequence[SizeAnswer]


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A document, a film, its captions or its poster."""

    row: Attachment
    url: str
    sizes: Sequence[SizeAnswer]


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """A published resource as it is sent; `face` is the form whose title and summary stand at the top."""

    resource: Resource
    revision: Revision
    face: Form
    forms: Sequence[FormAnswer]
    links: Sequence[LinkAnswer]
    steps: Sequence[Step]
    pictures: Sequence[PictureAnswer]
    files: Sequence[FileAnswer]
    terms: dict[str, list[str]]
    quality: QualityAnswer
    kind: str
    kind_label: str
    licence: str
    licence_label: str
    licence_url: str

    @property
    def minutes(self) -> tuple[int | None, int | None]:
        return self.revision.minutes_min, self.revision.minutes_max

    @property
    def group(self) -> tuple[int | None, int | None]:
        return self.revision.group_min, self.revision.group_max


def whole_answer(found: PublishedResource, *, level: str, language: str) -> WholeAnswer:
    """The answer in a language; reads nothing more from the database. `level` is its assurance, `tried` among them."""
    revision, kind, licence = found.revision, found.revision.kind, found.revision.licence
    terms: dict[str, list[str]] = {}
    for link in found.links:
        terms.setdefault(link.term.vocabulary_id, []).append(link.term.slug)
    return WholeAnswer(
        resource=found.resource,
        revision=revision,
        face=found.form_for(language),
        forms=[FormAnswer(form, source.code if (source := found.source_of(form)) else None) for form in found.forms],
        links=[LinkAnswer(link, link.term, link.term.label(language)) for link in found.links],
        steps=found.steps,
        pictures=[_picture(each) for each in found.pictures],
        files=[_file(each) for each in found.files],
        terms=terms,
        quality=QualityAnswer(level, revision.assured_on, found.resource.review_due_on),
        kind=kind.slug if kind else "",
        kind_label=kind.label(language) if kind else "",
        licence=licence.slug if licence else "",
        licence_label=licence.label(language) if licence else "",
        licence_url=licence.source if licence else "",
    )


def _picture(picture: Attachment) -> PictureAnswer:
    return PictureAnswer(picture.alt, picture.rights, picture.source_url, _sizes(picture))


def _sizes(picture: Attachment) -> list[SizeAnswer]:
    sha256 = picture.file.sha256
    return [SizeAnswer(address("picture", sha256, size.width), size.width, size.height) for size in picture.file.renditions.all()]


def _file(row: Attachment) -> FileAnswer:
    ending = ENDINGS.get(row.file.media_type)
    return FileAnswer(row, address("file", row.file.sha256, ending) if ending else "", _sizes(row))


class FormSerializer(serializers.Serializer[FormAnswer]):
    """A language form with every part. Texts may hold inline Markdown; `care`, `participant_sheet` and `transcript` are Markdown."""

    code = serializers.CharField(source="form.code")
    language = serializers.CharField(source="form.language", help_text="BCP 47.")
    level = serializers.ChoiceField(
        source="form.level", choices=LEVELS, help_text="Empty is ordinary; A1 and A2 in Norwegian are easy-read."
    )
    dir = serializers.ChoiceField(source="form.dir", choices=("ltr", "rtl"))
    title = serializers.CharField(source="form.title")
    summary = serializers.CharField(source="form.summary")
    goal = serializers.CharField(source="form.goal")
    steps = serializers.ListField(source="form.steps", child=serializers.CharField(), help_text="One text per step of the time plan.")
    questions = serializers.ListField(source="form.questions", child=serializers.CharField())
    adaptations = serializers.ListField(source="form.adaptations", child=serializers.CharField())
    care = serializers.CharField(source="form.care", help_text="What to watch out for.")
    participant_sheet = serializers.CharField(source="form.participant_sheet")
    transcript = serializers.CharField(source="form.transcript")
    made_from = serializers.CharField(allow_null=True, help_text="The code of the form it was made from.")
    translated_by = serializers.CharField(source="form.translated_by")
    checked_by = serializers.CharField(source="form.checked_by", help_text="Who has read it with the language as their first.")
    checked_on = serializers.DateField(source="form.checked_on", allow_null=True)


class StepSerializer(serializers.Serializer[Step]):
    """One step of the time plan all forms share."""

    position = serializers.IntegerField()
    minutes = serializers.IntegerField(allow_null=True)


class SizeSerializer(serializers.Serializer[SizeAnswer]):
    """One size of a picture, WebP; width and height in pixels. What lies at the address never changes."""

    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class PictureSerializer(serializers.Serializer[PictureAnswer]):
    """A picture: what it shows, in words per language, and its sizes, narrowest first."""

    alt = serializers.DictField(child=serializers.CharField())
    rights = serializers.CharField(help_text="Who made it and what lets us share it, when the resource itself does not say; else empty.")
    source_url = serializers.CharField(help_text="The page it was found on, or empty.")
    sizes = SizeSerializer(many=True)


class FileSerializer(serializers.Serializer[FileAnswer]):
    """A document, a film, its captions or its poster. What lies at the address never changes."""

    role = serializers.ChoiceField(source="row.role", choices=ATTACHMENT_ROLES[1:])
    url = serializers.CharField(help_text="Empty for a poster, which has `sizes`.")
    media_type = serializers.CharField(source="row.file.media_type", help_text="Of the file as it came.")
    bytes = serializers.IntegerField(source="row.file.bytes", help_text="0 for a poster.")
    pages = serializers.IntegerField(source="row.file.pages", allow_null=True)
    seconds = serializers.IntegerField(source="row.file.seconds", allow_null=True)
    language = serializers.CharField(
        source="row.language", help_text="BCP 47, of what is written or said in it; empty when that is not said."
    )
    caption = serializers.DictField(source="row.caption", child=serializers.CharField(), help_text="What it is called, per language.")
    alt = serializers.DictField(source="row.alt", child=serializers.CharField(), help_text="What is to be seen, per language.")
    rights = serializers.CharField(source="row.rights")
    sizes = SizeSerializer(many=True)


class LinkSerializer(serializers.Serializer[LinkAnswer]):
    """A link to a term. Framework links are `main` or `touches` and carry a reason per language; a `facet` carries none."""

    vocabulary = serializers.CharField(source="term.vocabulary_id")
    value = serializers.CharField(source="term.slug")
    label = serializers.CharField()  # type: ignore[assignment]
    working_title = serializers.BooleanField(
        source="term.working_title", help_text="The official name could not be confirmed; show that when you show the name."
    )
    role = serializers.ChoiceField(source="link.role", choices=LINK_ROLES)
    reason = serializers.DictField(source="link.reason", child=serializers.CharField(), help_text="A sentence per language.")


class WholeSerializer(serializers.Serializer[WholeAnswer]):
    """A published resource, whole. Title and summary are those of one form, in the language asked for where there is one."""

    id = serializers.UUIDField(source="resource.public_id")
    url = serializers.SerializerMethodField(help_text="The page people read.")
    title = serializers.CharField(source="face.title")
    summary = serializers.CharField(source="face.summary")
    language = serializers.CharField(source="face.language", help_text="BCP 47, of the title and the summary.")
    dir = serializers.ChoiceField(source="face.dir", choices=("ltr", "rtl"))
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    minutes = RangeSerializer()
    preparation_minutes = serializers.IntegerField(source="revision.preparation_minutes", allow_null=True)
    group = RangeSerializer()
    norwegian_level = serializers.ChoiceField(source="revision.norwegian_level", choices=NORWEGIAN_LEVELS)
    terms = serializers.DictField(child=SlugsField(), help_text="Terms by vocabulary; `links` says how they belong.")
    links = LinkSerializer(many=True)
    steps = StepSerializer(many=True)
    forms = FormSerializer(many=True)
    pictures = PictureSerializer(many=True)
    files = FileSerializer(many=True)
    origin = serializers.ChoiceField(source="revision.origin", choices=ORIGINS)
    source_url = serializers.CharField(source="revision.source_url")
    attribution = serializers.CharField(source="revision.attribution")
    licence = serializers.CharField()
    licence_label = serializers.CharField()
    licence_url = serializers.CharField()
    quality = QualitySerializer()
    published_at = serializers.DateTimeField(source="revision.published_at", allow_null=True)

    def get_url(self, whole: WholeAnswer) -> str:
        return address("web:resource", whole.resource.slug)
