#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the sample at full load and watches what it holds: heap, threads, descriptors, content files.

    bench/soak.py [--minutes 20] [--senders 8] [--plots docs/images] [-- further options for mvn -Prun verify]

Starts `mvn -Prun verify` on free ports with a new data directory, sends mail by several processes, and takes a sample
every ten seconds. Half of the sessions are hostile: they reset the connection at a random octet, or send nothing.
Prints a table, writes a plot (SVG) for each figure, and fails if a figure grows from the second quarter of the run to
the last. Needs a JDK, Maven and Python 3.9; Linux only, because it reads /proc.
"""

import argparse
import collections
import multiprocessing
import os
import pathlib
import random
import re
import signal
import smtplib
import socket
import ssl
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLE_SECONDS = 10
READY = "The help desk is open"
RECIPIENTS = ["support@example.com", "reject@example.com", "defer@example.com", "rollback@example.com"]
PORTS = ["smtpPort", "submissionPort", "submissionsPort", "lmtpPort", "httpPort", "managementPort"]
# How much more a figure may be in the last quarter than in the second one, and still count as flat.
FIGURES = {
    "heap after collection, MiB": (1.15, 16),
    "threads": (1.05, 4),
    "descriptors": (1.05, 8),
    "content files": (1.05, 2),
    "resident memory, MiB": (1.15, 64),
}


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Sample:
    """The help desk in its own WildFly, from the run command."""

    def __init__(self, data, options):
        self.ports = dict(zip(PORTS, free_ports(len(PORTS))))
        command = ["mvn", "-Prun", "verify", f"-Drun.data={data}"]
        command += [f"-Drun.{name}={port}" for name, port in self.ports.items()] + options
        self.maven = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        output = collections.deque(maxlen=50)
        for line in self.maven.stdout:
            output.append(line)
            if READY in line:
                break
        else:
            sys.exit("the sample did not start:\n" + "".join(output))
        threading.Thread(target=lambda: collections.deque(self.maven.stdout, maxlen=0), daemon=True).start()
        self.pid = self.server()

    def server(self):
        marker = f"jboss.http.port={self.ports['httpPort']}"
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            except OSError:
                continue
            if any(marker in word for word in words) and "-jar" in words:
                return int(process.name)
        sys.exit("the process of the server was not found")

    def figures(self):
        process = pathlib.Path(f"/proc/{self.pid}")
        self.jcmd("GC.run")
        used = re.search(r"used (\d+)K", self.jcmd("GC.heap_info"))
        status = (process / "status").read_text()
        descriptors, content = 0, 0
        for descriptor in (process / "fd").iterdir():
            descriptors += 1
            try:
                content += ".content" in os.readlink(descriptor)
            except OSError:
                pass
        return {
            "heap after collection, MiB": int(used.group(1)) / 1024,
            "threads": int(re.search(r"Threads:\s+(\d+)", status).group(1)),
            "descriptors": descriptors,
            "content files": content,
            "resident memory, MiB": int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024,
        }

    def jcmd(self, command):
        home = os.environ.get("JAVA_HOME")
        program = f"{home}/bin/jcmd" if home else "jcmd"
        return subprocess.run([program, str(self.pid), command], capture_output=True, text=True, check=True).stdout

    def stop(self):
        self.maven.send_signal(signal.SIGTERM)
        self.maven.wait()


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def hostile_session(chance, port):
    dialogue = (b"EHLO soak.example\r\nMAIL FROM:<a@soak.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\n"
                + b"Subject: reset\r\n\r\n" + b"x" * 70 * 1000 + b"\r\n.\r\n")
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        octets = chance.randrange(len(dialogue))
        connection.sendall(dialogue[: octets if chance.random() < 0.5 else octets % 200])
        reset(connection)


def honest_session(chance, port, counts):
    with smtplib.SMTP("127.0.0.1", port, local_hostname="soak.example", timeout=120) as client:
        if chance.random() < 0.25:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            client.starttls(context=context)
        for _ in range(chance.randrange(1, 6)):
            size = chance.choice([1_000, 4_000, 4_000, 40_000, 300_000])
            if chance.random() < 0.005:
                size = 20_000_000
            line = "x" * 76 + "\r\n"
            body = f"Subject: soak\r\nMessage-ID: <{chance.random()}@soak.example>\r\n\r\n" + line * (size // 78)
            # What is stored grows the database for as long as the run takes, so only one in eight is.
            recipient = RECIPIENTS[0] if chance.random() < 0.125 and size < 50_000 else chance.choice(RECIPIENTS[1:])
            try:
                client.sendmail("ann@soak.example", [recipient], body)
                counts["250"] += 1
            except smtplib.SMTPRecipientsRefused as refused:
                counts[str(next(iter(refused.recipients.values()))[0])] += 1
            except smtplib.SMTPResponseException as refused:
                counts[str(refused.smtp_code)] += 1


def send(seed, port, until, results):
    chance, counts = random.Random(seed), collections.Counter()
    while time.monotonic() < until:
        try:
            if chance.random() < 0.5:
                hostile_session(chance, port)
                counts["reset"] += 1
            else:
                honest_session(chance, port, counts)
        except (OSError, smtplib.SMTPException) as failure:
            counts[type(failure).__name__] += 1
    results.put(counts)


def plot(name, points, directory):
    """Draws one figure over the minutes of the run."""
    width, height, left, bottom = 640, 220, 60, 30
    end, top = max(minute for minute, _ in points) or 1, max(value for _, value in points) * 1.1 or 1
    x = lambda minute: left + (width - left - 10) * minute / end
    y = lambda value: height - bottom - (height - bottom - 30) * value / top
    line = " ".join(f"{x(minute):.1f},{y(value):.1f}" for minute, value in points)
    grid = "".join(
        f'<line x1="{left}" x2="{width - 10}" y1="{y(top * i / 4):.1f}" y2="{y(top * i / 4):.1f}" stroke="#ddd"/>'
        f'<text x="{left - 6}" y="{y(top * i / 4) + 4:.1f}" text-anchor="end">{top * i / 4:.0f}</text>' for i in range(5))
    ticks = "".join(
        f'<text x="{x(end * i / 4):.1f}" y="{height - 10}" text-anchor="middle">{end * i / 4:.0f} min</text>'
        for i in range(5))
    file = directory / ("soak-" + re.sub(r"[^a-z]+", "-", name.split(",")[0]) + ".svg")
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
        f'<rect width="{width}" height="{height}" fill="white"/><text x="{left}" y="18" font-size="14">{name}</text>'
        f'{grid}{ticks}<polyline points="{line}" fill="none" stroke="#0a58ca" stroke-width="1.5"/></svg>\n')


def quarter(points, number):
    size = len(points) // 4
    return statistics.median(value for _, value in points[number * size:(number + 1) * size])


def report(samples, counts, minutes, directory):
    print("answers: " + ", ".join(f"{count} {answer}" for answer, count in sorted(counts.items())))
    messages = sum(count for answer, count in counts.items() if answer.isdigit())
    print(f"{messages} messages in {minutes:g} minutes, {messages / minutes / 60:.0f} a second")
    print("\n| figure | second quarter | last quarter | highest |\n| --- | --- | --- | --- |")
    growing = []
    for name, (factor, slack) in FIGURES.items():
        points = [(minute, figures[name]) for minute, figures in samples]
        before, after = quarter(points, 1), quarter(points, 3)
        print(f"| {name} | {before:.0f} | {after:.0f} | {max(value for _, value in points):.0f} |")
        plot(name, points, directory)
        if after > before * factor + slack:
            growing.append(name)
    return growing


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--senders", type=int, default=8)
    parser.add_argument("--plots", type=pathlib.Path, default=ROOT / "docs" / "images")
    parser.add_argument("options", nargs="*")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        sample = Sample(data, arguments.options)
        try:
            results, start = multiprocessing.Queue(), time.monotonic()
            until = start + arguments.minutes * 60
            senders = [
                multiprocessing.Process(target=send, args=(seed, sample.ports["smtpPort"], until, results), daemon=True)
                for seed in range(arguments.senders)]
            for sender in senders:
                sender.start()
            samples = []
            while time.monotonic() < until:
                samples.append(((time.monotonic() - start) / 60, sample.figures()))
                time.sleep(SAMPLE_SECONDS)
            counts = sum((results.get() for _ in senders), collections.Counter())
        finally:
            sample.stop()
    growing = report(samples, counts, arguments.minutes, arguments.plots)
    if growing:
        sys.exit("these figures grow: " + ", ".join(growing))


if __name__ == "__main__":
    main()
