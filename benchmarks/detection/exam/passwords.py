"""Human-chosen passwords where people leave them: code, configuration, commands, notes. No service is named."""

from .items import Entry, Mark, password

NAMES = (
    "PASSWORD DB_PASSWORD DB_PASS ADMIN_PASSWORD ROOT_PASSWORD USER_PASSWORD PASSWD PWD APP_PASSWORD LOGIN_PASSWORD "
    "KEYSTORE_PASSWORD TRUSTSTORE_PASSWORD SSH_PASSWORD ANSIBLE_BECOME_PASS FTP_PASS MAIL_PASSWORD EMAIL_PASSWORD "
    "WIFI_PASSWORD SUDO_PASS SERVICE_PASSWORD DEFAULT_PASSWORD TEST_USER_PASSWORD API_PASSWORD PROXY_PASSWORD "
    "SIGNING_STORE_PASSWORD KEY_PASSWORD MASTER_PASSWORD BACKUP_PASSPHRASE PASSPHRASE DBPASSWD LDAP_BIND_PASSWORD "
    "BASIC_AUTH_PASSWORD ADMIN_PASS SUPERUSER_PASSWORD POS_PASSWORD"
).split()


def entry_for(rng):
    value = password(rng)
    return Entry(rng.choice(NAMES), value, Mark("planted", "passwords", value, source="docs"))


