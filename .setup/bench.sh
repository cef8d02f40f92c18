#!/usr/bin/env bash
# make bench: the benchmarks against a release build, written to target/bench.md.
set -euo pipefail
STEPS=2
# shellcheck source=.setup/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=.setup/toolchain.sh
source .setup/toolchain.sh
# shellcheck source=.setup/postgres.sh
source .setup/postgres.sh

step "looking for Rust, PostgreSQL and the load generator wrk"
need_cargo
DATABASE_URL="" need_postgres
have wrk || apt_install "The benchmarks need the load generator wrk" wrk
step_done

step "building and running the benchmarks (about 10 min the first time)"
SQLX_OFFLINE=true cargo bench -p server --bench bench
step_done "the table is in target/bench.md"
