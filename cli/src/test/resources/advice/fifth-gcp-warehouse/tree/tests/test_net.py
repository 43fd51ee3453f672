from warehouse.nightly import net


def test_returns_are_taken_off():
    assert net([{"order_id": "1", "amount": 10}], [{"order_id": "1", "amount": "4"}]) == [{"order_id": "1", "amount": 6}]
