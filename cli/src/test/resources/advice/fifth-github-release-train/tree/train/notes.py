from collections import defaultdict

SECTIONS = {"feat": "New", "fix": "Mended", "docs": "Words"}


def notes(pulls) -> str:
    by = defaultdict(list)
    for pull in pulls:
        kind, _, title = pull.title.partition(":")
        by[SECTIONS.get(kind, "Other")].append(f"- {title.strip() or pull.title} (#{pull.number})")
    return "\n".join(f"## {name}\n" + "\n".join(lines) for name, lines in sorted(by.items()))
