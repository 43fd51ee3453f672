"""Files in which a name is given a value: configuration, infrastructure, code, notes.

A style is (name, paths, head, line, foot, joiner, other lines). `line` is written once an entry; the other lines are what
stands around secrets in such files.
"""

from dataclasses import dataclass

from .items import ESCAPES, render


@dataclass
class Style:
    name: str
    paths: list
    head: str
    line: str
    foot: str = ""
    joiner: str = "\n"
    other: tuple = ()
    most: int = 5
    quoted: str = ""  # the quote a value may not hold, where the language has no sane escape

    def write(self, rng, entries, marks):
        lines = []
        other = list(self.other)
        rng.shuffle(other)
        for entry in entries:
            while other and rng.random() < 0.45:
                lines.append(other.pop())
            for companion in entry.companions:
                lines.append(render(self.line, companion, marks))
            lines.append(render(self.line, entry, marks))
        lines += other[: rng.randint(0, 2)]
        return rng.choice(self.paths), self.head + self.joiner.join(lines) + self.foot


def lines(text):
    return tuple(line for line in text.strip("\n").split("\n"))


ENV = lines(
    """
NODE_ENV=production
PORT=8080
LOG_LEVEL=info
APP_URL=https://app.acme-widgets.io
CACHE_TTL=3600
DB_HOST=db.internal
TZ=Europe/Berlin
FEATURE_NEW_CHECKOUT=true
# --- third party ---
"""
)

YAML4 = lines(
    """
    logLevel: info
    replicas: 3
    region: eu-central-1
    cacheTtlSeconds: 3600
    featureFlags: "checkout,search"
"""
)

