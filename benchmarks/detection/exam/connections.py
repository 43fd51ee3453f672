"""Connection strings and client calls of databases, brokers, directories and file servers: the password is planted."""

from . import templates
from .items import Entry, Mark, password

# slug, aliases, URL schemes, port, JDBC part, user, variable stem
ENGINES = [
    ("postgresql", ["postgres", "pg", "postgis"], ["postgres", "postgresql", "postgresql+psycopg2"], 5432, "postgresql", "app", "POSTGRES"),
    ("mysql", ["mariadb"], ["mysql", "mysql2", "mysql+pymysql"], 3306, "mysql", "root", "MYSQL"),
    ("mariadb", ["mysql"], ["mariadb", "mariadb+mariadbconnector"], 3306, "mariadb", "shop", "MARIADB"),
    ("mongodb", ["mongo", "mongodb-atlas"], ["mongodb", "mongodb+srv"], 27017, "", "mongoadmin", "MONGO"),
    ("redis", ["redis-cloud"], ["redis", "rediss"], 6379, "", "default", "REDIS"),
    ("rabbitmq", ["amqp", "cloudamqp"], ["amqp", "amqps"], 5672, "", "rabbit", "RABBITMQ"),
    ("mssql", ["sqlserver", "sql-server", "microsoft-sql-server", "microsoft", "azure-sql", "azure"], ["mssql", "sqlserver", "mssql+pyodbc"], 1433, "sqlserver", "sa", "MSSQL"),
    ("oracle", ["oracle-database", "oracledb"], ["oracle", "oracle+cx_oracle"], 1521, "oracle", "system", "ORACLE"),
    ("clickhouse", [], ["clickhouse", "clickhouse+native"], 9000, "clickhouse", "default", "CLICKHOUSE"),
    ("cockroachdb", ["cockroach", "postgresql", "postgres"], ["cockroachdb"], 26257, "", "roach", "COCKROACH"),
    ("couchdb", ["apache-couchdb"], ["couchdb"], 5984, "", "admin", "COUCHDB"),
    ("neo4j", [], ["neo4j", "neo4j+s", "bolt"], 7687, "neo4j", "neo4j", "NEO4J"),
    ("elasticsearch", ["elastic", "opensearch"], [], 9200, "", "elastic", "ELASTIC"),
    ("nats", [], ["nats"], 4222, "", "svc", "NATS"),
    ("ldap", ["active-directory", "openldap"], ["ldap", "ldaps"], 389, "", "cn=admin", "LDAP"),
    ("ftp", ["sftp", "ftps"], ["ftp", "sftp", "ftps"], 21, "", "upload", "FTP"),
    ("smtp", ["smtps", "mail", "email"], ["smtp", "smtps"], 587, "", "mailer", "SMTP"),
    ("db2", ["ibm-db2", "ibm"], ["db2", "ibm_db_sa"], 50000, "db2", "db2inst1", "DB2"),
    ("snowflake", [], ["snowflake"], 443, "snowflake", "LOADER", "SNOWFLAKE"),
    ("redshift", ["aws", "amazon-redshift", "aws-redshift", "amazon"], ["redshift", "redshift+psycopg2"], 5439, "redshift", "awsuser", "REDSHIFT"),
    ("vertica", [], ["vertica"], 5433, "vertica", "dbadmin", "VERTICA"),
    ("teradata", [], ["teradatasql"], 1025, "teradata", "dbc", "TERADATA"),
    ("cassandra", ["scylla", "astra", "datastax"], ["cassandra"], 9042, "", "cassandra", "CASSANDRA"),
    ("arangodb", ["arango"], [], 8529, "", "root", "ARANGO"),
    ("influxdb", ["influxdata", "influx"], ["influxdb"], 8086, "", "telegraf", "INFLUX"),
    ("firebird", [], ["firebird"], 3050, "firebirdsql", "SYSDBA", "FIREBIRD"),
    ("sybase", ["sap-ase", "sap"], ["sybase"], 5000, "sybase", "sa", "SYBASE"),
    ("saphana", ["sap-hana", "hana", "sap"], ["hana"], 39015, "sap", "SYSTEM", "HANA"),
    ("activemq", ["stomp", "artemis", "rabbitmq"], ["stomp"], 61613, "", "admin", "ACTIVEMQ"),
    ("kafka", ["apache-kafka", "confluent"], [], 9092, "", "producer", "KAFKA"),
]
HOSTS = ["db.prod.internal", "10.0.4.12", "db1.acme-widgets.io", "pg-main.c9akciq32.eu-west-1.rds.amazonaws.com", "cluster0.ab1cd.mongodb.net", "data.acme-widgets.io", "172.31.8.20"]


