import sqlite3


class Answers:
    def __init__(self, path: str):
        self.db = sqlite3.connect(path, check_same_thread=False)
        self.db.execute("create table if not exists answers (user text, text text, at text default current_date)")

    def add(self, user: str, text: str) -> None:
        with self.db:
            self.db.execute("insert into answers (user, text) values (?, ?)", (user, text))

    def today(self):
        return self.db.execute("select user, text from answers where at = current_date").fetchall()