STYLES = [
    Style("dotenv", [".env", ".env.production", ".env.local", "config/prod.env", "deploy/.env.staging"], "", "@S@=@v@", "\n", other=ENV),
    Style("dotenv-quoted", [".env", ".env.prod", "backend/.env"], "# environment\n", '@S@="@v:dq@"', "\n", other=ENV),
    Style("dotenv-single", [".env.development.local", "api/.env"], "", "@S@='@v@'", "\n", other=ENV),
    Style("dotenv-spaces", ["settings.env"], "", "@S@ = @v@", "\n", other=ENV),
    Style("shell-export", ["deploy.sh", "scripts/env.sh", ".bashrc", "bin/run-prod.sh"], "#!/usr/bin/env bash\nset -euo pipefail\n\n", 'export @S@="@v:dq@"', '\n\nexec ./bin/server "$@"\n', other=("export PATH=$PATH:/usr/local/go/bin", "cd /srv/app", "echo starting")),
    Style("shell-plain", ["scripts/backup.sh", "cron/nightly.sh", ".zshrc"], "#!/bin/sh\n", "@S@='@v@'", "\n\ntar czf /backup/app.tgz /srv/app\n", other=("DATE=$(date +%F)", "TARGET=/backup")),
    Style("shell-lower", ["tools/sync.sh"], "#!/bin/bash\n", '@s@="@v:dq@"', '\nrsync -az ./out/ "$host:/srv/www/"\n', other=('host="web1.internal"',)),
    Style("fish", [".config/fish/config.fish"], "set -gx EDITOR vim\n", "set -gx @S@ @v@", "\n"),
    Style("batch", ["run.bat", "build.cmd"], "@echo off\r\n".replace("\r", ""), "set @S@=@v@", "\njava -jar app.jar\n", other=("set JAVA_OPTS=-Xmx2g",)),
    Style("powershell", ["deploy.ps1", "scripts/Publish.ps1"], "param([string]$Environment = 'prod')\n\n", '$@P@ = "@v:dq@"', "\n\nWrite-Host \"Deploying $Environment\"\n", other=("$Region = 'westeurope'",)),
    Style("powershell-env", ["profile.ps1"], "", "$env:@S@ = '@v@'", "\n"),
    Style("compose-map", ["docker-compose.yml", "docker-compose.prod.yml", "compose.yaml"], "version: '3.8'\nservices:\n  api:\n    image: acme/api:1.14.2\n    ports:\n      - '8080:8080'\n    environment:\n", "      @S@: @v@", "\n    depends_on:\n      - db\n  db:\n    image: postgres:15\n", other=("      NODE_ENV: production", "      LOG_LEVEL: warn")),
    Style("compose-list", ["docker-compose.yml", "docker-compose.override.yml"], "services:\n  worker:\n    build: .\n    restart: always\n    environment:\n", "      - @S@=@v@", "\n    volumes:\n      - ./data:/data\n", other=("      - QUEUE=default", "      - CONCURRENCY=4")),
    Style("compose-quoted", ["docker/docker-compose.yml"], "services:\n  web:\n    image: acme/web\n    environment:\n", '      - "@S@=@v:dq@"', "\n"),
    Style("k8s-env", ["k8s/deployment.yaml", "manifests/api.yaml", "deploy/kubernetes/worker.yml"], "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: api\n          image: acme/api:2.3.1\n          env:\n", '            - name: @S@\n              value: "@v:dq@"', "\n          resources:\n            limits:\n              memory: 512Mi\n", other=("            - name: LOG_LEVEL\n              value: info",)),
    Style("k8s-secret", ["k8s/secret.yaml", "deploy/secrets.yml", "manifests/secret-prod.yaml"], "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app-secrets\n  namespace: prod\ntype: Opaque\ndata:\n", "  @k@: @v:b64@", "\n"),
    Style("k8s-secret-upper", ["k8s/credentials.yaml"], "apiVersion: v1\nkind: Secret\nmetadata:\n  name: credentials\ndata:\n", "  @S@: @v:b64@", "\n"),
    Style("k8s-stringdata", ["k8s/secret.yaml", "overlays/prod/secret.yaml"], "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ntype: Opaque\nstringData:\n", '  @S@: "@v:dq@"', "\n"),
    Style("k8s-configmap", ["k8s/configmap.yaml"], "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app-config\ndata:\n  app.properties: |\n", "    @d@=@v@", "\n", other=("    server.port=8080",)),
    Style("helm-values", ["chart/values.yaml", "helm/values-prod.yaml"], "replicaCount: 2\nimage:\n  repository: acme/api\n  tag: 1.8.0\nconfig:\n", '  @c@: "@v:dq@"', "\nservice:\n  type: ClusterIP\n  port: 80\n", other=("  logLevel: info",)),
    Style("helm-env", ["charts/api/values.yaml"], "env:\n", "  @S@: '@v@'", "\ningress:\n  enabled: true\n", other=("  TZ: UTC",)),
    Style("tfvars", ["terraform.tfvars", "infra/prod.auto.tfvars", "env/prod.tfvars"], "", '@s@ = "@v:dq@"', "\n", other=('region = "eu-west-1"', 'instance_type = "t3.medium"', 'environment = "prod"')),
    Style("tf-variable", ["variables.tf", "infra/vars.tf"], 'terraform {\n  required_version = ">= 1.5"\n}\n\n', 'variable "@s@" {\n  description = "@T@ credential"\n  type        = string\n  default     = "@v:dq@"\n}\n', "\n", other=('variable "region" {\n  default = "eu-west-1"\n}\n',)),
    Style("tf-provider", ["main.tf", "providers.tf"], 'locals {\n  env = "prod"\n}\n\n', 'provider "@g@" {\n  @s@ = "@v:dq@"\n}\n', "\n", most=2),
    Style("tf-lambda", ["lambda.tf", "modules/api/main.tf"], 'resource "aws_lambda_function" "api" {\n  function_name = "api"\n  handler       = "index.handler"\n  environment {\n    variables = {\n', '      @S@ = "@v:dq@"', "\n    }\n  }\n}\n", other=('      STAGE = "prod"',)),
    Style("tfstate", ["terraform.tfstate"], '{\n  "version": 4,\n  "terraform_version": "1.5.7",\n  "serial": 41,\n  "resources": [\n    {\n      "mode": "managed",\n      "type": "aws_lambda_function",\n      "name": "api",\n      "instances": [\n        {\n          "attributes": {\n            "memory_size": 256,\n', '            "@s@": "@v:json@",', '\n            "timeout": 30\n          }\n        }\n      ]\n    }\n  ]\n}\n'),
    Style("gha-env", [".github/workflows/deploy.yml", ".github/workflows/ci.yml"], "name: deploy\non:\n  push:\n    branches: [main]\nenv:\n", "  @S@: @v@", "\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: make deploy\n", other=("  NODE_VERSION: 20",)),
    Style("gha-step", [".github/workflows/release.yaml"], "name: release\non: [push]\njobs:\n  build:\n    runs-on: ubuntu-22.04\n    steps:\n      - uses: actions/checkout@v4\n      - name: publish\n        env:\n", "          @S@: '@v@'", "\n        run: ./publish.sh\n"),
    Style("gitlab-ci", [".gitlab-ci.yml", "ci/.gitlab-ci.yml"], "stages:\n  - build\n  - deploy\nvariables:\n", '  @S@: "@v:dq@"', "\ndeploy:\n  stage: deploy\n  script:\n    - ./deploy.sh\n", other=("  GIT_DEPTH: '1'",)),
    Style("circleci", [".circleci/config.yml"], "version: 2.1\njobs:\n  build:\n    docker:\n      - image: cimg/node:18.17\n        environment:\n", "          @S@: @v@", "\n    steps:\n      - checkout\n      - run: npm test\n"),
    Style("travis", [".travis.yml"], "language: python\npython:\n  - '3.9'\nenv:\n  global:\n", "    - @S@=@v@", "\nscript: make check\n"),
    Style("azure-pipelines", ["azure-pipelines.yml"], "trigger:\n  - main\npool:\n  vmImage: ubuntu-latest\nvariables:\n", "  - name: @S@\n    value: '@v@'", "\nsteps:\n  - script: npm ci\n"),
    Style("dockerfile-env", ["Dockerfile", "docker/Dockerfile.prod"], "FROM node:20-alpine\nWORKDIR /app\nCOPY . .\n", "ENV @S@=@v@", '\nRUN npm ci\nCMD ["node", "server.js"]\n', other=("ENV NODE_ENV=production",)),
    Style("dockerfile-space", ["Dockerfile"], "FROM python:3.11\nRUN pip install -r requirements.txt\n", 'ENV @S@ "@v:dq@"', '\nCMD ["gunicorn", "app:app"]\n'),
    Style("dockerfile-arg", ["build/Dockerfile"], "FROM golang:1.22 AS build\n", "ARG @S@=@v@", "\nRUN go build ./...\n"),
    Style("ansible-vars", ["group_vars/all.yml", "roles/app/defaults/main.yml", "host_vars/web1.yml"], "---\napp_user: deploy\n", '@s@: "@v:dq@"', "\n", other=("app_port: 8080", "app_dir: /srv/app")),
    Style("ansible-inventory", ["inventory/hosts.ini"], "[web]\nweb1.internal ansible_user=deploy\n\n[web:vars]\n", "@s@=@v@", "\n"),
    Style("cloudformation", ["template.yaml", "cfn/stack.yml"], "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Api:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: nodejs18.x\n      Environment:\n        Variables:\n", "          @S@: @v@", "\n"),
    Style("serverless", ["serverless.yml"], "service: orders\nprovider:\n  name: aws\n  runtime: nodejs18.x\n  environment:\n", "    @S@: '@v@'", "\nfunctions:\n  hello:\n    handler: handler.hello\n"),
    Style("systemd", ["etc/systemd/system/app.service"], "[Unit]\nDescription=App\n\n[Service]\nExecStart=/usr/bin/app\n", 'Environment="@S@=@v:dq@"', "\nRestart=always\n\n[Install]\nWantedBy=multi-user.target\n"),
    Style("supervisor", ["supervisord.conf"], "[program:web]\ncommand=gunicorn app:app\nautostart=true\nenvironment=", '@S@="@v@"', "\n", joiner=","),
    Style("makefile", ["Makefile"], ".PHONY: deploy\n", "@S@ := @v@", "\n\ndeploy:\n\t./deploy.sh\n", other=("GOFLAGS := -mod=vendor",)),
    Style("python-constants", ["config.py", "settings.py", "app/constants.py"], '"""Settings."""\nimport os\n\nBASE_DIR = os.path.dirname(__file__)\n', '@S@ = "@v:dq@"', "\n\nTIMEOUT = 30\n", other=("DEBUG = False", 'ALLOWED_HOSTS = ["app.acme-widgets.io"]', "PAGE_SIZE = 50")),
    Style("python-single", ["bot.py", "main.py", "scripts/import_orders.py"], "import requests\n\n", "@s@ = '@v:sq@'", "\n\n\ndef main():\n    print('starting')\n", other=("base_url = 'https://api.acme-widgets.io'", "retries = 3")),
    Style("python-environ", ["run.py", "notebooks/setup.py", "train.py"], "import os\n\n", 'os.environ["@S@"] = "@v:dq@"', "\n\nfrom app import create_app\n", other=('os.environ["TOKENIZERS_PARALLELISM"] = "false"',)),
    Style("python-getenv-default", ["app/settings.py"], "import os\n\n", 'self_@s@ = os.getenv("@S@", "@v:dq@")', "\n"),
    Style("python-dict", ["conf/credentials.py", "lib/secrets.py"], "CONFIG = {\n", '    "@s@": "@v:dq@",', '\n    "timeout": 10,\n}\n', other=('    "region": "eu-west-1",',)),
    Style("python-class", ["app/config.py"], "class ProductionConfig(Config):\n    DEBUG = False\n", "    @S@ = '@v:sq@'", "\n\n\nclass TestingConfig(Config):\n    TESTING = True\n", other=("    SESSION_COOKIE_SECURE = True",)),
    Style("python-annotated", ["core/config.py"], "from pydantic import BaseSettings\n\n\nclass Settings(BaseSettings):\n    app_name: str = 'orders'\n", '    @s@: str = "@v:dq@"', "\n\n\nsettings = Settings()\n"),
    Style("python-argument", ["client.py", "jobs/sync.py"], "from clients import build\n\n\ndef connect():\n    return build(\n", '        @s@="@v:dq@",', "\n        timeout=30,\n    )\n"),
    Style("python-fstring", ["helpers.py"], "def headers():\n", '    @s@ = "@v:dq@"', '\n    return {"Accept": "application/json"}\n'),
    Style("js-const", ["config.js", "src/config/index.js", "server/keys.js"], "'use strict';\n\n", "const @c@ = '@v:sq@';", "\n\nmodule.exports = { port: 3000 };\n", other=("const port = 3000;", "const baseUrl = 'https://api.acme-widgets.io';")),
    Style("js-screaming", ["src/constants.js", "lib/env.mjs"], "", 'export const @S@ = "@v:dq@";', "\n", other=('export const API_URL = "https://api.acme-widgets.io";',)),
    Style("js-object", ["config/production.js", "src/keys.js"], "module.exports = {\n  env: 'production',\n", "  @c@: '@v:sq@',", "\n  port: process.env.PORT || 3000,\n};\n", other=("  debug: false,",)),
    Style("js-env", ["index.js", "jest.setup.js"], "require('dotenv').config();\n", "process.env.@S@ = '@v:sq@';", "\n"),
    Style("js-fallback", ["src/server.js"], "const express = require('express');\nconst app = express();\n", "const @c@ = process.env.@S@ || '@v:sq@';", "\napp.listen(3000);\n"),
    Style("js-template", ["src/utils/client.js"], "", "let @c@ = `@v@`", "\n"),
    Style("ts-class", ["src/app/config.service.ts", "src/environments/environment.prod.ts"], "export class ConfigService {\n", "  private readonly @c@: string = '@v:sq@';", "\n  readonly timeout = 5000;\n}\n"),
    Style("ts-environment", ["src/environments/environment.ts"], "export const environment = {\n  production: true,\n", '  @c@: "@v:dq@",', "\n  apiUrl: 'https://api.acme-widgets.io',\n};\n"),
    Style("java-static", ["src/main/java/io/acme/Config.java", "app/src/main/java/io/acme/Constants.java"], "package io.acme;\n\npublic final class Config {\n    public static final int TIMEOUT = 30;\n", '    private static final String @S@ = "@v:dq@";', "\n\n    private Config() {}\n}\n", other=('    static final String REGION = "eu-west-1";',)),
    Style("java-local", ["src/main/java/io/acme/Uploader.java"], "package io.acme;\n\npublic class Uploader {\n    void run() throws Exception {\n", '        String @c@ = "@v:dq@";', '\n        System.out.println("done");\n    }\n}\n'),
    Style("java-setter", ["src/main/java/io/acme/ClientFactory.java"], "package io.acme;\n\nclass ClientFactory {\n    Client create() {\n        Client client = new Client();\n", '        client.set@P@("@v:dq@");', "\n        return client;\n    }\n}\n"),
    Style("java-property", ["src/main/java/io/acme/Boot.java"], "package io.acme;\n\nclass Boot {\n    public static void main(String[] args) {\n", '        System.setProperty("@d@", "@v:dq@");', "\n        Application.launch(args);\n    }\n}\n"),
    Style("spring-value", ["src/main/java/io/acme/Mailer.java"], "package io.acme;\n\n@Component\nclass Mailer {\n".replace("@Component", "\ue003Component"), '    \ue003Value("${@d@:@v:dq@}")\n    private String @c@;\n', "}\n", most=2),
    Style("properties", ["src/main/resources/application.properties", "config.properties", "conf/app.properties"], "# application\nserver.port=8080\n", "@d@=@v:props@", "\n", other=("spring.application.name=orders", "logging.level.root=INFO")),
    Style("properties-spaces", ["etc/app.properties", "local.properties"], "", "@c@ = @v:props@", "\n", other=("sdk.dir=/opt/android-sdk",)),
    Style("gradle-properties", ["gradle.properties"], "org.gradle.jvmargs=-Xmx2g\norg.gradle.parallel=true\n", "@c@=@v@", "\n"),
    Style("gradle-buildconfig", ["app/build.gradle"], "android {\n    compileSdk 34\n    defaultConfig {\n        applicationId 'io.acme.app'\n", '        buildConfigField "String", "@S@", "\\"@v:dq@\\""', "\n    }\n}\n"),
    Style("gradle-ext", ["build.gradle"], "plugins {\n    id 'java'\n}\n\next {\n", "    @c@ = '@v@'", "\n}\n"),
    Style("kotlin-const", ["app/src/main/java/io/acme/ApiKeys.kt", "src/main/kotlin/Config.kt"], "package io.acme\n\nobject ApiKeys {\n", '    const val @S@ = "@v:dq@"', "\n}\n", other=('    const val BASE_URL = "https://api.acme-widgets.io"',)),
    Style("kotlin-val", ["src/main/kotlin/io/acme/Service.kt"], "package io.acme\n\nclass Service {\n", '    private val @c@: String = "@v:dq@"', "\n}\n"),
    Style("scala", ["src/main/scala/io/acme/Settings.scala"], "package io.acme\n\nobject Settings {\n", '  val @c@ = "@v:dq@"', "\n}\n"),
    Style("go-const", ["config/config.go", "internal/keys.go"], "package config\n\nconst (\n\tTimeout = 30\n", '\t@P@ = "@v:dq@"', "\n)\n"),
    Style("go-var", ["main.go", "cmd/worker/main.go"], "package main\n\nimport \"fmt\"\n\nfunc main() {\n", '\t@c@ := "@v:dq@"', '\n\tfmt.Println("ok")\n}\n'),
    Style("go-struct", ["internal/app/config.go"], "package app\n\nvar Default = Config{\n\tRegion: \"eu-west-1\",\n", '\t@P@: "@v:dq@",', "\n}\n"),
    Style("go-setenv", ["main_prod.go"], "package main\n\nimport \"os\"\n\nfunc init() {\n", '\tos.Setenv("@S@", "@v:dq@")', "\n}\n"),
    Style("ruby-const", ["config/initializers/keys.rb", "lib/settings.rb"], "# frozen_string_literal: true\n\n", "@S@ = '@v:sq@'", "\n"),
    Style("ruby-env", ["config/application.rb", "config/local_env.rb"], "", "ENV['@S@'] ||= '@v:sq@'", "\n"),
    Style("ruby-configure", ["config/initializers/services.rb"], "", "@G@.configure do |config|\n  config.@s@ = \"@v:dq@\"\nend\n", "\n", most=2),
    Style("rails-yml", ["config/secrets.yml", "config/settings.yml", "config/application.yml"], "production:\n", "  @s@: @v@", "\n  log_level: info\n"),
    Style("php-define", ["config.php", "includes/config.inc.php"], "<?php\n", "define('@S@', '@v:sq@');", "\n\nrequire_once 'app.php';\n", other=("define('DEBUG', false);",)),
    Style("php-array", ["config/services.php", "config/app.php"], "<?php\n\nreturn [\n    'env' => 'production',\n", "    '@s@' => '@v:sq@',", "\n];\n", other=("    'locale' => 'en',",)),
    Style("php-variable", ["api/index.php", "lib/mailer.php"], "<?php\n", '$@s@ = "@v:dq@";', "\n$client = new Client();\n", other=('$region = "eu";',)),
    Style("php-env-default", ["config/third_party.php"], "<?php\nreturn [\n", "    '@c@' => env('@S@', '@v:sq@'),", "\n];\n"),
    Style("csharp-const", ["src/Config.cs", "Services/Settings.cs"], "namespace Acme.App\n{\n    public static class Settings\n    {\n", '        public const string @P@ = "@v:dq@";', "\n    }\n}\n"),
    Style("csharp-var", ["Program.cs"], "using System;\n\n", 'var @c@ = "@v:dq@";', '\nConsole.WriteLine("started");\n'),
    Style("appsettings", ["appsettings.json", "src/Api/appsettings.Production.json"], '{\n  "Logging": {\n    "LogLevel": { "Default": "Information" }\n  },\n', '  "@P@": "@v:json@",', '\n  "AllowedHosts": "*"\n}\n'),
    Style("web-config", ["Web.config", "App.config", "web.Release.config"], '<?xml version="1.0" encoding="utf-8"?>\n<configuration>\n  <appSettings>\n', '    <add key="@P@" value="@v:xml@" />', '\n  </appSettings>\n  <system.web>\n    <compilation targetFramework="4.8" />\n  </system.web>\n</configuration>\n', other=('    <add key="PageSize" value="50" />',)),
    Style("rust-const", ["src/config.rs", "src/main.rs"], "use std::env;\n\n", 'const @S@: &str = "@v:dq@";', '\n\nfn main() {\n    println!("ok");\n}\n'),
    Style("rust-let", ["src/client.rs"], "pub fn connect() {\n", '    let @s@ = "@v:dq@".to_string();', "\n}\n"),
    Style("swift", ["App/Secrets.swift", "Sources/App/Config.swift"], "import Foundation\n\nenum Secrets {\n", '    static let @c@ = "@v:dq@"', "\n}\n"),
    Style("objc", ["App/AppDelegate.m"], '#import "AppDelegate.h"\n\n', 'static NSString *const k@P@ = @"@v:dq@";', "\n".replace("@", "@")),
    Style("dart", ["lib/config.dart", "lib/src/keys.dart"], "class Config {\n", "  static const String @c@ = '@v:sq@';", "\n}\n"),
    Style("elixir", ["config/prod.exs"], "import Config\n\n", 'config :acme, @s@: "@v:dq@"', "\n"),
    Style("perl", ["bin/report.pl"], "use strict;\nuse warnings;\n\n", "my $@s@ = '@v:sq@';", "\n"),
    Style("lua", ["conf/settings.lua"], "local M = {}\n", 'M.@s@ = "@v:dq@"', "\nreturn M\n"),
    Style("r", ["analysis/load.R", ".Rprofile"], "library(httr)\n", 'Sys.setenv(@S@ = "@v:dq@")', "\n"),
    Style("r-assign", ["analysis.R"], "library(dplyr)\n", '@s@ <- "@v:dq@"', "\n"),
    Style("c-define", ["include/config.h", "firmware/secrets.h"], "#pragma once\n\n#define WIFI_CHANNEL 6\n", '#define @S@ "@v:dq@"', "\n"),
    Style("cpp-const", ["src/config.cpp"], '#include "config.h"\n\n', 'const char* @c@ = "@v:dq@";', "\n"),
    Style("arduino", ["sketch/sketch.ino"], "#include <WiFi.h>\n\nint led = 13;\n", 'const char @s@[] = "@v:dq@";', "\n\nvoid setup() {\n  Serial.begin(115200);\n}\n"),
    Style("groovy", ["Jenkinsfile", "ci/Jenkinsfile.deploy"], "pipeline {\n    agent any\n    environment {\n", "        @S@ = '@v@'", "\n    }\n    stages {\n        stage('build') { steps { sh 'make' } }\n    }\n}\n"),
    Style("toml", ["config.toml", "settings.toml", ".streamlit/secrets.toml"], 'title = "app"\n\n', '@s@ = "@v:dq@"', "\n", other=('debug = false', 'workers = 4')),
    Style("toml-upper", [".streamlit/secrets.toml", "fly.toml"], "", '@S@ = "@v:dq@"', "\n"),
    Style("ini", ["config.ini", "settings.cfg", "app.conf"], "[default]\ndebug = false\n", "@s@ = @v@", "\n", other=("timeout = 30", "host = 0.0.0.0")),
    Style("ini-tight", ["etc/service.conf"], "[main]\n", "@n@=@v@", "\n"),
    Style("ini-quoted", ["conf.ini"], "[app]\n", '@k@ = "@v@"', "\n"),
    Style("xml-element", ["config.xml", "conf/settings.xml"], '<?xml version="1.0"?>\n<settings>\n  <timeout>30</timeout>\n', "  <@c@>@v:xml@</@c@>", "\n</settings>\n"),
    Style("xml-property", ["src/main/resources/beans.xml", "hive-site.xml", "core-site.xml"], '<?xml version="1.0"?>\n<configuration>\n', "  <property>\n    <name>@d@</name>\n    <value>@v:xml@</value>\n  </property>", "\n</configuration>\n"),
    Style("xml-attribute", ["server.xml"], '<?xml version="1.0"?>\n<server>\n', '  <param name="@s@" value="@v:xml@"/>', "\n</server>\n"),
    Style("json", ["config.json", "settings.json", "credentials.json", "config/default.json"], '{\n', '  "@c@": "@v:json@"', '\n}\n', joiner=",\n", other=('  "debug": false', '  "region": "eu-west-1"')),
    Style("json-snake", ["secrets.json", "data/settings.json"], "{\n", '    "@s@": "@v:json@"', "\n}\n", joiner=",\n", other=('    "port": 8080',)),
    Style("json-upper", ["env.json", "local.settings.json", ".vscode/settings.json"], '{\n  "version": 2,\n  "env": {\n', '    "@S@": "@v:json@"', "\n  }\n}\n", joiner=",\n"),
    Style("json-min", ["conf.min.json", "dump/config.json"], '{"ok":true,', '"@c@":"@v:json@"', "}\n", joiner=","),
    Style("json-pairs", ["task-definition.json", "ecs/task.json"], '{\n  "family": "api",\n  "containerDefinitions": [\n    {\n      "name": "api",\n      "environment": [\n', '        { "name": "@S@", "value": "@v:json@" }', "\n      ]\n    }\n  ]\n}\n", joiner=",\n"),
    Style("yaml", ["config.yml", "config.yaml", "settings.yaml", "conf/prod.yml"], "app:\n  name: orders\nsettings:\n", "  @s@: @v@", "\n", other=("  timeout: 30", "  debug: false")),
    Style("yaml-camel", ["app.yaml", "values.yaml"], "config:\n", "    @c@: '@v@'", "\n", other=YAML4),
    Style("yaml-kebab", ["application.yml", "src/main/resources/application.yml"], "spring:\n  application:\n    name: orders\nacme:\n", "  @k@: @v@", "\n"),
    Style("yaml-dq", ["esphome.yaml", "homeassistant/secrets.yaml"], "", '@s@: "@v:dq@"', "\n"),
    Style("plist", ["App/Info.plist", "ios/GoogleKeys.plist"], '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n  <key>CFBundleName</key>\n  <string>App</string>\n', "  <key>@P@</key>\n  <string>@v:xml@</string>", "\n</dict>\n</plist>\n"),
    Style("strings-xml", ["app/src/main/res/values/strings.xml", "app/src/main/res/values/keys.xml"], '<resources>\n    <string name="app_name">Acme</string>\n', '    <string name="@s@">@v:xml@</string>', "\n</resources>\n"),
    Style("manifest", ["app/src/main/AndroidManifest.xml"], '<manifest package="io.acme.app">\n  <application>\n', '    <meta-data android:name="io.acme.@P@" android:value="@v:xml@" />', "\n  </application>\n</manifest>\n"),
    Style("sql-insert", ["db/seed.sql", "dump.sql", "migrations/0042_settings.sql"], "SET NAMES utf8mb4;\nCREATE TABLE settings (name varchar(64), value text);\n", "INSERT INTO settings (name, value) VALUES ('@s@', '@v:sqsql@');", "\n"),
    Style("sql-rows", ["backup/settings.sql"], "INSERT INTO `wp_options` VALUES\n", "(@n@_1,'@s@','@v:sqsql@','yes')".replace("@n@_1", "1042"), ";\n", joiner=",\n"),
    Style("csv", ["export/credentials.csv", "vault-export.csv"], "name,username,password\n", '@k@,deploy,"@v:csv@"', "\n"),
    Style("csv-plain", ["keys.csv"], "service;key\n", "@T@;@v@", "\n"),
    Style("markdown-block", ["README.md", "docs/setup.md"], "# Orders\n\nCreate a `.env` file:\n\n```bash\n", "@S@=@v@", "\n```\n\nThen run `make up`.\n"),
    Style("markdown-table", ["docs/accounts.md", "wiki/Home.md"], "# Accounts\n\n| service | key |\n| --- | --- |\n", "| @T@ `@S@` | `@v@` |", "\n"),
    Style("markdown-list", ["NOTES.md", "docs/onboarding.md"], "## Onboarding\n\n", "- @T@ @s@: `@v@`", "\n\nAsk ops for VPN access.\n"),
    Style("notes", ["notes.txt", "TODO.txt", "passwords.txt"], "things to remember\n\n", "@T@ @s@: @v@", "\n\ncall Bob on monday\n"),
    Style("comment-hash", ["scripts/migrate.py", "tools/cleanup.py"], "import sys\n\n\ndef main():\n    pass\n\n\n", "# TODO move to vault: @S@ = @v@", "\n\nmain()\n"),
    Style("comment-slash", ["src/legacy.js", "src/Old.java"], "function old() {}\n", "// old @T@ @c@: @v@", "\nold();\n"),
    Style("comment-block", ["src/api.ts"], "/**\n * Client.\n", " * @c@ = @v@", "\n */\nexport {};\n"),
    Style("comment-html", ["public/index.html", "templates/base.html"], "<html>\n<head>\n", "<!-- @S@: @v@ -->", "\n</head>\n<body></body>\n</html>\n"),
    Style("html-script", ["www/index.html", "templates/checkout.html"], "<html>\n<body>\n<script>\n", "  var @c@ = '@v:sq@';", "\n  init();\n</script>\n</body>\n</html>\n"),
    Style("chat", ["export/general.json"], '[\n', '  {"user": "U02{x}", "ts": "1712", "text": "the @T@ @s@ for prod is @v:json@ please rotate later"}'.replace("{x}", "ABC"), "\n]\n", joiner=",\n"),
    Style("chat-text", ["export/chat.txt", "support/whatsapp.txt"], "[12/03/24, 09:14] Anna: morning\n", "[12/03/24, 09:15] Tom: here is the @T@ @s@: @v@", "\n[12/03/24, 09:16] Anna: thanks!\n"),
    Style("mail", ["mail/handover.eml"], "From: tom@acme-widgets.io\nTo: anna@acme-widgets.io\nSubject: handover\n\nHi Anna,\n\n", "the @T@ @s@ is @v@", "\n\nBest,\nTom\n"),
    Style("log-env", ["logs/deploy.log", "build.log"], "2024-03-12T09:14:00Z INFO starting deploy\n", "2024-03-12T09:14:01Z DEBUG env @S@=@v@", "\n2024-03-12T09:14:09Z INFO done\n"),
    Style("log-python", ["logs/app.log"], "", "2024-03-12 09:14:01,120 DEBUG config loaded {'@s@': '@v@', 'timeout': 30}", "\n"),
    Style("diff", ["patches/0001-config.patch"], "diff --git a/.env b/.env\nindex 3f2a1c4..9b7e2d1 100644\n--- a/.env\n+++ b/.env\n@@ -1,3 +1,4 @@\n".replace("@@", "\ue003\ue003"), "+@S@=@v@", "\n"),
    Style("nginx", ["nginx.conf", "conf.d/api.conf"], "server {\n  listen 80;\n  location /api {\n", "    proxy_set_header X-@k@ @v@;", "\n    proxy_pass http://api:8080;\n  }\n}\n"),
    Style("apache", [".htaccess", "apache/vhost.conf"], "RewriteEngine On\n", "SetEnv @S@ @v@", "\n"),
    Style("vagrant", ["Vagrantfile"], 'Vagrant.configure("2") do |config|\n  config.vm.box = "ubuntu/jammy64"\n', "  config.vm.provision 'shell', inline: \"echo 'export @S@=@v@' >> /etc/profile\"", "\nend\n", most=2),
    Style("docker-run", ["Makefile", "docs/run.md", "start.sh"], "run:\n", "\tdocker run -d -e @S@=@v@ acme/api:latest", "\n", most=2),
    Style("cli-flag", ["scripts/release.sh", "Procfile"], "#!/bin/sh\n", "./bin/tool --region eu --@k@ @v@ --verbose", "\n", most=2),
    Style("cli-flag-equals", ["scripts/start.sh"], "#!/bin/sh\n", './server --@k@="@v:dq@" --port 8080', "\n", most=2),
    Style("kubectl-literal", ["scripts/bootstrap.sh"], "#!/bin/bash\nkubectl create namespace prod\n", "kubectl create secret generic app --from-literal=@k@=@v@ -n prod", "\n", most=2),
    Style("java-args", ["bin/start-app.sh"], "#!/bin/sh\n", "exec java -Xmx1g -D@d@=@v@ -jar app.jar", "\n", most=1),
    Style("cron", ["etc/crontab"], "SHELL=/bin/sh\n", "0 3 * * * deploy @S@=@v@ /usr/local/bin/nightly", "\n", most=2),
    Style("launch-json", [".vscode/launch.json"], '{\n  "version": "0.2.0",\n  "configurations": [\n    {\n      "type": "node",\n      "request": "launch",\n      "env": {\n', '        "@S@": "@v:json@"', "\n      }\n    }\n  ]\n}\n", joiner=",\n"),
    Style("idea", [".idea/workspace.xml"], '<project version="4">\n  <component name="RunManager">\n    <envs>\n', '      <env name="@S@" value="@v:xml@" />', "\n    </envs>\n  </component>\n</project>\n"),
    Style("package-json", ["package.json"], '{\n  "name": "orders",\n  "version": "1.4.0",\n  "scripts": {\n    "test": "jest",\n', '    "start:prod": "@S@=@v:json@ node server.js"', '\n  }\n}\n', joiner=",\n", most=1),
    Style("notebook", ["notebooks/train.ipynb", "analysis/Untitled1.ipynb"], '{\n "cells": [\n  {\n   "cell_type": "code",\n   "execution_count": 3,\n   "metadata": {},\n   "outputs": [],\n   "source": [\n    "import os\\n",\n', '    "@S@ = \'@v:json@\'\\n"', '\n   ]\n  }\n ],\n "metadata": {"kernelspec": {"name": "python3"}},\n "nbformat": 4,\n "nbformat_minor": 5\n}\n', joiner=",\n"),
    Style("notebook-environ", ["colab/demo.ipynb"], '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n', '    "os.environ[\\"@S@\\"] = \\"@v:jsonjson@\\"\\n"', '\n   ]\n  }\n ],\n "nbformat": 4\n}\n', joiner=",\n"),
    Style("notebook-magic", ["colab/setup.ipynb"], '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n', '    "%env @S@=@v:json@\\n"', '\n   ]\n  }\n ],\n "nbformat": 4\n}\n', joiner=",\n"),
    Style("jenkins-xml", ["jenkins/jobs/deploy/config.xml"], "<?xml version='1.1' encoding='UTF-8'?>\n<project>\n  <properties>\n", "    <hudson.model.StringParameterDefinition>\n      <name>@S@</name>\n      <defaultValue>@v:xml@</defaultValue>\n    </hudson.model.StringParameterDefinition>", "\n  </properties>\n</project>\n"),
    Style("edn", ["resources/config.edn"], "{:port 3000\n", ' :@k@ "@v:dq@"', "}\n"),
    Style("haskell", ["src/Config.hs"], "module Config where\n\n", '@c@ :: String\n@c@ = "@v:dq@"\n', "\n", most=2),
    Style("nix", ["configuration.nix"], "{ config, pkgs, ... }:\n{\n  services.app.environment = {\n", '    @S@ = "@v:dq@";', "\n  };\n}\n"),
    Style("cloud-init", ["cloud-init.yaml"], "#cloud-config\nwrite_files:\n  - path: /etc/app.env\n    content: |\n", "      @S@=@v@", "\n"),
    Style("user-data", ["infra/user_data.tpl"], "#!/bin/bash\ncat > /etc/default/app <<EOF\n", "@S@=@v@", "\nEOF\nsystemctl restart app\n"),
    Style("vba", ["macros/Module1.bas"], 'Attribute VB_Name = "Module1"\n', 'Const @P@ As String = "@v@"', "\n"),
    Style("matlab", ["load_data.m"], "function d = load_data()\n", "@s@ = '@v@';", "\nend\n"),
    Style("nuxt", ["nuxt.config.ts"], "export default defineNuxtConfig({\n  runtimeConfig: {\n", "    @c@: '@v:sq@',", "\n  },\n})\n"),
    Style("python-tuple", ["scripts/accounts.py"], "ACCOUNTS = [\n", '    ("@k@", "@v:dq@"),', "\n]\n"),
    Style("js-comparison", ["src/webhook.js"], "app.post('/hook', (req, res) => {\n", "  const @c@ = req.query.t;\n  if (@c@ !== '@v:sq@') return res.status(401).end();", "\n  res.end();\n});\n", most=1),
    Style("py-comparison", ["hooks/receiver.py"], "def check(request):\n", '    @s@ = request.headers.get("X-Auth")\n    if @s@ == "@v:dq@":\n        return True', "\n    return False\n", most=1),
]