def special(rng, marks):
    """A password in a place of its own kind rather than in an assignment."""
    entry = entry_for(rng)
    user = rng.choice("admin deploy root tom.miller svc_backup operator jenkins administrator".split())
    v = lambda escape="raw": entry.text(marks, escape)
    forms = [
        lambda: ("src/test/java/io/acme/LoginPage.java", f'package io.acme;\n\nclass LoginPage {{\n  void login() {{\n    driver.findElement(By.id("username")).sendKeys("{user}");\n    driver.findElement(By.id("password")).sendKeys("{v("dq")}");\n  }}\n}}\n'),
        lambda: ("src/main/java/io/acme/SecurityConfig.java", f'package io.acme;\n\nclass SecurityConfig {{\n  void configure(AuthenticationManagerBuilder auth) throws Exception {{\n    auth.inMemoryAuthentication().withUser("{user}").password("{{noop}}{v("dq")}").roles("ADMIN");\n  }}\n}}\n'),
        lambda: ("conf/tomcat-users.xml", f'<tomcat-users>\n  <role rolename="manager-gui"/>\n  <user username="{user}" password="{v("xml")}" roles="manager-gui"/>\n</tomcat-users>\n'),
        lambda: ("settings.xml", f"<settings>\n  <servers>\n    <server>\n      <id>releases</id>\n      <username>{user}</username>\n      <password>{v('xml')}</password>\n    </server>\n  </servers>\n</settings>\n"),
        lambda: ("db/seeds.rb", f"User.create!(email: '{user}@acme-widgets.io', password: '{v('sq')}', admin: true)\n"),
        lambda: ("deploy.sh", f"#!/bin/sh\nsshpass -p '{v()}' scp build.zip {user}@10.0.3.4:/srv/\n"),
        lambda: ("deploy.py", f"import paramiko\n\nssh = paramiko.SSHClient()\nssh.connect('10.0.3.4', username='{user}', password='{v('sq')}')\n"),
        lambda: ("fabfile.py", f"from fabric.api import env\n\nenv.user = '{user}'\nenv.password = '{v('sq')}'\n"),
        lambda: ("setup.sh", f"#!/bin/bash\necho \"{user}:{v()}\" | chpasswd\n"),
        lambda: ("provision.sh", f"#!/bin/bash\nhtpasswd -bc /etc/nginx/.htpasswd {user} {v()}\n"),
        lambda: ("mount.cmd", f"net use Z: \\\\nas01\\share /user:ACME\\{user} {v()}\n"),
        lambda: ("etc/fstab", f"//nas01/share /mnt/share cifs username={user},password={v()},uid=1000 0 0\n"),
        lambda: ("check.sh", f"#!/bin/sh\ncurl -u {user}:{v()} http://10.0.3.9:8080/manager/text/list\n"),
        lambda: ("clone.sh", f"#!/bin/sh\ngit clone https://{user}:{v('url')}@git.acme-widgets.io/shop/api.git\n"),
        lambda: (".git-credentials", f"https://{user}:{v('url')}@git.acme-widgets.io\n"),
        lambda: (".netrc", f"machine git.acme-widgets.io login {user} password {v()}\n"),
        lambda: ("init.sql", f"ALTER USER {user} IDENTIFIED BY '{v('sqsql')}';\n"),
        lambda: ("users.sql", f"INSERT INTO users (login, password, role) VALUES ('{user}', '{v('sqsql')}', 'admin');\n"),
        lambda: ("users.json", f'[{{"login": "{user}", "password": "{v("json")}", "role": "admin"}}]\n'),
        lambda: ("users.csv", f"login,password,role\n{user},{v()},admin\n"),
        lambda: ("README.md", f"# Demo system\n\nLog in at http://demo.acme-widgets.io with\n\n- user: `{user}`\n- password: `{v()}`\n"),
        lambda: ("docs/access.md", f"The staging login is {user} / {v()} (please do not share)\n"),
        lambda: ("notes.txt", f"router\n  user {user}\n  pass {v()}\n"),
        lambda: ("chat.txt", f"[10:02] tom: what's the password for staging?\n[10:03] anna: the password is {v()}\n[10:03] tom: thx\n"),
        lambda: ("export/slack.json", f'[{{"user": "U01", "text": "vpn password: {v("json")}"}}]\n'),
        lambda: ("src/login.py", f"def check(user, password):\n    if password == '{v('sq')}':\n        return True\n    return False\n"),
        lambda: ("src/Login.java", f'class Login {{\n  boolean ok(String password) {{\n    return "{v("dq")}".equals(password);\n  }}\n}}\n'),
        lambda: ("src/login.js", f"function login(user, password) {{\n  if (user === '{user}' && password === '{v('sq')}') {{\n    return true;\n  }}\n  return false;\n}}\n"),
        lambda: ("src/auth.go", f'package auth\n\nfunc Check(user, password string) bool {{\n\treturn user == "{user}" && password == "{v("dq")}"\n}}\n'),
        lambda: ("Auth.cs", f'var credential = new NetworkCredential("{user}", "{v("dq")}");\n'),
        lambda: ("Run.ps1", f'$password = ConvertTo-SecureString "{v("dq")}" -AsPlainText -Force\n$cred = New-Object PSCredential("{user}", $password)\n'),
        lambda: ("e2e/login.cy.js", f"cy.get('#email').type('{user}@acme-widgets.io');\ncy.get('#password').type('{v('sq')}');\n"),
        lambda: ("e2e/login.spec.ts", f"await page.fill('input[name=username]', '{user}');\nawait page.fill('input[name=password]', '{v('sq')}');\n"),
        lambda: ("locustfile.py", f'self.client.post("/login", json={{"username": "{user}", "password": "{v("dq")}"}})\n'),
        lambda: ("api.http", f'POST /login HTTP/1.1\nHost: app.acme-widgets.io\nContent-Type: application/json\n\n{{"username": "{user}", "password": "{v("json")}"}}\n'),
        lambda: ("login.http", f"POST /login HTTP/1.1\nHost: app.acme-widgets.io\nContent-Type: application/x-www-form-urlencoded\n\nusername={user}&password={v('url')}\n"),
        lambda: ("logs/auth.log", f"2024-03-02 10:11:12 DEBUG login attempt user={user} password={v()} ip=10.0.0.7\n"),
        lambda: ("inventory.ini", f"[db]\ndb1 ansible_host=10.0.4.2 ansible_user={user} ansible_password={v()}\n"),
        lambda: ("preseed.cfg", f"d-i passwd/root-password password {v()}\nd-i passwd/root-password-again password {v()}\n"),
        lambda: ("ks.cfg", f"lang en_US\nrootpw --plaintext {v()}\ntimezone UTC\n"),
        lambda: ("unattend.xml", f"<AutoLogon>\n  <Username>{user}</Username>\n  <Password>\n    <Value>{v('xml')}</Value>\n  </Password>\n</AutoLogon>\n"),
        lambda: ("app/build.gradle", f"android {{\n  signingConfigs {{\n    release {{\n      storeFile file('release.jks')\n      storePassword '{v('sq')}'\n      keyAlias 'acme'\n    }}\n  }}\n}}\n"),
        lambda: ("key.properties", f"storePassword={v('props')}\nkeyAlias=upload\nstoreFile=upload.jks\n"),
        lambda: ("conf/server.xml", f'<Connector port="8443" SSLEnabled="true" keystoreFile="conf/keystore.jks" keystorePass="{v("xml")}" />\n'),
        lambda: ("sign.sh", f"#!/bin/sh\njarsigner -keystore acme.jks -storepass {v()} app.jar acme\n"),
        lambda: ("cert.sh", f"#!/bin/sh\nopenssl pkcs12 -export -in c.pem -inkey k.pem -out c.p12 -passout pass:{v()}\n"),
        lambda: ("zip.sh", f"#!/bin/sh\n7z a -p{v()} backup.7z /srv/data\n"),
        lambda: ("wifi.ino", f'#include <ESP8266WiFi.h>\n\nconst char* ssid = "acme-guest";\nconst char* password = "{v("dq")}";\n'),
        lambda: ("esphome/node.yaml", f"wifi:\n  ssid: acme-iot\n  password: '{v()}'\n"),
        lambda: ("wpa_supplicant.conf", f'network={{\n  ssid="acme"\n  psk="{v("dq")}"\n}}\n'),
        lambda: ("router.cfg", f"hostname core-sw1\nusername {user} privilege 15 password 0 {v()}\nenable password {v()}\n"),
        lambda: ("jenkins.yaml", f"jenkins:\n  securityRealm:\n    local:\n      users:\n        - id: {user}\n          password: {v()}\n"),
        lambda: ("grafana.ini", f"[security]\nadmin_user = {user}\nadmin_password = {v()}\n"),
        lambda: ("rdp.ps1", f"cmdkey /generic:10.0.3.8 /user:{user} /pass:{v()}\n"),
        lambda: ("vm.tf", f'resource "azurerm_linux_virtual_machine" "vm" {{\n  admin_username = "{user}"\n  admin_password = "{v("dq")}"\n}}\n'),
        lambda: ("playbook.yml", f"- hosts: all\n  vars:\n    ansible_become_pass: {v()}\n  tasks:\n    - apt: name=nginx\n"),
        lambda: ("bin/sudo.sh", f"#!/bin/sh\necho {v()} | sudo -S systemctl restart nginx\n"),
        lambda: ("Form1.vb", f'Dim strPassword As String = "{v("dq")}"\nDim strUser As String = "{user}"\n'),
        lambda: ("conn.asp", f'<%\nconn.Open "DSN=shop;UID={user};PWD={v()}"\n%>\n'),
        lambda: ("src/config.php", f"<?php\n$config['smtp_user'] = '{user}';\n$config['smtp_pass'] = '{v('sq')}';\n"),
        lambda: ("src/main.cpp", f'if (strcmp(password, "{v("dq")}") == 0) {{\n  unlocked = true;\n}}\n'),
        lambda: ("index.html", f'<form>\n  <input type="text" name="user" value="{user}">\n  <input type="password" name="password" value="{v("xml")}">\n</form>\n'),
        lambda: ("comments.py", f"import app\n\n# default password is {v()}\napp.run()\n"),
        lambda: ("Main.java", f"class Main {{\n  // login: {user}, password: {v()}\n  public static void main(String[] args) {{}}\n}}\n"),
        lambda: ("app.py", f"users = {{\n    '{user}': '{v('sq')}',\n}}\n\n\ndef verify(name, password):\n    return users.get(name) == password\n"),
        lambda: ("ecosystem.config.js", f"module.exports = {{ apps: [{{ name: 'api', env: {{ ADMIN_PASSWORD: '{v('sq')}' }} }}] }};\n"),
        lambda: ("mqtt.py", f"client.username_pw_set('{user}', '{v('sq')}')\nclient.connect('10.0.0.3', 1883)\n"),
    ]
    path, text = rng.choice(forms)()
    return path, text, "password-place"
