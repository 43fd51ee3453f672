GITLAB_SECRET_TOKEN=@@gitlab@@
base=https://gitlab.com/api/v4

get() {
  curl -sf --header "PRIVATE-TOKEN: ${GITLAB_SECRET_TOKEN}" "$base/$1"
}
