import libcore

libcore.serve(port=8000)
