#!/bin/sh
curl -fsS https://data.example/countries.json -o data/countries.json
