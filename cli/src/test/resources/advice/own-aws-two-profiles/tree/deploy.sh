#!/bin/sh
npm run build
aws s3 sync dist s3://www.initech.example --profile website
