#!/usr/bin/env bash
# What each thread has of its own (_Thread_local) is taken out of its stack, and the threads that serve have 100 KiB:
# a buffer among it ends the server at some later call, far from where it was written.
set -euo pipefail

most=4096
size=$(readelf -lW "$1" | awk '$1 == "TLS" { print $6 }')
size=$((${size:-0}))
if ((size > most)); then
    printf '%s: each thread has %d bytes of its own, at most %d are allowed: look for _Thread_local\n' "$1" "$size" "$most" >&2
    exit 1
fi
printf 'thread_memory: %d bytes for each thread\n' "$size"
