GROUPS = {"feature": "New", "bug": "Fixed", "docs": "Documentation"}


def render(old, new, pulls):
    sections = {}
    for pull in pulls:
        names = {label.name for label in pull.labels}
        title = next((head for name, head in GROUPS.items() if name in names), "Other")
        sections.setdefault(title, []).append(f"- {pull.title} (#{pull.number}, @{pull.user.login})")
    text = [f"Changes from {old} to {new}", ""]
    for title in [*GROUPS.values(), "Other"]:
        if title in sections:
            text += [f"## {title}", *sections[title], ""]
    return "\n".join(text)