def entry_for(rng, engine):
    slug, aliases = engine[0], engine[1]
    value = password(rng) if rng.random() < 0.6 else templates.fill("alnum:%d" % rng.choice([12, 16, 20, 24, 32]), rng)
    value = value.replace(" ", "")
    mark = Mark("planted", "databases", value, slug, aliases, source="docs")
    return Entry(engine[6] + "_PASSWORD", value, mark, slug)


def url(rng, engine, entry, marks):
    schemes, port, user = engine[2], engine[3], engine[5]
    if not schemes:
        scheme = rng.choice(["http", "https"])
    else:
        scheme = rng.choice(schemes)
    name = "" if rng.random() < 0.25 and engine[0] == "redis" else user
    if "=" in name:
        name = "cn%3Dadmin"
    host = rng.choice(HOSTS)
    tail = {"mongodb": "/shop?retryWrites=true&w=majority", "redis": "/0", "rabbitmq": "/orders"}.get(engine[0], rng.choice(["/shop", "/orders", "/app_prod", ""]))
    place = host if scheme.endswith("+srv") else f"{host}:{port}"
    return f"{scheme}://{name}:{entry.text(marks, 'url')}@{place}{tail}"


URL_LINES = [
    (".env", "PORT=3000\n%s_URL=%s\n"),
    (".env.production", "DATABASE_URL=\"%.0s%s\"\n"),
    ("config/database.js", "module.exports = {\n  // %s\n  url: '%s',\n};\n"),
    ("app/db.py", "from sqlalchemy import create_engine\n\n# %s\nengine = create_engine(\"%s\")\n"),
    ("config/config.exs", "config :app, App.Repo, url: \"%.0s%s\"\n"),
    ("docker-compose.yml", "services:\n  app:\n    environment:\n      %s_URI: %s\n"),
    ("k8s/deploy.yaml", "          env:\n            - name: %s_DSN\n              value: \"%s\"\n"),
    ("cmd/api/main.go", "package main\n\n// %s\nconst dsn = \"%s\"\n"),
    ("src/main/resources/application.yml", "app:\n  %s-uri: %s\n"),
    ("README.md", "# Run\n\nConnect to %s:\n\n    %s\n"),
    ("alembic.ini", "[alembic]\nscript_location = migrations\n# %s\nsqlalchemy.url = %s\n"),
    ("prisma/.env", "# %s\nDATABASE_URL='%s'\n"),
    ("celeryconfig.py", "# %s\nbroker_url = '%s'\n"),
    ("src/lib.rs", "// %s\nconst URI: &str = \"%s\";\n"),
    ("logs/boot.log", "2024-05-01T08:00:00Z INFO %s connecting to %s\n"),
    ("config/settings.json", "{\n  \"name\": \"%s\",\n  \"connection\": \"%s\"\n}\n"),
    ("serverless.yml", "provider:\n  environment:\n    %s_CONNECTION: %s\n"),
    ("terraform.tfvars", "%s_connection = \"%s\"\n"),
]


def url_file(rng, engine, marks):
    entry = entry_for(rng, engine)
    path, text = rng.choice(URL_LINES)
    stem = engine[6] if "env" in path.lower() or "environment" in text else engine[6].lower()
    return path, text % (stem, url(rng, engine, entry, marks)), "connection-url"


