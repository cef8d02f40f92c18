#!/usr/bin/env bash
# make run: sets up what is missing, builds, and becomes the server. Every step that is done already takes no time.
set -euo pipefail
STEPS=6
# shellcheck source=.setup/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=.setup/toolchain.sh
source .setup/toolchain.sh
# shellcheck source=.setup/wasm.sh
source .setup/wasm.sh
# shellcheck source=.setup/postgres.sh
source .setup/postgres.sh

ADDR="${ADDR:-127.0.0.1:3000}"
SERVER="$TARGET/release/cep-tracker"
SERVER_LOG="$LOGS/server.log"

# The server compiles beside the other steps: they wait for downloads and for single-threaded linking.
start_server_build() {
  cargo build --release -p server >"$SERVER_LOG" 2>&1 &
  SERVER_BUILD=$!
  trap 'kill "$SERVER_BUILD" 2>/dev/null || true' EXIT
}

# Waits for it, with a sign of life every half minute.
wait_for_server_build() {
  local waited=0
  while kill -0 "$SERVER_BUILD" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
    ((waited % 30)) || note "$(grep -c Compiling "$SERVER_LOG" || true) crates so far, $(minutes $waited)"
  done
  if ! wait "$SERVER_BUILD"; then
    tail -n 40 "$SERVER_LOG" >&2
    die "The server could not be built. All that cargo printed is in $SERVER_LOG."
  fi
  trap - EXIT
}

step "looking for Rust"
need_cargo
start_server_build
step_done "$(rustc --version)"

step "looking for PostgreSQL"
need_postgres
step_done "${DATABASE_URL:+DATABASE_URL is set, }$(postgres_bin || echo "no programs needed")"

step "looking for the compiler of the browser part"
need_wasm_toolchain
step_done "$([[ "${WASM_CARGO[0]}" == cargo ]] && echo "the ordinary toolchain" || echo "Debian's toolchain")"

step "looking for wasm-bindgen"
need_bindgen
step_done "$(locked_version wasm-bindgen)"

step "building the browser part (about 3 min the first time)"
build_wasm
step_done "$(($(stat -c %s "$PKG/app_bg.wasm") / 1024)) kB"

step "building the server (about 8 min the first time)"
wait_for_server_build
step_done

exec "$SERVER" serve --demo --addr "$ADDR"
