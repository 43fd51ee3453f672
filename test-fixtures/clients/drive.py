"""Drives each fake with its provider's own client; see run."""
import contextlib
import functools
import http.server
import importlib.metadata
import json
import logging
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLIENTS = []


class Skipped(Exception):
    """A client that cannot be driven here, and why."""


class Fake:
    """A fake that runs: where it answers, and the tokens that it issued."""

    def __init__(self, told):
        self.root = told["base"]
        self.keys = told["keys"]

    def base(self, documented):
        return self.root + documented.removeprefix("https://")

    def token(self, role):
        return self.keys[role]["token"]

    def field(self, role, name):
        return self.keys[role]["fields"][name]

    def part(self, role, name):
        return self.keys[role]["parts"][name]

    def call(self, method, documented, body=None, headers=None):
        """A documented call that the client has no method for."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base(documented), data=data, method=method,
                                         headers={"content-type": "application/json", "user-agent": "clients", **(headers or {})})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status


def client(package, fake):
    """Names a function that drives `fake` with the client of `package`."""

    def register(function):
        CLIENTS.append((function.__name__, package, fake, function))
        return function

    return register


@contextlib.contextmanager
def refused(kind, **expected):
    """The client raises `kind`, with these attributes or texts."""
    try:
        yield
    except kind as fault:
        for name, value in expected.items():
            if name == "status" and hasattr(fault, "response"):
                actual = fault.response.status_code
            else:
                actual = str(fault) if name == "text" else getattr(fault, name)
            actual = actual() if callable(actual) else actual
            fits = value in actual if name == "text" else actual == value
            assert fits, f"{type(fault).__name__}.{name} is {actual!r}, not {value!r}"
        return
    raise AssertionError(f"the client did not raise {kind.__name__}")


@contextlib.contextmanager
def at_root(base):
    """A base URL without a path in front of one with a path, for clients that keep the host alone."""

    class Forward(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self):
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length) if length else None
            headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection", "accept-encoding")}
            request = urllib.request.Request(base + self.path, data=body, method=self.command, headers=headers)
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    self.answer(answer.status, answer.headers, answer.read())
            except urllib.error.HTTPError as fault:
                self.answer(fault.code, fault.headers, fault.read())

        def answer(self, status, headers, body):
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "date", "connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = forward

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forward)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@client("huggingface-hub", "huggingface")
def huggingface_hub(fake):
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    base = fake.base("https://huggingface.co")
    api = HfApi(endpoint=base, token=fake.token("live"))
    who = api.whoami()
    assert who["name"] == "someone" and who["auth"]["accessToken"]["role"] == "fineGrained"
    assert [model.id for model in api.list_models(limit=1)] == ["acme/model-x"]
    for role in ("revoked", "expired", "never-issued"):
        with refused(HfHubHTTPError, status=401):
            HfApi(endpoint=base, token=fake.token(role)).whoami()
    assert fake.call("POST", "https://huggingface.co/api/credentials/revoke", {"credentials": [fake.token("live")]}) == 202
    with refused(HfHubHTTPError, status=401):
        HfApi(endpoint=base, token=fake.token("live")).whoami()


@contextlib.contextmanager
def hosts():
    """What a Hub and a GitHub host: where they answer, and a token."""
    process = subprocess.Popen([java(), "-XX:TieredStopAtLevel=1", "-cp", class_path(), "dev.stanch.fixtures.FakeHosts"],
                               stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


@client("huggingface-hub", None)
def spaces(_):
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

    with hosts() as told:
        api = HfApi(endpoint=told["hub"], token=told["token"])
        listed = [space.id for space in api.list_spaces(author="acme")]
        assert len(listed) == 46 and len(set(listed)) == 46, "every page, once"
        space = api.space_info("acme/chat")
        assert space.sdk == "gradio" and space.private
        variables = api.get_space_variables("acme/chat")
        assert variables["MODE"].value == "fast" and variables["MODE"].description == "how it runs"
        assert api.get_space_secrets("acme/chat")["KEY"].updated_at.year == 2026
        api.add_space_secret("acme/chat", "NEW", "value")
        api.delete_space_secret("acme/chat", "KEY")
        assert list(api.get_space_secrets("acme/chat")) == ["NEW"]
        api.add_space_variable("acme/chat", "MODE", "slow", description="how it runs")
        assert api.get_space_variables("acme/chat")["MODE"].value == "slow"
        assert api.get_space_runtime("acme/chat").stage == "RUNNING"
        stages = [api.restart_space("acme/chat").stage]
        while stages[-1] != "RUNNING":
            stages.append(api.get_space_runtime("acme/chat").stage)
        assert "APP_STARTING" in stages
        assert [line.strip() for line in api.fetch_space_logs("acme/chat")] == ["starting", "ready"]
        stranger = HfApi(endpoint=told["hub"], token=False)
        assert len(list(stranger.list_spaces(author="acme"))) == 45
        with refused(RepositoryNotFoundError, status=401):
            stranger.space_info("acme/chat")
        with refused(HfHubHTTPError, status=401):
            HfApi(endpoint=told["hub"], token="nobody").get_space_variables("acme/chat")


@client("pygithub", None)
def hosted_github(_):
    import github

    with hosts() as told:
        api = github.Github(auth=github.Auth.Token(told["token"]), base_url=told["github"], retry=None, seconds_between_requests=0)
        names = [each.full_name for each in api.get_organization("acme").get_repos()]
        assert len(names) == 46 and len(set(names)) == 46, "every page, once"
        repository = api.get_repo("acme/app")
        issues = {each.number: each.pull_request is not None for each in repository.get_issues(state="all")}
        assert issues == {1: False, 2: True}
        assert [each.body for each in repository.get_issues_comments()] == ["why"]
        assert [each.body for each in repository.get_pulls_review_comments()] == ["so"]
        assert [(each.name, each.updated_at.year) for each in repository.get_secrets()] == [("KEY", 2026)]
        assert [(each.name, each.value) for each in repository.get_variables()] == [("MODE", "fast")]
        gist = next(iter(api.get_user("acme").get_gists()))
        assert api.get_gist(gist.id).files["note.md"].content == "a note"
        with refused(github.BadCredentialsException, status=401):
            github.Github(auth=github.Auth.Token("nobody"), base_url=told["github"], retry=None).get_repo("acme/app").name


@client("pygithub", None)
def github_secrets(_):
    import base64
    import datetime

    import github
    from nacl.public import PrivateKey, SealedBox

    with hosts() as told:
        api = github.Github(auth=github.Auth.Token(told["token"]), base_url=told["github"], retry=None, seconds_between_requests=0)
        repository = api.get_repo("acme/app")
        before = repository.get_secret("KEY").updated_at
        repository.create_secret("KEY", "a new value")
        assert repository.get_secret("KEY").updated_at > before >= datetime.datetime(2026, 2, 1, tzinfo=datetime.timezone.utc)
        organization = api.get_organization("acme")
        secret = organization.get_secret("SOME")
        assert secret.visibility == "selected" and [each.id for each in secret.selected_repositories] == [11, 12]
        key = repository.get_public_key()
        opener = SealedBox(PrivateKey(bytes.fromhex(told["private-key"])))
        assert opener.decrypt(base64.b64decode(key.encrypt("a value"))) == b"a value"


@client("python-gitlab", None)
def gitlab_variables(_):
    import gitlab

    with hosts() as told:
        api = gitlab.Gitlab(told["gitlab"], private_token=told["token"])
        project = api.projects.get("acme/app", lazy=True)
        with refused(gitlab.exceptions.GitlabGetError, response_code=409):
            project.variables.get("KEY")
        scope = {"environment_scope": "*"}
        assert project.variables.get("KEY", filter=scope).value == "old"
        project.variables.update("KEY", {"value": "new"}, filter=scope)
        changed = project.variables.get("KEY", filter=scope)
        assert changed.value == "new" and changed.protected
        assert project.variables.get("KEY", filter={"environment_scope": "staging"}).value == "other"


@client("hvac", None)
def vault_secrets(_):
    import hvac

    with hosts() as told:
        kv = hvac.Client(url=told["vault"], token=told["token"]).secrets.kv.v2
        assert kv.create_or_update_secret("app", {"KEY": "one", "other": "kept"}, cas=0)["data"]["version"] == 1
        with refused(hvac.exceptions.InvalidRequest, text="did not match the current version"):
            kv.create_or_update_secret("app", {"KEY": "two"}, cas=0)
        assert kv.patch("app", {"KEY": "two"})["data"]["version"] == 2
        read = kv.read_secret_version("app", raise_on_deleted_version=True)["data"]
        assert read["data"] == {"KEY": "two", "other": "kept"} and read["metadata"]["version"] == 2
        assert kv.read_secret_version("app", version=1, raise_on_deleted_version=True)["data"]["data"]["KEY"] == "one"
        kv.update_metadata("app", cas_required=True, custom_metadata={"owner": "team"})
        with refused(hvac.exceptions.InvalidRequest, text="check-and-set parameter required"):
            kv.create_or_update_secret("app", {"KEY": "three"})
        kv.destroy_secret_versions("app", [1])
        told_of = kv.read_secret_metadata("app")["data"]
        assert told_of["current_version"] == 2 and told_of["versions"]["1"]["destroyed"] and told_of["custom_metadata"] == {"owner": "team"}
        with refused(hvac.exceptions.InvalidPath):
            kv.read_secret_version("app", version=1, raise_on_deleted_version=True)
        with refused(hvac.exceptions.InvalidPath):
            kv.read_secret_version("none", raise_on_deleted_version=True)


@client("openai", "openai")
def openai(fake):
    import openai

    def of(role):
        return openai.OpenAI(api_key=fake.token(role), base_url=fake.base("https://api.openai.com/v1"), max_retries=0)

    assert [model.id for model in of("live").models.list()] == ["model-x"]
    with refused(openai.AuthenticationError, code="invalid_api_key"):
        of("revoked").models.list()
    with refused(openai.PermissionDeniedError, text="Missing scopes"):
        of("forbidden").models.list()
    with refused(openai.RateLimitError, code="insufficient_quota"):
        of("spent").models.list()
    with refused(openai.RateLimitError, code="rate_limit_exceeded"):
        of("hurried").models.list()
    path = f"/organization/projects/{fake.field('live', 'project')}/api_keys/{fake.field('live', 'id')}"
    assert of("admin").delete(path, cast_to=object)["deleted"] is True
    with refused(openai.AuthenticationError, code="invalid_api_key"):
        of("live").models.list()


@client("anthropic", "anthropic")
def anthropic(fake):
    import anthropic

    def of(role):
        return anthropic.Anthropic(api_key=fake.token(role), base_url=fake.base("https://api.anthropic.com"), max_retries=0)

    assert [model.id for model in of("live").models.list(limit=1)] == ["model-x"]
    with refused(anthropic.AuthenticationError, text="authentication_error"):
        of("archived").models.list()
    path = f"/v1/organizations/api_keys/{fake.field('live', 'id')}"
    for status in ("inactive", "active", "archived"):
        assert of("admin").post(path, body={"status": status}, cast_to=object)["status"] == status
        if status == "active":
            of("live").models.list(limit=1)
        else:
            with refused(anthropic.AuthenticationError):
                of("live").models.list(limit=1)


@client("pygithub", "github")
def pygithub(fake):
    import github

    def of(role):
        return github.Github(auth=github.Auth.Token(fake.token(role)), base_url=fake.base("https://api.github.com"), retry=None)

    user = of("live").get_user()
    assert (user.login, user.id, user.type) == ("octo", 583231, "User")
    assert "repo" in of("live").oauth_scopes if of("live").oauth_scopes else True
    with refused(github.BadCredentialsException, status=401):
        _ = of("revoked").get_user().login
    assert fake.call("POST", "https://api.github.com/credentials/revoke", {"credentials": [fake.token("live")]}) == 202
    with refused(github.BadCredentialsException, status=401):
        _ = of("live").get_user().login


@client("python-gitlab", "gitlab")
def python_gitlab(fake):
    import gitlab

    def of(role):
        return gitlab.Gitlab(fake.base("https://gitlab.com"), private_token=fake.token(role))

    own = of("live").personal_access_tokens.get("self")
    assert own.active and own.scopes == ["api", "read_user"] and str(own.id) == str(fake.field("live", "id"))
    with refused(gitlab.exceptions.GitlabAuthenticationError, response_code=401):
        of("revoked").personal_access_tokens.get("self")
    of("live").personal_access_tokens.delete("self")
    with refused(gitlab.exceptions.GitlabAuthenticationError, response_code=401):
        of("live").personal_access_tokens.get("self")
    of("runner").runners.verify(fake.token("runner"))
    with refused(gitlab.exceptions.GitlabVerifyError, response_code=403):
        of("runner").runners.verify(fake.token("runner-removed"))


@client("slack-sdk", "slack")
def slack_sdk(fake):
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackApiError

    def of(role):
        return WebClient(token=fake.token(role), base_url=fake.base("https://slack.com/api/"))

    def why(role, error):
        try:
            of(role).auth_test()
        except SlackApiError as fault:
            assert fault.response["error"] == error, fault.response["error"]
            return
        raise AssertionError(f"{role} is accepted")

    who = of("live").auth_test()
    assert who["team_id"] == "T0ACME0001" and {name.lower(): value for name, value in who.headers.items()}["x-oauth-scopes"] == "chat:write,users:read"
    why("never-issued", "invalid_auth")
    why("expired", "token_expired")
    why("inactive", "account_inactive")
    assert of("live").auth_revoke()["revoked"] is True
    why("live", "token_revoked")


@client("cloudflare", "cloudflare")
def cloudflare(fake):
    import cloudflare

    def of(role):
        return cloudflare.Cloudflare(api_token=fake.token(role), base_url=fake.base("https://api.cloudflare.com/client/v4"), max_retries=0)

    told = of("live").user.tokens.verify()
    assert (told.id, told.status) == (fake.field("live", "id"), "active")
    assert of("expired").user.tokens.verify().status == "expired"
    ids = [token.id for token in of("admin").user.tokens.list()]
    assert fake.field("live", "id") in ids and fake.field("stranger", "id") not in ids
    of("admin").user.tokens.delete(fake.field("live", "id"))
    with refused(cloudflare.AuthenticationError, status_code=401):
        of("live").user.tokens.verify()


@client("databricks-sdk", "databricks")
def databricks(fake):
    from databricks.sdk import WorkspaceClient
    from databricks.sdk.errors import PermissionDenied, Unauthenticated

    with at_root(fake.base("https://" + fake.part("live", "host"))) as base:
        def of(role):
            return WorkspaceClient(host=base, token=fake.token(role), auth_type="pat")

        assert of("live").current_user.me().user_name == fake.field("live", "user")
        with refused(PermissionDenied, text="Invalid access token"):
            of("revoked").current_user.me()
        with refused(Unauthenticated):
            of("expired").current_user.me()
        assert fake.field("live", "id") in [each.token_id for each in of("admin").token_management.list()]
        of("live").tokens.delete(fake.field("live", "id"))
        with refused(PermissionDenied, text="Invalid access token"):
            of("live").current_user.me()


@client("twilio", "twilio")
def twilio(fake):
    from twilio.base.exceptions import TwilioException
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    class Loopback(TwilioHttpClient):
        def request(self, method, url, *args, **kwargs):
            return super().request(method, fake.base(url), *args, **kwargs)

    def key(role):
        return Client(fake.field(role, "id"), fake.token(role), account_sid=fake.token("account"), http_client=Loopback())

    account = fake.token("account")
    admin = Client(account, fake.token("admin"), http_client=Loopback())
    assert admin.api.v2010.accounts(account).fetch().status == "active"
    assert key("live").verify.v2.services.list(limit=1) == []
    with refused(TwilioException, text="HTTP 403"):
        key("restricted").verify.v2.services.list(limit=1)
    with refused(TwilioException, text="HTTP 401"):
        key("revoked").verify.v2.services.list(limit=1)
    listed = [each.sid for each in admin.iam.v1.get_api_keys.list(account_sid=account)]
    assert fake.field("live", "id") in listed and fake.field("stranger", "id") not in listed
    assert admin.iam.v1.api_key(fake.field("live", "id")).delete() is True
    with refused(TwilioException, text="HTTP 401"):
        key("live").verify.v2.services.list(limit=1)


@client("sendgrid", "sendgrid")
def sendgrid(fake):
    from python_http_client.exceptions import ForbiddenError, UnauthorizedError
    from sendgrid import SendGridAPIClient

    def of(role):
        return SendGridAPIClient(fake.token(role), host=fake.base("https://api.sendgrid.com")).client

    assert of("live").scopes.get().status_code == 200
    with refused(ForbiddenError, status_code=403):
        of("restricted").scopes.get()
    with refused(UnauthorizedError, status_code=401):
        of("revoked").scopes.get()
    assert of("admin").api_keys._(fake.field("live", "id")).delete().status_code == 204
    with refused(UnauthorizedError, status_code=401):
        of("live").scopes.get()


@client("stripe", "stripe")
def stripe(fake):
    import stripe

    def of(role):
        return stripe.StripeClient(fake.token(role), base_addresses={"api": fake.base("https://api.stripe.com")}, max_network_retries=0)

    assert of("live").v1.accounts.retrieve_current().id == "acct_1Acme"
    with refused(stripe.PermissionError, http_status=403):
        of("restricted").v1.accounts.retrieve_current()
    for role in ("revoked", "never-issued"):  # no call revokes a key
        with refused(stripe.AuthenticationError, http_status=401):
            of(role).v1.accounts.retrieve_current()


@client("kubernetes", "kubernetes")
def kubernetes(fake):
    from kubernetes import client as k8s
    from kubernetes.client.exceptions import ApiException

    def of(role):
        settings = k8s.Configuration(host=fake.base("https://self-hosted.example"))
        settings.api_key = {"authorization": "Bearer " + fake.token(role)}
        settings.retries = False
        return k8s.ApiClient(settings)

    def who(role):
        review = k8s.V1SelfSubjectReview(api_version="authentication.k8s.io/v1", kind="SelfSubjectReview")
        return k8s.AuthenticationV1Api(of(role)).create_self_subject_review(review).status.user_info.username

    assert k8s.VersionApi(of("live")).get_code().git_version == "v1.34.1"
    assert who("live") == "system:serviceaccount:ci:" + fake.field("live", "id")
    with refused(ApiException, status=403):
        who("forbidden")
    with refused(ApiException, status=401):
        who("revoked")
    core = k8s.CoreV1Api(of("admin"))
    names, more = [], None
    while more != "":
        page = core.list_secret_for_all_namespaces(field_selector="type=kubernetes.io/service-account-token", limit=1, _continue=more)
        names += [each.metadata.name for each in page.items]
        more = page.metadata._continue or ""
    assert fake.field("live", "id") in names
    core.delete_namespaced_secret(fake.field("live", "id"), "ci")
    with refused(ApiException, status=401):
        who("live")


@client("hvac", "vault")
def hvac(fake):
    import hvac

    def of(role):
        return hvac.Client(url=fake.base("https://self-hosted.example"), token=fake.token(role))

    assert of("live").sys.read_health_status(method="GET")["initialized"] is True
    told = of("live").auth.token.lookup_self()["data"]
    assert told["accessor"] == fake.field("live", "accessor") and told["type"] == "service"
    assert of("batch").auth.token.lookup_self()["data"]["type"] == "batch"
    assert not of("never-issued").is_authenticated()
    with refused(hvac.exceptions.Forbidden, text="permission denied"):
        of("revoked").auth.token.lookup_self()
    of("live").auth.token.revoke_self()
    with refused(hvac.exceptions.Forbidden, text="permission denied"):
        of("live").auth.token.lookup_self()
    assert not of("live").is_authenticated()
    admin, lease = of("admin"), fake.token("live-lease")
    assert admin.sys.read_lease(lease)["data"]["id"] == lease
    with refused(hvac.exceptions.Forbidden, text="permission denied"):
        of("batch").sys.read_lease(lease)
    assert admin.sys.revoke_lease(lease).status_code == 204
    with refused(hvac.exceptions.InvalidRequest, text="invalid lease"):
        admin.sys.read_lease(lease)
    assert admin.sys.revoke_lease(fake.token("never-issued-lease")).status_code == 204


@client("google-genai", "google-gemini")
def google_genai(fake):
    from google import genai
    from google.genai.errors import ClientError

    with at_root(fake.base("https://generativelanguage.googleapis.com")) as base:
        def of(role):
            return genai.Client(api_key=fake.token(role), http_options=genai.types.HttpOptions(base_url=base))

        live, never, leaked = of("live"), of("never-issued"), of("leaked")
        assert [model.name for model in live.models.list()] == ["models/model-x"]
        with refused(ClientError, code=400, text="API_KEY_INVALID"):
            list(never.models.list())
        with refused(ClientError, code=403, text="reported as leaked"):
            list(leaked.models.list())


def session(key_id, secret):
    import boto3

    return boto3.session.Session(aws_access_key_id=key_id, aws_secret_access_key=secret, region_name="us-east-1")


def aws_story(sts, iam, live, admin, user):
    """What AWS documents for a key: asked about, switched off, on again, ended. Returns the codes of the refusals."""
    from botocore.exceptions import ClientError

    def code(call, **arguments):
        try:
            call(**arguments)
        except ClientError as fault:
            return fault.response["Error"]["Code"]
        return "accepted"

    key_id = live[0]
    told = [sts(live).get_caller_identity()["Arn"].rsplit("/", 1)[-1] == user,
            sts(admin).get_access_key_info(AccessKeyId=key_id)["Account"].isdigit(),
            iam(admin).get_access_key_last_used(AccessKeyId=key_id)["UserName"] == user]
    assert all(told), told
    listed = {each["AccessKeyId"]: each["Status"] for each in iam(admin).list_access_keys(UserName=user)["AccessKeyMetadata"]}
    assert listed[key_id] == "Active"
    codes = [code(sts((key_id, "x" * 40)).get_caller_identity), code(sts(("AKIAFAKEKEYNOTTHERE1", "x" * 40)).get_caller_identity)]
    iam(admin).update_access_key(UserName=user, AccessKeyId=key_id, Status="Inactive")
    codes.append(code(sts(live).get_caller_identity))
    iam(admin).update_access_key(UserName=user, AccessKeyId=key_id, Status="Active")
    codes.append(code(sts(live).get_caller_identity))
    iam(admin).delete_access_key(UserName=user, AccessKeyId=key_id)
    codes.append(code(sts(live).get_caller_identity))
    codes.append(code(iam(admin).delete_access_key, UserName=user, AccessKeyId=key_id))
    return codes


@client("boto3", "aws")
def boto3(fake):
    live = fake.part("live", "id"), fake.token("live")
    admin = fake.field("admin", "id"), fake.token("admin")

    def sts(key):
        return session(*key).client("sts", endpoint_url=fake.base("https://sts.amazonaws.com"))

    def iam(key):
        return session(*key).client("iam", endpoint_url=fake.base("https://iam.amazonaws.com"))

    codes = aws_story(sts, iam, live, admin, fake.field("live", "user"))
    assert codes == ["SignatureDoesNotMatch", "InvalidClientTokenId", "InvalidClientTokenId", "accepted",
                     "InvalidClientTokenId", "NoSuchEntity"], codes


@client("moto", None)
def boto3_moto(_):
    """The same story at an independent implementation of AWS: where it knows more than the fake, the fake is wrong."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": "6"}  # users and keys are made before anybody has a key
    server = subprocess.Popen([str(pathlib.Path(sys.executable).with_name("moto_server")), "-H", "127.0.0.1", "-p", str(port)],
                              env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(150):
            try:
                urllib.request.urlopen(url + "/moto-api/", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)

        def service(name):
            return lambda key: session(*key).client(name, endpoint_url=url)

        iam, sts = service("iam"), service("sts")
        anybody = ("AKIAFAKEANYBODY00001", "x" * 40)
        policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
        made = []
        for user in ("someone", "operator"):
            iam(anybody).create_user(UserName=user)
            iam(anybody).put_user_policy(UserName=user, PolicyName="all", PolicyDocument=policy)
            key = iam(anybody).create_access_key(UserName=user)["AccessKey"]
            made.append((key["AccessKeyId"], key["SecretAccessKey"]))
        codes = aws_story(sts, iam, *made, "someone")
        assert codes[0] == "SignatureDoesNotMatch" and codes[1] == "InvalidClientTokenId", codes
        assert codes[3] == "accepted" and codes[4] == "InvalidClientTokenId" and codes[5] == "NoSuchEntity", codes
    finally:
        server.terminate()
        server.wait(10)


@client(None, "github")
def octokit(fake):
    script = os.environ.get("STANCH_OCTOKIT")
    if not script or not shutil.which("node"):
        raise Skipped("npm could not install it")
    told = json.dumps({"base": fake.base("https://api.github.com"), "keys": {role: key["token"] for role, key in fake.keys.items()}})
    run = subprocess.run(["node", script], input=told, capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, (run.stdout + run.stderr)[-2000:]


def java():
    homes = [os.environ.get("JAVA_HOME", ""), *sorted(map(str, pathlib.Path("/usr/lib/jvm").glob("*")), reverse=True)]
    for home in homes:
        release = pathlib.Path(home) / "release"
        told = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE) if home and release.is_file() else None
        if told and int(told.group(1)) >= 25:
            return str(pathlib.Path(home) / "bin/java")
    return "java"


@functools.cache
def class_path():
    """The fakes and the library that they read their contracts with, as Maven has put them there."""
    built = [path for path in (ROOT / "test-fixtures/target/classes", ROOT / "test-fixtures/target/fast/classes")
             if (path / "dev/stanch/fixtures/FakeProviders.class").exists()]
    if not built:
        sys.exit("error: the fakes are not compiled\nhint: mvn -q -pl test-fixtures compile")
    newest = max(built, key=lambda path: max(file.stat().st_mtime for file in path.rglob("*")))
    repository = pathlib.Path.home() / ".m2/repository"
    found = []
    for place in ("com/fasterxml/jackson/core/*", "com/fasterxml/jackson/dataformat/jackson-dataformat-yaml", "org/yaml/snakeyaml"):
        for artifact in repository.glob(place):
            jars = [jar for jar in artifact.glob("*/*.jar") if jar.stem == f"{artifact.name}-{jar.parent.name}"]
            if jars:
                found.append(max(jars, key=lambda jar: [int(part) for part in jar.parent.name.split(".")]))
    return os.pathsep.join(map(str, [newest, *found]))


def start(jars, ids):
    process = subprocess.Popen([java(), "-XX:TieredStopAtLevel=1", "-cp", jars, "dev.stanch.fixtures.FakeProviders", *ids],
                               stdout=subprocess.PIPE, text=True)
    return process, {told["id"]: Fake(told) for told in (json.loads(process.stdout.readline()) for _ in ids)}


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        raise Skipped("it is not installed (target/clients/pip.log)") from None


def drive(name, package, fake, function, fakes):
    try:
        shown = version(package) if package else ""
        function(fakes[fake] if fake else None)
    except Skipped as why:
        return "skipped", str(why)
    except ImportError as fault:
        return "skipped", f"it does not load: {fault}"
    except Exception as fault:  # whatever a client throws, it disagrees
        text = f"{type(fault).__name__}: {fault}"
        for key in (key for each in fakes.values() for key in each.keys.values()):
            text = text.replace(key["token"], "TOKEN")
        return "FAILED", text
    return "passed", shown


def main(wanted):
    logging.disable()  # what a client thinks of a fake's answers is what it raises
    jars = class_path()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):  # the fakes are on this machine
        os.environ.pop(name, None)
        os.environ.pop(name.lower(), None)
    os.environ.update(HF_HUB_DISABLE_TELEMETRY="1", AWS_EC2_METADATA_DISABLED="true", HOME=str(ROOT / "target/clients"))
    chosen = [each for each in CLIENTS if not wanted or each[0] in wanted]
    if not chosen:
        sys.exit("error: no such client\nhint: " + " ".join(each[0] for each in CLIENTS))
    counts = {"passed": 0, "skipped": 0, "FAILED": 0}
    for name, package, fake, function in chosen:
        # A fake of its own for each: what one client revoked is gone.
        process, fakes = start(jars, [fake]) if fake else (None, {})
        try:
            outcome, detail = drive(name, package, fake, function, fakes)
        finally:
            if process:
                process.kill()
                process.wait()
        counts[outcome] += 1
        print(f"{outcome:8} {name:16} {detail}".rstrip(), flush=True)
    print(f"clients: {counts['passed']} passed, {counts['FAILED']} failed, {counts['skipped']} skipped")
    return counts["FAILED"] > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