def jdbc_file(rng, engine, marks):
    entry = entry_for(rng, engine)
    host, port, kind, user = rng.choice(HOSTS), engine[3], engine[4], engine[5]
    v = lambda escape="raw": entry.text(marks, escape)
    base = {
        "oracle": f"jdbc:oracle:thin:@{host}:{port}/ORCL",
        "sqlserver": f"jdbc:sqlserver://{host}:{port};databaseName=shop",
        "sybase": f"jdbc:sybase:Tds:{host}:{port}/shop",
        "sap": f"jdbc:sap://{host}:{port}/",
        "teradata": f"jdbc:teradata://{host}/DATABASE=shop",
    }.get(kind, f"jdbc:{kind}://{host}:{port}/shop")
    forms = [
        lambda: ("src/main/resources/application.properties", f"spring.datasource.url={base}\nspring.datasource.username={user}\nspring.datasource.password={v('props')}\n"),
        lambda: ("src/main/resources/application.yml", f"spring:\n  datasource:\n    url: {base}\n    username: {user}\n    password: {v()}\n"),
        lambda: ("src/main/java/io/acme/Db.java", f'package io.acme;\n\nclass Db {{\n  Connection open() throws SQLException {{\n    return DriverManager.getConnection("{base}", "{user}", "{v("dq")}");\n  }}\n}}\n'),
        lambda: ("conf/context.xml", f'<Context>\n  <Resource name="jdbc/shop" type="javax.sql.DataSource" url="{base}" username="{user}" password="{v("xml")}"/>\n</Context>\n'),
        lambda: ("hibernate.cfg.xml", f'<hibernate-configuration>\n  <property name="connection.url">{base}</property>\n  <property name="connection.username">{user}</property>\n  <property name="connection.password">{v("xml")}</property>\n</hibernate-configuration>\n'),
        lambda: ("flyway.conf", f"flyway.url={base}\nflyway.user={user}\nflyway.password={v()}\n"),
        lambda: ("build.gradle", f"jooq {{\n  jdbc {{\n    url = '{base}'\n    user = '{user}'\n    password = '{v('sq')}'\n  }}\n}}\n"),
    ]
    if kind in ("postgresql", "mysql", "mariadb", "redshift", "clickhouse", "vertica"):
        forms.append(lambda: ("etl/job.properties", f"source={base}?user={user}&password={v('url')}&ssl=true\n"))
        forms.append(lambda: ("scripts/load.sh", f'#!/bin/sh\nspark-submit --conf "spark.url={base}?user={user}&password={v("url")}" load.py\n'))
    if kind == "sqlserver":
        forms.append(lambda: ("conf/ds.properties", f"db.url={base};user={user};password={v()};encrypt=true\n"))
    path, text = rng.choice(forms)()
    return path, text, "connection-jdbc"


