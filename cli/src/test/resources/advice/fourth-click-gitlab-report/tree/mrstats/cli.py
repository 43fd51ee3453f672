import datetime as dt

import click

from mrstats import slack
from mrstats.lab import Lab, median_hours


@click.group()
def main():
    """Numbers for the Monday meeting."""


@main.command()
@click.option("--days", default=7, show_default=True)
@click.option("--slack/--no-slack", "send", default=False)
def week(days, send):
    since = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=days)
    lab = Lab()
    lines = [f"{'project':40} {'merged':>6} {'median h':>9} {'red':>5}"]
    for project, path in lab.projects():
        mrs = lab.merged(project, since)
        if not mrs:
            continue
        red = lab.failures(project, since)
        lines.append(f"{path:40} {len(mrs):6} {median_hours(mrs):9.1f} {red:5.0%}")
    click.echo("\n".join(lines))
    if send:
        slack.post(lines)


if __name__ == "__main__":
    main()
