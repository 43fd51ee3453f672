from transformers import pipeline
pipe = pipeline("text-generation", model="/models")
