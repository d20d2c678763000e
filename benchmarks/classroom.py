"""Grade one honest class with stock nbgrader and with ours: rates, memory, grades; ``python -m benchmarks.classroom``.

Writes benchmarks/results/classroom.{json,md}. Wall time and processor time of whole commands, one after the other.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

import nbformat
import psutil

from benchmarks.__main__ import machine
from benchmarks.classroom_table import markdown
from benchmarks.honest import hand_in, make_course
from benchmarks.publish import RESULTS, publish
from rnncourse.authoring.database import open_gradebook

NAMES = ("ps1_forward", "ps3_bptt")
STOCK = (
    'c = get_config()\nc.CourseDirectory.course_id = "rnncourse"\nc.CourseDirectory.release_directory = "exercises"\n'
)


def timed(command, course):
    """Run a command in a course directory: seconds of wall and processor time, and the memory of its processes.

    Memory is proportional set size, by process, in MiB, sampled ten times a second: the median over the samples of the
    largest process, and of all together.
    """
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    samples, done = [], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, samples, done))
    watcher.start()
    _, errors = process.communicate()
    wall = time.monotonic() - begun
    done.set()
    watcher.join()
    if process.returncode not in (0, 1):  # stock nbgrader exits with 1 if any submission failed
        raise RuntimeError(f"{command} ended with {process.returncode}: {errors[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    samples = [sizes for sizes in samples if sizes] or [[0]]
    return {
        "wall_seconds": round(wall, 2),
        "cpu_seconds": round(cpu, 2),
        "largest_process_mib": round(median(max(sizes) for sizes in samples)),
        "all_processes_mib": round(median(sum(sizes) for sizes in samples)),
    }


def _watch(pid, samples, done):
    while not done.wait(0.1):
        sizes = []
        try:
            processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        except psutil.Error:
            continue
        for process in processes:
            try:
                sizes.append(process.memory_full_info().pss / 2**20)
            except psutil.Error:  # it has just ended
                continue
        samples.append(sizes)


def cells(course, name):
    """Read the points of every graded cell: {(student, cell): points}."""
    with open_gradebook(f"sqlite:///{course / 'gradebook.db'}", "rnncourse") as gradebook:
        return {
            (submission.student.id, grade.cell.name): grade.auto_score
            for submission in gradebook.assignment_submissions(name)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.max_score
        }


def reason(course, name, student, grade_id):
    """Find why stock nbgrader's grade of a cell may be wrong: "stderr" if the cell wrote there, else None."""
    path = course / "autograded" / student / name / f"{name}.ipynb"
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            outputs = cell.get("outputs", [])
            return "stderr" if any(output.get("name") == "stderr" for output in outputs) else None
    return None


def compare(names=NAMES, students=50, seed=0, workers=(1, 2)):
    """Grade a class with both.

    Parameters
    ----------
    names : sequence of str
        Problem sets; every student hands in each.
    students : int
    seed : int
    workers : sequence of int
        Numbers of processes for ours.

    Returns
    -------
    result : dict
        "stock" and "ours" with times, "cells", and "differences": cells whose points differ, with the reason.
    """
    who = [f"student{i:03}" for i in range(students)]
    bin_folder = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        ours = make_course(Path(folder) / "ours", names)
        for name in names:
            hand_in(ours, name, who, seed)
        stock = shutil.copytree(ours, Path(folder) / "stock")
        (stock / "nbgrader_config.py").write_text(STOCK)
        result = {
            "command": "python -m benchmarks.classroom",
            "machine": machine(),
            "cores": len(os.sched_getaffinity(0)),
            "submissions": len(names) * students,
            "problem_sets": list(names),
            "ours": {},
        }
        for n in workers:
            shutil.rmtree(ours / ".rnncourse", ignore_errors=True)
            shutil.rmtree(ours / "autograded", ignore_errors=True)
            runs = [timed([bin_folder / "rnncourse", "grade", name, "--again", "-j", str(n)], ours) for name in names]
            again = [timed([bin_folder / "rnncourse", "grade", name, "-j", str(n)], ours) for name in names]
            result["ours"][str(n)] = _sum(runs) | {"start_seconds": round(sum(run["wall_seconds"] for run in again), 2)}
        runs = [timed([bin_folder / "nbgrader", "autograde", name, "--force"], stock) for name in names]
        result["stock"] = _sum(runs)
        result |= _grades(ours, stock, names)
    return result


def _sum(runs):
    """Sum the times over problem sets; take the largest memory."""
    return {key: (max if "mib" in key else sum)(run[key] for run in runs) for key in runs[0]}


def _grades(ours, stock, names):
    """Count the graded cells, and list those where the two disagree."""
    count, differences = 0, []
    for name in names:
        mine, theirs = cells(ours, name), cells(stock, name)
        count += len(mine)
        for student, grade_id in sorted(mine.keys() | theirs.keys()):
            a, b = mine.get((student, grade_id)), theirs.get((student, grade_id))
            if a != b:
                why = reason(stock, name, student, grade_id)
                found = {
                    "problem_set": name,
                    "student": student,
                    "cell": grade_id,
                    "ours": a,
                    "stock": b,
                    "reason": why,
                }
                differences.append(found)
    return {"cells": count, "differences": differences}


def main(argv=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classroom", description=__doc__)
    parser.add_argument("--students", type=int, default=50, help="each hands in two problem sets")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args(argv)
    result = compare(students=options.students)
    publish(options.out, "classroom", result, markdown(result))


if __name__ == "__main__":
    main()
