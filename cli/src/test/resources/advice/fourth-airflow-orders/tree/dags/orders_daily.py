from datetime import datetime, timedelta

from airflow.decorators import dag, task

from orders import scratch, steps


@dag(
    schedule="15 2 * * *",
    start_date=datetime(2025, 1, 1),
    catchup=False,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=10),
        "on_failure_callback": steps.alert,
    },
    tags=["orders"],
)
def orders_daily():
    @task
    def find(ds=None):
        return steps.list_day(ds)

    @task
    def curate(keys, ds=None):
        return steps.curate(keys, ds)

    @task
    def facts(keys, ds=None):
        import psycopg

        with psycopg.connect(steps.warehouse_dsn()) as db:
            rows = db.execute("select id, total from orders where day = %s", (ds,))
            n = steps.load_facts({"id": r[0], "total": str(r[1])} for r in rows)
        scratch.keep(f"facts-{ds}.txt", str(n).encode())

    @task(trigger_rule="none_failed")
    def purge(dag_run=None):
        if (dag_run.conf or {}).get("bucket"):
            steps.purge(dag_run)

    keys = find()
    curate(keys) >> facts(keys) >> purge()


orders_daily()
