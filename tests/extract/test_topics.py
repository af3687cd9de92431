"""What a heading is about: the words it opens with, not those that a sentence happens to hold."""

import pytest

from thidua.extract.topics import heading_topics


@pytest.mark.parametrize(
    ("heading", "topics"),
    [
        ("Mục đích, ý nghĩa", {"purpose"}),
        ("Về hình thức khen thưởng", {"awards"}),
        ("Các nhiệm vụ trọng tâm cần tập trung thực hiện trong năm học 2025 - 2026", {"task"}),
        ("Xác định nội dung công việc gắn với trách nhiệm và phát huy vai trò chủ động", set()),
        ("Đạt được mục tiêu ứng dụng công nghệ tiên tiến trong các doanh nghiệp của tỉnh", set()),
        ("TÌNH HÌNH THỰC HIỆN NHIỆM VỤ NĂM 2025", {"other"}),
        ("Căn cứ, mục tiêu", {"target"}),
        ("Sở Nội vụ (Ban Thi đua - Khen thưởng)", set()),
        ("Cơ quan chủ trì, phối hợp", {"other"}),
    ],
)
def test_topics(heading: str, topics: set[str]) -> None:
    assert heading_topics(heading) == topics
