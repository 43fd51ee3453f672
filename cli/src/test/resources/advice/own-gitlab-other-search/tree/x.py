import os
import re
import gitlab

gl = gitlab.Gitlab(private_token=os.environ["GITLAB_TOKEN"])
for p in gl.projects.list(owned=True):
    if re.search("x", p.name):
        print(p.name)
canvas.save("x.png")
