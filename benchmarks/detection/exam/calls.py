"""Files in which a key is used: requests as commands, code, recordings. The host, not a variable, names the service."""

import base64

from .items import Entry


class Call:
    """A request of an entry's service, with the marked value in the part the service reads it from."""

    def __init__(self, entry, marks):
        how, self.url = entry.use
        kind, _, argument = how.partition(":")
        self.entry, self.marks = entry, marks
        self.header = self.prefix = self.user = self.query = None
        self.password_first = False
        if kind == "bearer":
            self.header, self.prefix = "Authorization", "Bearer "
        elif kind == "token":
            self.header, self.prefix = "Authorization", "Token "
        elif kind == "auth":
            gap = "" if not argument or argument.endswith("=") else " "
            self.header, self.prefix = "Authorization", argument + gap
        elif kind == "header":
            self.header, self.prefix = argument, "Bearer " if argument == "Helicone-Auth" else ""
        elif kind == "query":
            self.query = argument
        elif kind == "basic":
            self.user = argument
        elif kind == "basic-user":
            self.user, self.password_first = "", True
        elif kind != "path":
            raise ValueError(f"{entry.service}: unknown use {how}")

    def v(self, escape):
        return self.entry.text(self.marks, escape)

    def header_line(self, escape="raw"):
        """`Name: value`, or None when the key is not in a header."""
        if self.header:
            return self.header, self.prefix + self.v(escape)
        if self.user is not None:
            around = (lambda v: f"{v}:") if self.password_first else (lambda v: f"{self.user}:{v}")
            encode = lambda v: base64.b64encode(around(v).encode()).decode()
            text = self.marks.wrap(self.entry.mark, encode(self.entry.value))
            return "Authorization", "Basic " + text
        return None

    def full_url(self):
        """The address, with the key in it when that is where the service reads it from."""
        if self.query:
            joint = "&" if "?" in self.url else "?"
            return f"{self.url}{joint}{self.query}={self.v('url')}"
        if "{}" in self.url:
            return self.url.replace("{}", self.v("raw"))
        return self.url

    def in_header(self):
        return self.header is not None

    def login(self, escape="raw"):
        if self.password_first:
            return self.v(escape) + ":"
        return f"{self.user}:{self.v(escape)}"


def curl(call):
    if call.header:
        name, value = call.header_line()
        return f"curl -s -H '{name}: {value}' {call.url}"
    if call.user is not None:
        return f"curl -u '{call.login()}' {call.url}"
    return f'curl "{call.full_url()}"'


def curl_script(rng, call):
    return rng.choice(["scripts/check.sh", "test.sh", "bin/ping"]), f"#!/bin/sh\nset -e\n{curl(call)} | jq .\n"


def curl_markdown(rng, call):
    text = f"# API\n\nTry it:\n\n```sh\n{curl(call)}\n```\n\nThe answer is JSON.\n"
    return rng.choice(["docs/api.md", "README.md", "RUNBOOK.md"]), text


def curl_multiline(rng, call):
    if not call.header:
        return curl_script(rng, call)
    name, value = call.header_line("dq")
    text = f'#!/bin/bash\ncurl -X POST "{call.url}" \\\n  -H "Content-Type: application/json" \\\n  -H "{name}: {value}" \\\n  -d \'{{"limit": 10}}\'\n'
    return "scripts/post.sh", text


def history(rng, call):
    return rng.choice([".bash_history", ".zsh_history"]), f"cd /srv/app\ngit pull\nls -la\n{curl(call)}\nexit\n"


def wget(rng, call):
    if not call.header:
        return "get.sh", f"#!/bin/sh\nwget -qO- \"{call.full_url()}\"\n" if call.user is None else f"#!/bin/sh\n{curl(call)}\n"
    name, value = call.header_line("dq")
    return "get.sh", f'#!/bin/sh\nwget --header="{name}: {value}" {call.url} -O out.json\n'


def python_requests(rng, call):
    if call.header:
        name, value = call.header_line("dq")
        body = f'import requests\n\nheaders = {{\n    "{name}": "{value}",\n    "Accept": "application/json",\n}}\nr = requests.get("{call.url}", headers=headers, timeout=10)\nprint(r.json())\n'
    elif call.user is not None:
        user, word = (f'"{call.v("dq")}"', '""') if call.password_first else (f'"{call.user}"', f'"{call.v("dq")}"')
        body = f'import requests\n\nr = requests.get("{call.url}", auth=({user}, {word}))\nprint(r.status_code)\n'
    elif call.query:
        body = f'import requests\n\nparams = {{"{call.query}": "{call.v("dq")}", "limit": 10}}\nr = requests.get("{call.url}", params=params)\nprint(r.json())\n'
    else:
        body = f'import requests\n\nURL = "{call.full_url()}"\nprint(requests.get(URL).json())\n'
    return rng.choice(["fetch.py", "scripts/poll.py", "lambda/handler.py"]), body


