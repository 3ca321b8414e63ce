"""How findings look (发现的版式): a table a question with the words under each row, or all questions at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from cli.evidence import evidence as told
from cli.evidence import kind_in_words
from cli.output import table, visible, wording
from graph.identity import label_of
from graph.language import Text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text as Words

    from graph.claims import Claim
    from graph.gaps import Finding, Question
    from graph.project import Projection

_CLAIMS_SHOWN: Final = 2  # quotes under a finding
_LIST_SHOWN: Final = 4  # names in a cell of a table
_INDENT: Final = 2
_AT_A_GLANCE: Final = 6  # values of the first finding of a question


def titles_of(question: Question) -> dict[str, str]:
    """The columns of a question's findings with their titles in the reader's language."""
    from graph.gaps import field_labels  # noqa: PLC0415 - loads Arrow

    return {name: str(label) for name, label in field_labels(question.finding).items()}


def as_objects(findings: Sequence[Finding], projection: Projection) -> list[dict[str, Any]]:
    """Findings for programs: nodes by id and name, the evidence of each as claims with the names of their sources."""
    return [
        {item.name: _plain(getattr(finding, item.name)) for item in fields(finding)}
        | {"evidence": [_claim(claim, projection) for claim in finding.evidence]}
        for finding in findings
    ]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def pages(
    asked: Sequence[Question],
    answers: dict[str, tuple[Finding, ...]],
    projection: Projection,
    shown: int | None = None,
    more: Callable[[str], str] | None = None,
) -> RenderableType:
    """One table a question: title, how many were found, definition, the first `shown` findings and their words.

    `more` gives, for the name of a question, the command that tells the others.
    """
    from rich.console import Group  # noqa: PLC0415 - JSON and CSV do without
    from rich.text import Text as Words  # noqa: PLC0415

    from cli.sheet import Paragraph  # noqa: PLC0415
    from graph.gaps import legends  # noqa: PLC0415 - loads Arrow

    parts: list[RenderableType] = []
    for one in asked:
        findings = answers[one.name]
        count = counted(findings, shown)
        parts.append(Words.assemble((str(one.title), "bold"), f"  {one.name} · ", (str(count), "bold")))
        parts += [
            Paragraph(Words(str(text), style="dim"), _INDENT)
            for text in (one.definition, *(legends(one.finding) if findings else ()))
        ]
        parts.append(Words(""))
        if findings:
            parts.append(_table(one, findings[:shown], projection))
        left = len(findings) - len(findings[:shown])
        if left:
            told = Text(f"另有 {left} 条", f"and {left} more")
            where = f"{Text('：', ': ')}{more(one.name)}" if more is not None else ""
            parts += [Paragraph(Words(f"{told}{where}"), _INDENT), Words("")]
    return Group(*parts)


def counted(findings: Sequence[Finding], shown: int | None = None) -> Text:
    """How many were found, and the newest day of which the words under the first `shown` of them speak."""
    day = newest_day(findings[:shown])
    zh, en = (f" · 所列依据截至 {day}", f" · on words as of {day}") if day else ("", "")
    return Text(f"共 {len(findings)} 条{zh}", f"{len(findings)} found{en}")


def newest_day(findings: Sequence[Finding]) -> str | None:
    """The newest day of which the words under findings speak."""
    return max((day for one in findings if (day := one.as_of)), default=None)


def at_a_glance(
    asked: Sequence[Question], answers: Mapping[str, Sequence[Finding]], projection: Projection
) -> RenderableType:
    """A row a question: how many findings, the first of them in short, and under it the words that it rests on."""
    rows: list[dict[str, object]] = []
    below: list[list[Words]] = []
    for one in asked:
        findings = answers[one.name]
        first = findings[0] if findings else None
        rows.append(
            {"question": str(one.title), "found": len(findings), "first": _headline(first) if first else ""}
        )
        below.append(list(_words(first.evidence, projection))[:1] if first else [])
    titles = {
        "question": str(Text("问题", "question")),
        "found": str(Text("条数", "found")),
        "first": str(Text("首条", "the first of them")),
    }
    return table(rows, titles, below=below)


def _headline(finding: Finding) -> Words:
    """What a finding is about, and the first telling values that it has."""
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    from graph.gaps import heads  # noqa: PLC0415 - loads Arrow

    (subject, _), *others = heads(type(finding)).items()
    values = ((title, getattr(finding, name)) for name, title in others)
    parts = [f"{title} {visible(_short(value))}" for title, value in values if value not in (None, ())]
    told = Words(visible(_short(getattr(finding, subject))), style="bold")
    separator = str(Text("：", ": "))
    between = str(Text("，", ", "))
    return told.append(separator + between.join(parts[:_AT_A_GLANCE]) if parts else "", style="not bold")


def _table(question: Question, findings: Sequence[Finding], projection: Projection) -> RenderableType:
    """A row a finding: the telling figures, and under them what else is known and the words that say so."""
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    from graph.gaps import heads  # noqa: PLC0415 - loads Arrow

    titles = {name: str(title) for name, title in heads(question.finding).items()}
    subject = next(iter(titles))
    rows = [
        {name: cell_of(getattr(finding, name)) for name in titles}
        | {subject: Words(cell_of(getattr(finding, subject)) or "", style="bold")}
        for finding in findings
    ]
    below = [below_of(question, finding, projection) for finding in findings]
    return table(rows, titles, below=below, unknown=True)


def below_of(question: Question, finding: Finding, projection: Projection) -> list[Words]:
    """What stands under a finding: what else is known of it, and the words that it rests on."""
    from graph.gaps import notes  # noqa: PLC0415 - loads Arrow

    values = ((label, getattr(finding, name)) for name, label in notes(question.finding).items())
    return [
        *(_note(label, value) for label, value in values if value),
        *_words(finding.evidence, projection),
    ]


def cell_of(value: object) -> Any:
    """A value of a finding in a cell: numbers as they are, nodes by name, what is not known said to be unknown."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return visible(_short(value))


