package orders

import "testing"

func TestTableName(t *testing.T) {
	if tableName != "orders" {
		t.Fatal("exports of other teams rely on this table")
	}
}