def python_url(rng, call):
    if call.header or call.user is not None:
        return python_requests(rng, call)
    return "jobs/pull.py", f'from urllib.request import urlopen\n\nurl = "{call.full_url()}"\nwith urlopen(url) as answer:\n    print(answer.read())\n'


def js_fetch(rng, call):
    line = call.header_line("sq")
    if line:
        body = f"const res = await fetch('{call.url}', {{\n  headers: {{\n    '{line[0]}': '{line[1]}',\n    'Content-Type': 'application/json',\n  }},\n}});\nconsole.log(await res.json());\n"
    else:
        body = f"fetch(`{call.full_url()}`)\n  .then((r) => r.json())\n  .then(console.log);\n"
    return rng.choice(["src/fetch.js", "pages/api/proxy.ts", "scripts/fetch.mjs"]), body


def js_axios(rng, call):
    line = call.header_line("dq")
    if line:
        key = line[0] if line[0].isalpha() else f'"{line[0]}"'
        body = f'import axios from "axios";\n\nexport const api = axios.create({{\n  baseURL: "{call.url}",\n  headers: {{ {key}: "{line[1]}" }},\n}});\n'
    else:
        body = f'const axios = require("axios");\n\naxios.get("{call.full_url()}").then((r) => console.log(r.data));\n'
    return rng.choice(["src/http.js", "src/lib/api.ts"]), body


def go_http(rng, call):
    line = call.header_line("dq")
    body = f'package main\n\nimport "net/http"\n\nfunc call() (*http.Response, error) {{\n\treq, _ := http.NewRequest("GET", "{call.full_url()}", nil)\n'
    if line:
        body += f'\treq.Header.Set("{line[0]}", "{line[1]}")\n'
    return "internal/call.go", body + "\treturn http.DefaultClient.Do(req)\n}\n"


def java_http(rng, call):
    line = call.header_line("dq")
    head = f'        .header("{line[0]}", "{line[1]}")\n' if line else ""
    body = f'package io.acme;\n\nclass Caller {{\n    HttpRequest request = HttpRequest.newBuilder(URI.create("{call.full_url()}"))\n{head}        .build();\n}}\n'
    return "src/main/java/io/acme/Caller.java", body


def csharp_http(rng, call):
    line = call.header_line("dq")
    head = f'client.DefaultRequestHeaders.Add("{line[0]}", "{line[1]}");\n' if line else ""
    return "Services/Caller.cs", f'var client = new HttpClient();\n{head}var body = await client.GetStringAsync("{call.full_url()}");\n'


def php_curl(rng, call):
    line = call.header_line("sq")
    head = f"curl_setopt($ch, CURLOPT_HTTPHEADER, ['{line[0]}: {line[1]}']);\n" if line else ""
    return "api/call.php", f"<?php\n$ch = curl_init('{call.full_url()}');\n{head}curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);\n$out = curl_exec($ch);\n"


def ruby_http(rng, call):
    line = call.header_line("sq")
    head = f"request['{line[0]}'] = '{line[1]}'\n" if line else ""
    return "lib/call.rb", f"require 'net/http'\n\nuri = URI('{call.full_url()}')\nrequest = Net::HTTP::Get.new(uri)\n{head}Net::HTTP.start(uri.host, uri.port, use_ssl: true) {{ |http| http.request(request) }}\n"


def powershell_call(rng, call):
    line = call.header_line("dq")
    if line:
        return "call.ps1", f'$headers = @{{ "{line[0]}" = "{line[1]}" }}\nInvoke-RestMethod -Uri "{call.url}" -Headers $headers\n'
    return "call.ps1", f'Invoke-RestMethod -Uri "{call.full_url()}"\n'


def http_trace(rng, call):
    host, _, path = call.url.split("://", 1)[1].partition("/")
    line = call.header_line()
    target = "/" + (call.full_url().split("://", 1)[1].partition("/")[2] if not line else path)
    head = f"{line[0]}: {line[1]}\n" if line else ""
    return rng.choice(["traces/session.txt", "requests.http", "debug/trace.log"]), f"GET {target} HTTP/1.1\nHost: {host}\nUser-Agent: acme/1.2\nAccept: */*\n{head}\nHTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 2\n\n{{}}\n"


