import uvicorn
from acme_metrics import instrument
from fastapi import FastAPI

app = FastAPI()
instrument(app)


@app.get("/health")
def health():
    return {"status": "ok"}


uvicorn.run(app, host="0.0.0.0", port=8000)
