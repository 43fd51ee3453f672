"""Runs whole processes side by side and measures them; what benchmarks/history and benchmarks/directory share."""

import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
STANCH = str(ROOT / "stanch")
POLL_SECONDS = 0.01


class Figure:
    """One run: seconds, CPU seconds, peak megabytes of anonymous and of all resident memory, exit code."""

    def __init__(self, wall, cpu, anonymous, resident, code):
        self.wall, self.cpu, self.anonymous, self.resident, self.code = wall, cpu, anonymous, resident, code


def descendants(pid):
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{task}/children") as file:
                    todo += [int(child) for child in file.read().split()]
        except OSError:
            pass  # ended meanwhile
    return found


def memory(pid):
    """Kilobytes of anonymous and of all resident memory of a process and its descendants, now."""
    anonymous = resident = 0
    for one in descendants(pid):
        try:
            with open(f"/proc/{one}/status") as file:
                for line in file:
                    if line.startswith("RssAnon:"):
                        anonymous += int(line.split()[1])
                    elif line.startswith("VmRSS:"):
                        resident += int(line.split()[1])
        except OSError:
            pass
    return anonymous, resident


def environment():
    return {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {"GIT_CONFIG_GLOBAL": "/dev/null"}


def once(command, folder=None, codes=(0,)):
    """Measures one whole process, from fork to exit. Fails on an exit code that is not among `codes`: a run that broke
    off early would look fast."""
    peaks = [0, 0]
    ended = threading.Event()

    def poll(pid):
        while not ended.wait(POLL_SECONDS):
            for i, kilobytes in enumerate(memory(pid)):
                peaks[i] = max(peaks[i], kilobytes)

    start = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment(),
    )
    watcher = threading.Thread(target=poll, args=(child.pid,))
    watcher.start()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    ended.set()
    watcher.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in codes:
        raise SystemExit(f"error: {' '.join(command)} ended with {child.returncode}")
    return Figure(wall, usage.ru_utime + usage.ru_stime, peaks[0] / 1024, peaks[1] / 1024, child.returncode)


def interleaved(rows, runs):
    """`runs` figures of each row, {name: (command, codes)}, taken in turn, so that a noisy minute hits every row
    alike. A first turn only warms the page cache."""
    figures = {name: [] for name in rows}
    for turn in range(runs + 1):
        for name, (command, codes) in rows.items():
            figure = once(command, codes=codes)
            if turn:
                figures[name].append(figure)
    return figures


def pinned(command, cores):
    """The command on the first `cores` of the cores this process may use."""
    usable = sorted(os.sched_getaffinity(0))
    if len(usable) < cores:
        raise SystemExit(f"error: {cores} cores are needed, {len(usable)} are there")
    return ["taskset", "-c", ",".join(str(core) for core in usable[:cores]), *command]


def median(figures, field):
    return statistics.median(getattr(figure, field) for figure in figures)


def ratio(ours, theirs):
    """The median of the ratios of runs made in the same turn."""
    return statistics.median(a.wall / b.wall for a, b in zip(ours, theirs))


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, env=environment())
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[0] if lines else "of an unknown version"


def tool(name, hint, extra=()):
    """The path of a tool, or None with a line that says how to get it."""
    found = shutil.which(name) or next((path for path in extra if os.access(path, os.X_OK)), None)
    if not found:
        print(f"{name} is not installed: {hint}")
    return found


def kingfisher():
    return tool("kingfisher", "pip install kingfisher-bin")


def gitleaks():
    return tool(
        "gitleaks", "go install github.com/zricethezav/gitleaks/v8@latest", [str(pathlib.Path.home() / "go/bin/gitleaks")]
    )


def describe(tools):
    """Machine, versions and commands: what is needed to take the figures again."""
    with open("/proc/cpuinfo") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    print(f"{platform.platform()}, {models[0] if models else platform.machine()}, {os.cpu_count()} cores")
    print(f"load {os.getloadavg()[0]:.2f} before, commit {output('git', '-C', str(ROOT), 'rev-parse', 'HEAD')}")
    for name, command in tools.items():
        print(f"{name}: {output(*command)}")


def table(figures, extra=None):
    """Prints medians by row; `extra` gives more columns of a row."""
    heads = list(extra(next(iter(figures))) if extra else {})
    print(f"{'':32}{'wall s':>9}{'min':>9}{'max':>9}{'CPU s':>9}{'RssAnon MB':>12}{'RSS MB':>9}  exit"
          + "".join(f"{head:>14}" for head in heads))
    for name, measured in figures.items():
        walls = [figure.wall for figure in measured]
        codes = ",".join(str(code) for code in sorted({figure.code for figure in measured}))
        print(
            f"{name:32}{statistics.median(walls):9.2f}{min(walls):9.2f}{max(walls):9.2f}{median(measured, 'cpu'):9.2f}"
            f"{max(figure.anonymous for figure in measured):12.0f}{max(figure.resident for figure in measured):9.0f}"
            f"  {codes:4}" + "".join(f"{value:>14}" for value in (extra(name) if extra else {}).values())
        )
