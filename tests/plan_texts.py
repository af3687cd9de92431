"""An invented plan with something in every part, and views of texts, for tests of the extraction."""

from __future__ import annotations

from thidua.extract.document import View
from thidua.types import Restored

PLAN = """\
UBND HUYỆN SÔNG TRĂNG
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 57/KH-PGDĐT
Sông Trăng, ngày 05 tháng 02 năm 2024

KẾ HOẠCH

Phát động phong trào thi đua chào mừng kỷ niệm 70 năm Chiến thắng Điện Biên Phủ

Căn cứ Kế hoạch số 12/KH-UBND ngày 15/01/2024 của Ủy ban nhân dân huyện về phong trào thi đua năm 2024;

Phòng Giáo dục và Đào tạo ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích

- Tạo khí thế thi đua sôi nổi trong toàn ngành.

- Góp phần hoàn thành nhiệm vụ năm học 2023-2024.

2. Yêu cầu

- 100% các đơn vị trường học hưởng ứng phong trào; ít nhất 02 mô hình mới được nhân rộng.

II. NỘI DUNG THI ĐUA

1. Chủ đề thi đua: “Kỷ cương, trách nhiệm, sáng tạo”.

2. Nội dung

- Đẩy mạnh phong trào thi đua “Dạy tốt, học tốt” và cuộc vận động “Mỗi trường một vườn cây” do Huyện đoàn phát động.

- Tổ chức kỷ niệm 70 năm Chiến thắng Điện Biên Phủ (07/5/1954 - 07/5/2024) với khẩu hiệu “Nhớ về cội nguồn”.

III. ĐỐI TƯỢNG, THỜI GIAN

1. Đối tượng thi đua

- Tập thể: Các trường mầm non, tiểu học trên địa bàn huyện.

- Cá nhân: Cán bộ, giáo viên, nhân viên trong ngành.

2. Thời gian: Từ tháng 02/2024 đến hết tháng 5/2024.

IV. KHEN THƯỞNG

1. Cấp huyện: Chủ tịch UBND huyện tặng Giấy khen cho các tập thể, cá nhân có thành tích xuất sắc.

2. Phòng Giáo dục và Đào tạo trình Chủ tịch UBND tỉnh tặng Bằng khen cho 03 tập thể tiêu biểu.

V. TỔ CHỨC THỰC HIỆN

1. Các trường trực thuộc

- Xây dựng kế hoạch; báo cáo kết quả trước ngày 20/5/2024.

2. Đề nghị Công đoàn ngành: Phối hợp vận động đoàn viên tham gia.

Trên đây là Kế hoạch phát động phong trào thi đua, đề nghị các đơn vị thực hiện./.

Nơi nhận:
- UBND huyện (b/c);
- Lưu: VT.
TRƯỞNG PHÒNG
Nguyễn Văn Bình
"""


def view(text: str) -> View:
    """A text without edits as the extraction sees it."""
    return View(Restored(source=text, text=text))


def section(heading: str, *paragraphs: str) -> str:
    """A plan of one section."""
    return "KẾ HOẠCH\n\nTổ chức thi đua\n\n" + "\n\n".join([f"I. {heading}", *paragraphs]) + "\n"
