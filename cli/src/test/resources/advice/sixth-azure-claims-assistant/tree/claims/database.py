import os

import psycopg
from psycopg.rows import dict_row

from claims.secrets import database_password


def claim(number: str) -> dict:
    connection = psycopg.connect(
        host=os.environ["DATABASE_HOST"], dbname="claims", user="assistant", password=database_password()
    )
    with connection, connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute("select number, customer, text, amount from claim where number = %s", (number,))
        return cursor.fetchone()
