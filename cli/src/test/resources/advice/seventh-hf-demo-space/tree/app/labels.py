LABELS = ["blackbird", "chaffinch", "great tit", "robin", "wren"]
