from flask import Flask
from initech_auth import required

app = Flask(__name__)


@app.get("/")
@required
def home():
    return "ok"
