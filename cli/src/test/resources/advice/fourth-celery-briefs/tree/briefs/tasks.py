import anthropic
from celery import Celery

from briefs import settings, store
from briefs.llm import Briefer

app = Celery("briefs", broker=settings.BROKER)
app.conf.task_acks_late = True
app.conf.beat_schedule = {
    "night": {"task": "briefs.tasks.night", "schedule": 24 * 3600},
}


@app.task(bind=True, max_retries=5)
def brief(self, doc_id: str) -> None:
    text = store.text(doc_id)
    briefer = Briefer()
    if not briefer.fits(text):
        store.mark(doc_id, "too long")
        return
    try:
        store.save(doc_id, briefer.brief(text))
    except anthropic.RateLimitError as e:
        raise self.retry(exc=e, countdown=30 * 2**self.request.retries)


@app.task
def night() -> None:
    batch_id = Briefer().queue_night(store.pending())
    collect.apply_async((batch_id,), countdown=3600)


@app.task(bind=True, max_retries=24)
def collect(self, batch_id: str) -> None:
    try:
        for doc_id, text in Briefer().results(batch_id):
            store.save(doc_id, text)
    except anthropic.AnthropicError as e:
        raise self.retry(exc=e, countdown=3600)