# --- sections: the service stands a line or more above its key -----------------------------------------------------


def sections(rng, entries, marks):
    """One section a service: what names the service is not on the line of the key."""
    form = rng.choice(["yaml", "yaml-quoted", "toml", "ini", "json", "js", "python", "hocon"])
    short = lambda entry: rest(entry)
    parts = []
    for entry in entries:
        title = entry.service or entry.name.lower().split("_")[0]
        name = short(entry)
        value = lambda escape: entry.text(marks, escape)
        if form == "yaml":
            parts.append(f"{title}:\n  enabled: true\n  {name}: {value('raw')}\n")
        elif form == "yaml-quoted":
            parts.append(f"  {title}:\n    {name}: \"{value('dq')}\"\n    timeout: 30\n")
        elif form == "toml":
            parts.append(f"[{title}]\n{name} = \"{value('dq')}\"\ntimeout = 30\n\n")
        elif form == "ini":
            parts.append(f"[{title}]\nenabled = yes\n{name} = {value('raw')}\n\n")
        elif form == "json":
            parts.append(f'  "{title}": {{\n    "enabled": true,\n    "{name}": "{value("json")}"\n  }},\n')
        elif form == "js":
            parts.append(f"  {title.replace('-', '')}: {{\n    {name}: '{value('sq')}',\n  }},\n")
        elif form == "python":
            parts.append(f"    \"{title}\": {{\n        \"{name}\": \"{value('dq')}\",\n    }},\n")
        else:
            parts.append(f"{title} {{\n  {name} = \"{value('dq')}\"\n}}\n")
    body = "".join(parts)
    frames = {
        "yaml": ("config/services.yml", "", ""),
        "yaml-quoted": ("config/integrations.yaml", "integrations:\n", ""),
        "toml": ("services.toml", "", ""),
        "ini": ("services.ini", "", ""),
        "json": ("config/services.json", "{\n", '  "version": 1\n}\n'),
        "js": ("src/services.js", "export const services = {\n", "};\n"),
        "python": ("services.py", "SERVICES = {\n", "}\n"),
        "hocon": ("conf/application.conf", "", ""),
    }
    path, head, foot = frames[form]
    return path, head + body + foot


