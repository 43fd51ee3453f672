export GITLAB_TOKEN=@@gitlab@@
glab mr list
glab securefile upload x
