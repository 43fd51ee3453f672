import onnxruntime
from fastapi import FastAPI, UploadFile

app = FastAPI()
session = onnxruntime.InferenceSession("/models/invoice-extractor/model.onnx")


@app.post("/extract")
async def extract(file: UploadFile):
    return {"bytes": len(await file.read()), "inputs": [i.name for i in session.get_inputs()]}