def keyword_file(rng, engine, marks):
    """Keyword arguments, dictionaries and the tools' own files."""
    entry = entry_for(rng, engine)
    host, port, user, stem = rng.choice(HOSTS), engine[3], engine[5], engine[6]
    v = lambda escape="raw": entry.text(marks, escape)
    slug = engine[0]
    forms = [
        lambda: (".env", f"{stem}_HOST={host}\n{stem}_PORT={port}\n{stem}_USER={user}\n{stem}_PASSWORD={v()}\n{stem}_DB=shop\n"),
        lambda: ("docker-compose.yml", f"services:\n  db:\n    image: {slug}:latest\n    environment:\n      {stem}_USER: {user}\n      {stem}_PASSWORD: {v()}\n    ports:\n      - '{port}:{port}'\n"),
        lambda: ("config/default.json", f'{{\n  "{slug}": {{\n    "host": "{host}",\n    "port": {port},\n    "user": "{user}",\n    "password": "{v("json")}"\n  }}\n}}\n'),
        lambda: ("config.py", f'{stem} = {{\n    "host": "{host}",\n    "port": {port},\n    "user": "{user}",\n    "passwd": "{v("dq")}",\n}}\n'),
        lambda: ("config/db.yml", f"{slug}:\n  host: {host}\n  port: {port}\n  username: {user}\n  password: {v()}\n"),
        lambda: ("main.tf", f'resource "aws_db_instance" "{slug}" {{\n  engine   = "{slug}"\n  username = "{user}"\n  password = "{v("dq")}"\n}}\n'),
    ]
    if slug in ("postgresql", "redshift", "cockroachdb"):
        forms += [
            lambda: (".pgpass", f"{host}:{port}:shop:{user}:{v()}\n"),
            lambda: ("db.py", f'import psycopg2\n\nconn = psycopg2.connect(host="{host}", dbname="shop", user="{user}", password="{v("dq")}")\n'),
            lambda: ("dsn.py", f'import psycopg2\n\nconn = psycopg2.connect("host={host} dbname=shop user={user} password={v()}")\n'),
            lambda: ("restore.sh", f"#!/bin/sh\nPGPASSWORD={v()} psql -h {host} -U {user} shop < dump.sql\n"),
            lambda: ("main.go", f'package main\n\nvar dsn = "host={host} user={user} password={v()} dbname=shop port={port} sslmode=disable"\n'),
            lambda: ("settings.py", f"DATABASES = {{\n    'default': {{\n        'ENGINE': 'django.db.backends.postgresql',\n        'NAME': 'shop',\n        'USER': '{user}',\n        'PASSWORD': '{v('sq')}',\n        'HOST': '{host}',\n    }}\n}}\n"),
            lambda: ("config/database.yml", f"production:\n  adapter: postgresql\n  database: shop\n  username: {user}\n  password: {v()}\n  host: {host}\n"),
            lambda: ("init.sql", f"CREATE ROLE {user} WITH LOGIN PASSWORD '{v('sqsql')}';\nGRANT ALL ON DATABASE shop TO {user};\n"),
            lambda: ("ormconfig.ts", f"export default {{\n  type: 'postgres',\n  host: '{host}',\n  username: '{user}',\n  password: '{v('sq')}',\n  database: 'shop',\n}};\n"),
        ]
    if slug in ("mysql", "mariadb"):
        forms += [
            lambda: (".my.cnf", f"[client]\nuser={user}\npassword={v()}\nhost={host}\n"),
            lambda: ("backup.sh", f"#!/bin/sh\nmysqldump -h {host} -u {user} -p{v()} shop > shop.sql\n"),
            lambda: ("db.php", f"<?php\n$db = new mysqli('{host}', '{user}', '{v('sq')}', 'shop');\n"),
            lambda: ("pdo.php", f"<?php\n$pdo = new PDO('mysql:host={host};dbname=shop', '{user}', '{v('sq')}');\n"),
            lambda: ("wp-config.php", f"<?php\ndefine('DB_NAME', 'shop');\ndefine('DB_USER', '{user}');\ndefine('DB_PASSWORD', '{v('sq')}');\ndefine('DB_HOST', '{host}'); // {slug}\n"),
            lambda: ("grants.sql", f"CREATE USER '{user}'@'%' IDENTIFIED BY '{v('sqsql')}';\nGRANT ALL PRIVILEGES ON shop.* TO '{user}'@'%'; -- {slug}\n"),
            lambda: ("index.js", f"const mysql = require('mysql2');\nconst pool = mysql.createPool({{ host: '{host}', user: '{user}', password: '{v('sq')}', database: 'shop' }});\n"),
            lambda: ("main.go", f'package main\n\nfunc open() {{\n\tdb, _ := sql.Open("mysql", "{user}:{v()}@tcp({host}:{port})/shop?parseTime=true")\n\t_ = db\n}}\n'),
            lambda: ("import.py", f"import pymysql\n\ndb = pymysql.connect(host='{host}', user='{user}', passwd='{v('sq')}', db='shop')\n"),
        ]
    if slug == "mssql":
        forms += [
            lambda: ("appsettings.json", f'{{\n  "ConnectionStrings": {{\n    "Default": "Server={host};Database=shop;User Id={user};Password={v("json")};TrustServerCertificate=True"\n  }}\n}}\n'),
            lambda: ("Web.config", f'<configuration>\n  <connectionStrings>\n    <add name="Shop" connectionString="Data Source={host};Initial Catalog=shop;User ID={user};Password={v("xml")}" providerName="System.Data.SqlClient" />\n  </connectionStrings>\n</configuration>\n'),
            lambda: ("query.sh", f"#!/bin/sh\n/opt/mssql-tools/bin/sqlcmd -S {host} -U {user} -P '{v()}' -Q 'select 1'\n"),
            lambda: ("docker-compose.yml", f'services:\n  db:\n    image: mcr/mssql/server:2019\n    environment:\n      ACCEPT_EULA: "Y"\n      SA_PASSWORD: "{v("dq")}"\n'),
            lambda: ("odbc.py", f'import pyodbc\n\ncn = pyodbc.connect("DRIVER={{ODBC Driver 17 for SQL Server}};SERVER={host};DATABASE=shop;UID={user};PWD={v()}")\n'),
            lambda: ("Db.cs", f'var cs = "Server=tcp:{host},1433;Initial Catalog=shop;User ID={user};Password={v("dq")};Encrypt=True;";\n'),
        ]
    if slug == "mongodb":
        forms += [
            lambda: ("seed.sh", f"#!/bin/sh\nmongo --host {host} -u {user} -p {v()} --authenticationDatabase admin seed.js\n"),
            lambda: ("docker-compose.yml", f"services:\n  mongo:\n    image: mongo:6\n    environment:\n      MONGO_INITDB_ROOT_USERNAME: {user}\n      MONGO_INITDB_ROOT_PASSWORD: {v()}\n"),
            lambda: ("users.js", f"db.createUser({{ user: '{user}', pwd: '{v('sq')}', roles: ['readWrite'] }}); // mongo\n"),
        ]
    if slug == "redis":
        forms += [
            lambda: ("redis.conf", f"bind 0.0.0.0\nport 6379\nrequirepass {v()}\nappendonly yes\n"),
            lambda: ("flush.sh", f"#!/bin/sh\nredis-cli -h {host} -a {v()} FLUSHALL\n"),
            lambda: ("cache.py", f"import redis\n\nr = redis.Redis(host='{host}', port=6379, password='{v('sq')}', db=0)\n"),
        ]
    if slug == "oracle":
        forms += [
            lambda: ("run.sh", f"#!/bin/sh\nsqlplus {user}/{v()}@//{host}:1521/ORCL @report.sql\n"),
            lambda: ("etl.py", f'import cx_Oracle\n\ncn = cx_Oracle.connect("{user}", "{v("dq")}", "{host}/ORCL")\n'),
        ]
    if slug == "ldap":
        forms += [
            lambda: ("search.sh", f"#!/bin/sh\nldapsearch -H ldap://{host} -D 'cn=admin,dc=acme,dc=io' -w {v()} -b dc=acme,dc=io\n"),
            lambda: ("ldap.conf", f"uri ldaps://{host}\nbinddn cn=admin,dc=acme,dc=io\nbindpw {v()}\n"),
            lambda: ("ldap.properties", f"ldap.url=ldap://{host}:389\nldap.bind.dn=cn=admin,dc=acme,dc=io\nldap.bind.password={v()}\n"),
        ]
    if slug == "ftp":
        forms += [
            lambda: ("upload.sh", f"#!/bin/sh\nlftp -u {user},{v()} ftp://{host} -e 'put build.zip; bye'\n"),
            lambda: ("upload.py", f"from ftplib import FTP\n\nftp = FTP('{host}')\nftp.login('{user}', '{v('sq')}')\n"),
            lambda: (".vscode/sftp.json", f'{{\n  "host": "{host}",\n  "protocol": "sftp",\n  "username": "{user}",\n  "password": "{v("json")}",\n  "remotePath": "/var/www"\n}}\n'),
            lambda: ("sitemanager.xml", f"<FileZilla3>\n  <Servers>\n    <Server>\n      <Host>{host}</Host>\n      <User>{user}</User>\n      <Pass encoding=\"base64\">{v('b64')}</Pass>\n    </Server>\n  </Servers>\n</FileZilla3>\n"),
        ]
    if slug == "smtp":
        forms += [
            lambda: ("mail.py", f"import smtplib\n\ns = smtplib.SMTP('smtp.acme-widgets.io', 587)\ns.login('mailer@acme-widgets.io', '{v('sq')}')\n"),
            lambda: ("mailer.php", f"<?php\n$mail->isSMTP();\n$mail->Host = 'smtp.acme-widgets.io';\n$mail->Username = 'mailer@acme-widgets.io';\n$mail->Password = '{v('sq')}';\n"),
            lambda: ("settings.py", f"EMAIL_HOST = 'smtp.acme-widgets.io'\nEMAIL_HOST_USER = 'mailer@acme-widgets.io'\nEMAIL_HOST_PASSWORD = '{v('sq')}'\n"),
            lambda: ("src/mail.js", f"const transport = nodemailer.createTransport({{\n  host: 'smtp.acme-widgets.io',\n  auth: {{ user: 'mailer@acme-widgets.io', pass: '{v('sq')}' }},\n}});\n"),
        ]
    if slug == "kafka":
        forms += [
            lambda: ("client.properties", f'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="{user}" password="{v("dq")}";\n'),
            lambda: ("consumer.py", f"from kafka import KafkaConsumer\n\nc = KafkaConsumer('orders', sasl_mechanism='PLAIN', sasl_plain_username='{user}', sasl_plain_password='{v('sq')}')\n"),
        ]
    if slug == "neo4j":
        forms.append(lambda: ("graph.py", f'from neo4j import GraphDatabase\n\ndriver = GraphDatabase.driver("bolt://{host}:7687", auth=("neo4j", "{v("dq")}"))\n'))
        forms.append(lambda: ("docker-compose.yml", f"services:\n  neo4j:\n    image: neo4j:5\n    environment:\n      NEO4J_AUTH: neo4j/{v()}\n"))
    if slug == "elasticsearch":
        forms.append(lambda: ("es.py", f"from elasticsearch import Elasticsearch\n\nes = Elasticsearch('https://{host}:9200', http_auth=('elastic', '{v('sq')}'))\n"))
        forms.append(lambda: ("logstash.conf", f'output {{\n  elasticsearch {{\n    hosts => ["https://{host}:9200"]\n    user => "elastic"\n    password => "{v("dq")}"\n  }}\n}}\n'))
    if slug == "cassandra":
        forms.append(lambda: ("cql.sh", f"#!/bin/sh\ncqlsh {host} -u cassandra -p '{v()}'\n"))
    path, text = rng.choice(forms)()
    return path, text, "connection-keywords"


def write(rng, engine, marks):
    """A file that connects to `engine`."""
    makers = [keyword_file, keyword_file]
    if engine[2]:
        makers += [url_file, url_file]
    if engine[4]:
        makers.append(jdbc_file)
    return rng.choice(makers)(rng, engine, marks)
