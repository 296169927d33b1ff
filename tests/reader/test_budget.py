"""The budget of a run over many documents."""

from impact.reader.budget import NOTHING, ReaderBudget, SharedBudget

WHOLE = ReaderBudget(12, 12_000)
SHARE = ReaderBudget(5, 5_000)


def test_what_a_document_does_not_need_is_there_for_others() -> None:
    shared_budget = SharedBudget(WHOLE, SHARE)
    shared_budget.grant("a")
    shared_budget.grant("b")

    waits = shared_budget.grant("c")
    shared_budget.settle("a", ReaderBudget(1, 700))

    assert waits is None
    assert shared_budget.grant("c") == SHARE


def test_no_more_is_granted_than_there_is_even_if_nobody_knows_what_was_spent() -> None:
    shared_budget, granted = SharedBudget(WHOLE, SHARE), []
    for number in range(6):
        share = shared_budget.grant(str(number))
        assert share is not None
        granted.append(share.requests)
        shared_budget.settle(str(number), None)

    assert granted == [5, 5, 2, 0, 0, 0]


def test_tokens_that_were_spent_beyond_a_share_are_missing_from_the_whole() -> None:
    shared_budget = SharedBudget(WHOLE, SHARE)
    shared_budget.grant("a")
    shared_budget.settle("a", ReaderBudget(5, 11_000))

    assert shared_budget.grant("b") == ReaderBudget(5, 1_000)
    shared_budget.settle("b", ReaderBudget(1, 1_000))
    assert shared_budget.grant("c") == NOTHING