def rest(entry):
    words = entry.name.lower().split("_")
    service = entry.service.replace("-", "").replace("_", "")
    tail = [word for word in words if word not in service]
    return "_".join(tail) or "api_key"


def sdk(rng, entries, marks):
    """The value is an argument of the service's client; only import and class name the service."""
    entry = entries[0]
    slug = (entry.service or "client").replace("-", "_")
    pascal = "".join(word.capitalize() for word in slug.split("_"))
    argument = rest(entry)
    camel = "".join(word.capitalize() if at else word for at, word in enumerate(argument.split("_")))
    v = lambda escape: entry.text(marks, escape)
    forms = [
        lambda: ("app/client.py", f"import {slug}\n\n\nclient = {slug}.Client({argument}=\"{v('dq')}\")\nprint(client.list())\n"),
        lambda: ("app/main.py", f"import {slug}\n\n{slug}.{argument} = \"{v('dq')}\"\n\n\ndef run():\n    return {slug}.Job.create()\n"),
        lambda: ("bot.py", f"from {slug} import {pascal}\n\n{slug}_client = {pascal}('{v('sq')}')\n"),
        lambda: ("src/client.js", f"const {{ {pascal} }} = require('{slug}');\n\nconst client = new {pascal}('{v('sq')}');\n"),
        lambda: ("src/api.ts", f"import {pascal} from '{slug}';\n\nexport const {slug} = new {pascal}({{ {camel}: '{v('sq')}', timeout: 5000 }});\n"),
        lambda: ("lib/client.rb", f"require '{slug}'\n\nclient = {pascal}::Client.new({argument}: '{v('sq')}')\n"),
        lambda: ("client.go", f"package main\n\nfunc client() *{slug}.Client {{\n\treturn {slug}.NewClient(\"{v('dq')}\")\n}}\n"),
        lambda: ("src/Client.php", f"<?php\nuse {pascal}\\Client;\n\n$client = new Client(['{argument}' => '{v('sq')}']);\n"),
        lambda: ("src/main/java/io/acme/Gateway.java", f"package io.acme;\n\nclass Gateway {{\n  {pascal}Client client = {pascal}Client.builder().{camel}(\"{v('dq')}\").build();\n}}\n"),
        lambda: ("Services/Gateway.cs", f"using {pascal};\n\nvar client = new {pascal}Client(\"{v('dq')}\");\n"),
        lambda: ("src/lib.rs", f"pub fn client() -> {slug}::Client {{\n    {slug}::Client::new(\"{v('dq')}\")\n}}\n"),
        lambda: ("lib/api.dart", f"final client = {pascal}Client({camel}: '{v('sq')}');\n"),
    ]
    return rng.choice(forms)()
