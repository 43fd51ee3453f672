export DEPLOY_TOKEN=@@github@@
git clone https://x-access-token:${DEPLOY_TOKEN}@github.com/acme/site.git out
cd out
git commit -am deploy
git push "https://x-access-token:${DEPLOY_TOKEN}@github.com/acme/site.git" main
