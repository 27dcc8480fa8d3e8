# SPDX-License-Identifier: Apache-2.0
# Sourced by the scripts of servers that report the outcome of a step only in their log, which is the file $log.

# Waits until the log says what is wanted, in a line after the first $1; fails if it says that something went wrong.
await() {
  local from="$1" wanted="$2" unwanted="$3" turn
  for turn in $(seq 1200); do
    if tail -n "+$((from + 1))" "$log" | grep -E "$wanted"; then
      return 0
    fi
    if tail -n "+$((from + 1))" "$log" | grep -E "$unwanted"; then
      tail -n "+$((from + 1))" "$log" >&2
      return 1
    fi
    sleep 0.1
  done
  echo "not in $log: $wanted" >&2
  return 1
}
