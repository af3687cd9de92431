import pytest

from thidua.extract import agencies, units
from thidua.resources import rows


@pytest.mark.parametrize(
    ("name", "on", "tier"),
    [
        ("thành phố Huế", "2024-12-31", "district"),
        ("thành phố Huế", "2025-01-01", "province"),
        ("TP. Hồ Chí Minh", "2020-01-01", "province"),
        ("Thành phố Vinh", "2023-05-05", "district"),
        ("Thành phố Vinh", "2025-07-01", None),
        ("tỉnh Kiên Giang", "2025-06-30", "province"),
        ("tỉnh Kiên Giang", "2025-07-01", None),
        ("huyện Không Có", "2020-01-01", None),
    ],
)
def test_tier_on_a_day(name: str, on: str, tier: str | None) -> None:
    assert units.tier(name, on) == tier


def test_level_of_a_citys_committee_follows_the_day() -> None:
    assert agencies.level("UBND thành phố Huế", "2024-05-01") == "district"
    assert agencies.level("UBND thành phố Huế", "2025-05-01") == "province"


def test_the_reform_left_34_provinces_and_no_district() -> None:
    table = rows("admin_units.tsv")
    now = [row for row in table if not row["valid_to"]]
    assert sum(row["tier"] == "province" for row in now) == 34
    assert all(row["tier"] == "province" for row in now)
    before = [row for row in table if row["tier"] == "province" and row["valid_to"]]
    assert len(before) == 63
