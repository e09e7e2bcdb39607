"""What is looked up once, is so for one body, for the same question and as long as the page is made."""

import uuid
from collections.abc import Callable

import pytest

from openintegriteit.core.once import looked_up_once, looking_once
from openintegriteit.core.tenancy import organisation_scope


@pytest.fixture
def counted() -> Callable[[str], int]:
    """Says how often it was really asked."""
    asked: list[str] = []

    @looked_up_once
    def look(word: str) -> int:
        asked.append(word)
        return len(asked)

    return look


def test_within_the_block_the_same_question_is_asked_once(counted):
    with looking_once():
        assert (counted("a"), counted("a"), counted("b"), counted("a")) == (1, 1, 2, 1)


def test_outside_a_block_and_in_the_next_one_it_is_asked_again(counted):
    assert (counted("a"), counted("a")) == (1, 2)
    with looking_once():
        assert counted("a") == 3
    with looking_once():
        assert counted("a") == 4
    assert counted("a") == 5


@pytest.mark.django_db
def test_what_was_found_for_one_body_is_not_told_to_another(counted):
    with looking_once():
        for expected in (1, 2):
            with organisation_scope(uuid.uuid4()):
                assert counted("a") == expected


def test_an_error_is_not_remembered():
    answers = iter([ValueError("not yet"), "found"])

    @looked_up_once
    def look() -> str:
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    with looking_once():
        with pytest.raises(ValueError, match="not yet"):
            look()
        assert look() == "found"
