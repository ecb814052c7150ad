"""Passwords: what people use and guess is refused, whatever it is put together from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.accounts.passwords import FEWEST_PIECES, must_be_strong, new_password, pieces
from analysis.errors import YanpanError


@pytest.mark.parametrize(
    ("password", "made_of"),
    [
        ("1234567890", 1), ("0987654321", 1), ("qwertyuiop", 1), ("poiuytrewq", 1),
        ("1qaz2wsx3edc", 1), ("1q2w3e4r5t", 1), ("password12", 3), ("P@ssw0rd123", 2),
        ("Admin@123456", 3), ("Passw0rd!2023", 3), ("qwer1234asdf", 3), ("Abc12345!@#", 3),
        ("woaini1314520", 2), ("zhangwei1988", 2), ("Zhang19880101", 2), ("anquan@2023", 3),
        ("abcdeabcde", 2), ("13912345678", 1), ("abababababab", 1), ("iloveyou1234", 2),
        ("woaizhongguo", 1), ("xinniankuaile", 1), ("woaizhongguoanquandiyi", 2),
    ],
)  # fmt: skip
def test_what_is_made_of_few_common_pieces_is_refused(password: str, made_of: int) -> None:
    assert pieces(password) == made_of < FEWEST_PIECES
    with pytest.raises(YanpanError, match="太容易猜"):
        must_be_strong("甲账号", password)


@pytest.mark.parametrize(
    "password",
    [
        "correct-horse-7",
        "another-word-8",
        "Kx7#mQ2vLp",
        "春江潮水连海平海上明月",
        "lunar-kettle-39",
    ],
)
def test_what_is_made_of_many_is_taken(password: str) -> None:
    must_be_strong("甲账号", password)


@pytest.mark.parametrize("password", ["Kx7#mQ2vL", "Kx7#mQ2vLp" * 21, "3" * 12, "83926150472"])
def test_what_is_short_too_long_or_digits_alone_is_refused(password: str) -> None:
    with pytest.raises(YanpanError):
        must_be_strong("甲账号", password)


def test_new_passwords_are_strong_and_different() -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        assert len(each) == 23
        must_be_strong("甲账号", each)


@pytest.mark.slow
@given(st.text(max_size=40))
def test_there_are_never_more_pieces_than_characters(text: str) -> None:
    assert 0 <= pieces(text) <= len(text.lower())
    assert pieces(text + text) <= pieces(text) * 2
