#!/usr/bin/env bash
# make test: everything that must hold before a change lands. `test.sh e2e` runs only the browser tests.
set -euo pipefail
ONLY="${1:-all}"
STEPS=$([[ "$ONLY" == e2e ]] && echo 3 || echo 6)
# shellcheck source=.setup/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=.setup/toolchain.sh
source .setup/toolchain.sh
# shellcheck source=.setup/wasm.sh
source .setup/wasm.sh
# shellcheck source=.setup/postgres.sh
source .setup/postgres.sh
# shellcheck source=.setup/browser.sh
source .setup/browser.sh

trap 'code=$?; ((code == 0)) || echo "make test: failed in step [$STEP/$STEPS] $STEP_NAME, after $(minutes $SECONDS)" >&2' EXIT

step "looking for Rust, PostgreSQL, the compiler of the browser part, node and Chromium"
need_cargo
need_postgres
need_browser
need_npm_packages
need_wasm_toolchain
need_bindgen
step_done

RUST_PASSED=0
if [[ "$ONLY" == all ]]; then
  step "format (cargo fmt --check)"
  cargo fmt --all --check
  step_done

  step "lints (cargo clippy, no warnings)"
  cargo clippy --workspace --all-targets -- -D warnings
  if have shellcheck; then shellcheck -x .setup/*.sh .ci/run; fi
  step_done

  step "Rust tests (cargo test)"
  cargo test --workspace 2>&1 | tee "$LOGS/cargo-test.log"
  RUST_PASSED="$(awk '/^test result:/ { n += $4 } END { print n + 0 }' "$LOGS/cargo-test.log")"
  step_done "$RUST_PASSED passed"
fi

step "building what the browser tests run: the browser part, the server and its GitHub"
build_wasm
cargo build -p server --bins --example github_stand_in
step_done

step "browser tests (Playwright in Chromium)"
(cd end2end && npx playwright test) 2>&1 | tee "$LOGS/playwright.log"
E2E_PASSED="$(awk '/^ +[0-9]+ passed/ { n = $1 } END { print n + 0 }' "$LOGS/playwright.log")"
((E2E_PASSED > 0)) || die "No browser test ran."
step_done "$E2E_PASSED passed"

echo "make test: $RUST_PASSED Rust tests and $E2E_PASSED browser tests passed in $(minutes $SECONDS)"
echo "tests: $((RUST_PASSED + E2E_PASSED)) passed, 0 failed"