def postman(rng, call):
    line = call.header_line("json")
    head = f'{{ "key": "{line[0]}", "value": "{line[1]}" }}' if line else ""
    return "postman/collection.json", f'{{\n  "info": {{ "name": "API", "schema": "v2.1.0" }},\n  "item": [\n    {{\n      "name": "list",\n      "request": {{\n        "method": "GET",\n        "header": [{head}],\n        "url": {{ "raw": "{call.full_url()}" }}\n      }}\n    }}\n  ]\n}}\n'


def har(rng, call):
    line = call.header_line("json")
    head = f'{{"name": "{line[0]}", "value": "{line[1]}"}}' if line else ""
    return "debug/session.har", f'{{"log": {{"version": "1.2", "entries": [\n  {{"request": {{"method": "GET", "url": "{call.full_url()}",\n    "headers": [{head}], "bodySize": 0}}}}\n]}}}}\n'


def cassette(rng, call):
    line = call.header_line()
    head = f"      {line[0]}:\n      - {line[1]}\n" if line else ""
    return "spec/cassettes/list.yml", f"---\nhttp_interactions:\n- request:\n    method: get\n    uri: {call.full_url()}\n    headers:\n      Accept:\n      - application/json\n{head}  response:\n    status:\n      code: 200\n"


def access_log(rng, call):
    line = call.header_line()
    if line:
        return "logs/client.log", f"2024-04-02T11:20:31Z DEBUG http > GET {call.url}\n2024-04-02T11:20:31Z DEBUG http > {line[0]}: {line[1]}\n2024-04-02T11:20:31Z DEBUG http < 200\n"
    return "logs/proxy.log", f'10.0.3.7 - - [02/Apr/2024:11:20:31 +0000] "GET {call.full_url()} HTTP/1.1" 200 512\n10.0.3.7 - - [02/Apr/2024:11:20:32 +0000] "GET /health HTTP/1.1" 200 2\n'


def log_dict(rng, call):
    line = call.header_line("sq")
    if not line:
        return access_log(rng, call)
    return "logs/worker.log", f"[2024-04-02 11:20:31] INFO request url={call.url} headers={{'{line[0]}': '{line[1]}', 'Accept': '*/*'}}\n"


def github_step(rng, call):
    return ".github/workflows/notify.yml", f"name: notify\non: [push]\njobs:\n  notify:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          {curl(call)}\n"


def gitlab_script(rng, call):
    return ".gitlab-ci.yml", f"notify:\n  stage: deploy\n  script:\n    - {curl(call)}\n"


def netrc(rng, call):
    if call.user is None or call.password_first or not call.user:
        return curl_script(rng, call)
    host = call.url.split("://", 1)[1].split("/")[0].split(":")[0]
    return ".netrc", f"machine {host}\n  login {call.user}\n  password {call.v('raw')}\n"


def swift_request(rng, call):
    line = call.header_line("dq")
    head = f'request.setValue("{line[1]}", forHTTPHeaderField: "{line[0]}")\n' if line else ""
    return "App/Network.swift", f'var request = URLRequest(url: URL(string: "{call.full_url()}")!)\n{head}request.httpMethod = "GET"\n'


def kotlin_request(rng, call):
    line = call.header_line("dq")
    head = f'    .addHeader("{line[0]}", "{line[1]}")\n' if line else ""
    return "app/src/main/java/io/acme/Api.kt", f'val request = Request.Builder()\n    .url("{call.full_url()}")\n{head}    .build()\n'


def rust_request(rng, call):
    line = call.header_line("dq")
    head = f'        .header("{line[0]}", "{line[1]}")\n' if line else ""
    return "src/call.rs", f'let body = reqwest::Client::new()\n        .get("{call.full_url()}")\n{head}        .send().await?;\n'


def html_image(rng, call):
    if call.header or call.user is not None:
        return js_fetch(rng, call)
    return "public/map.html", f'<html><body>\n<img src="{call.full_url()}" alt="">\n</body></html>\n'


CALLS = [
    curl_script, curl_markdown, curl_multiline, history, wget, python_requests, python_requests, python_url, js_fetch,
    js_axios, go_http, java_http, csharp_http, php_curl, ruby_http, powershell_call, http_trace, postman, har, cassette,
    access_log, log_dict, github_step, gitlab_script, netrc, swift_request, kotlin_request, rust_request, html_image,
]


def write(rng, entry, marks):
    """A file in which `entry` is used; its path, text and style."""
    make = rng.choice(CALLS)
    path, text = make(rng, Call(entry, marks))
    return path, text, "call-" + make.__name__.replace("_", "-")
