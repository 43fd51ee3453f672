import uuid
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException

from .queue import JobQueue
from .storage import MediaStore

api = FastAPI(title="media")


@api.post("/uploads")
def begin(content_type: str, store: Annotated[MediaStore, Depends(MediaStore)]):
    key = f"raw/{uuid.uuid4()}"
    return {"key": key, "put": store.upload_link(key, content_type)}


@api.post("/uploads/{key:path}/done")
def done(key: str, store: Annotated[MediaStore, Depends()], queue: Annotated[JobQueue, Depends()]):
    if not store.size(key):
        raise HTTPException(404, "nothing was uploaded")
    queue.put({"key": key})
    return {"ok": True}
