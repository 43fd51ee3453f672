#!/usr/bin/env python3
"""Lists the public methods of the providers' own clients that no rule of `suggest` knows.

    gaps.py [CLIENT…]      all that are installed for this Python, unless some are named

A method that is listed is not lost: where code calls it, the advice says "cannot tell what it needs".
"""
import importlib
import inspect
import pathlib
import re
import sys

BOOKS = pathlib.Path(__file__).resolve().parents[2] / "revokers/src/main/resources/dev/stanch/revokers/advice"
OF_CLIENTS = {"close", "copy", "with_options", "get_api_list", "is_closed", "platform_headers", "meta", "exceptions"}


def known(provider):
    """Every name in the calls and the silent calls of a book."""
    text = (BOOKS / f"{provider}.yml").read_text()
    lists = re.findall(r"(?:calls: (?:&\S+ )?|silent: |through: )\[([^\]]*)\]", text)
    return {name.strip(" '\"") for each in lists for name in each.split(",")}


def methods(thing):
    return {name for name, each in inspect.getmembers(thing, callable) if not name.startswith("_")}


def resources(thing, package, prefix="", depth=0):
    """The methods of a client that has its calls in fields: `chat.completions.create`."""
    found = set()
    for name in dir(thing):
        if name.startswith(("_", "with_")) or depth > 5 or name in OF_CLIENTS:
            continue
        each = getattr(thing, name, None)
        if inspect.ismethod(each) and prefix:
            found.add(prefix + name)
        elif type(each).__module__.startswith(package + ".resources"):
            found |= resources(each, package, f"{prefix}{name}.", depth + 1)
    return found


def of_classes(module, *names):
    return set().union(*(methods(getattr(module, name)) for name in names))


def boto(service):
    import boto3

    client = boto3.client(service, region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    return set(client.meta.method_to_api_mapping)


CLIENTS = {
    "huggingface_hub": ("huggingface", lambda m: of_classes(m, "HfApi", "InferenceClient")),
    "openai": ("openai", lambda m: resources(m.OpenAI(api_key="x"), "openai")),
    "anthropic": ("anthropic", lambda m: resources(m.Anthropic(api_key="x"), "anthropic")),
    "github": ("github", lambda m: of_classes(m, "Github") | methods(importlib.import_module("github.Repository").Repository)),
    "google.cloud.storage": ("gcp", lambda m: of_classes(m, "Client", "Bucket", "Blob")),
    "azure.storage.blob": ("azure", lambda m: of_classes(m, "BlobServiceClient", "ContainerClient", "BlobClient")),
    "azure.keyvault.secrets": ("azure", lambda m: of_classes(m, "SecretClient")),
    **{f"boto3:{each}": ("aws", lambda m, each=each: boto(each))
       for each in ("s3", "dynamodb", "sqs", "sns", "secretsmanager", "ssm", "lambda", "ses", "kinesis", "bedrock-runtime")},
}


def main(wanted):
    for name, (provider, public) in CLIENTS.items():
        if wanted and name not in wanted:
            continue
        try:
            module = importlib.import_module(name.split(":")[0])
        except ImportError:
            print(f"{name}: not installed")
            continue
        names = known(provider)
        all_methods = public(module) - OF_CLIENTS
        parts = {"." + each for each in names}
        missing = sorted(m for m in all_methods if m not in names and not any(("." + m).endswith(p) for p in parts))
        print(f"{name}: {len(all_methods) - len(missing)} of {len(all_methods)} known; not {' '.join(missing)}")


if __name__ == "__main__":
    main(sys.argv[1:])
