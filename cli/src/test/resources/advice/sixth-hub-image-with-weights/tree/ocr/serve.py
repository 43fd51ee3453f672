import argparse
import io

import uvicorn
from fastapi import FastAPI, UploadFile
from PIL import Image
from transformers import TrOCRProcessor, VisionEncoderDecoderModel


def create(weights: str) -> FastAPI:
    processor = TrOCRProcessor.from_pretrained(weights)
    model = VisionEncoderDecoderModel.from_pretrained(weights)
    app = FastAPI()

    @app.post("/ocr")
    async def ocr(file: UploadFile):
        image = Image.open(io.BytesIO(await file.read())).convert("RGB")
        pixels = processor(image, return_tensors="pt").pixel_values
        ids = model.generate(pixels, max_new_tokens=256)
        return {"text": processor.batch_decode(ids, skip_special_tokens=True)[0]}

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="weights")
    uvicorn.run(create(parser.parse_args().weights), host="0.0.0.0", port=9000)
