#!/bin/sh
export GOOGLE_APPLICATION_CREDENTIALS=service-account.json
exec gunicorn report:app
