#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Loads the engine's sink and Postfix's smtp-sink in turn with Postfix's smtp-source, and prints the CPU time per message
# of each: user and system time of the sink's process, over runs after a warm-up.
# compare-sinks.sh PID PORT RECIPIENT measures a server that is already running instead of the engine's sink.
# Build first: mvn -pl bench -am package -DskipTests. Needs smtp-source and smtp-sink (package postfix).
set -euo pipefail
PATH=$PATH:/usr/sbin
here=$(cd "$(dirname "$0")" && pwd)
# With this number and the message counts below, no session exceeds the default limit of messages.
sessions=25
rounds=3
user=()
if [ "$(id -u)" = 0 ]; then user=(-u nobody); fi # smtp-sink refuses to run as root
hertz=$(getconf CLK_TCK)

trap 'kill ${sink:-} ${postfix:-} 2>/dev/null || true' EXIT
if [ $# = 3 ]; then
  measured="server" engine=$1 engine_port=$2 recipient=$3
else
  "$here/run-sink.sh" 0 > "$here/target/sink.out" &
  sink=$!
  measured="engine" engine=$sink recipient=foo@example.com
  until engine_port=$(sed -n 's/^ready on port //p' "$here/target/sink.out") && [ -n "$engine_port" ]; do
    kill -0 $sink
    sleep 0.1
  done
fi
# smtp-sink does not accept port 0, so this finds a free port.
for postfix_port in $(shuf -i 20000-30000 -n 20); do
  smtp-sink "${user[@]}" "127.0.0.1:$postfix_port" 1000 > /dev/null 2>&1 &
  postfix=$!
  sleep 0.5
  if kill -0 $postfix 2>/dev/null; then break; fi
done

ticks() { # user and system time of a process, in clock ticks
  sed 's/.*) //' "/proc/$1/stat" | awk '{print $12 + $13}'
}

load() { # PORT MESSAGES SIZE
  smtp-source -d -s "$sessions" -m "$2" -l "$3" -t "$recipient" "127.0.0.1:$1"
}

microseconds() { # PID PORT MESSAGES SIZE
  local before after
  before=$(ticks "$1")
  load "$2" "$3" "$4"
  after=$(ticks "$1")
  echo $(((after - before) * 1000000 / hertz / $3))
}

measure() { # SIZE MESSAGES
  for _ in 1 2 3; do load "$engine_port" "$2" "$1"; done
  for _ in $(seq $rounds); do
    printf '%8d octets: %s %6d us, smtp-sink %6d us of CPU a message\n' "$1" "$measured" \
      "$(microseconds $engine "$engine_port" "$2" "$1")" "$(microseconds $postfix "$postfix_port" "$2" "$1")"
  done
}

measure 4096 20000
measure 1048576 1000
