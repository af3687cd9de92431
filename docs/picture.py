"""The README's picture: the first page of a scan with the places of its fields, beside the record.

python docs/picture.py data/raw/anlao.pdf docs/page-and-record.png
"""

from __future__ import annotations

import base64
import html
import io
import sys
from pathlib import Path

import pypdfium2
import weasyprint

from thidua import CampaignRecord, convert
from thidua.record import Evidence

PAGE_WIDTH = 620  # CSS pixels of the page in the picture
COLOURS = ("#c0392b", "#2471a3", "#1e8449", "#b9770e", "#7d3c98", "#117a65", "#a04000", "#5b2c6f")

Field = tuple[str, str, Evidence]


def fields(record: CampaignRecord) -> list[Field]:
    """(name, value, evidence) of what the first page says, in the record's order."""
    found: list[Field] = []
    document = record.document
    for name in ("parent_issuer", "issuer", "code", "place", "issued_on", "kind", "title"):
        value, evidence = getattr(document, name), document.evidence.get(name)
        if value and evidence:
            found.append((f"document.{name}", str(value), evidence))
    for k, directive in enumerate(record.directives):
        value = f"{directive.code or directive.kind} · {directive.issued_on or '–'} · {directive.issuer or '–'}"
        found.append((f"directives[{k}]", value, directive.evidence))
    for k, section in enumerate(record.sections):
        found.append((f"sections[{k}]", f"{section.number}. {section.heading}", section.evidence))
    for k, goal in enumerate(record.goals):
        found.append((f"goals[{k}]", f"{goal.kind}: {goal.text}", goal.evidence))
    return [field for field in found if any(box.page == 1 for box in field[2].boxes)]


def first_page(path: Path) -> str:
    """The first page as a PNG data URL."""
    page = pypdfium2.PdfDocument(path)[0]
    buffer = io.BytesIO()
    page.render(scale=2 * PAGE_WIDTH / page.get_width()).to_pil().save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def picture(path: Path) -> str:
    """The picture as an HTML page."""
    record = convert(path)
    scale = PAGE_WIDTH / record.source.page_sources[0].width  # CSS pixels a pixel of the page image
    marks, rows = [], []
    for k, (name, value, evidence) in enumerate(fields(record)):
        colour = COLOURS[k % len(COLOURS)]
        for box in evidence.boxes:
            if box.page == 1:
                place = f"left:{box.x0 * scale:.0f}px;top:{box.y0 * scale:.0f}px;"
                size = f"width:{(box.x1 - box.x0) * scale:.0f}px;height:{(box.y1 - box.y0) * scale:.0f}px;"
                marks.append(f'<i style="{place}{size}border-color:{colour};background:{colour}22"></i>')
        short = value if len(value) < 150 else value[:147] + "…"
        rows.append(
            f'<tr><td style="border-left:5px solid {colour}"><code>{html.escape(name)}</code></td>'
            f"<td>{html.escape(short)}</td><td>{evidence.confidence:.2f}</td></tr>"
        )
    height = round(PAGE_WIDTH * 297 / 210)
    return f"""<html lang=vi><style>
@page{{size:1290px {height + 30}px;margin:0}}
body{{font:12.5px/1.3 Arimo,sans-serif;margin:15px}}
.page{{position:absolute;left:15px;top:15px;width:{PAGE_WIDTH}px}}
.page img{{width:{PAGE_WIDTH}px}} i{{position:absolute;border:1px solid}}
table{{position:absolute;left:655px;top:15px;width:620px;border-collapse:collapse}}
td{{padding:3px 6px;vertical-align:top;border-bottom:1px solid #ddd}} code{{font:12px Cousine,monospace}}
</style><body>
<div class=page><img src="{first_page(path)}">{"".join(marks)}</div><table>{"".join(rows)}</table></body></html>"""


def main() -> None:
    source, target = (Path(argument) for argument in sys.argv[1:3])
    document = pypdfium2.PdfDocument(weasyprint.HTML(string=picture(source)).write_pdf())
    image = document[0].render(scale=1.6).to_pil()
    image.quantize(256).save(target, optimize=True)


if __name__ == "__main__":
    main()
