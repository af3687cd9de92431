"""Tasks: the items of the sections on content, duties and solutions (Nội dung, Nhiệm vụ, Giải pháp)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..record import Task
from .bodies import body_at
from .evidence import evidence
from .goals import leads_in, stated
from .theme import is_label
from .topics import heading_topics, is_work

if TYPE_CHECKING:
    from .document import View

# Lines that say who, when and with what result; they belong to the task above them.
_ATTRIBUTE = re.compile(
    r"(?:(?:don vi|co quan|bo phan|to chuc|nguoi)\s+(?:chu tri|phoi hop|thuc hien|phu trach|tham muu|thuong truc)"
    r"|thoi gian|thoi han|dia diem|thanh phan|ket qua|san pham|tien do|kinh phi|phan cong|chu tri|phoi hop)"
    r"\b[^:\n]{0,40}:"
)
_SHORTEST = 4  # words of a heading that says what is to be done
_COLUMNS = 2  # tabs in the row of a table


def find(view: View) -> list[Task]:
    """The tasks in the order of the text; lead-in lines and lines on who and when are none.

    A heading below which stands only who does it, and when, is a task itself.
    """
    found: list[Task] = []
    items = view.items
    tables = {item.section for item in items if view.text.count("\t", item.start, item.end) >= _COLUMNS}
    stated_in: set[int | None] = set()  # sections with a task of their own
    attributed: dict[int, int] = {}  # section with nothing but attributes -> place among the tasks found
    for k, (item, flat) in enumerate(zip(items, view.item_flats, strict=True)):
        if item.section is None or not is_work(view.topics[item.section]):
            continue
        if "responsibilities" in view.topics[item.section] and body_at(flat.text) is not None:
            continue  # "Sở Tài chính chủ trì ..." is that body's duty
        if item.section in tables:
            continue  # cells in a row do not say which words belong together
        if leads_in(flat.text, item, items[k + 1] if k + 1 < len(items) else None):
            continue
        if _ATTRIBUTE.match(flat.folded) or is_label(flat.folded):
            attributed.setdefault(item.section, len(found))
            continue
        stated_in.add(item.section)
        section = view.outline[item.section].path or None
        whole, span = stated(view, item, flat)
        found.append(Task(text=whole.text, section=section, evidence=evidence(view, *span)))
    headed = [(place, index) for index, place in attributed.items() if index not in stated_in]
    for place, index in sorted(headed, reverse=True):
        if (task := _heading_task(view, index)) is not None:
            found.insert(place, task)
    return found


def _heading_task(view: View, index: int) -> Task | None:
    """The heading as a task, if it is no label: "4. Tổ chức kiểm tra việc thi hành" above "Cơ quan thực hiện: ..."."""
    section = view.outline[index]
    parts = any(below.parent_index == index for below in view.outline)
    if section.run_in or parts or heading_topics(section.heading) or len(section.heading.split()) < _SHORTEST:
        return None
    return Task(text=section.heading, section=section.path or None, evidence=evidence(view, section.start, section.end))