def _note(label: Text, value: object) -> Words:
    """What is known beside the figures, its name dimmed so that the value stands out."""
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    return Words.assemble((f"{label}{Text('：', ': ')}", "dim"), visible(_short(value)))


def _short(value: object) -> str:
    """A value of a finding in words: nodes by name, long lists cut."""
    if isinstance(value, tuple):
        texts = all(hasattr(part, "id") for part in value)
        between = str(Text("、", ", ") if texts else Text("；", "; "))
        shown = between.join(_short(part) for part in value[:_LIST_SHOWN])
        more = Text(f" 等 {len(value)} 项", f" … ({len(value)})") if len(value) > _LIST_SHOWN else ""
        return f"{shown}{more}"
    return wording(kind_in_words(getattr(value, "name", value)))


def _words(evidence: Sequence[Claim], projection: Projection) -> Iterator[Words]:
    """The words of the first claims and where they stand, no place twice; and how many claims more there are."""
    by_place: dict[tuple[str, str | None], Claim] = {}
    for claim in evidence:
        by_place.setdefault((claim.source, claim.place), claim)
    shown = list(by_place.values())[:_CLAIMS_SHOWN]
    left = len(by_place) - len(shown)
    for claim in shown:
        more = Text(f"；另有 {left} 处", f"; and {left} more") if left and claim is shown[-1] else ""
        source = projection.source_names.get(claim.source, claim.source)
        about = [
            projection.name(end) for end in (claim.tail, claim.head) if label_of(end) in projection.nodes
        ]
        yield from told(claim.quote, source, claim.place, str(more), about=about)


def _claim(claim: Claim, projection: Projection) -> dict[str, Any]:
    return asdict(claim) | {"source_name": projection.source_names.get(claim.source, claim.source)}
